"""Markings in the catalogue by their texts, wherever they were read."""

from collections.abc import Sequence
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from core.claims import Marking
from core.markings import Markings, Quality
from core.records import ImageId, SightingId
from core.store import claims, settlements
from core.store.journal import newest_action

_READABLE = (
    "(sighting.coding_id IS NULL OR coding_id IN (SELECT id FROM coding WHERE coder = ? AND closed_at = '')) "
    f"AND NOT {settlements.SETTLED}"
)


class Found(NamedTuple):
    """Where a marking was read that matches a text, and how well it does."""

    marking_id: int
    sighting_id: SightingId
    image_id: ImageId
    quality: Quality


class _Read(NamedTuple):
    """Markings as they were at an action, made ready for many searches."""

    action: int
    rows: list[tuple[int, SightingId, ImageId]]
    markings: Markings


# Making them ready takes longer than a search, and one query asks several times.  By coder.
_kept: Final[WeakKeyDictionary[Database, dict[str, _Read]]] = WeakKeyDictionary()


def search(db: Database, text: str, *, coder: str = "") -> list[Found]:
    """The markings that can be a text or contain it, the best first, then the oldest.

    Those of a blind coding are found only for their own ``coder``, while the coding is open.
    """
    held = _read(db, coder)
    return [Found(*held.rows[place], quality) for place, quality in held.markings.search(text)]


def _read(db: Database, coder: str) -> _Read:
    action = newest_action(db)
    kept = _kept.setdefault(db, {})
    held = kept.get(coder)
    if held is None or held.action != action:
        found = db.conn.execute(
            "SELECT marking.id, sighting.id, sighting.image_id, marking.text FROM marking "
            f"JOIN sighting ON sighting.id = marking.sighting_id WHERE {_READABLE} ORDER BY marking.id",
            (coder,),
        ).fetchall()
        rows = [(row[0], SightingId(row[1]), ImageId(row[2])) for row in found]
        held = kept[coder] = _Read(action, rows, Markings(row[3] for row in found))
    return held


def of_sightings(db: Database, ids: Sequence[SightingId]) -> dict[int, Marking]:
    """The markings read on these sightings, by their ids."""
    found = claims.of_sightings(db, Marking, ids)
    return {marking.id: marking for held in found.values() for marking in held}
