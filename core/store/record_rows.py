"""The history of one image: which rows belong to it, gone ones included, and what was changed in them.

Rows that are there are found by their tables' indexes, rows that are gone by the index ``change_gone``; their
changes by ``change_row``.  No part goes through the whole history.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlite_utils import Database

from core.errors import Refused
from core.records import ImageId
from core.store import codings, rows
from core.store.images import in_chunks

Row = Mapping[str, Any]

_CHILDREN: Final[Mapping[str, tuple[str, ...]]] = {
    "image": ("description", "sensitivity", "capture", "sighting"),
    "sighting": ("identification", "origin", "acquisition", "marking"),
    "identification": ("look_alike", "review"),
    "acquisition": ("transfer",),
}
PARENTS: Final[Mapping[str, str]] = {child: table for table, children in _CHILDREN.items() for child in children}
"""What the rows of a table belong to; each names it in a column called so with ``_id`` behind."""
_PARENT: Final = "CAST(substr(before, instr(before, '_id\":') + 5) AS INTEGER)"  # as in change_gone
_CHANGE: Final = """
    SELECT change.id, action_id, actor, at, label, undoes, tbl, row_id, before, after
    FROM change CROSS JOIN action ON action.id = action_id
"""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row as it was and as it became, None where it did not exist; who did that, when, and in which action."""

    id: int
    action_id: int
    actor: str
    at: str
    label: str
    undoes: str | None
    table: str
    row_id: int
    before: Row | None
    after: Row | None

    @property
    def said(self) -> Row:
        """The row as it became, or as it was where it is gone."""
        row = self.before if self.after is None else self.after
        assert row is not None
        return row


def of_image(db: Database, image_id: ImageId, sha256: str, actor: str) -> dict[str, set[int]]:
    """The rows that belong to an image, by table, and the verdicts and choices that name it.

    What ``actor`` must not read is left out: what other coders say in a set that is not closed yet.
    """
    found: dict[str, set[int]] = {"image": {image_id}}
    for table, children in _CHILDREN.items():
        for child in children:
            found[child] = _under(db, child, f"{table}_id", found[table])
            if child == "sighting":
                found[child] = {one for one in found[child] if codings.is_readable(db, one, actor)}
    found["relation"] = _verdicts(db, sha256)
    found["representative"] = _choices(db, sha256)
    return found


def _under(db: Database, child: str, column: str, parents: Collection[int]) -> set[int]:
    found: set[int] = set()
    for marks, chunk in in_chunks(sorted(parents)):
        found.update(
            row_id for (row_id,) in db.conn.execute(f"SELECT id FROM {child} WHERE {column} IN ({marks})", chunk)
        )
        gone = f"SELECT row_id FROM change WHERE tbl = ? AND {_PARENT} IN ({marks}) AND after IS NULL"
        found.update(row_id for (row_id,) in db.conn.execute(gone, (child, *chunk)))
    return found


def _verdicts(db: Database, sha256: str) -> set[int]:
    found = db.conn.execute(
        """SELECT id FROM relation WHERE from_sha256 = :sha UNION SELECT id FROM relation WHERE to_sha256 = :sha
           UNION SELECT row_id FROM change WHERE tbl = 'relation' AND after IS NULL AND instr(before, :sha)""",
        {"sha": sha256},
    )
    return {row_id for (row_id,) in found}


def _choices(db: Database, sha256: str) -> set[int]:
    found = db.conn.execute(
        """SELECT id FROM representative WHERE sha256 = :sha
           UNION SELECT row_id FROM change WHERE tbl = 'representative' AND after IS NULL AND instr(before, :sha)""",
        {"sha": sha256},
    )
    return {row_id for (row_id,) in found}


def changes_of(db: Database, ids: Mapping[str, Collection[int]], *, before: int | None, limit: int) -> list[RowChange]:
    """The newest changes of these rows first, at most ``limit``, older than the change ``before`` where it is given."""
    found: list[Sequence[Any]] = []
    for table, held in ids.items():
        for marks, chunk in in_chunks(sorted(held)):
            found += db.conn.execute(
                f"{_CHANGE} WHERE tbl = ? AND row_id IN ({marks}) AND (? IS NULL OR change.id < ?) "
                "ORDER BY change.id DESC LIMIT ?",
                (table, *chunk, before, before, limit),
            ).fetchall()
    found.sort(key=lambda row: -row[0])
    return [_change(row) for row in found[:limit]]


