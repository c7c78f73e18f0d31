"""Recycled pictures: the same picture published again as if it showed another time or another place.

Compared is what is said of an image with what is said of its copies: the images that verdicts put into its group, and
those that were found to be the same picture, or near to it, and are not decided yet, with their groups.  What was
found to show the same object or scene, and what is unconfirmed, is no copy; nor is what was decided to be something
else.  ``core.contradictions`` says what counts as a difference.

Of the picture a file's time and position say nothing where the file is a picture of a picture (a screenshot, a scan, a
collage), where its clock had not been set (before 1995, or on a 1 January, where clocks begin) or ran ahead of the
import, and at 0° 0°.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from core import contradictions, dates
from core.archive import Archive
from core.claims import SourceId
from core.contradictions import Difference, Known, Position, Told
from core.jobs import Job
from core.proposing import proposed
from core.records import SAME_KINDS, Capture, Description, ImageId
from core.store import alarms, descriptions, images, keypoints, relations, sightings, sources
from core.store.connection import transaction
from core.store.images import FileClaims

DECIDED: Final = "decided"
_ALIKE: Final = frozenset((*SAME_KINDS, "near"))
_VERBS: Final = {"published_at": "published", "collected_at": "collected", "archived_at": "archived"}
_OF_A_PICTURE: Final = frozenset(("screenshot", "scan", "composite"))
_FIRST_CLOCKS: Final = 1995
_AHEAD: Final = timedelta(days=1)
# How far from the position what is meant may lie; a district's or an unnamed precision's is a guess on the wide side.
_REACH_KM: Final = {"exact_10m": 1.0, "vicinity_100m": 2.0, "locality_1km": 10.0, "district": 75.0, "": 25.0}
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Recycled:
    """An image and another of which something else is said.

    ``how`` is ``decided`` where verdicts join the two, else the kind of likeness that was found.  ``other`` is the
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

    @property
    def only_by_file(self) -> bool:
        """Whether it contradicts, and nobody says so but a file."""
        return self.contradicts and all(one.mild or one.by_file for one in self.differences)


@dataclass(frozen=True, slots=True)
class Alarms:
    """What a search for copies brought to light: ``pairs`` of content hashes are to be told of, and this of them."""

    pairs: tuple[tuple[str, str], ...]
    recycled: tuple[Recycled, ...]


def of_image(archive: Archive, image_id: ImageId) -> list[Recycled]:
    """What an image and its copies are said to be and cannot both be: contradictions, then other sources.

    What people say comes before what only files say.
    """
    return sorted(_recycled(archive, [image_id]), key=_weight)


def after_import(archive: Archive, step: str, job: Job | None = None) -> list[Recycled]:
    """The differences of the images that an import brought or found again, each pair once; contradictions first.

    Raises:
        Cancelled: nobody waits for the answer any more.
    """
    return _told_once(_in_parts(archive, sorted(images.collected_in(archive.db, step)), job))


def after_search(archive: Archive, job: Job | None = None) -> Alarms:
    """The differences between images that came in and those that a search for copies found for them since.

    What an import told already is not among them, nor what was found anew among images that were searched before.
    They are due until ``end_alarms``.

    Raises:
        Cancelled: nobody waits for the answer any more.
    """
    pairs = alarms.due(archive.db)
    ids = keypoints.images_of(archive.db, list({sha256 for pair in pairs for sha256 in pair}))
    partners: dict[ImageId, set[ImageId]] = {}
    for a, b in pairs:
        if a in ids and b in ids:
            older, newer = sorted((ids[a], ids[b]))
            partners.setdefault(newer, set()).add(older)
    groups = sightings.siblings(archive.db, list({older for held in partners.values() for older in held}))
    # What is said of a partner's copies is said of it as well.
    wanted = {newer: {one for older in held for one in groups[older]} - {newer} for newer, held in partners.items()}
    found = _in_parts(archive, sorted(partners), job)
    told = (one for one in found if one.other.image_id in wanted[one.own.image_id])
    return Alarms(tuple(pairs), tuple(_told_once(told)))


