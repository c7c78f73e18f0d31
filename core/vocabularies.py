"""Vocabularies: weapon types, countries and other value lists, looked up by code, name or a few letters.

A vocabulary is built from terms wherever they come from: the lists shipped with Stocktake, or an archive's
own, which began as a copy of those and may since have been edited.
"""

import difflib
import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter
from typing import Final

from core.errors import Refused
from core.folding import fold, fold_words

LIST_SEPARATOR: Final = " | "
_NAMED_CANDIDATES: Final = 3
# How alike (0 to 1) a name must be to be offered for a misspelt one: Hungary for Hungray, Norway not.
_ALIKE: Final = 0.75
# How a text that does not match as a whole can match from a place in it on, best first.
_LABEL_START, _LABEL_WORD, _NAME_START, _NAME_WORD = range(4)
_STARTS: Final = frozenset({_LABEL_START, _NAME_START})
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a vocabulary.

    ``code`` is stable and unique in its vocabulary; ``parent`` is the code of the term above it, if any.
    ``names`` holds its name by language (ISO 639-1), ``aliases`` what else it is called in any language.
    ``attributes`` are facts as text, by the column names of the shipped lists: a weapon type has ``iti`` and
    ``un_register``; a country ``kind`` (state, historic, other), ``alpha2``, ``from`` and ``to`` (years),
    ``successors`` (see there), ``rolls_up_to`` and ``note``.  What is not known is absent.
    A ``retired`` term is no longer offered; what was said with it stands.
    """

    code: str
    label: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    source: str = ""
    retired: bool = False

    @property
    def successors(self) -> tuple[str, ...]:
        """The codes of the states of today that a historic one may be rolled up into, the likeliest first."""
        return tuple(self.attributes.get("successors", "").split())

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it is called, its label first, each once."""
        return tuple(dict.fromkeys((self.label, *self.names.values(), *self.aliases)))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term that fits what is being typed, and the one of its texts that fitted."""

    term: Term
    matched_text: str


@dataclass(frozen=True, slots=True)
class _Index:
    """Every folded text and every folded rest of one from a word on, sorted; each with what it leads to."""

    keys: list[str]
    scores: list[int]
    """The rank and then the term's place in the vocabulary, as one number: its order among suggestions."""
    texts: list[str]
    """The whole text, as written."""


