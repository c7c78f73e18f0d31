"""Sightings with every claim about them, rivals included: what a complete export and the identification panel hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from core.claims import Acquisition, Identification, Marking, Origin, Review
from core.records import ImageId, Sighting
from core.store import claims, sightings


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sighting with all claims about it and the decisions on its identifications, each oldest first."""

    sighting: Sighting
    identifications: tuple[Identification, ...]
    origins: tuple[Origin, ...]
    acquisitions: tuple[Acquisition, ...]
    markings: tuple[Marking, ...]
    reviews: tuple[Review, ...]


def of_images(db: Database, ids: Sequence[ImageId], *, coder: str = "") -> dict[ImageId, list[Claimed]]:
    """The sightings that belong to each of these images themselves, oldest first."""
    held = sightings.of_images(db, ids, coder=coder)
    every = of_sightings(db, [sighting for found in held.values() for sighting in found])
    by_id = {claimed.sighting.id: claimed for claimed in every}
    return {image_id: [by_id[sighting.id] for sighting in found] for image_id, found in held.items()}


def settled_of_images(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, list[Claimed]]:
    """The sightings that belong to each of these images and count as those of copies, oldest first."""
    return {image_id: of_sightings(db, found) for image_id, found in sightings.settled_of_images(db, ids).items()}


def of_sightings(db: Database, held: Sequence[Sighting]) -> list[Claimed]:
    """These sightings with all claims about them, in their order."""
    ids = [sighting.id for sighting in held]
    identifications = claims.of_sightings(db, Identification, ids)
    origins = claims.of_sightings(db, Origin, ids)
    acquisitions = claims.of_sightings(db, Acquisition, ids)
    markings = claims.of_sightings(db, Marking, ids)
    decided = claims.reviews(db, [claim.id for found in identifications.values() for claim in found])
    return [
        Claimed(
            sighting,
            tuple(identifications.get(sighting.id, ())),
            tuple(origins.get(sighting.id, ())),
            tuple(acquisitions.get(sighting.id, ())),
            tuple(markings.get(sighting.id, ())),
            tuple(one for claim in identifications.get(sighting.id, ()) for one in decided.get(claim.id, ())),
        )
        for sighting in held
    ]
