"""Physical weapons in the catalogue: single weapons that sightings in several pictures were judged to be."""

from collections.abc import Iterable

from sqlite_utils import Database

from core.records import Sighting, SightingId
from core.store import rows, settlements, sightings


def add(db: Database, label: str, note: str = "") -> int:
    """Record a physical weapon; an action must be open."""
    return rows.insert(db, "weapon", {"label": label, "note": note})


def change(db: Database, weapon_id: int, label: str) -> None:
    """Call a physical weapon otherwise; an action must be open."""
    rows.update(db, "weapon", weapon_id, {"label": label})


def link(db: Database, sighting_ids: Iterable[SightingId], weapon_id: int | None) -> None:
    """Say which physical weapon sightings are, with None that nobody says; an action must be open."""
    for sighting_id in sighting_ids:
        sightings.change(db, sighting_id, {"weapon_id": weapon_id})


def every(db: Database) -> list[tuple[int, str, str, int]]:
    """Each physical weapon with its label, its note and how many sightings are it, oldest first."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in db.conn.execute(
            "SELECT weapon.id, label, weapon.note, count(sighting.id) FROM weapon "
            f"LEFT JOIN sighting ON sighting.weapon_id = weapon.id AND NOT {settlements.SETTLED} "
            "GROUP BY weapon.id ORDER BY weapon.id"
        ).fetchall()
    ]


def label_of(db: Database, weapon_id: int) -> str | None:
    """What a physical weapon is called, None where there is none."""
    row = db.conn.execute("SELECT label FROM weapon WHERE id = ?", (weapon_id,)).fetchone()
    return None if row is None else row[0]


def sightings_of(db: Database, weapon_id: int) -> list[Sighting]:
    """The sightings that were judged to be a physical weapon, oldest first."""
    ids = db.conn.execute(
        f"SELECT id FROM sighting WHERE weapon_id = ? AND NOT {settlements.SETTLED} ORDER BY id", (weapon_id,)
    ).fetchall()
    found = (sightings.get(db, SightingId(row[0])) for row in ids)
    return [sighting for sighting in found if sighting is not None]
