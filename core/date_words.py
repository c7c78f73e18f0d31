"""Dates in English words: taken to the Extended Date/Time Format where they mean one thing only, and back.

Nothing here knows the calendar: what is read may still be a day that no month has.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
OPEN: Final = ".."
UNKNOWN: Final = ""

# The parts of a year that the format numbers beside the months, and how one calls them.
_SEASONS: Final = {
    21: "spring", 22: "summer", 23: "autumn",
    25: "spring", 26: "summer", 27: "autumn",
    29: "spring", 31: "autumn", 32: "winter",
}  # fmt: skip
_MONTH_NUMBERS: Final = {
    name.casefold(): number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3])
} | {"sept": 9}

_SPELLINGS: Final = str.maketrans(dict.fromkeys("—―‒", "–") | dict.fromkeys("‐‑−", "-"))
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\.?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4})"
_CLOCK: Final = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?: ?z| ?utc| ?[+-]\d\d(?::?\d\d)?)?"
# In each of these the parts can be told from each other, wherever the writer is from.
_CERTAIN: Final = (
    re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"),
    re.compile(rf"(?P<year>\d{{4}})(?P<mark>[-:/.])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?:t| ){_CLOCK}"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"),
    re.compile(rf"{_DAY}(?: of|\.)?[ -]?{_MONTH},?[ -]?{_YEAR}"),
    re.compile(rf"{_MONTH} {_DAY},? {_YEAR}"),
    re.compile(rf"{_MONTH},?[ -]?{_YEAR}"),
    re.compile(rf"{_YEAR},? {_MONTH}(?: {_DAY})?"),
)
_FORMAT: Final = re.compile(r"(?:\d\d|\dx|xx){2}(?:-(?:\d\d|xx)){0,2}")
_DAY_OR_MONTH_FIRST: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_DECADE: Final = re.compile(r"(?:the )?(\d\d[1-9])0s")

_QUALIFIED: Final = re.compile(
    r"(?P<maybe>(?:possibly|perhaps|maybe|probably) )?"
    r"(?P<about>(?:c|ca|approx)(?:\. ?| |(?=\d))|(?:circa|about|around|approximately) |~(?=\d{4}$))?"
    r"(?P<date>.+?)(?: ?(?P<after>[?~%]|\?~|~\?))?"
)
_WORDED_RANGE: Final = re.compile(r"between (.+) and (.+)|(?:from )?(.+?) (?:to|till|through) (.+)|([^/]*)/([^/]*)")
_DASHED_RANGE: Final = re.compile(
    r"(.+?) ?– ?(.+)|(.+) - (.+)|(.*?\b\d{4})-(\d{4}\b.*)|(\d{1,2}(?:st|nd|rd|th)?|[^-]*[a-z.]) ?- ?([^-]+)"
)
_LAST_MONTH_AND_YEAR: Final = re.compile(rf"(?:.* )?{_MONTH},? {_YEAR}\W*")
_SIDES: Final = (
    ("before", re.compile(r"(?:before|earlier than) (.+)")),
    ("after", re.compile(r"(?:after|later than) (.+)")),
    ("from", re.compile(r"(?:since|from) (.+)|(.+?) (?:or|and) later|(.+?) onwards?")),
    ("up to", re.compile(r"(.+?) (?:or|and) earlier")),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: one date, the range between two, or all days before or after the one that it names."""

    kind: Literal["one", "range", "before", "after"]
    start: str
    end: str = ""


def read(text: str) -> Reading:
    """A text as dates of the format, which need not exist; what is not understood is left as it stands."""
    cleaned = _clean(text)
    if (date := _one(cleaned)) is not None:
        return Reading("one", date)
    for side, pattern in _SIDES:
        if (found := pattern.fullmatch(cleaned)) and (date := _one(_groups(found)[0])) is not None:
            return {
                "before": Reading("before", date),
                "after": Reading("after", date),
                "from": Reading("range", date, OPEN),
                "up to": Reading("range", OPEN, date),
            }[side]
    return _range(cleaned) or Reading("one", cleaned)


def in_words(date: str, first: str, last: str) -> str:
    """One date of the format in English; ``first`` and ``last`` are its days, as YYYY-MM-DD."""
    possibly = "possibly " if date[-1] in "?%" else ""
    about = "about " if date[-1] in "~%" else ""
    return possibly + about + _unqualified_in_words(date.rstrip("?~%").replace("-XX", ""), first, last)


def advice(text: str) -> str:
    """How to write what a text may have meant that cannot be read with certainty; empty where nothing is known."""
    cleaned = _clean(text)
    return next((say(found) for pattern, say in _AMBIGUOUS if (found := pattern.search(cleaned))), "")


def _unqualified_in_words(date: str, first: str, last: str) -> str:
    if "X" in date:
        return f"{first[:4]}s" if date[2] not in "0X" else f"{first[:4]}–{last[:4]}"
    year, month, day = date[:4], int(date[5:7] or 0), date[8:]
    if month == 0:
        return year
    if month <= len(MONTHS):
        return f"{int(day)} {MONTHS[month - 1]} {year}" if day else f"{MONTHS[month - 1]} {year}"
    months = f"{MONTHS[int(first[5:7]) - 1]}–{MONTHS[int(last[5:7]) - 1]}"
    return f"{_SEASONS[month]} {year} ({months})" if month in _SEASONS else f"{months} {year}"


