"""What the views show of images: a line for a grid's cell, everything for the inspector, the picture itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image as Pillow

from core.archive import Archive
from core.describing import COVERING
from core.errors import CoreError, Refused
from core.imaging import jpeg_quality, load_upright
from core.records import Capture, Description, Image, ImageId, Match, Relation, Sighting
from core.store import cache, descriptions, images, relations, sightings


@dataclass(frozen=True, slots=True)
class Summary:
    """One line about an image: ``name`` is that of its first capture, ``sightings`` are those of its group.

    ``covered`` says that it, or another image of its group, is graphic and shown only when it is asked for.
    """

    image_id: ImageId
    name: str
    sightings: tuple[Sighting, ...]
    group_size: int
    status: str
    state: str
    reason: str
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """An image of a group, by its first capture's name."""

    image_id: ImageId
    sha256: str
    name: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Detail:
    """All that is known of an image: ``group`` holds itself first, ``matches`` are those not decided yet.

    ``covered`` is as for a ``Summary``.
    """

    image: Image
    captures: tuple[Capture, ...]
    sightings: tuple[Sighting, ...]
    group: tuple[Member, ...]
    relations: tuple[Relation, ...]
    matches: tuple[Match, ...]
    description: Description
    covered: bool = False


def summaries(archive: Archive, ids: Sequence[ImageId]) -> list[Summary]:
    """A line about each of these images, in their order; absent ones are left out."""
    db = archive.db
    groups = sightings.siblings(db, ids)
    everyone = list({other for group in groups.values() for other in group})
    held = sightings.of_images(db, everyone, coder=archive.actor)
    captures = images.captures(db, ids)
    graphic = descriptions.sensitive(db, everyone, COVERING)
    return [
        Summary(
            image.id,
            captures[image.id][0].place.name if captures[image.id] else image.facts.sha256[:12],
            tuple(sighting for other in groups[image.id] for sighting in held[other]),
            len(groups[image.id]),
            image.status,
            image.facts.state,
            image.facts.reason,
            covered=not graphic.isdisjoint(groups[image.id]),
        )
        for image in images.each(db, ids)
    ]


def covered(archive: Archive, ids: Sequence[ImageId]) -> set[ImageId]:
    """Those of these images that are graphic, or a copy of which is: they are shown only when they are asked for."""
    groups = sightings.siblings(archive.db, ids)
    everyone = list({other for group in groups.values() for other in group})
    graphic = descriptions.sensitive(archive.db, everyone, COVERING)
    return {image_id for image_id, group in groups.items() if not graphic.isdisjoint(group)}


def thumbnail(archive: Archive, image_id: ImageId) -> bytes | None:
    """An image's thumbnail as a JPEG file, None where there is none (yet)."""
    return cache.thumbnail(archive.db, image_id)


def detail(archive: Archive, image_id: ImageId) -> Detail | None:
    """All that is known of an image, None where it is not (any more) in the archive."""
    db = archive.db
    image = images.get(db, image_id)
    if image is None:
        return None
    group = sightings.siblings(db, [image_id])[image_id]
    held = sightings.of_images(db, group, coder=archive.actor)
    sha256 = image.facts.sha256
    return Detail(
        image,
        tuple(images.captures(db, [image_id])[image_id]),
        tuple(sighting for other in group for sighting in held[other]),
        tuple(members(archive, group)),
        tuple(relations.of(db, sha256)),
        tuple(relations.undecided_of(db, sha256)),
        descriptions.of_images(db, [image_id])[image_id],
        covered=bool(descriptions.sensitive(db, group, COVERING)),
    )


def members(archive: Archive, ids: Sequence[ImageId]) -> list[Member]:
    """These images by name and size, in their order."""
    captures = images.captures(archive.db, ids)
    return [
        Member(
            image.id,
            image.facts.sha256,
            captures[image.id][0].place.name if captures[image.id] else image.facts.sha256[:12],
            image.facts.upright_width_px,
            image.facts.upright_height_px,
        )
        for image in images.each(archive.db, ids)
    ]


def names(archive: Archive, hashes: Iterable[str]) -> dict[str, str]:
    """What the images with these content hashes are called; those that are not in the archive are left out."""
    ids = (images.id_of(archive.db, sha256) for sha256 in sorted(set(hashes)))
    return {member.sha256: member.name for member in members(archive, [one for one in ids if one is not None])}


def picture(archive: Archive, image_id: ImageId, *, max_px: int | None = None) -> Pillow.Image:
    """The picture itself, upright, in full or reduced so that its longer side is near ``max_px``.

    Raises:
        Refused: the image or its original is not there.
        Undecodable: it cannot be decoded.
    """
    found = images.original(archive.db, image_id)
    if found is None:
        raise Refused("This image is no longer in the archive.")
    path = archive.originals.path_of(*found)
    if not path.is_file():
        raise Refused(f"The original of this image is missing: {path.name} is not in the archive's folder.")
    return load_upright(path, max_px)


def saved_quality(archive: Archive, image_id: ImageId) -> int | None:
    """About which JPEG quality an image's file was saved at last; None where it is no JPEG or cannot be read."""
    found = images.original(archive.db, image_id)
    try:
        return None if found is None else jpeg_quality(archive.originals.path_of(*found))
    except (CoreError, OSError):
        return None