def end_alarms(archive: Archive, pairs: Iterable[tuple[str, str]]) -> None:
    """Note that these pairs were told of.

    Raises:
        ReadOnly: the archive is open for reading only.
    """
    archive.check_writable()
    with transaction(archive.db):
        alarms.end(archive.db, pairs)


def _told_once(found: Iterable[Recycled]) -> list[Recycled]:
    once: dict[frozenset[ImageId], Recycled] = {}
    for one in found:
        once.setdefault(frozenset((one.own.image_id, one.other.image_id)), one)
    return sorted(once.values(), key=_weight)


def _weight(one: Recycled) -> tuple[bool, bool]:
    return not one.contradicts, one.only_by_file


def _in_parts(archive: Archive, ids: Sequence[ImageId], job: Job | None) -> Iterator[Recycled]:
    for start in range(0, len(ids), _AT_ONCE):
        yield from _recycled(archive, ids[start : start + _AT_ONCE])
        if job is not None:
            job.check()


def _recycled(archive: Archive, ids: Sequence[ImageId]) -> Iterator[Recycled]:
    copies = _copies(archive, ids)
    everyone = {*ids, *(other for held in copies.values() for other in held)}
    told = {one.image_id: one for one in _told(archive, list(everyone))}
    countries, places = archive.countries, archive.vocabulary("place")
    for own in (told[image_id] for image_id in ids if image_id in told):
        found = [Recycled(own, own, DECIDED, tuple(contradictions.in_itself(own)))]
        for other, copy in copies[own.image_id].items():
            if other in told:
                sides = copy.sides(own, told[other])
                found.append(Recycled(*sides, copy.how, tuple(contradictions.differences(countries, places, *sides))))
        yield from (one for one in found if one.differences)


@dataclass(frozen=True, slots=True)
class _Copy:
    """How an image is a copy; ``whole`` says which of the two shows the other as a part of it: own, other or none."""

    how: str
    whole: str = ""

    def sides(self, own: Told, other: Told) -> tuple[Told, Told]:
        """The two, without what the file of a whole says: that is of the whole, not of the picture in it."""
        return (
            replace(own, taken=None, file_position=None) if self.whole == "own" else own,
            replace(other, taken=None, file_position=None) if self.whole == "other" else other,
        )


def _copies(archive: Archive, ids: Sequence[ImageId]) -> dict[ImageId, dict[ImageId, _Copy]]:
    """The other images of each one's group, then those found alike with the images of their groups."""
    alike = _alike(archive, ids)
    groups = sightings.siblings(archive.db, list({*ids, *(other for held in alike.values() for other in held)}))
    apart = _apart(archive, ids)
    copies = {}
    for image_id in ids:
        held = dict.fromkeys(groups[image_id], _Copy(DECIDED))
        for other, copy in alike[image_id].items():
            for member in groups[other]:
                held.setdefault(member, copy)
        copies[image_id] = {
            other: copy for other, copy in held.items() if other != image_id and (image_id, other) not in apart
        }
    return copies


def _alike(archive: Archive, ids: Sequence[ImageId]) -> dict[ImageId, dict[ImageId, _Copy]]:
    """The images that were found to be copies of each of these and are not decided yet, tightest first."""
    hashes = list(images.hashes(archive.db, ids).values())
    matches = [match for match in relations.undecided_of_any(archive.db, hashes) if match.kind in _ALIKE]
    known = keypoints.images_of(
        archive.db, list({sha256 for one in matches for sha256 in (one.sha256_a, one.sha256_b)})
    )
    alike: dict[ImageId, dict[ImageId, _Copy]] = {image_id: {} for image_id in ids}
    for match in matches:
        a, b = known.get(match.sha256_a), known.get(match.sha256_b)
        if a is None or b is None:  # it was removed just now
            continue
        decision = proposed(match, 0, 0) if match.kind == "contains" else None
        for own, other, sha256 in ((a, b, match.sha256_a), (b, a, match.sha256_b)):
            if own in alike:
                whole = "" if decision is None else "own" if decision.from_sha256 == sha256 else "other"
                alike[own][other] = _Copy(match.kind, whole)
    return alike


