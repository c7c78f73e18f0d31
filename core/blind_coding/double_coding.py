"""Double coding: two coders describe the same images, neither seeing what the other says until both have finished.

What they say is kept apart from the record: it counts nowhere until it is settled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.archive import Archive
from core.errors import Refused
from core.offering import number_of_images
from core.records import ImageId
from core.store import coding_sets, images, sightings

CODERS: Final = 2


@dataclass(frozen=True, slots=True)
class Coder:
    """One of a set's coders; ``done`` is how many of its images have a sighting of theirs.

    It is None where that is not to be known yet: how far another has come is read when both have closed the set.
    """

    name: str
    closed_at: str
    done: int | None


@dataclass(frozen=True, slots=True)
class CodingSet:
    """Images to be coded blind; ``settled`` of the ``images`` are in the record by now."""

    id: int
    name: str
    note: str
    author: str
    created_at: str
    images: int
    settled: int
    coders: tuple[Coder, ...]

    @property
    def closed(self) -> bool:
        """Whether both coders have finished, so that their work can be compared."""
        return all(coder.closed_at for coder in self.coders)


@dataclass(frozen=True, slots=True)
class SetReport:
    """The set that was made; ``copies`` of the images were left out, because another shows the same picture."""

    coding_set: CodingSet
    copies: int


def make(
    archive: Archive, name: str, image_ids: Sequence[ImageId], coders: Sequence[str], *, note: str = ""
) -> SetReport:
    """Make a set of images to be coded blind by two coders, in one action; of each picture one image is in it.

    ``coders`` are the names under which their changes are recorded.

    Raises:
        Refused: the name is empty or taken, there are not two different coders, there are no images, or one of them
            or a copy of it is tagged already or waits in another set.
        ReadOnly: the archive is open for reading only.
    """
    name, named = name.strip(), [coder.strip() for coder in coders]
    if not name:
        raise Refused("A coding set needs a name.")
    if name in coding_sets.names(archive.db):
        raise Refused(f"There is a coding set “{name}” already; give this one another name.")
    if len(named) != CODERS or len(set(named)) != CODERS or not all(named):
        raise Refused("A coding set needs two coders with different names.")
    chosen = _one_of_each_picture(archive, image_ids)
    with archive.action(f"Make the coding set “{name}” of {number_of_images(len(chosen))}"):
        coding_sets.add(archive.db, name, note, chosen, author=archive.actor, coders=named)
    return SetReport(get(archive, name), len(set(image_ids)) - len(chosen))


def _one_of_each_picture(archive: Archive, image_ids: Sequence[ImageId]) -> list[ImageId]:
    """The first image of each picture among these.

    Raises:
        Refused: one cannot be coded blind (any more).
    """
    held = images.hashes(archive.db, image_ids)
    if not image_ids or len(held) < len(set(image_ids)):
        raise Refused("A coding set needs images that are in the archive; select some.")
    groups = sightings.siblings(archive.db, image_ids)
    everyone = sorted({other for group in groups.values() for other in group})
    tagged = [image_id for image_id, found in sightings.of_images(archive.db, everyone).items() if found]
    if tagged:
        raise Refused(
            f"{number_of_images(len(tagged)).capitalize()} of these, or copies of them, are tagged already, so they "
            f"cannot be coded blind; the first is {images.called(archive.db, tagged[0])}."
        )
    waiting = coding_sets.unsettled_among(archive.db, everyone)
    if waiting is not None:
        named = images.called(archive.db, waiting[0])
        raise Refused(f"{named}, or a copy of it, waits in the coding set “{waiting[1]}” already.")
    chosen: list[ImageId] = []
    seen: set[ImageId] = set()
    for image_id in image_ids:
        if image_id not in seen:
            chosen.append(image_id)
        seen.update(groups[image_id])
    return chosen


def close(archive: Archive, name: str) -> CodingSet:
    """Finish one's own coding of a set, in one action; when both have, their work can be compared and not changed.

    Raises:
        Refused: there is no such set, it is not this coder's, or this coder has closed it.
        ReadOnly: the archive is open for reading only.
    """
    own = next((one for one in _row(archive, name).codings if one.coder == archive.actor), None)
    if own is None:
        raise Refused(f"{archive.actor} is not a coder of the set “{name}”.")
    if own.closed_at:
        raise Refused(f"You have closed your coding of the set “{name}” already.")
    with archive.action(f"Close a coding of the set “{name}”"):
        coding_sets.close(archive.db, own.id)
    return get(archive, name)


def every(archive: Archive) -> list[CodingSet]:
    """All sets, the newest first."""
    return [_told(archive, row) for row in coding_sets.every(archive.db)]


def get(archive: Archive, name: str) -> CodingSet:
    """The set of this name.

    Raises:
        Refused: there is none.
    """
    return _told(archive, _row(archive, name))


def codings_of(archive: Archive, name: str) -> tuple[coding_sets.SetRow, coding_sets.Coding, coding_sets.Coding]:
    """A set that both have closed, and its two codings.

    Raises:
        Refused: there is no such set, or a coder is still at work.
    """
    row = _row(archive, name)
    first, second = row.codings
    if not (first.closed_at and second.closed_at):
        raise Refused(
            f"The set “{name}” is still being coded; what its coders say can be read when both have closed it."
        )
    return row, first, second


def _row(archive: Archive, name: str) -> coding_sets.SetRow:
    found = next((row for row in coding_sets.every(archive.db) if row.name == name), None)
    if found is None:
        raise Refused(f"There is no coding set “{name}”; there are {_listed(coding_sets.names(archive.db))}.")
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names) or "none"


def _told(archive: Archive, row: coding_sets.SetRow) -> CodingSet:
    closed = all(one.closed_at for one in row.codings)
    coders = tuple(
        Coder(one.coder, one.closed_at, one.done if closed or one.coder == archive.actor else None)
        for one in row.codings
    )
    return CodingSet(row.id, row.name, row.note, row.author, row.created_at, row.images, row.settled, coders)