def get(db: Database, change_id: int) -> RowChange | None:
    """A change, None where there is none."""
    row = db.conn.execute(f"{_CHANGE} WHERE change.id = ?", (change_id,)).fetchone()
    return _change(row) if row else None


def of_action(db: Database, action_id: int, table: str) -> Iterator[RowChange]:
    """What an action changed in a table, in its order."""
    found = db.conn.execute(f"{_CHANGE} WHERE action_id = ? AND tbl = ? ORDER BY change.id", (action_id, table))
    return map(_change, found.fetchall())


def _change(row: Sequence[Any]) -> RowChange:
    change_id, action_id, actor, at, label, undoes, table, row_id, before, after = row
    return RowChange(change_id, action_id, actor, at, label, undoes, table, row_id, _row(before), _row(after))


def _row(text: str | None) -> Row | None:
    row: Row | None = None if text is None else json.loads(text)
    return row


def now(db: Database, change: RowChange) -> Row | None:
    """The row that was changed as it is now, None where it is not there."""
    return rows.values_of(db, change.table, change.row_id, tuple(change.said))


def exists(db: Database, table: str, row_id: int) -> bool:
    """Whether a row is there."""
    return rows.values_of(db, table, row_id, ("id",)) is not None


def put_back(db: Database, change: RowChange, **instead: Any) -> None:
    """Put a row that is gone back, with what was under it and went in the same action; an action must be open.

    ``instead`` gives columns of the row itself other values.

    Raises:
        Refused: another row says the same now, or what it names is not there any more.
    """
    try:
        rows.insert(db, change.table, {**change.said, **instead})
        for gone in _gone_under(db, change):
            put_back(db, gone)
    except sqlite3.IntegrityError as error:
        raise Refused("It cannot be put back: the same is there again, or what it rests on is gone.") from error


def gone_with(db: Database, change: RowChange) -> Iterator[RowChange]:
    """A row that is gone, and all that was under it and went in the same action: what ``put_back`` puts back."""
    yield change
    for gone in _gone_under(db, change):
        yield from gone_with(db, gone)


def _gone_under(db: Database, change: RowChange) -> Iterator[RowChange]:
    for child in _CHILDREN.get(change.table, ()):
        for gone in of_action(db, change.action_id, child):
            if gone.after is None and gone.said[f"{change.table}_id"] == change.row_id:
                yield gone


def write(db: Database, change: RowChange, values: Row) -> None:
    """Give columns of the changed row other values; an action must be open.

    Raises:
        Refused: what they name is not there any more.
    """
    try:
        rows.update(db, change.table, change.row_id, values)
    except sqlite3.IntegrityError as error:
        raise Refused("It cannot be set back: what it was does not fit what is there now.") from error


def sighting_of(db: Database, change: RowChange) -> int | None:
    """The sighting that a changed row is or belongs to, None for one of an image."""
    table, row = change.table, change.said
    while table in ("look_alike", "review", "transfer"):
        parent = PARENTS[table]
        found = _last(db, parent, row[f"{parent}_id"])
        if found is None:
            return None
        table, row = parent, found
    sighting_id: int | None = row["id"] if table == "sighting" else row.get("sighting_id")
    return sighting_id


def image_of(db: Database, change: RowChange) -> ImageId | None:
    """The image that a changed row is or belongs to, None for a verdict and for what the history does not know."""
    if change.table == "image":
        return ImageId(change.row_id)
    row: Row | None = change.said
    if "image_id" not in change.said:
        sighting_id = sighting_of(db, change)
        row = None if sighting_id is None else _last(db, "sighting", sighting_id)
    return ImageId(row["image_id"]) if row else None


def _last(db: Database, table: str, row_id: int) -> Row | None:
    """A row as the history last knew it."""
    found = db.conn.execute(
        "SELECT ifnull(after, before) FROM change WHERE tbl = ? AND row_id = ? ORDER BY id DESC LIMIT 1",
        (table, row_id),
    ).fetchone()
    row: Row | None = json.loads(found[0]) if found else None
    return row
