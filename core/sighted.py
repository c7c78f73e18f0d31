"""Everything about single sightings, for who reads and edits them one by one: rivals, the weapon itself, readings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image as Pillow

from core import carrying, looking, physical_weapons, reading_markings
from core.archive import Archive
from core.carrying import Placed
from core.claims import ClaimId, SourceId
from core.physical_weapons import Weapon
from core.records import ImageId, Sighting, SightingId, Source
from core.regions import Region
from core.store import images, settlements, sources
from core.store.claimed import Claimed, of_sightings

__all__ = ["Claimed", "Fitting", "SettledIn", "Sighted", "crops", "sighted"]


@dataclass(frozen=True, slots=True)
class Fitting:
    """Another reading that one marking of a sighting can be the same text as, and the image it was read on."""

    marking_id: ClaimId
    text: str
    image_id: ImageId
    name: str


@dataclass(frozen=True, slots=True)
class SettledIn:
    """A sighting of a copy that was judged to be the same weapon, and the image it was recorded on."""

    sighting_id: SightingId
    image_id: ImageId
    name: str


@dataclass(frozen=True, slots=True)
class Sighted:
    """A sighting with all claims about it, the physical weapon that it is, and what its markings fit elsewhere.

    ``sources`` are those that any of the claims comes from.  ``placed`` says where its region lies on the image that it
    is looked at on; None where it has none.  ``settled`` count as this one.
    """

    claimed: Claimed
    weapon: Weapon | None = None
    fitting: tuple[Fitting, ...] = ()
    sources: tuple[Source, ...] = ()
    placed: Placed | None = None
    settled: tuple[SettledIn, ...] = ()

    def source_of(self, claim: Any) -> Source | None:
        """The source that a claim of any kind comes from; None where nobody has said, and of a marking."""
        return next((one for one in self.sources if one.id == getattr(claim, "source_id", None)), None)

    @property
    def sighting(self) -> Sighting:
        """The sighting with its preferred claims."""
        return self.claimed.sighting


def sighted(archive: Archive, sightings: Sequence[Sighting], *, on: ImageId | None = None) -> tuple[Sighted, ...]:
    """These sightings in full, in their order, as they are seen ``on`` an image of their group."""
    places = carrying.placed(archive, on, sightings) if on is not None else {}
    linked = any(sighting.weapon_id is not None for sighting in sightings)
    weapons = {weapon.id: weapon for weapon in physical_weapons.weapons(archive)} if linked else {}
    found = of_sightings(archive.db, sightings)
    settled = _settled(archive, [one.id for one in sightings])
    held = sources.of_ids(archive.db, sorted({source_id for claimed in found for source_id in _source_ids(claimed)}))
    return tuple(
        Sighted(
            claimed,
            weapons.get(claimed.sighting.weapon_id or 0),
            _fitting(archive, claimed),
            tuple(held[source_id] for source_id in sorted(_source_ids(claimed))),
            places.get(claimed.sighting.id),
            settled.get(claimed.sighting.id, ()),
        )
        for claimed in found
    )


def _settled(archive: Archive, ids: Sequence[SightingId]) -> dict[SightingId, tuple[SettledIn, ...]]:
    found = settlements.of_kept(archive.db, ids)
    every = sorted({one.image_id for held in found.values() for one in held})
    names = {one.image_id: one.name for one in looking.members(archive, every)}
    return {
        kept: tuple(SettledIn(one.sighting_id, one.image_id, names[one.image_id]) for one in held)
        for kept, held in found.items()
    }


def _source_ids(claimed: Claimed) -> set[SourceId]:
    said = (*claimed.identifications, *claimed.origins, *claimed.acquisitions)
    return {claim.source_id for claim in said if claim.source_id is not None}


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
