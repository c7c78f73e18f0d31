"""Dates: as exactly as they are known and no more, in the Extended Date/Time Format (ISO 8601-2).

Understood are its level 0 (a time of day is checked and left off), its level 1 and the parts of a year of its
level 2, and what researchers write every day where it can mean one thing only.  Days are Gregorian, years 1 to 9999.
"""

import functools
import re
import warnings
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core import date_words
from core.date_words import OPEN, UNKNOWN
from core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from edtf import EDTFObject

EXAMPLES: Final = (
    "2014, 2014-06, 2014-06-14, 2014/2015, 2014-06~ (about), 2014? (uncertain), 201X (the 2010s), "
    "2014-06-14/.. (and later), ../2015 (and earlier) or 2014-21 (a season)"
)

_LONGEST: Final = 100
# All that is passed on to the library, which fails on some of what it does not understand.
_ONE: Final = re.compile(r"(?:\d{3}X|\d\dXX|\d{4}(?:-XX(?:-XX)?|-\d\d(?:-(?:\d\d|XX))?)?)[?~%]?")
# Winter in the north and summer in the south lie in two years, and the format does not say in which two.
_OVER_NEW_YEAR: Final = {"24": "winter", "28": "winter", "30": "summer"}


@dataclass(frozen=True, slots=True)
class Dates:
    """A day, a part of a year, years, or a range of them.

    ``text`` is the normalised format.  ``earliest`` and ``latest`` are its first and last day as YYYY-MM-DD, taken
    strictly, that is without regard to ``approximate`` and ``uncertain``; None where the range is open or its end
    unknown.  A season that names no hemisphere (2014-21) is the northern one.
    """

    text: str
    earliest: str | None
    latest: str | None
    approximate: bool = False
    uncertain: bool = False


@functools.lru_cache(maxsize=4096)
def parse(text: str) -> Dates:
    """The dates that a text means.

    Raises:
        Refused: it is no date, or could be several; the sentence says how to write what may have been meant.
    """
    if len(text) > _LONGEST:
        raise Refused(f"A date is no longer than {_LONGEST} characters; please write it like one of these: {EXAMPLES}.")
    reading = date_words.read(text)
    if reading.kind == "one":
        return _one(reading.start, text)
    if reading.kind in ("before", "after"):
        return _beside(reading.kind, _one(reading.start, text), text)
    first, last = (None if end in (OPEN, UNKNOWN) else _one(end, text) for end in (reading.start, reading.end))
    ends = [end for end in (first, last) if end is not None]
    if not ends:
        raise Refused(f"“{text.strip()}” names no day; leave the date empty, or write one, for example {EXAMPLES}.")
    earliest, latest = first.earliest if first else None, last.latest if last else None
    if earliest and latest and earliest > latest:
        raise Refused(f"“{text.strip()}” ends before it begins; please write the earlier date first.")
    return Dates(
        text=f"{reading.start}/{reading.end}",
        earliest=earliest,
        latest=latest,
        approximate=any(end.approximate for end in ends),
        uncertain=any(end.uncertain for end in ends),
    )


def words(text: str) -> str:
    """Dates as one reads them in English.

    Raises:
        Refused: it is no date.
    """
    start, slash, end = parse(text).text.partition("/")
    if start == OPEN:
        following = _moved(end, 1)
        whole = following and _part_beginning(following)
        return f"before {_one_in_words(whole)}" if whole else f"{_one_in_words(end)} or earlier"
    if end == OPEN:
        preceding = _moved(start, -1)
        whole = preceding and _part_beginning(start)
        if preceding and whole:
            return f"after {_one_in_words(preceding[: len(whole)])}"
        return f"{_one_in_words(start)} or later"
    return " to ".join(_one_in_words(one) if one else "unknown" for one in ((start, end) if slash else (start,)))


def overlap(one: Dates, other: Dates) -> bool:
    """Whether both can be true of one day.

    What is approximate or uncertain reaches as far again to either side: about 2014 from 2013 to 2015.
    """
    (one_first, one_last), (other_first, other_last) = _reach(one.text), _reach(other.text)
    return one_first <= other_last and other_first <= one_last


