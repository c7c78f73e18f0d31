"""From what stands in the tag line to what it may mean: values to give, to take away, certainties and notes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from core.claims import CERTAINTIES
from core.facets import FACETS
from core.folding import fold
from core.vocabularies import Suggestion, Vocabulary
from gui.models.offers import Offer
from gui.models.selection_values import Shown
from gui.models.sentences import certainty_words
from gui.models.typed import TEXTS, parted, quantity, written

LIMIT: Final = 12
RECENT: Final = 5
# A value of these is offered without a prefix; one of another facet where it begins as typed.
_MAIN: Final = ("type", "model", "manufacture")
_SHORTEST: Final = 3
_LISTED: Final = 30  # a longer vocabulary is not listed after its prefix alone
GROWING: Final = (
    "holder", "conflict", "place", "context", "condition", "visible_part", "image_kind", "generation",
)  # fmt: skip
"""The facets whose vocabularies may be given a new term from the tag line, the likeliest first.

A model needs a type and more, which a line of text does not give.
"""


class Suggestions:
    """What the line can offer; remembers the values given last, newest first."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        self.vocabularies = vocabularies
        self._recent: list[Offer] = []
        self.held: tuple[Shown, ...] = ()
        """What the images concerned show already: what can be taken away."""
        self.suggested: tuple[Offer, ...] = ()
        """What their neighbours and the reference library suggest, each with why."""

    def remember(self, offer: Offer) -> None:
        """A value was given: it comes first among the recent ones."""
        if offer.facet in FACETS and not offer.removes:
            plain = replace(offer, hint="")
            self._recent = [plain, *(one for one in self._recent if one != plain)][:RECENT]

    @property
    def bases(self) -> list[Offer]:
        """What a claim may rest on, in the vocabulary's order."""
        return [Offer("basis", term.code, term.label) for term in self.vocabularies["basis"] if not term.retired]

    def offers(self, text: str) -> list[Offer]:
        """What a text may mean, the likeliest first; for an empty one, what is suggested and what was given last."""
        typed = text.strip()
        if not typed:
            return self._unasked()
        if typed.startswith("-"):
            return self._to_remove(typed[1:])
        facet, rest = parted(typed)
        if facet in TEXTS:
            return written(facet, rest)
        if facet is not None:
            return self._of(facet, rest)[:LIMIT]
        return [*quantity(typed), *self._free(typed)][:LIMIT]

    def creatable(self, text: str) -> list[Offer]:
        """The terms that a text could name if they were made, which the vocabularies do not have.

        A prefix says in which vocabulary; without one, those are offered that grow while coding.
        """
        facet, label = parted(text)
        if not label or facet not in (None, *GROWING) or text.strip().startswith("-"):
            return []
        wanted, facets = fold(label), GROWING[:3] if facet is None else (facet,)
        return [
            Offer(one, "", label, creates=True)
            for one in facets
            if all(wanted != fold(term.label) for term in self.vocabularies[FACETS[one].vocabulary])
        ]

    def _unasked(self) -> list[Offer]:
        """What is suggested and what was given last, each once."""
        recent = [replace(one, hint=_tr("recent")) for one in self._recent]
        known = {(one.facet, one.code) for one in self.suggested}
        return [*self.suggested, *(one for one in recent if (one.facet, one.code) not in known)][:LIMIT]

    def _of(self, facet: str, text: str) -> list[Offer]:
        vocabulary = self.vocabularies[FACETS[facet].vocabulary if facet in FACETS else facet]
        if not text and len(vocabulary) <= _LISTED:
            return [Offer(facet, term.code, term.label) for term in vocabulary if not term.retired]
        return [_offer(facet, found) for found in vocabulary.suggest(text, LIMIT)]

    def _free(self, text: str) -> list[Offer]:
        """Types, models and countries of manufacture, the better fitting first, then what else begins so."""
        wanted = fold(text)
        found = [
            (_rank(suggestion, wanted), facet, suggestion)
            for facet in _MAIN
            for suggestion in self.vocabularies[FACETS[facet].vocabulary].suggest(text, LIMIT)
        ]
        found += self._aside(text, wanted)
        found.sort(key=lambda one: one[0])
        offers = [_offer(facet, suggestion) for _, facet, suggestion in found][:LIMIT]
        certainties = [*_certainties(text), *self._bases(wanted)]
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
            for suggestion in self.vocabularies[facet.vocabulary].suggest(text, LIMIT)
            if fold(suggestion.matched_text).startswith(wanted) and suggestion.term.code != "unknown"
        ]

    def _bases(self, wanted: str) -> list[Offer]:
        return [one for one in self.bases if len(wanted) >= _SHORTEST and fold(one.label).startswith(wanted)]

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