def _apart(archive: Archive, ids: Sequence[ImageId]) -> set[tuple[ImageId, ImageId]]:
    """The pairs with these images, either way round, that were decided to be something else than one picture."""
    pairs = relations.parted(archive.db, list(images.hashes(archive.db, ids).values()))
    known = keypoints.images_of(archive.db, list({sha256 for pair in pairs for sha256 in pair}))
    both = [(known[a], known[b]) for a, b in pairs if a in known and b in known]
    return {*both, *((b, a) for a, b in both)}


def _told(archive: Archive, ids: Sequence[ImageId]) -> list[Told]:
    said = descriptions.of_images(archive.db, ids)
    captures = images.captures(archive.db, ids)
    named = sources.of_ids(
        archive.db, list({one.source_id for held in captures.values() for one in held if one.source_id is not None})
    )
    claims = images.file_claims(archive.db, ids)
    wholes = relations.wholes(archive.db, [held.sha256 for held in claims.values()])
    found = []
    for image_id, claim in claims.items():
        held, description = captures[image_id], said[image_id]
        names = {one.source_id: named[one.source_id].name for one in held if one.source_id in named}
        of_a_picture = claim.sha256 in wholes or claim.is_screenshot or _is_of_a_picture(description, held)
        found.append(
            Told(
                image_id,
                next((one.place.name for one in held if one.place.text), claim.sha256[:12]),
                description.date,
                description.country,
                description.place,
                _position(description),
                None if of_a_picture else _taken(claim, held),
                None if of_a_picture else _file_position(claim),
                min(_known(held, names), key=lambda known: known.by, default=None),
                tuple(dict.fromkeys(names.values())),
            )
        )
    return found


def _is_of_a_picture(said: Description, captures: Sequence[Capture]) -> bool:
    return (
        said.kind in _OF_A_PICTURE
        or said.generation == "screenshot_of_copy"
        or any(capture.mode == "screenshot" for capture in captures)
    )


def _position(said: Description) -> Position | None:
    reach = _REACH_KM.get(said.place_precision)
    if said.latitude_e7 is None or said.longitude_e7 is None or reach is None:
        return None
    return Position(said.latitude_e7, said.longitude_e7, reach)


def _file_position(claim: FileClaims) -> Position | None:
    if claim.latitude_e7 is None or claim.longitude_e7 is None or (claim.latitude_e7, claim.longitude_e7) == (0, 0):
        return None
    return Position(claim.latitude_e7, claim.longitude_e7, 0)


def _taken(claim: FileClaims, captures: Sequence[Capture]) -> date | None:
    try:
        day = date.fromisoformat((claim.taken_at or "")[:10])
        imported = min(date.fromisoformat(capture.imported_at[:10]) for capture in captures)
    except ValueError:
        return None
    unset = day.year < _FIRST_CLOCKS or (day.month, day.day) == (1, 1)
    return None if unset or day - imported > _AHEAD else day


def _known(captures: Sequence[Capture], names: Mapping[SourceId, str]) -> Iterator[Known]:
    """Each day by which the captures say that the image was there."""
    for capture in captures:
        for field, verb in _VERBS.items():
            written = getattr(capture, field)
            last = dates.reach(dates.parse(written))[1] if contradictions.readable(written) else date.max
            if last != date.max:
                source = names.get(capture.source_id) if capture.source_id is not None else None
                yield Known(last, f"{verb} {dates.words(written)}{f' ({source})' if source else ''}")
        with suppress(ValueError):  # it was written by the program
            imported = date.fromisoformat(capture.imported_at[:10])
            yield Known(imported, f"imported {dates.words(imported.isoformat())}")