def reach(dates: Dates) -> tuple[date, date]:
    """The first and the last day that can be meant, as ``overlap`` has it; the ends of all years where it is open."""
    return _reach(dates.text)


@functools.cache
def _library() -> "Callable[[str], EDTFObject | None]":
    """The parser; loading it takes a tenth of a second, which only those spend who read a date."""
    with warnings.catch_warnings(action="ignore"):  # what its own parser hints at under python -W
        from edtf import parse_edtf  # noqa: PLC0415
    return functools.partial(parse_edtf, fail_silently=True)


@functools.lru_cache(maxsize=4096)
def _one(text: str, written: str) -> Dates:
    """One date of the format, which was written so.

    Raises:
        Refused: it is none.
    """
    if not _ONE.fullmatch(text):
        raise Refused(_refusal(written))
    bare = text.rstrip("?~%")
    if bare[5:] in _OVER_NEW_YEAR:
        raise Refused(_over_new_year(int(bare[:4]), _OVER_NEW_YEAR[bare[5:]]))
    days = _days(bare)
    if days is None:
        advice = date_words.advice(written) or "please check the year, the month and the day"
        raise Refused(f"“{written.strip()}” is no date of the calendar: {advice}.")
    first, last = days
    return Dates(text, first, last, approximate=text[-1] in "~%", uncertain=text[-1] in "?%")


def _days(text: str) -> tuple[str, str] | None:
    """The first and the last day of one date that nothing qualifies; None where there is no such date."""
    found = _library()(text)
    if found is None:
        return None
    try:
        first, last = (date(*day[:3]).isoformat() for day in (found.lower_strict(), found.upper_strict()))
    except ValueError:  # the library takes 29 February in any year, and the year 0
        return None
    return first, last


def _beside(side: str, dates: Dates, written: str) -> Dates:
    """All days before or after those of one date.

    Raises:
        Refused: the date is not exact, or is at the end of all years.
    """
    if dates.approximate or dates.uncertain:
        raise Refused(f"“{written.strip()}” has no exact limit; please write one, for example ../2015 or 2014-06-14/..")
    day = _moved(dates.earliest, -1) if side == "before" else _moved(dates.latest, 1)
    if not day:
        raise Refused(f"“{written.strip()}” leaves no day that could be meant.")
    return Dates(f"{OPEN}/{day}", None, day) if side == "before" else Dates(f"{day}/{OPEN}", day, None)


def _moved(day: str | None, days: int) -> str:
    """The day so many days later; empty for what is no single day or for one before or after all years."""
    try:
        return (date.fromisoformat(day or "") + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def _part_beginning(day: str) -> str:
    """The year that begins with a day, or else the month; empty where neither does."""
    if day.endswith("-01-01"):
        return day[:4]
    return day[:7] if day.endswith("-01") else ""


def _one_in_words(text: str) -> str:
    dates = _one(text, text)
    return date_words.in_words(text, dates.earliest or "", dates.latest or "")


def _reach(text: str) -> tuple[date, date]:
    """The first and the last day that dates of the format can mean."""
    start, _, end = text.partition("/")
    return _ends_reach(start)[0], _ends_reach(end if "/" in text else start)[1]


def _ends_reach(text: str) -> tuple[date, date]:
    if text in (OPEN, UNKNOWN):
        return date.min, date.max
    dates = _one(text, text)
    first, last = date.fromisoformat(dates.earliest or ""), date.fromisoformat(dates.latest or "")
    if not dates.approximate and not dates.uncertain:
        return first, last
    length = last - first + timedelta(days=1)
    return max(first, date.min + length) - length, min(last, date.max - length) + length


def _refusal(written: str) -> str:
    advice = date_words.advice(written)
    if advice:
        return f"“{written.strip()}” cannot be read with certainty: {advice}."
    return f"“{written.strip()}” cannot be read as a date; please write it like one of these: {EXAMPLES}."


def _over_new_year(year: int, season: str) -> str:
    return (
        f"The {season} of {year:04} can be the one that began in December {year - 1:04} or in December {year:04}; "
        f"please write its months, as in {year - 1:04}-12/{year:04}-02."
    )
