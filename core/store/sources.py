"""Sources in the catalogue, and which captures and claims come from them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlite_utils import Database

from core.claims import SourceId
from core.records import CaptureId, ImageId, Source
from core.store import rows
from core.store.images import in_chunks

COLUMNS: Final = tuple(name for name in Source.__slots__ if name != "id")
_CLAIMS: Final = ("identification", "origin", "acquisition")
_SOURCE: Final = f"SELECT id, {', '.join(COLUMNS)} FROM source"


def add(db: Database, said: Mapping[str, Any]) -> SourceId:
    """Record a source by its columns; an action must be open."""
    return SourceId(rows.insert(db, "source", said) if said else rows.insert(db, "source", {"title": ""}))


def change(db: Database, source_id: SourceId, said: Mapping[str, Any]) -> None:
    """Give columns of a source other values; an action must be open."""
    rows.update(db, "source", source_id, said)


def remove(db: Database, source_id: SourceId) -> None:
    """Take a source away; captures and claims from it are then from none.  An action must be open."""
    rows.delete(db, "source", source_id)


def every(db: Database) -> list[Source]:
    """Every source, oldest first."""
    return [Source(*row) for row in db.conn.execute(f"{_SOURCE} ORDER BY id").fetchall()]


def of_ids(db: Database, ids: Sequence[int]) -> dict[SourceId, Source]:
    """These sources by their ids."""
    found: dict[SourceId, Source] = {}
    for marks, chunk in in_chunks(ids):
        for row in db.conn.execute(f"{_SOURCE} WHERE id IN ({marks})", chunk).fetchall():
            found[SourceId(row[0])] = Source(*row)
    return found


def uses(db: Database) -> dict[SourceId, tuple[int, int]]:
    """How many captures and how many claims come from each source from which any does."""
    found: dict[SourceId, tuple[int, int]] = {}
    for table in ("capture", *_CLAIMS):
        counts = f"SELECT source_id, count(*) FROM {table} WHERE source_id IS NOT NULL GROUP BY source_id"
        for source_id, count in db.conn.execute(counts).fetchall():
            captures, claims = found.get(source_id, (0, 0))
            found[source_id] = (count, 0) if table == "capture" else (captures, claims + count)
    return found


def replace(db: Database, source_id: SourceId, by: SourceId) -> None:
    """Have everything that comes from one source come from another one, and take the first away.

    An action must be open.
    """
    for table in ("capture", *_CLAIMS):
        db.conn.execute(f"UPDATE {table} SET source_id = ? WHERE source_id = ?", (by, source_id))
    remove(db, source_id)


def add_capture(db: Database, image_id: ImageId, said: Mapping[str, Any], *, at: str) -> CaptureId:
    """Record by hand that an image was collected once more; an action must be open."""
    values = {"image_id": image_id, "path": "", "modified_at": "", "imported_at": at, **said}
    return CaptureId(rows.insert(db, "capture", values))


def change_capture(db: Database, capture_id: CaptureId, said: Mapping[str, Any]) -> None:
    """Give columns of a capture that people fill in other values; an action must be open."""
    rows.update(db, "capture", capture_id, said)


def remove_capture(db: Database, capture_id: CaptureId) -> None:
    """Take a capture away; an action must be open."""
    rows.delete(db, "capture", capture_id)


def images_of(db: Database, source_id: SourceId) -> list[ImageId]:
    """The images that were collected from a source, in order."""
    found = db.conn.execute(
        "SELECT DISTINCT image_id FROM capture WHERE source_id = ? ORDER BY image_id", (source_id,)
    ).fetchall()
    return [ImageId(image_id) for (image_id,) in found]


def of_hashes(db: Database) -> list[tuple[str, SourceId]]:
    """Content hash and source of every image that was collected from one, each once."""
    return db.conn.execute(
        "SELECT DISTINCT sha256, source_id FROM capture JOIN image ON image.id = image_id "
        "WHERE source_id IS NOT NULL ORDER BY sha256, source_id"
    ).fetchall()
