"""Carrying a region from the image that it was drawn on to the other images of the group.

What is carried is shown and never stored: it follows the region and the verdicts as they are now.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from core.archive import Archive
from core.records import SAME_KINDS, SAME_VERDICTS, ImageId, Sighting, SightingId
from core.regions import Region
from core.store import images, relations, sightings
from core.transforms import IDENTITY, Transform

_EVERY_PIXEL: Final = ("same_bytes", "same_pixels")


class How(Enum):
    """Where the region of a sighting is on an image that shows it."""

    OWN = "own"  # it was drawn on this image
    CARRIED = "carried"
    OUTSIDE = "outside"  # this copy shows too little of it, or nothing
    UNKNOWN = "unknown"  # nobody knows how the two images lie on each other


@dataclass(frozen=True, slots=True)
class Placed:
    """The region of a sighting on one image; None where it is not on it, or nobody knows where."""

    how: How
    region: Region | None = None


def placed(archive: Archive, image_id: ImageId, shown: Sequence[Sighting]) -> dict[SightingId, Placed]:
    """Where on an image the regions of sightings lie; those without a region have no entry."""
    drawn = {one.id: (one.image_id, one.region) for one in shown if one.region is not None}
    others = {of for of, _ in drawn.values()} - {image_id}
    ways = transforms(archive, image_id, others) if others else {}
    found = {}
    for sighting_id, (of, region) in drawn.items():
        if of == image_id:
            found[sighting_id] = Placed(How.OWN, region)
        elif of in ways:
            carried = ways[of].region(region)
            found[sighting_id] = Placed(How.OUTSIDE if carried is None else How.CARRIED, carried)
        else:
            found[sighting_id] = Placed(How.UNKNOWN)
    return found


def transform(archive: Archive, from_id: ImageId, to_id: ImageId) -> Transform | None:
    """The way from one image of a group to another, None where there is none."""
    return IDENTITY if from_id == to_id else transforms(archive, to_id, [from_id]).get(from_id)


def transforms(archive: Archive, to_id: ImageId, wanted: Collection[ImageId]) -> dict[ImageId, Transform]:
    """For each of these images of a group from which there is a way, the transform from it to the image ``to_id``.

    It is that of the verdict on the two, or else of what was found between them; or else those along the shortest
    chain of such pairs inside the group, of several as short the one of the smallest content hashes.
    """
    members = images.hashes(archive.db, sightings.group(archive.db, to_id))
    here = frozenset(members.values())
    left = {members[image_id] for image_id in wanted if image_id in members}
    ways = {members[to_id]: IDENTITY} if to_id in members else {}
    reached = list(ways)
    while left - ways.keys() and reached:
        further = []
        for sha256 in sorted(reached):
            for other, way in sorted(_beside(archive, sha256, here), key=lambda one: one[0]):
                if other not in ways:
                    ways[other] = way.then(ways[sha256])
                    further.append(other)
        reached = further
    return {image_id: ways[members[image_id]] for image_id in wanted if members.get(image_id) in ways}


def _beside(archive: Archive, sha256: str, here: Collection[str]) -> Iterator[tuple[str, Transform]]:
    """The images that are joined to an image directly, each with the way from it to this one.

    One that is not in the archive any more joins others by its verdicts alone.
    """
    decided = {}
    for relation in relations.of(archive.db, sha256):
        forth = relation.from_sha256 == sha256
        decided[relation.to_sha256 if forth else relation.from_sha256] = relation.kind
        if relation.kind in SAME_VERDICTS and relation.transform is not None:
            yield (
                (relation.to_sha256, relation.transform.inverse())
                if forth
                else (relation.from_sha256, relation.transform)
            )
    for match in relations.found_of(archive.db, sha256):
        forth = match.sha256_a == sha256
        other = match.sha256_b if forth else match.sha256_a
        way = match.transform or (IDENTITY if match.kind in _EVERY_PIXEL else None)
        # Only what shows the same picture lies on it as a whole: a like object lies on it elsewhere.
        apart = match.kind not in SAME_KINDS or decided.get(other, SAME_VERDICTS[0]) not in SAME_VERDICTS
        if way is not None and other in here and not apart:
            yield other, way.inverse() if forth else way
