"""Which sightings somebody may change, and what the history may say of it: a blind coding keeps its secrets."""

from collections.abc import Sequence

from core.archive import Archive
from core.errors import Refused
from core.records import Sighting, SightingId
from core.store import codings, sightings


def changeable(archive: Archive, sighting_id: SightingId) -> Sighting:
    """A sighting that whoever works on the archive may change.

    Raises:
        Refused: it is not there (any more); it is another coder's; its image is being coded blind, so that what all
            can see of it stays as it is; or it was made in a coding that is closed.
    """
    return all_changeable(archive, [sighting_id])[0]


def all_changeable(archive: Archive, sighting_ids: Sequence[SightingId]) -> list[Sighting]:
    """Sightings that whoever works on the archive may change, in the order given.

    Raises:
        Refused: one may not be changed, as ``changeable`` says.
    """
    found = [sighting for one in sighting_ids if (sighting := sightings.get(archive.db, one)) is not None]
    if len(found) < len(sighting_ids):
        raise Refused("This sighting is not in the archive any more.")
    codings.check_readable(archive.db, sighting_ids, archive.actor)
    counting = {sighting.image_id for sighting in found if sighting.coding_id is None}
    codings.check_not_coded(archive.db, sorted(counting))
    return found


def told(sighting: Sighting, words: str) -> str:
    """What an action's label may say of a sighting: ``words``, but nothing that others must not know yet."""
    return words if sighting.coding_id is None else codings.BLIND
