"""Markings as they were read: compared and searched with what could not be read left open.

In a marking ``?`` stands for one unread character and ``*`` for any number of them, none included; a backslash
before one of these means the character itself.  Markings are compared by their folds (see folding), so letter case,
spaces and hyphens do not count, and an unread character is one that would: a letter, a digit or a sign.
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from itertools import accumulate, chain, starmap
from typing import Final, Literal, NamedTuple

from core.folding import fold

Quality = Literal["exact", "fits", "contains", "nearly"]
QUALITIES: Final[tuple[Quality, ...]] = ("exact", "fits", "contains", "nearly")
"""How a marking can match a text, best first.

Exact: the same characters were read and the same were not.  Fits: both can be the same text.  Contains: the text
can be a part of the marking, and at least one character of it was read in both.  Nearly: it would fit or contain
the text if O were 0 and I were 1.
"""

# A fold holds no control character: these stand for what is unread, and for the end of a marking.
_ONE: Final = "\x01"
_ANY: Final = "\x02"
_END: Final = "\n"
# The wildcards as keyboards write them: Latin, full width, and the Arabic question mark.
_UNIT: Final = re.compile(r"\\(?P<escaped>.)|(?P<one>[?？؟])|(?P<any>[*＊])|.", re.DOTALL)
_SPECIAL: Final = re.compile(r"[\\?？؟*＊]")
_UNREAD: Final = re.compile(f"[{_ONE}{_ANY}]+")
_CONFUSED: Final = str.maketrans("oi", "01")
_CONFUSABLE: Final = frozenset("oi01")
# How many characters rule a marking out before it is gone into in full.
_JUDGED_BY: Final = 6


class Found(NamedTuple):
    """The place of a marking among those searched, counted from 0, and how it matches."""

    place: int
    quality: Quality


def normalise(text: str) -> str:
    """A marking as it is kept: as written, but with single spaces and one spelling for each wildcard."""
    parts = []
    for unit in _UNIT.finditer(text):
        if unit["one"] or unit["any"]:
            parts.append(_ONE if unit["one"] else _ANY)
        elif (character := unit["escaped"] or unit[0]) not in (_ONE, _ANY):
            parts.append(f"\\{character}" if _SPECIAL.match(character) else character)
    spaced = " ".join("".join(parts).split())
    return _settled(spaced).replace(_ONE, "?").replace(_ANY, "*")


def fits(one: str, other: str) -> bool:
    """Whether two markings can be the same text; one in which nothing was read says nothing, and fits nothing."""
    return _fit(_folded(one), _folded(other))


def nearly(one: str, other: str) -> bool:
    """Whether two markings could be the same text if O were 0 and I were 1."""
    return _fit(_confused(_folded(one)), _confused(_folded(other)))


def search(text: str, markings: Iterable[str]) -> list[Found]:
    """What `Markings` finds, for a single search in these markings."""
    return Markings(markings).search(text)


class Markings:
    """Markings made ready for many searches, each known by its place among them.  May be shared between threads."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._folds = [_folded(text) for text in texts]

    def search(self, text: str) -> list[Found]:
        """The markings that can be the text or contain it, the best first, each with the best way it matches."""
        wanted = _folded(text)
        if not _says_something(wanted):
            return []
        found: dict[int, Quality] = dict.fromkeys(self._plain.equal(wanted), "exact")
        found |= dict.fromkeys(sorted(self._plain.fitting(wanted, found)), "fits")
        found |= dict.fromkeys(sorted(self._plain.containing(wanted, found)), "contains")
        if not _CONFUSABLE.isdisjoint(wanted):
            confused = _confused(wanted)
            # A text of digits can only find more where there were letters to take for digits.
            others = self._changed if confused == wanted else self._mixed_up
            more = {*others.fitting(confused, found), *others.containing(confused, found)}
            found |= dict.fromkeys(sorted(more), "nearly")
        return list(starmap(Found, found.items()))

    @functools.cached_property
    def _plain(self) -> "_Folds":
        return _Folds(self._folds, range(len(self._folds)))

    @functools.cached_property
    def _mixed_up(self) -> "_Folds":
        """The same with O taken for 0 and I for 1."""
        return _Folds(list(map(_confused, self._folds)), range(len(self._folds)))

    @functools.cached_property
    def _changed(self) -> "_Folds":
        """Those of them that this changed."""
        folds = list(map(_confused, self._folds))
        return _Folds(folds, [place for place, fold in enumerate(self._folds) if fold != folds[place]])