class Vocabulary:
    """Terms in tree order: each followed by its children, brothers in the order in which they were given.

    Immutable; may be shared between threads.
    """

    def __init__(self, terms: Iterable[Term], *, noun: str = "term") -> None:
        """Take the terms; ``noun`` is what messages call one of them.

        Raises:
            Refused: two have the same code, a parent is missing, or the tree runs in a circle.
        """
        self._noun = noun
        by_code: dict[str, Term] = {}
        for term in terms:
            if by_code.setdefault(term.code, term) is not term:
                raise Refused(f"The {noun} code {term.code} is used twice.")
        self._children: dict[str | None, list[Term]] = {}
        for term in by_code.values():
            if term.parent is not None and term.parent not in by_code:
                raise Refused(f"The {noun} {term.code} stands under {term.parent}, which does not exist.")
            self._children.setdefault(term.parent, []).append(term)
        self._by_code = {term.code: term for term in self._descend()}
        lost = next((code for code in by_code if code not in self._by_code), None)
        if lost is not None:
            raise Refused(f"The {noun} {lost} stands under itself.")
        self._order = tuple(self._by_code.values())

    def __iter__(self) -> Iterator[Term]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Term:
        """The term with exactly this code.

        Raises:
            Refused: there is none.
        """
        try:
            return self._by_code[code]
        except KeyError:
            raise Refused(f"There is no {self._noun} with the code “{code}”.") from None

    def label(self, code: str) -> str:
        """What to show for a code; the code itself where the vocabulary does not know it."""
        term = self._by_code.get(code)
        return code if term is None else term.label

    def children(self, code: str | None = None) -> tuple[Term, ...]:
        """The terms straight under this one, or the topmost ones."""
        return tuple(self._children.get(code, ()))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes above this one, the nearest first.

        Raises:
            Refused: there is no such code.
        """
        above: list[str] = []
        parent = self.get(code).parent
        while parent is not None:
            above.append(parent)
            parent = self._by_code[parent].parent
        return tuple(above)

    def naming(self, words: str) -> list[str]:
        """The codes of the terms that running text which holds these words may mean.

        They stand anywhere in a term's label, or begin a word in another of its names.
        """
        wanted = fold_words(words)
        if not wanted:
            return []
        return [
            term.code
            for term, (label, names) in zip(self._order, self._running, strict=True)
            if wanted in label or f" {wanted}" in names
        ]

    def resolve(self, text: str) -> Term:
        """The one term that has this code, label, name or alias, however it is spelled (see folding).

        A code goes before a label, and a label before the other names.

        Raises:
            Refused: no term or several have it; the sentence names those that come near.
        """
        wanted = fold(text)
        for texts in self._exact:
            found = texts.get(wanted, ())
            if len(found) == 1:
                return found[0]
            if found:
                raise Refused(f"“{text.strip()}” can mean {_either(found)}; please say which.")
        near = self._near(text)
        hint = f"; did you mean {_either(near)}?" if near else "."
        raise Refused(f"There is no {self._noun} called “{text.strip()}”{hint}")

    def suggest(self, text: str, limit: int = 12) -> list[Suggestion]:
        """The terms that fit what has been typed so far, best first.

        First those that are called exactly so; then by start of the label, start of a word in the label,
        start of another name or of the code, start of a word in one, and anywhere inside; within each in the
        vocabulary's order.  Nothing typed suggests nothing, and no retired term is suggested.
        """
        wanted = fold(text)
        if not wanted:
            return []
        found = self._starting_with(wanted, limit)
        inside = (place for place, texts in enumerate(self._insides) if wanted in texts and place not in found)
        for place in islice(inside, max(0, limit - len(found))):
            found[place] = next(text for text in self._order[place].texts if wanted in fold(text))
        return [Suggestion(self._order[place], text) for place, text in found.items()]

    def _descend(self) -> Iterator[Term]:
        """All terms that can be reached from the top, without recursion: what is held may be deeper than allowed."""
        waiting = list(reversed(self.children()))
        while waiting:
            term = waiting.pop()
            yield term
            waiting += reversed(self.children(term.code))

    def _starting_with(self, wanted: str, limit: int) -> dict[int, str]:
        """The places of the first terms that have a text or a word starting so, in order, and their best text."""
        keys, scores = self._index.keys, self._index.scores
        first, end = bisect_left(keys, wanted), bisect_left(keys, wanted + "\U0010ffff")
        after_equal = bisect_right(keys, wanted, first, end)
        exact = [position for position in range(first, after_equal) if self._rank(position) in _STARTS]
        exact.sort(key=lambda position: scores[position] % len(self))
        found: dict[int, str] = {}
        for position in chain(exact, sorted(range(first, end), key=scores.__getitem__)):
            if len(found) >= limit:
                break
            found.setdefault(scores[position] % len(self), self._index.texts[position])
        return found

    def _rank(self, position: int) -> int:
        return self._index.scores[position] // len(self)

    def _near(self, text: str) -> list[Term]:
        """Up to three terms that may have been meant by a text that no term has."""
        suggested = [suggestion.term for suggestion in self.suggest(text, _NAMED_CANDIDATES)]
        if suggested:
            return suggested
        labels_and_names = self._exact[1] | self._exact[2]
        alike = difflib.get_close_matches(fold(text), labels_and_names, _NAMED_CANDIDATES, _ALIKE)
        return list({term.code: term for key in alike for term in labels_and_names[key]}.values())

    @functools.cached_property
    def _exact(self) -> tuple[dict[str, tuple[Term, ...]], ...]:
        """Terms by folded code, by folded label, and by every other folded name."""
        return (
            _by_fold(self._order, lambda term: (term.code,)),
            _by_fold(self._order, lambda term: (term.label,)),
            _by_fold(self._order, lambda term: term.texts[1:]),
        )

    @functools.cached_property
    def _index(self) -> _Index:
        entries: list[tuple[str, int, str]] = []
        for place, term in enumerate(self._order):
            if term.retired:
                continue
            named = [(term.label, _LABEL_START, _LABEL_WORD)]
            named += [(name, _NAME_START, _NAME_WORD) for name in (term.code, *term.texts[1:])]
            for text, start, word in named:
                whole, *rests = _starts(text)
                entries.append((whole, start * len(self) + place, text))
                entries += [(rest, word * len(self) + place, text) for rest in rests]
        entries.sort(key=itemgetter(0))
        return _Index(*map(list, zip(*entries, strict=True))) if entries else _Index([], [], [])

    @functools.cached_property
    def _running(self) -> tuple[tuple[str, str], ...]:
        """Of each term, its label folded word by word, and its other names so, a space before each."""
        return tuple(
            (fold_words(term.label), "".join(f" {fold_words(text)}" for text in term.texts[1:])) for term in self._order
        )

    @functools.cached_property
    def _insides(self) -> tuple[str, ...]:
        """All folded texts of each term in one; a fold holds no line break, so none reaches across two."""
        return tuple("" if term.retired else "\n".join(map(fold, term.texts)) for term in self._order)


def _by_fold(terms: Iterable[Term], texts: Callable[[Term], Iterable[str]]) -> dict[str, tuple[Term, ...]]:
    found: dict[str, dict[str, Term]] = {}
    for term in terms:
        for text in texts(term):
            found.setdefault(fold(text), {})[term.code] = term
    return {key: tuple(by_code.values()) for key, by_code in found.items()}


def _starts(text: str) -> list[str]:
    """The fold of a text, and of its rest from each later word on."""
    folded = fold(text)
    words = [match.start() for match in _WORD.finditer(text) if match.start()]
    return [folded, *(folded[len(fold(text[:at])) :] for at in words)]


def _either(terms: Collection[Term]) -> str:
    *others, last = (f"{term.label} ({term.code})" for term in terms)
    return f"{', '.join(others)} or {last}" if others else last
