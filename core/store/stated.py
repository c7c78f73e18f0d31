"""Statements out of tables in the catalogue: which sightings were entered as such, whatever their notes say by now."""

from typing import Final

from sqlite_utils import Database

from core.records import ImageId, SightingId
from core.store.images import in_chunks

WRITTEN: Final = "weapon_class"
"""The column of a table whose words are a line of each statement's note."""

_LINE: Final = f"\n{WRITTEN}: "


def entered_notes(db: Database, image_id: ImageId) -> dict[SightingId, str]:
    """The notes with which the statements on an image were entered, by the sightings that are still there."""
    return _notes(db, [image_id]).get(image_id, {})


def numbers(db: Database) -> dict[ImageId, int]:
    """How many sightings that count each table of statements has: images of no picture that statements are on."""
    found = db.conn.execute(
        "SELECT image_id, count(*) FROM sighting JOIN image ON image.id = image_id "
        "WHERE state = 'undecodable' AND coding_id IS NULL GROUP BY image_id"
    )
    counted = {ImageId(image_id): number for image_id, number in found.fetchall()}
    tables = _notes(db, list(counted))
    return {image_id: number for image_id, number in counted.items() if image_id in tables}


def _notes(db: Database, ids: list[ImageId]) -> dict[ImageId, dict[SightingId, str]]:
    notes: dict[ImageId, dict[SightingId, str]] = {}
    for marks, chunk in in_chunks(ids):
        for image_id, sighting_id, note in db.conn.execute(
            f"""SELECT image_id, id, (
                    SELECT json_extract(after, '$.note') FROM change
                    WHERE tbl = 'sighting' AND row_id = sighting.id AND before IS NULL ORDER BY change.id LIMIT 1)
                FROM sighting WHERE image_id IN ({marks}) AND coding_id IS NULL ORDER BY id""",
            chunk,
        ).fetchall():
            if note and is_statement(note):
                notes.setdefault(ImageId(image_id), {})[SightingId(sighting_id)] = note
    return notes


def is_statement(note: str) -> bool:
    """Whether a sighting's note is that of a statement out of a table: it tells the row's class after its id."""
    return _LINE in note
