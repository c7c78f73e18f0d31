"""Sightings and the claims about them in the catalogue."""

from collections.abc import Sequence
from typing import Any, Final

from sqlite_utils import Database

from core.records import Identification, ImageId, Origin, Sighting, SightingId
from core.store.images import in_chunks
from core.store.journal import now

_SIGHTING: Final = """
    SELECT sighting.id, sighting.image_id, sighting.note, claim.type, claim.certainty
    FROM sighting LEFT JOIN identification AS claim ON claim.sighting_id = sighting.id AND claim.preferred = 1
"""


def add(db: Database, image_id: ImageId, note: str) -> SightingId:
    """Record a sighting in an image; an action must be open."""
    cursor = db.conn.execute("INSERT INTO sighting (image_id, note) VALUES (?, ?)", (image_id, note))
    return SightingId(cursor.lastrowid or 0)


def remove(db: Database, sighting_id: SightingId) -> None:
    """Take a sighting and its claims away; an action must be open."""
    db.conn.execute("DELETE FROM sighting WHERE id = ?", (sighting_id,))


def set_note(db: Database, sighting_id: SightingId, note: str) -> None:
    """Give a sighting its note; an action must be open."""
    db.conn.execute("UPDATE sighting SET note = ? WHERE id = ?", (note, sighting_id))


def identify(db: Database, sighting_id: SightingId, claim: Identification, author: str) -> None:
    """Make this the preferred identification; an action must be open.

    An author corrects the own claim in place; another's is kept beside it as a rival.
    """
    _prefer(
        db,
        "identification",
        {"sighting_id": sighting_id},
        {"type": claim.type, "certainty": claim.certainty},
        author,
    )


def place_origin(db: Database, sighting_id: SightingId, claim: Origin, author: str) -> None:
    """Make this the preferred origin in its role, as ``identify`` does; an action must be open."""
    _prefer(
        db,
        "origin",
        {"sighting_id": sighting_id, "role": claim.role},
        {"country": claim.country, "certainty": claim.certainty},
        author,
    )


def _prefer(db: Database, table: str, key: dict[str, Any], said: dict[str, Any], author: str) -> None:
    where = " AND ".join(f"{name} = ?" for name in key)
    found = db.conn.execute(
        f"SELECT id, author, {', '.join(said)} FROM {table} WHERE preferred = 1 AND {where}",
        tuple(key.values()),
    ).fetchone()
    if found and tuple(found[2:]) == tuple(said.values()):
        return
    if found and found[1] == author:
        sets = ", ".join(f"{name} = ?" for name in said)
        db.conn.execute(f"UPDATE {table} SET {sets}, claimed_at = ? WHERE id = ?", (*said.values(), now(), found[0]))
        return
    if found:
        db.conn.execute(f"UPDATE {table} SET preferred = 0 WHERE id = ?", (found[0],))
    row = {**key, **said, "preferred": 1, "author": author, "claimed_at": now()}
    marks = ", ".join("?" * len(row))
    db.conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def forget_origin(db: Database, sighting_id: SightingId, role: str) -> None:
    """Take the preferred origin in a role away; the newest rival, if any, takes its place.  An action must be open."""
    _forget(db, "origin", {"sighting_id": sighting_id, "role": role})


def forget_identification(db: Database, sighting_id: SightingId) -> None:
    """Take the preferred identification away, as ``forget_origin`` does; an action must be open."""
    _forget(db, "identification", {"sighting_id": sighting_id})


def _forget(db: Database, table: str, key: dict[str, Any]) -> None:
    where = " AND ".join(f"{name} = ?" for name in key)
    values = tuple(key.values())
    db.conn.execute(f"DELETE FROM {table} WHERE preferred = 1 AND {where}", values)
    newest = f"SELECT max(id) FROM {table} WHERE {where}"
    db.conn.execute(f"UPDATE {table} SET preferred = 1 WHERE id = ({newest})", values)


def of_images(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, list[Sighting]]:
    """The sightings that belong to each of these images themselves, oldest first."""
    found: dict[ImageId, list[Sighting]] = {image_id: [] for image_id in ids}
    for marks, chunk in in_chunks(ids):
        rows = db.conn.execute(f"{_SIGHTING} WHERE sighting.image_id IN ({marks}) ORDER BY sighting.id", chunk)
        for sighting in _with_origins(db, rows.fetchall()):
            found[sighting.image_id].append(sighting)
    return found


def every(db: Database) -> list[Sighting]:
    """Every sighting of the archive, oldest first."""
    return _with_origins(db, db.conn.execute(f"{_SIGHTING} ORDER BY sighting.id").fetchall())


def get(db: Database, sighting_id: SightingId) -> Sighting | None:
    """A sighting, None where it is not there (any more)."""
    rows = db.conn.execute(f"{_SIGHTING} WHERE sighting.id = ?", (sighting_id,)).fetchall()
    return next(iter(_with_origins(db, rows)), None)


def _with_origins(db: Database, rows: list[Sequence[Any]]) -> list[Sighting]:
    origins: dict[int, list[Origin]] = {}
    for marks, chunk in in_chunks([row[0] for row in rows]):
        for sighting_id, role, country, certainty in db.conn.execute(
            f"SELECT sighting_id, role, country, certainty FROM origin "
            f"WHERE preferred = 1 AND sighting_id IN ({marks}) ORDER BY role",
            chunk,
        ).fetchall():
            origins.setdefault(sighting_id, []).append(Origin(role, country, certainty))
    return [
        Sighting(
            SightingId(row[0]),
            ImageId(row[1]),
            row[2],
            Identification(row[3], row[4]) if row[3] is not None else None,
            tuple(origins.get(row[0], ())),
        )
        for row in rows
    ]


def siblings(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, list[ImageId]]:
    """For each of these images, the images of its group, itself first; itself alone where it is ungrouped."""
    found: dict[ImageId, list[ImageId]] = {image_id: [image_id] for image_id in ids}
    for marks, chunk in in_chunks(ids):
        rows = db.conn.execute(
            "SELECT own.image_id, other.image_id FROM cache.membership AS own "
            "JOIN cache.membership AS other USING (picture) "
            f"WHERE own.image_id IN ({marks}) AND other.image_id <> own.image_id "
            "ORDER BY other.representative DESC, other.image_id",
            chunk,
        ).fetchall()
        for own, other in rows:
            found[ImageId(own)].append(ImageId(other))
    return found


def group(db: Database, image_id: ImageId) -> list[ImageId]:
    """The images of an image's group, the representative first; itself alone where it is ungrouped."""
    rows = db.conn.execute(
        "SELECT other.image_id FROM cache.membership AS own JOIN cache.membership AS other USING (picture) "
        "WHERE own.image_id = ? ORDER BY other.representative DESC, other.image_id",
        (image_id,),
    ).fetchall()
    return [ImageId(other) for (other,) in rows] or [image_id]