class _Folds:
    """Folded markings, a line each, so that one regular expression goes through many at once.

    Without ``*`` in a marking the expression decides; with one it rules most out; those with several are few.
    """

    def __init__(self, folds: list[str], places: Iterable[int]) -> None:
        self._folds = folds
        saying = [place for place in places if _says_something(folds[place])]
        self._closed = _Lines(folds, [place for place in saying if _ANY not in folds[place]])
        self._open = _Lines(folds, [place for place in saying if folds[place].count(_ANY) == 1])
        self._others = [place for place in saying if folds[place].count(_ANY) > 1]

    def equal(self, wanted: str) -> list[int]:
        """The places of the same fold."""
        return self._by_fold.get(wanted, [])

    def fitting(self, wanted: str, known: Container[int]) -> Iterator[int]:
        """The places, but for the known ones, that can be the same text."""
        yield from (place for place in self._closed.with_match(_fitting(wanted)) if place not in known)
        fits = _Pattern(wanted).fits
        may_fit = self._open.places if _ANY in wanted else self._open.with_match(f"^{_up_to_unread(wanted)}")
        for place in chain(may_fit, self._others):
            if place not in known and fits(self._folds[place]):
                yield place

    def containing(self, wanted: str, known: Container[int]) -> Iterator[int]:
        """The places, but for the known ones, that can have it inside."""
        inner = wanted.strip(_ANY)
        is_inside = _Pattern(inner).is_inside
        is_read_there = re.compile(_containing(inner, unread="")).search
        for place in self._closed.with_match(_containing(inner)):
            if place not in known:
                fold = self._folds[place]
                if _ONE not in fold or is_read_there(fold) or is_inside(fold):
                    yield place
        may_contain = self._open.places if _ANY in inner else self._open.with_match(_reaching_into(inner))
        for place in chain(may_contain, self._others):
            if place not in known and is_inside(self._folds[place]):
                yield place

    @functools.cached_property
    def _by_fold(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place in (*self._closed.places, *self._open.places, *self._others):
            found.setdefault(self._folds[place], []).append(place)
        return found


class _Lines:
    """Some of the folds in one text."""

    def __init__(self, folds: list[str], places: list[int]) -> None:
        self.places = places
        self._text = "".join(folds[place] + _END for place in places)
        self._starts = list(accumulate((len(folds[place]) + 1 for place in places), initial=0))

    def with_match(self, expression: str) -> Iterator[int]:
        """The places of the folds in which an expression is found, each once."""
        at_once = re.compile(f"(?:{expression})[^{_END}]*", re.MULTILINE)  # to the end, so that none is found again
        for found in at_once.finditer(self._text):
            yield self.places[bisect_right(self._starts, found.start()) - 1]


class _Pattern:
    """A folded marking as an automaton: bit n of a state is set where its first n characters can be used up.

    Its steps are as many as the other marking has characters, whatever wildcards either has.
    """

    def __init__(self, folded: str) -> None:
        self._end = 1 << len(folded)
        self._at: dict[str, int] = {}
        for place, character in enumerate(folded):
            self._at[character] = self._at.get(character, 0) | 1 << place
        self._one = self._at.pop(_ONE, 0)
        self._any = self._at.pop(_ANY, 0)
        self._single = (self._end - 1) & ~self._any

    def fits(self, other: str) -> bool:
        """Whether the other folded marking can be the same text."""
        state = self._settle(1)
        for character in other:
            if character == _ANY:
                state = self._onwards(state)
            else:
                used = self._single if character == _ONE else self._one | self._at.get(character, 0)
                state = self._settle((state & used) << 1 | state & self._any)
            if not state:
                return False
        return bool(state & self._end)

    def is_inside(self, other: str) -> bool:
        """Whether this can be a part of the other folded marking, with a character that was read in both."""
        if self._at.keys().isdisjoint(other):
            return False
        blind, seen = self._settle(1), 0  # the states without such a character so far, and with one
        for character in other:
            if character == _ANY:
                blind, seen = self._onwards(blind), self._onwards(seen)
            elif character == _ONE:
                blind = self._settle((blind & self._single) << 1 | blind & self._any | 1)
                seen = self._settle((seen & self._single) << 1 | seen & self._any)
            else:
                same = self._at.get(character, 0)
                seen = (seen & (self._one | same) | blind & same) << 1 | seen & self._any
                seen = self._settle(seen)
                blind = self._settle((blind & self._one) << 1 | blind & self._any | 1)
            if seen & self._end:
                return True
        return False

    def _settle(self, state: int) -> int:
        """The state with every ``*`` also used up by nothing; two never stand side by side."""
        return state | (state & self._any) << 1

    def _onwards(self, state: int) -> int:
        """The state after any number of unread characters: all from its first bit on."""
        return (self._end << 1) - (state & -state) if state else 0


def _fit(one: str, other: str) -> bool:
    return _says_something(one) and _says_something(other) and _Pattern(one).fits(other)


def _folded(text: str) -> str:
    """A marking's fold with the signs for what is unread in it."""
    if not _SPECIAL.search(text):
        return fold(text)
    parts = []
    for unit in _UNIT.finditer(text):
        if unit["one"] or unit["any"]:
            parts.append(_ONE if unit["one"] else _ANY)
        else:
            parts.append(fold(unit["escaped"] or unit[0]))
    return _settled("".join(parts))


def _settled(text: str) -> str:
    """A text with unread characters that stand side by side in one order, and no ``*`` beside another."""
    return _UNREAD.sub(lambda run: _ONE * run[0].count(_ONE) + _ANY * (_ANY in run[0]), text)


def _confused(folded: str) -> str:
    return folded.translate(_CONFUSED)


def _says_something(folded: str) -> bool:
    return bool(folded.strip(_ONE + _ANY))


def _characters(folded: str, unread: str = _ONE) -> list[str]:
    """What finds each character of a folded marking, or what is unread in its place."""
    return [f"[^{_END}{_ANY}]" if one == _ONE else f"[{re.escape(one)}{unread}]" for one in folded]


# Each piece between two * is taken where it first occurs, and never tried anew (?>…): later ones can only gain by
# that, and the number of pieces adds little to the time.
def _fitting(folded: str) -> str:
    """What finds the lines without ``*`` that fit."""
    first, *others = ("".join(_characters(piece)) for piece in folded.split(_ANY))
    if not others:
        return f"^{first}$"
    *inner, last = others
    return f"^{first}" + "".join(f"(?>[^{_END}]*?{piece})" for piece in inner) + f"[^{_END}]*{last}$"


def _containing(folded: str, unread: str = _ONE) -> str:
    """What finds the lines without ``*`` that have it inside; it begins and ends with a character."""
    pieces = ["".join(_characters(piece, unread)) for piece in folded.split(_ANY)]
    return pieces[0] if len(pieces) == 1 else "^" + "".join(f"(?>[^{_END}]*?{piece})" for piece in pieces)


def _up_to_unread(folded: str) -> str:
    """What finds a beginning of it, without ``*``, as far as a ``*`` of the line or far enough to judge by."""
    start = _characters(folded[:_JUDGED_BY])
    return "".join(f"(?:{_ANY}|{one}" for one in start) + ")" * len(start)


def _reaching_into(folded: str) -> str:
    """What finds the lines with one ``*`` of whose other characters some can be in it, which has none."""
    after = {"".join(_characters(folded[start : start + _JUDGED_BY])) for start in range(1, len(folded))}
    return "|".join(
        [_characters(folded[0])[0] + _up_to_unread(folded[1:]), *(f"{_ANY}{rest}" for rest in sorted(after))]
    )
