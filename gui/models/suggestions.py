"""From what stands in the tag line to what it may mean: values to give, to take away, certainties and notes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from core.claims import CERTAINTIES
from core.facets import FACETS, Of
from core.folding import fold
from core.tagging import DETAILS, Tag
from core.vocabularies import Suggestion, Vocabulary
from gui.models.selection_values import Shown
from gui.models.sentences import certainty_words, value_words

LIMIT: Final = 12
RECENT: Final = 5
# What may stand before a value, to say what it is: the facet that it chooses.
_PREFIXES: Final = {
    "d": "design",
    "m": "manufacture",
    "made": "manufacture",
    "t": "type",
    "n": "note",
    "note": "note",
    "in": "seen_in",
    "at": "place",
    **{name: name for name in FACETS},
}
# A value of these is offered without a prefix; one of another facet where it begins as typed.
_MAIN: Final = ("type", "model", "manufacture")
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that the typed text may mean.

    ``facet`` is one of ``facets.FACETS``, or certainty or note; ``code`` the value's code, or a note's text;
    ``label`` its name.  ``hint`` is what of the value fitted, where the label does not show it, or how many images
    have it.
    """

    facet: str
    code: str
    label: str
    hint: str = ""
    removes: bool = False

    @property
    def words(self) -> str:
        """The offer as it reads in the list and afterwards in the line that says what was done."""
        if self.facet == "note":
            return _tr("note: %1").replace("%1", self.label)
        if self.facet == "certainty":
            return _tr("certainty: %1").replace("%1", self.label)
        return value_words(self.facet, self.label)

    @property
    def of_image(self) -> bool:
        """Whether it is said of the image as a whole, and not of a weapon."""
        return self.facet in FACETS and FACETS[self.facet].of is Of.IMAGE

    @property
    def tag(self) -> Tag:
        """What to say of the weapon in each image, for an offer that gives a value of its or a note."""
        if self.facet in DETAILS:
            return Tag(details={self.facet: self.code})
        given: dict[str, Any] = {self.facet: self.code}
        return Tag(**given)


class Suggestions:
    """What the line can offer; remembers the values given last, newest first."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        self._vocabularies = vocabularies
        self._recent: list[Offer] = []
        self.held: tuple[Shown, ...] = ()
        """What the images concerned show already: what can be taken away."""

    def remember(self, offer: Offer) -> None:
        """A value was given: it comes first among the recent ones."""
        if offer.facet in FACETS and not offer.removes:
            plain = replace(offer, hint="")
            self._recent = [plain, *(one for one in self._recent if one != plain)][:RECENT]

    def offers(self, text: str) -> list[Offer]:
        """What a text may mean, the likeliest first; for an empty one, the values given last."""
        typed = text.strip()
        if not typed:
            return [replace(one, hint=_tr("recent")) for one in self._recent]
        if typed.startswith("-"):
            return self._to_remove(typed[1:])
        before, colon, after = typed.partition(":")
        facet = _PREFIXES.get(before.strip().lower()) if colon else None
        if facet == "note":
            note = after.strip()
            return [Offer("note", note, note)] if note else []
        if facet is not None:
            return self._of(facet, after)[:LIMIT]
        return self._free(typed)

    def _of(self, facet: str, text: str) -> list[Offer]:
        vocabulary = self._vocabularies[FACETS[facet].vocabulary]
        return [_offer(facet, found) for found in vocabulary.suggest(text, LIMIT)]

    def _free(self, text: str) -> list[Offer]:
        """Types, models and countries of manufacture, the better fitting first, then what else begins so."""
        wanted = fold(text)
        found = [
            (_rank(suggestion, wanted), facet, suggestion)
            for facet in _MAIN
            for suggestion in self._vocabularies[FACETS[facet].vocabulary].suggest(text, LIMIT)
        ]
        found += self._aside(text, wanted)
        found.sort(key=lambda one: one[0])
        offers = [_offer(facet, suggestion) for _, facet, suggestion in found][:LIMIT]
        certainties = _certainties(text)
        # A whole word means the certainty; "unknown" means a type or a country as well, and these go first.
        whole = any(fold(offer.label) == wanted for offer in certainties)
        return [*certainties, *offers][:LIMIT] if whole else [*offers[: LIMIT - len(certainties)], *certainties]

    def _aside(self, text: str, wanted: str) -> list[tuple[float, str, Suggestion]]:
        """Values of the other facets that begin as typed; "unknown" of one of them takes its prefix."""
        if len(wanted) < _SHORTEST:
            return []
        return [
            (_rank(suggestion, wanted) + 0.5, facet.name, suggestion)
            for facet in FACETS.values()
            if facet.name not in _MAIN and facet.vocabulary != "country"
            for suggestion in self._vocabularies[facet.vocabulary].suggest(text, LIMIT)
            if fold(suggestion.matched_text).startswith(wanted) and suggestion.term.code != "unknown"
        ]

    def _to_remove(self, text: str) -> list[Offer]:
        wanted = fold(text.strip())
        found: list[Offer] = []
        for shown in self.held:
            offer = to_remove(shown)
            if wanted in fold(offer.label) or wanted in fold(offer.words) or fold(offer.code) == wanted:
                found.append(offer)
        return found[:LIMIT]


def to_remove(shown: Shown) -> Offer:
    """The offer to take a value away from the images that have it."""
    return Offer(shown.value.facet, shown.value.code, shown.label, shown.share, removes=True)


def _offer(facet: str, found: Suggestion) -> Offer:
    label = found.term.label
    hint = "" if found.matched_text == label else found.matched_text
    return Offer(facet, found.term.code, label, hint)


def _rank(found: Suggestion, wanted: str) -> float:
    """How well a suggestion fits: called exactly so, label begins so, another name, a word in one, inside."""
    matched, label = fold(found.matched_text), fold(found.term.label)
    if matched == wanted:
        return 0
    if label.startswith(wanted):
        return 1
    return 2 if matched.startswith(wanted) else 3


def _certainties(text: str) -> list[Offer]:
    wanted = fold(text)
    if len(wanted) < 3:
        return []
    return [
        Offer("certainty", certainty, certainty_words(certainty))
        for certainty in CERTAINTIES
        if fold(certainty_words(certainty)).startswith(wanted) or fold(certainty).startswith(wanted)
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("suggestions", text)
