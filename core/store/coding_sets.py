"""Sets of images for blind coding in the catalogue: their images, their coders, and how far each of these is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from core.records import ImageId
from core.store import rows
from core.store.images import in_chunks
from core.store.journal import now


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder's part of a set; ``closed_at`` is UTC, empty while it is open.

    ``done`` images have a sighting of this coder.
    """

    id: int
    coder: str
    closed_at: str
    done: int


@dataclass(frozen=True, slots=True)
class SetRow:
    """A set; ``codings`` in the order in which the coders were named, ``settled`` of its ``images``."""

    id: int
    name: str
    note: str
    author: str
    created_at: str
    images: int
    settled: int
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An image of a set, and why it was settled as it was."""

    image_id: ImageId
    settled: bool
    reason: str


def every(db: Database) -> list[SetRow]:
    """All sets, the newest first."""
    found = db.conn.execute(
        """SELECT id, name, note, author, created_at,
               (SELECT count(*) FROM set_member WHERE set_id = coding_set.id),
               (SELECT count(*) FROM set_member WHERE set_id = coding_set.id AND settled = 1)
           FROM coding_set ORDER BY id DESC"""
    ).fetchall()
    return [_set(row, tuple(_codings(db, row[0]))) for row in found]


def _set(row: Sequence[Any], codings: tuple[Coding, ...]) -> SetRow:
    set_id, name, note, author, created_at, images, settled = row
    return SetRow(set_id, name, note, author, created_at, images, settled, codings)


def _codings(db: Database, set_id: int) -> list[Coding]:
    found = db.conn.execute(
        """SELECT id, coder, closed_at, (SELECT count(DISTINCT image_id) FROM sighting WHERE coding_id = coding.id)
           FROM coding WHERE set_id = ? ORDER BY id""",
        (set_id,),
    )
    return [Coding(*row) for row in found.fetchall()]


def names(db: Database) -> list[str]:
    """The names of all sets, in their order."""
    return [name for (name,) in db.conn.execute("SELECT name FROM coding_set ORDER BY name").fetchall()]


def add(db: Database, name: str, note: str, ids: Sequence[ImageId], *, author: str, coders: Sequence[str]) -> int:
    """Record a set with its images and coders; an action must be open."""
    values = {"name": name, "note": note, "author": author, "created_at": now()}
    set_id = rows.insert(db, "coding_set", values)
    for image_id in ids:
        rows.insert(db, "set_member", {"set_id": set_id, "image_id": image_id})
    for coder in coders:
        rows.insert(db, "coding", {"set_id": set_id, "coder": coder})
    return set_id


def close(db: Database, coding_id: int) -> None:
    """Close a coding; an action must be open."""
    rows.update(db, "coding", coding_id, {"closed_at": now()})


def members(db: Database, set_id: int) -> list[Member]:
    """The images of a set, in the order in which they were given."""
    found = db.conn.execute("SELECT image_id, settled, reason FROM set_member WHERE set_id = ? ORDER BY id", (set_id,))
    return [Member(row[0], bool(row[1]), row[2]) for row in found.fetchall()]


def settle(db: Database, set_id: int, image_id: ImageId, reason: str) -> None:
    """Note that an image of a set is settled, and why so; an action must be open."""
    row = db.conn.execute("SELECT id FROM set_member WHERE set_id = ? AND image_id = ?", (set_id, image_id)).fetchone()
    rows.update(db, "set_member", row[0], {"settled": 1, "reason": reason})


def unsettled_among(db: Database, ids: Sequence[ImageId]) -> tuple[ImageId, str] | None:
    """An image among these that is in a set and not settled there yet, and that set's name."""
    for marks, chunk in in_chunks(ids):
        row = db.conn.execute(
            "SELECT image_id, name FROM set_member JOIN coding_set ON coding_set.id = set_id "
            f"WHERE settled = 0 AND image_id IN ({marks}) LIMIT 1",
            chunk,
        ).fetchone()
        if row is not None:
            return ImageId(row[0]), row[1]
    return None
