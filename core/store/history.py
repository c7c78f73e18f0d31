"""Reading the history, and putting rows back as they were before a step."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from sqlite_utils import Database

from core.errors import Conflict
from core.records import Change, Step
from core.store.journal import columns, row_json
from core.store.schema import TRACKED

_STEPS: Final = """
    SELECT step, first, last, label, actor, at, undoes
    FROM (SELECT step AS name, min(id) AS first, max(id) AS last FROM action GROUP BY step)
    JOIN action ON action.id = first
"""


def steps(db: Database, *, after: int = 0) -> list[Step]:
    """The steps whose first action is newer than the action ``after``, oldest first."""
    rows = db.conn.execute(f"{_STEPS} WHERE first > ? ORDER BY first", (after,)).fetchall()
    return [Step(*row) for row in rows]


def newest_steps(db: Database, *, limit: int, before: int | None = None) -> list[Step]:
    """At most ``limit`` steps, newest first, older than the action ``before``."""
    rows = db.conn.execute(
        f"{_STEPS} WHERE ? IS NULL OR first < ? ORDER BY first DESC LIMIT ?", (before, before, limit)
    ).fetchall()
    return [Step(*row) for row in rows]


_CHANGES: Final = """
    SELECT change.id, tbl, row_id, before, after FROM change JOIN action ON action.id = action_id WHERE step = ?
"""


def changes(db: Database, step: str) -> Iterator[Change]:
    """The changes of a step in the order in which they were made; there may be millions."""
    for row in db.conn.execute(f"{_CHANGES} ORDER BY change.id", (step,)):
        yield Change(*row)


def take_back(db: Database, step: str) -> None:
    """Put every row that a step changed back as it was; an action must be open.

    Raises:
        Conflict: a row is not as the history left it.
    """
    names = {table: columns(db, table) for table in TRACKED}
    # Rows refer to each other, and some are put back before what they refer to.
    db.conn.execute("PRAGMA defer_foreign_keys=ON")
    for row in db.conn.execute(f"{_CHANGES} ORDER BY change.id DESC", (step,)):
        change = Change(*row)
        if change.table not in names:
            raise Conflict(f"Change {change.id} of the history was altered outside Stocktake; 'verify' shows how.")
        _check(db, change, names[change.table])
        _put_back(db, change, names[change.table])


def _check(db: Database, change: Change, names: Sequence[str]) -> None:
    found = db.conn.execute(f"SELECT {row_json(names)} FROM {change.table} WHERE id = ?", (change.row_id,)).fetchone()
    if (found[0] if found else None) != change.after:
        raise Conflict(
            f"Row {change.row_id} of the table {change.table} was altered outside Stocktake, so this step is not "
            "undone over it; 'verify' shows what was altered."
        )


def _put_back(db: Database, change: Change, names: Sequence[str]) -> None:
    if change.before is None:
        db.conn.execute(f"DELETE FROM {change.table} WHERE id = ?", (change.row_id,))
        return
    row = json.loads(change.before)
    if change.after is None:
        marks = ", ".join("?" * len(names))
        db.conn.execute(
            f"INSERT INTO {change.table} ({', '.join(names)}) VALUES ({marks})", [row[name] for name in names]
        )
        return
    sets = ", ".join(f"{name} = ?" for name in names)
    db.conn.execute(f"UPDATE {change.table} SET {sets} WHERE id = ?", [*(row[name] for name in names), change.row_id])
