"""Working on a coding set that Ada and Ben code, as one of them."""

from core import looking, tagging
from core.archive import Archive
from core.blind_coding import double_coding
from core.records import ImageId, Sighting, SightingId
from core.tagging import Tag

SET = "Pilot"


def as_(archive: Archive, who: str) -> Archive:
    """The archive with somebody else at it."""
    archive.actor = who
    return archive


def code(archive: Archive, who: str, image_id: ImageId, **said: object) -> SightingId:
    """Tag an image as somebody."""
    return tagging.tag(as_(archive, who), [image_id], Tag(**said)).sightings[0]  # type: ignore[arg-type]


def close(archive: Archive, *who: str) -> None:
    """Have coders close the set."""
    for coder in who:
        double_coding.close(as_(archive, coder), SET)


def shown(archive: Archive, image_id: ImageId) -> tuple[Sighting, ...]:
    """The sightings that are told of an image."""
    return looking.summaries(archive, [image_id])[0].sightings
