"""Recycled pictures: the same picture published again as if it showed another time or another place.

Compared is what people *said* of an image with what they said of its copies: the images that verdicts put into its
group, and those that were found alike and are not decided yet.  The rule is careful, since a false alarm costs
attention.  A difference counts only where both say something and both cannot be true:

- two dates of the images as wholes that have no day in common, what is approximate or uncertain taken widely;
- two countries neither of which took in, or came out of, the other; two places neither of which lies in the other;
- a copy (or the image itself) was published, collected or archived before the date that is given: what was
  published in 2013 cannot show an event of 2016.  A day's leeway is left for time zones.

A publication *after* the date contradicts nothing: old pictures may be published as what they are.  Nor does another
source by itself: that is told in milder words (``Difference.mild``) and makes nothing a contradiction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core import dates
from core.archive import Archive
from core.claims import SourceId
from core.errors import Refused
from core.records import FOUND_KINDS, Capture, ImageId, Match
from core.store import descriptions, images, relations, sightings, sources
from core.vocabularies import Vocabulary

SAME: Final = "same_picture"
PATTERNS: Final = {
    "date": "dated %1 here, %2 there",
    "known_there": "%2 there, before the date given here: %1",
    "known_here": "%1 here, before the date given there: %2",
    "known": "%2, before the date given: %1",
    "country": "seen in %1 here, in %2 there",
    "place": "at %1 here, at %2 there",
    "source": "from %1 here, also published by %2",
}
"""How each kind of difference reads, with the value here (%1) and there (%2)."""
_VERBS: Final = {"published_at": "published", "collected_at": "collected", "archived_at": "archived"}
_LEEWAY: Final = timedelta(days=1)
# Land that some file under one of the two and some under the other: both can be said of one picture.
_EITHER: Final = ({"XKX", "SRB"}, {"TWN", "CHN"}, {"PSE", "ISR"}, {"ESH", "MAR"})


@dataclass(frozen=True, slots=True)
class Known:
    """The earliest day by which an image is known to have been there, and how that is known, in words."""

    by: date
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an image: its ``date`` as EDTF text, codes of its country and place, names of its sources."""

    image_id: ImageId
    name: str
    date: str = ""
    country: str = ""
    place: str = ""
    known: Known | None = None
    sources: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is said that another image could contradict."""
        return not (self.date or self.country or self.place or self.known or self.sources)


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
    def words(self) -> str:
        """The difference with both values."""
        return PATTERNS[self.kind].replace("%1", self.own).replace("%2", self.other)


@dataclass(frozen=True, slots=True)
class Recycled:
    """An image and another of which something else is said.

    ``how`` is ``same_picture`` where that was decided, else the kind of likeness that was found.  ``other`` is the
    image itself where what is said of it contradicts itself.
    """

    own: Told
    other: Told
    how: str
    differences: tuple[Difference, ...]

    @property
    def contradicts(self) -> bool:
        """Whether both cannot be true."""
        return any(not difference.mild for difference in self.differences)


def of_image(archive: Archive, image_id: ImageId) -> list[Recycled]:
    """What an image and its copies are said to be and cannot both be, contradictions first, then other sources."""
    return _recycled(archive, image_id)


def after_import(archive: Archive, step: str) -> list[Recycled]:
    """The contradictions about the images that an import brought or found again, each pair once."""
    known = descriptions.told(archive.db)
    found: dict[frozenset[ImageId], Recycled] = {}
    for image_id in sorted(images.collected_in(archive.db, step) & known):
        for one in _recycled(archive, image_id):
            if one.contradicts:
                found.setdefault(frozenset((one.own.image_id, one.other.image_id)), one)
    return list(found.values())


def _recycled(archive: Archive, image_id: ImageId) -> list[Recycled]:
    own = next(iter(_told(archive, [image_id])), None)
    if own is None or own.says_nothing:
        return []
    near = dict(_copies(archive, image_id))
    told = {one.image_id: one for one in _told(archive, list(near))}
    found = [Recycled(own, own, SAME, tuple(_itself(own)))]
    found += [
        Recycled(own, told[other], how, tuple(_differences(archive, own, told[other])))
        for other, how in near.items()
        if other in told
    ]
    return sorted((one for one in found if one.differences), key=lambda one: not one.contradicts)


def _copies(archive: Archive, image_id: ImageId) -> Iterator[tuple[ImageId, str]]:
    """The other images of its group, then those that were found alike; how each is a copy."""
    for other in sightings.siblings(archive.db, [image_id])[image_id]:
        if other != image_id:
            yield other, SAME
    sha256 = images.hashes(archive.db, [image_id]).get(image_id, "")
    for match in relations.undecided_of(archive.db, sha256):
        alike = images.id_of(archive.db, _far(match, sha256))
        if alike is not None and match.kind in FOUND_KINDS:
            yield alike, match.kind


def _far(match: Match, sha256: str) -> str:
    return match.sha256_b if match.sha256_a == sha256 else match.sha256_a


def _told(archive: Archive, ids: Sequence[ImageId]) -> list[Told]:
    said = descriptions.of_images(archive.db, ids)
    captures = images.captures(archive.db, ids)
    named = sources.of_ids(
        archive.db, list({one.source_id for held in captures.values() for one in held if one.source_id is not None})
    )
    hashes = images.hashes(archive.db, ids)
    found = []
    for image_id, sha256 in hashes.items():
        held = captures[image_id]
        names = {one.source_id: named[one.source_id].name for one in held if one.source_id in named}
        found.append(
            Told(
                image_id,
                next((one.place.name for one in held if one.place.text), sha256[:12]),
                said[image_id].date,
                said[image_id].country,
                said[image_id].place,
                min(_known(held, names), key=lambda known: known.by, default=None),
                tuple(dict.fromkeys(names.values())),
            )
        )
    return found


def _known(captures: Sequence[Capture], names: Mapping[SourceId, str]) -> Iterator[Known]:
    """Each day by which the captures say that the image was there."""
    for capture in captures:
        for field, verb in _VERBS.items():
            written = getattr(capture, field)
            last = dates.reach(dates.parse(written))[1] if _readable(written) else date.max
            if last != date.max:
                source = names.get(capture.source_id) if capture.source_id is not None else None
                yield Known(last, f"{verb} {dates.words(written)}{f' ({source})' if source else ''}")


def _readable(written: str) -> bool:
    """Whether a text is a date; another version of the program may have kept what this one cannot read."""
    try:
        return bool(written) and bool(dates.parse(written))
    except Refused:
        return False


def _itself(own: Told) -> Iterator[Difference]:
    if own.known and _before(own.known, own.date):
        yield Difference("known", dates.words(own.date), own.known.words)


def _differences(archive: Archive, own: Told, other: Told) -> Iterator[Difference]:
    if own.date and other.date and not _may_agree(own.date, other.date):
        yield Difference("date", dates.words(own.date), dates.words(other.date))
    if other.known and _before(other.known, own.date):
        yield Difference("known_there", dates.words(own.date), other.known.words)
    if own.known and _before(own.known, other.date):
        yield Difference("known_here", own.known.words, dates.words(other.date))
    countries, places = archive.countries, archive.vocabulary("place")
    if own.country and other.country and _apart(countries, own.country, other.country):
        yield Difference("country", countries.label(own.country), countries.label(other.country))
    if own.place and other.place and not _within(places, own.place, other.place):
        yield Difference("place", places.label(own.place), places.label(other.place))
    if own.sources and other.sources and not set(own.sources) & set(other.sources):
        yield Difference("source", ", ".join(own.sources), ", ".join(other.sources))


def _may_agree(one: str, other: str) -> bool:
    if not (_readable(one) and _readable(other)):
        return True
    return dates.overlap(dates.parse(one), dates.parse(other))


def _before(known: Known, written: str) -> bool:
    """Whether something was there before all days that a date can mean."""
    return _readable(written) and (dates.reach(dates.parse(written))[0] - known.by) > _LEEWAY


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
