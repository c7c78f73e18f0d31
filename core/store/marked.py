"""Markings in the catalogue by their texts, wherever they were read."""

from collections.abc import Sequence

from sqlite_utils import Database

from core.claims import Marking
from core.records import ImageId, SightingId
from core.store import claims

_READABLE = "(sighting.coding_id IS NULL OR coding_id IN (SELECT id FROM coding WHERE coder = ? AND closed_at = ''))"


def texts(db: Database, *, coder: str = "") -> list[tuple[int, SightingId, ImageId, str]]:
    """Every marking's id, the sighting and the image that it was read on, and its text, oldest first.

    Those of a blind coding are read only by their own ``coder``, while the coding is open.
    """
    found = db.conn.execute(
        "SELECT marking.id, sighting.id, sighting.image_id, marking.text FROM marking "
        f"JOIN sighting ON sighting.id = marking.sighting_id WHERE {_READABLE} ORDER BY marking.id",
        (coder,),
    )
    return [(row[0], SightingId(row[1]), ImageId(row[2]), row[3]) for row in found.fetchall()]


def of_sightings(db: Database, ids: Sequence[SightingId]) -> dict[int, Marking]:
    """The markings read on these sightings, by their ids."""
    found = claims.of_sightings(db, Marking, ids)
    return {marking.id: marking for held in found.values() for marking in held}
