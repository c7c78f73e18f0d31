"""Physical weapons: one weapon that is seen in several pictures is named once, and its sightings are linked to it.

That two sightings are the same weapon is a judgement of its own; it follows from no claim about them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.archive import Archive
from core.changeable import changeable
from core.errors import Refused
from core.offering import number_of_sightings
from core.records import Sighting, SightingId
from core.store import physical_weapons


@dataclass(frozen=True, slots=True)
class Weapon:
    """A physical weapon by the name that it was given, and how many sightings were judged to be it."""

    id: int
    label: str
    note: str
    sightings: int


def weapons(archive: Archive) -> list[Weapon]:
    """Every physical weapon, oldest first."""
    return [Weapon(*row) for row in physical_weapons.every(archive.db)]


def sightings_of(archive: Archive, weapon_id: int) -> list[Sighting]:
    """The sightings that were judged to be a physical weapon, oldest first."""
    return physical_weapons.sightings_of(archive.db, weapon_id)


def name(archive: Archive, label: str, sighting_ids: Sequence[SightingId] = ()) -> int:
    """Record a physical weapon under a name, and that these sightings are it, in one action; returns its id.

    Raises:
        Refused: it has no name, or another has it, or a sighting cannot be linked.
        ReadOnly: the archive is open for reading only.
    """
    label = _free_label(archive, label)
    _check_linkable(archive, sighting_ids)
    with archive.action(f"Name the physical weapon “{label}”"):
        weapon_id = physical_weapons.add(archive.db, label)
        physical_weapons.link(archive.db, sighting_ids, weapon_id)
    return weapon_id


def rename(archive: Archive, weapon_id: int, label: str) -> None:
    """Call a physical weapon otherwise.

    Raises:
        Refused: there is none, or the name is empty or taken.
        ReadOnly: the archive is open for reading only.
    """
    before = _label(archive, weapon_id)
    if label.strip() == before:
        return
    label = _free_label(archive, label, but=weapon_id)
    with archive.action(f"Rename the physical weapon “{before}” to “{label}”"):
        physical_weapons.change(archive.db, weapon_id, label)


def link(archive: Archive, weapon_id: int, sighting_ids: Sequence[SightingId]) -> None:
    """Say that sightings are this physical weapon, whichever they were judged to be before.

    Raises:
        Refused: there is no such weapon, or a sighting cannot be linked.
        ReadOnly: the archive is open for reading only.
    """
    label = _label(archive, weapon_id)
    _check_linkable(archive, sighting_ids)
    with archive.action(f"Link {number_of_sightings(len(sighting_ids))} to the physical weapon “{label}”"):
        physical_weapons.link(archive.db, sighting_ids, weapon_id)


def unlink(archive: Archive, sighting_ids: Sequence[SightingId]) -> None:
    """Say that nobody judges any more which physical weapon sightings are; the weapon keeps its name.

    Raises:
        Refused: a sighting cannot be changed.
        ReadOnly: the archive is open for reading only.
    """
    _check_linkable(archive, sighting_ids)
    with archive.action(f"Unlink {number_of_sightings(len(sighting_ids))} from a physical weapon"):
        physical_weapons.link(archive.db, sighting_ids, None)


def link_by_name(archive: Archive, label: str, sighting_id: SightingId) -> None:
    """Say by its name which physical weapon a sighting is: a new name is a new weapon, none takes the link away.

    Raises:
        Refused: the sighting cannot be linked.
        ReadOnly: the archive is open for reading only.
    """
    label = " ".join(label.split())
    known = next((one for one in weapons(archive) if one.label.casefold() == label.casefold()), None)
    if not label:
        unlink(archive, [sighting_id])
    elif known is None:
        name(archive, label, [sighting_id])
    else:
        link(archive, known.id, [sighting_id])


def _label(archive: Archive, weapon_id: int) -> str:
    label = physical_weapons.label_of(archive.db, weapon_id)
    if label is None:
        raise Refused("This physical weapon is not in the archive any more.")
    return label


def _free_label(archive: Archive, label: str, *, but: int | None = None) -> str:
    label = " ".join(label.split())
    if not label:
        raise Refused("A physical weapon needs a name, for example “the rifle with the broken stock”.")
    if any(label.casefold() == one.label.casefold() and one.id != but for one in weapons(archive)):
        raise Refused(f"There is a physical weapon “{label}” already; link the sighting to that one.")
    return label


def _check_linkable(archive: Archive, sighting_ids: Iterable[SightingId]) -> None:
    """Refuse sightings that cannot be changed, or that others must not know of yet: a weapon is seen by all."""
    for sighting_id in sighting_ids:
        if changeable(archive, sighting_id).coding_id is not None:
            raise Refused("Which sightings are the same weapon can be said when the blind coding is closed.")