def _clean(text: str) -> str:
    """One spelling of digits, dashes, spaces and letters, and no invisible characters."""
    letters = []
    for letter in unicodedata.normalize("NFKC", text.translate(_SPELLINGS)):
        digit = unicodedata.decimal(letter, None)
        if unicodedata.category(letter) != "Cf":
            letters.append(letter if digit is None else str(digit))
    return " ".join("".join(letters).casefold().split())


def _groups(found: re.Match[str]) -> list[str]:
    """The groups that took part."""
    return [group for group in found.groups() if group is not None]


def _one(text: str) -> str | None:
    """One date and what qualifies it; None where it is not understood or could be several."""
    found = _QUALIFIED.fullmatch(text)
    date = _unqualified(found["date"]) if found else None
    if not found or date is None:
        return None
    marks = {*(found["after"] or ""), *("~" * bool(found["about"])), *("?" * bool(found["maybe"]))}
    return date + ("%" if "%" in marks or len(marks) > 1 else "".join(marks))


def _unqualified(text: str) -> str | None:
    if _FORMAT.fullmatch(text):
        return text.upper()
    if found := _DECADE.fullmatch(text):
        return f"{found[1]}X"
    if found := _DAY_OR_MONTH_FIRST.fullmatch(text):
        either = _either_way(found)
        return either.pop() if len(either) == 1 else None
    found = next((found for pattern in _CERTAIN if (found := pattern.fullmatch(text))), None)
    if not found:
        return None
    parts = found.groupdict()
    month = _MONTH_NUMBERS.get(parts["month"]) or int(parts["month"])
    return f"{parts['year']}-{month:02}" + (f"-{int(parts['day']):02}" if parts.get("day") else "")


def _either_way(found: re.Match[str]) -> set[str]:
    """The dates that a day, a month and a year can mean whose first two may be in either order."""
    one, other, year = int(found[1]), int(found[3]), found[4]
    return {f"{year}-{month:02}-{day:02}" for day, month in ((one, other), (other, one)) if 1 <= month <= len(MONTHS)}


def _range(text: str) -> Reading | None:
    dashed = _DASHED_RANGE.fullmatch(text)
    found = _WORDED_RANGE.fullmatch(text) or dashed
    if not found:
        return None
    start, end = _groups(found)
    first, last = _end(start, end), _end(end, "")
    if first is None or last is None:
        return None
    if found is dashed and first[-1:] in ("?", "~", "%") and start[-1] != first[-1] and last[-1:].isalnum():
        last += first[-1]  # about 2014–2015 is about both, about 2014 to 2015 as it stands
    return Reading("range", first, last)


def _end(text: str, other: str) -> str | None:
    """One end of a range, which may have left its year or month to the other."""
    if text in (OPEN, UNKNOWN, "unknown"):
        return UNKNOWN if text == "unknown" else text
    date = _one(text)
    if date is None and (found := _LAST_MONTH_AND_YEAR.fullmatch(other)):
        date = _one(f"{text} {found['year']}") or _one(f"{text} {found['month']} {found['year']}")
    return date


def _day_or_month(found: re.Match[str]) -> str:
    dates = sorted(_either_way(found))
    if len(dates) < 2:
        return ""
    meant = " or ".join(f"{int(date[8:])} {MONTHS[int(date[5:7]) - 1]}" for date in dates)
    return f"it can be {meant}; please write {' or '.join(dates)}"


def _month_or_year(found: re.Match[str]) -> str:
    return f"“{found[2]}” can be a month or the last of several years; please write it as in 2014-06 or 2014/2016"


_AMBIGUOUS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (_DAY_OR_MONTH_FIRST, _day_or_month),
    (re.compile(r"^(\d{4})[-–/](\d\d?)$"), _month_or_year),
    (
        re.compile(r"\b\d\d?[-/. ](?:\d\d?|[a-z]+)[-/. ]'?\d\d?$"),
        lambda _: "the year needs its four digits, and goes first: 2014-06-04",
    ),
    (
        re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b"),
        lambda _: "a season is not the same months everywhere; please write the months, as in 2014-03/2014-05",
    ),
    (
        re.compile(r"\b(?:early|mid|middle|late|beginning|start|end)\b"),
        lambda _: "readers differ in how much of a year that is; please write the months, as in 2014-01/2014-04",
    ),
    (
        re.compile(r"^(?:until|till|up to|by) "),
        lambda _: (
            "it does not say whether that day still belongs to it; "
            "please write it as in ../2015 (to the end of 2015) or “before 2015”"
        ),
    ),
    (
        re.compile(r"\b(\d\d)00s$"),
        lambda found: f"it can be ten years or a hundred; please write {found[1]}0X or {found[1]}XX",
    ),
)
