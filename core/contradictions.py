"""What cannot both be true of two copies of one picture, and what is only worth knowing.

The rule is careful, since a false alarm costs attention.  A difference counts only where both sides say something and
both cannot be true:

- two dates of the images as wholes that have no day in common, what is approximate or uncertain taken widely;
- two countries neither of which took in, or came out of, the other; two places neither of which lies in the other;
- two positions that lie farther apart than both together leave open (see ``core.recycling`` for how much that is);
- a copy (or the image itself) was published, collected, archived or imported before the date that is given: what was
  published in 2013 cannot show an event of 2016.

What a file says of itself is compared as well, as a claim (``Difference.by_file``): a clock may be wrong.  It counts
only where nobody has dated or placed that image: whoever did knew better.  And it counts nothing against what was said
of a copy whose own file says the same: that person had it before the eyes.  A day's leeway is left for time zones.

A publication *after* the date contradicts nothing: old pictures may be published as what they are.  Nor does another
source by itself: that is told in milder words (``Difference.mild``) and makes nothing a contradiction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core import dates, positions
from core.errors import Refused
from core.records import ImageId
from core.vocabularies import Vocabulary

PATTERNS: Final = {
    "date": "dated %1 here, %2 there",
    "known_there": "%2 there, before the date given here: %1",
    "known_here": "%1 here, before the date given there: %2",
    "known": "%2, before the date given: %1",
    "country": "seen in %1 here, in %2 there",
    "place": "at %1 here, at %2 there",
    "position": "at %1 here, at %2 there",
    "taken": "taken %1 here, %2 there, as the files say",
    "taken_here": "taken %1, as the file here says; dated %2 there",
    "taken_there": "dated %1 here; taken %2, as the file there says",
    "taken_late_here": "taken %1, as the file here says; %2 there before that",
    "taken_late_there": "%1 here; taken %2 after that, as the file there says",
    "taken_late": "taken %1, as the file says; %2 before that",
    "position_file": "at %1 here, at %2 there, as far as a file says",
    "source": "from %1 here, also published by %2",
}
"""How each kind of difference reads, with the value here (%1) and there (%2)."""
Day = date
"""A day of the calendar; ``date`` is what is said of an image, as text."""
_BY_FILE: Final = frozenset(kind for kind in PATTERNS if kind.startswith("taken") or kind == "position_file")
_LEEWAY: Final = timedelta(days=1)
_FILES_LEEWAY_KM: Final = 25
# Land that some file under one of the two and some under the other: both can be said of one picture.
_EITHER: Final = ({"XKX", "SRB"}, {"TWN", "CHN"}, {"PSE", "ISR"}, {"ESH", "MAR"})


@dataclass(frozen=True, slots=True)
class Known:
    """The earliest day by which an image is known to have been there, and how that is known, in words."""

    by: date
    words: str


@dataclass(frozen=True, slots=True)
class Position:
    """A position in 10^-7 degrees; what is meant lies within ``reach_km`` of it."""

    latitude_e7: int
    longitude_e7: int
    reach_km: float

    @property
    def words(self) -> str:
        """The position as degrees."""
        return positions.words(self.latitude_e7, self.longitude_e7)

    def far_from(self, other: "Position", leeway_km: float) -> bool:
        """Whether the two cannot be one place."""
        one, two = (self.latitude_e7, self.longitude_e7), (other.latitude_e7, other.longitude_e7)
        return positions.distance_km(one, two) > max(self.reach_km + other.reach_km, leeway_km)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an image: its ``date`` as EDTF text, codes of its country and place, names of its sources.

    ``taken`` and ``file_position`` are what its file says of the picture, None where that says nothing.
    """

    image_id: ImageId
    name: str
    date: str = ""
    country: str = ""
    place: str = ""
    position: Position | None = None
    taken: Day | None = None
    file_position: Position | None = None
    known: Known | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, a key of ``PATTERNS``, and the value on either side in words; ``known`` has both on one side."""

    kind: str
    own: str
    other: str

    @property
    def mild(self) -> bool:
        """Whether both can be true."""
        return self.kind == "source"

    @property
    def by_file(self) -> bool:
        """Whether nobody said it but a file."""
        return self.kind in _BY_FILE

    @property
    def words(self) -> str:
        """The difference with both values."""
        return PATTERNS[self.kind].replace("%1", self.own).replace("%2", self.other)


def in_itself(own: Told) -> Iterator[Difference]:
    """What cannot be true of one image."""
    if own.known and _before(own.known, own.date):
        yield Difference("known", dates.words(own.date), own.known.words)
    if own.known and own.taken and not own.date and own.taken - own.known.by > _LEEWAY:
        yield Difference("taken_late", _day(own.taken), own.known.words)


def differences(countries: Vocabulary, places: Vocabulary, own: Told, other: Told) -> Iterator[Difference]:
    """What differs between what is said of two copies; what people said first."""
    yield from _of_dates(own, other)
    if own.country and other.country and _apart(countries, own.country, other.country):
        yield Difference("country", countries.label(own.country), countries.label(other.country))
    if own.place and other.place and not _within(places, own.place, other.place):
        yield Difference("place", places.label(own.place), places.label(other.place))
    if own.position and other.position and own.position.far_from(other.position, 0):
        yield Difference("position", own.position.words, other.position.words)
    yield from _of_file_times(own, other)
    yield from _of_file_positions(own, other)
    if own.sources and other.sources and not set(own.sources) & set(other.sources):
        yield Difference("source", ", ".join(own.sources), ", ".join(other.sources))


def readable(written: str) -> bool:
    """Whether a text is a date; another version of the program may have kept what this one cannot read."""
    try:
        return bool(written) and bool(dates.parse(written))
    except Refused:
        return False


def _of_dates(own: Told, other: Told) -> Iterator[Difference]:
    if own.date and other.date and not _may_agree(own.date, other.date):
        yield Difference("date", dates.words(own.date), dates.words(other.date))
    if other.known and _before(other.known, own.date):
        yield Difference("known_there", dates.words(own.date), other.known.words)
    if own.known and _before(own.known, other.date):
        yield Difference("known_here", own.known.words, dates.words(other.date))


def _of_file_times(own: Told, other: Told) -> Iterator[Difference]:
    one = None if own.date else own.taken
    two = None if other.date else other.taken
    if own.taken and other.taken and abs(own.taken - other.taken) <= _LEEWAY:
        pass  # who dated the one of them had seen what the file of the other says
    elif one and two:
        yield Difference("taken", _day(one), _day(two))
    elif one and _outside(one, other.date):
        yield Difference("taken_here", _day(one), dates.words(other.date))
    elif two and _outside(two, own.date):
        yield Difference("taken_there", dates.words(own.date), _day(two))
    if one and other.known and one - other.known.by > _LEEWAY:
        yield Difference("taken_late_here", _day(one), other.known.words)
    if two and own.known and two - own.known.by > _LEEWAY:
        yield Difference("taken_late_there", own.known.words, _day(two))


def _of_file_positions(own: Told, other: Told) -> Iterator[Difference]:
    if own.position and other.position:
        return
    one, two = own.position or own.file_position, other.position or other.file_position
    if one is None or two is None or not one.far_from(two, _FILES_LEEWAY_KM):
        return
    files = own.file_position, other.file_position
    if files[0] and files[1] and not files[0].far_from(files[1], _FILES_LEEWAY_KM):
        return  # who placed the one of them had seen what the file of the other says
    yield Difference("position_file", one.words, two.words)


def _day(day: date) -> str:
    return dates.words(day.isoformat())


def _outside(day: date, written: str) -> bool:
    """Whether a day is none of those that a date can mean, nor next to them."""
    if not readable(written):
        return False
    first, last = dates.reach(dates.parse(written))
    return first - day > _LEEWAY or day - last > _LEEWAY


def _may_agree(one: str, other: str) -> bool:
    if not (readable(one) and readable(other)):
        return True
    return dates.overlap(dates.parse(one), dates.parse(other))


def _before(known: Known, written: str) -> bool:
    """Whether something was there before all days that a date can mean."""
    return readable(written) and (dates.reach(dates.parse(written))[0] - known.by) > _LEEWAY


def _apart(countries: Vocabulary, one: str, other: str) -> bool:
    if {one, other} in _EITHER:
        return False
    lands = []
    for code in (one, other):
        term = countries.get(code) if code in countries else None
        if term is not None and term.attributes.get("kind") == "other":  # unknown, several, not named
            return False
        lands.append({code, *(term.successors if term else ())})
    return not lands[0] & lands[1]


def _within(places: Vocabulary, one: str, other: str) -> bool:
    """Whether two places are one, or one lies in the other."""
    if one not in places or other not in places:
        return one == other
    return one == other or one in places.ancestors(other) or other in places.ancestors(one)
