"""What an act on images concerns: each picture once, with what may be read of it there, and the codings it falls in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.archive import Archive
from core.errors import Refused
from core.records import ImageId, Sighting
from core.store import codings, images, sightings


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, the first chosen of its group, and the sightings that its group shows, oldest first for each image.

    In a blind coding these are the coder's own on this very image, and ``coding_id`` is the coding's.
    """

    image_id: ImageId
    sightings: tuple[Sighting, ...]
    coding_id: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """The ``pictures`` among images that were chosen; ``coded`` gives the coding of each that is coded blind."""

    image_ids: tuple[ImageId, ...]
    pictures: tuple[Picture, ...]
    coded: Mapping[ImageId, int]

    def told(self, words: str) -> str:
        """What an action's label may say: ``words``, but nothing that others must not know yet."""
        return codings.BLIND if self.coded else words

    @property
    def counting(self) -> list[ImageId]:
        """The images that are not coded blind: what all can see of them may change."""
        return [image_id for image_id in self.image_ids if image_id not in self.coded]


def check_there(archive: Archive, image_ids: Sequence[ImageId]) -> None:
    """Refuse to act on images that are gone.

    Raises:
        Refused: one is not there any more.
    """
    if len(images.hashes(archive.db, image_ids)) < len(set(image_ids)):
        raise Refused("Not all of these images are in the archive any more; select them again.")


def scope_of(archive: Archive, image_ids: Sequence[ImageId]) -> Scope:
    """What an act on these images concerns.

    Raises:
        Refused: an image is not there any more, or it is being coded blind by others.
    """
    check_there(archive, image_ids)
    coded = codings.codings_for(archive.db, image_ids, archive.actor)
    groups = sightings.siblings(archive.db, image_ids)
    everyone = list({other for group in groups.values() for other in group})
    held = sightings.of_images(archive.db, everyone, coder=archive.actor)
    seen: set[ImageId] = set()
    pictures: list[Picture] = []
    for image_id in image_ids:
        if image_id in seen:
            continue
        coding_id = coded.get(image_id)
        copies = groups[image_id] if coding_id is None else [image_id]
        seen.update(copies)
        shown = tuple(one for other in copies for one in held[other] if one.coding_id == coding_id)
        pictures.append(Picture(image_id, shown, coding_id))
    return Scope(tuple(image_ids), tuple(pictures), coded)
