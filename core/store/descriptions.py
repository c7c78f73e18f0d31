"""What people say of images as wholes: descriptions and sensitivity, in the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlite_utils import Database

from core.records import Description, ImageId
from core.store import rows
from core.store.images import in_chunks

COLUMNS: Final = tuple(name for name in Description.__slots__ if name != "sensitivity")
BLANK: Final[Mapping[str, Any]] = {name: getattr(Description(), name) for name in COLUMNS}
"""The description of an image of which nobody has said anything."""


def of_images(db: Database, ids: Sequence[ImageId]) -> dict[ImageId, Description]:
    """The description of each of these images; an empty one where nobody has said anything."""
    found: dict[ImageId, Description] = {}
    for marks, chunk in in_chunks(ids):
        codes: dict[int, tuple[str, ...]] = {}
        for image_id, code in db.conn.execute(
            f"SELECT image_id, code FROM sensitivity WHERE image_id IN ({marks}) ORDER BY id", chunk
        ).fetchall():
            codes[image_id] = (*codes.get(image_id, ()), code)
        read = db.conn.execute(
            f"SELECT image_id, {', '.join(COLUMNS)} FROM description WHERE image_id IN ({marks})", chunk
        ).fetchall()
        said = {row[0]: row[1:] for row in read}
        for image_id in chunk:
            values = dict(zip(COLUMNS, said.get(image_id, ()), strict=False))
            found[ImageId(image_id)] = Description(**values, sensitivity=codes.get(image_id, ()))
    return found


def sensitive(db: Database, ids: Sequence[ImageId], codes: Sequence[str]) -> set[ImageId]:
    """Those of these images that are sensitive in any of these ways."""
    found: set[ImageId] = set()
    kinds = ", ".join("?" * len(codes))
    for marks, chunk in in_chunks(ids):
        rows = db.conn.execute(
            f"SELECT image_id FROM sensitivity WHERE image_id IN ({marks}) AND code IN ({kinds})", (*chunk, *codes)
        ).fetchall()
        found.update(ImageId(image_id) for (image_id,) in rows)
    return found


def change(db: Database, ids: Iterable[ImageId], said: Mapping[str, Any]) -> None:
    """Give columns of these images' descriptions other values; an action must be open."""
    for image_id in ids:
        found = db.conn.execute("SELECT id FROM description WHERE image_id = ?", (image_id,)).fetchone()
        if found:
            rows.update(db, "description", found[0], said)
        elif any(value not in ("", None) for value in said.values()):
            rows.insert(db, "description", {"image_id": image_id, **said})


def add_sensitivity(db: Database, ids: Iterable[ImageId], code: str) -> None:
    """Say that these images are sensitive in one more way; an action must be open."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO sensitivity (image_id, code) VALUES (?, ?)", [(image_id, code) for image_id in ids]
    )


def remove_sensitivity(db: Database, ids: Iterable[ImageId], code: str) -> None:
    """Say no longer that these images are sensitive in this way; an action must be open."""
    db.conn.executemany(
        "DELETE FROM sensitivity WHERE image_id = ? AND code = ?", [(image_id, code) for image_id in ids]
    )
