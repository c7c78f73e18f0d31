"""Everything about single sightings, for who reads and edits them one by one: rivals, the weapon itself, readings."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image as Pillow

from core import looking, physical_weapons, reading_markings
from core.archive import Archive
from core.claims import ClaimId
from core.physical_weapons import Weapon
from core.records import ImageId, Sighting, SightingId
from core.regions import Region
from core.store import images
from core.store.claimed import Claimed, of_sightings

__all__ = ["Claimed", "Fitting", "Sighted", "crops", "sighted"]


@dataclass(frozen=True, slots=True)
class Fitting:
    """Another reading that one marking of a sighting can be the same text as, and the image it was read on."""

    marking_id: ClaimId
    text: str
    image_id: ImageId
    name: str


@dataclass(frozen=True, slots=True)
class Sighted:
    """A sighting with all claims about it, the physical weapon that it is, and what its markings fit elsewhere."""

    claimed: Claimed
    weapon: Weapon | None = None
    fitting: tuple[Fitting, ...] = ()

    @property
    def sighting(self) -> Sighting:
        """The sighting with its preferred claims."""
        return self.claimed.sighting


def sighted(archive: Archive, sightings: Sequence[Sighting]) -> tuple[Sighted, ...]:
    """These sightings in full, in their order."""
    linked = any(sighting.weapon_id is not None for sighting in sightings)
    weapons = {weapon.id: weapon for weapon in physical_weapons.weapons(archive)} if linked else {}
    return tuple(
        Sighted(claimed, weapons.get(claimed.sighting.weapon_id or 0), _fitting(archive, claimed))
        for claimed in of_sightings(archive.db, sightings)
    )


def _fitting(archive: Archive, claimed: Claimed) -> tuple[Fitting, ...]:
    found = [
        (marking.id, other)
        for marking in claimed.markings
        for other in reading_markings.fitting_markings(archive, marking, but=claimed.sighting.id)
    ]
    captures = images.captures(archive.db, list({other.image_id for _, other in found}))
    return tuple(
        Fitting(
            marking_id,
            other.marking.text,
            other.image_id,
            captures[other.image_id][0].place.name if captures[other.image_id] else str(other.image_id),
        )
        for marking_id, other in found
    )


def crops(
    archive: Archive, image_id: ImageId, regions: Sequence[tuple[SightingId, Region]], *, max_px: int
) -> dict[SightingId, Pillow.Image]:
    """What the regions of sightings in an image hold, upright, the image decoded once; reduced to ``max_px`` a side.

    Raises:
        Refused: the image or its original is not there.
        Undecodable: it cannot be decoded.
    """
    picture = looking.picture(archive, image_id)
    found = {}
    for sighting_id, region in regions:
        crop = picture.crop(region.pixels(*picture.size))
        crop.thumbnail((max_px, max_px))
        found[sighting_id] = crop
    return found
