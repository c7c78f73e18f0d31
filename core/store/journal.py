"""The history's own bookkeeping: what recorded a change, and what seals it.

TEMP triggers on every tracked table note each insert, update and delete, cascades included, in a TEMP table
while an action is open, and refuse any write when none is.  When the action ends, its changes are sealed into
``change`` and the action into ``action``, each with a digest over its own columns and the digest before it.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlite_utils import Database

from core.store.connection import transaction
from core.store.schema import TRACKED

GENESIS: Final = "0" * 64
ACTION_COLUMNS: Final = ("id", "uuid", "step", "label", "actor", "at", "undoes")
_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
CHANGE_COLUMNS: Final = ("id", "action_id", "tbl", "row_id", "before", "after")


@dataclass(frozen=True, slots=True)
class Entry:
    """An action about to be recorded: ``step`` groups the actions of one job, ``undoes`` names a step taken back."""

    label: str
    actor: str
    step: str
    undoes: str | None = None


@dataclass(slots=True)
class Recorded:
    """What an action turned out to be: its id (None when it changed nothing) and the tables that it changed."""

    action_id: int | None = None
    tables: frozenset[str] = field(default=frozenset())


def now() -> str:
    """The present moment in UTC as ISO 8601 text."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_step() -> str:
    """A name for a new step."""
    return uuid.uuid4().hex


def columns(db: Database, table: str) -> list[str]:
    """The columns of a table in their order."""
    return [row[0] for row in db.conn.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()]


def row_json(names: Sequence[str], prefix: str = "") -> str:
    """The SQL expression for a row as JSON text, the form in which the history keeps it."""
    parts = ", ".join(f"'{name}', {prefix}{name}" for name in names)
    return f"json_object({parts})"


def digest(previous: str, values: Sequence[Any]) -> str:
    """SHA-256 over the digest before and these values as compact JSON in UTF-8."""
    text = _COMPACT.encode([previous, *values])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def action_digest(previous: str, values: Sequence[Any], last_change: str) -> str:
    """An action's digest: over the one before, its own columns and the digest of its last change."""
    return digest(previous, [*values, last_change])


def install(db: Database) -> None:
    """Put the triggers in place on this connection, which is about to write."""
    run = db.conn.execute
    run("CREATE TEMP TABLE open_action (id INTEGER PRIMARY KEY)")
    run("CREATE TEMP TABLE noted (id INTEGER PRIMARY KEY, tbl TEXT, row_id INTEGER, before TEXT, after TEXT)")
    for table in TRACKED:
        _install_on(db, table)
    for table in ("action", "change"):
        for verb in ("UPDATE", "DELETE"):
            run(
                f"CREATE TEMP TRIGGER keep_{table}_{verb} BEFORE {verb} ON main.{table} "
                "BEGIN SELECT RAISE(ABORT, 'the history is never altered'); END"
            )
        run(
            f"CREATE TEMP TRIGGER keep_{table}_insert BEFORE INSERT ON main.{table} "
            "WHEN NOT EXISTS (SELECT 1 FROM open_action) "
            "BEGIN SELECT RAISE(ABORT, 'the history is written by actions only'); END"
        )


def _install_on(db: Database, table: str) -> None:
    names = columns(db, table)
    old, new = row_json(names, "OLD."), row_json(names, "NEW.")
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in names)
    guard = "SELECT RAISE(ABORT, 'no action is open') WHERE NOT EXISTS (SELECT 1 FROM open_action)"
    same_id = "SELECT RAISE(ABORT, 'an id is never changed') WHERE OLD.id <> NEW.id"
    note = "INSERT INTO noted (tbl, row_id, before, after)"
    for name, event, body in (
        ("insert", f"AFTER INSERT ON main.{table}", f"{note} VALUES ('{table}', NEW.id, NULL, {new})"),
        ("delete", f"AFTER DELETE ON main.{table}", f"{note} VALUES ('{table}', OLD.id, {old}, NULL)"),
        (
            "update",
            f"AFTER UPDATE ON main.{table} WHEN {differs}",
            f"{same_id}; {note} VALUES ('{table}', OLD.id, {old}, {new})",
        ),
    ):
        db.conn.execute(f"CREATE TEMP TRIGGER note_{table}_{name} {event} BEGIN {guard}; {body}; END")


@contextmanager
def recording(db: Database, entry: Entry) -> Iterator[Recorded]:
    """Open an action in a transaction of its own; on leaving, seal what it changed or roll all of it back."""
    recorded = Recorded()
    if db.conn.in_transaction:
        raise RuntimeError("an action cannot be opened inside another transaction")
    with transaction(db):
        db.conn.execute("INSERT INTO open_action (id) SELECT ifnull(max(id), 0) + 1 FROM action")
        yield recorded
        _seal(db, entry, recorded)
        db.conn.execute("DELETE FROM noted")
        db.conn.execute("DELETE FROM open_action")


def _seal(db: Database, entry: Entry, recorded: Recorded) -> None:
    action_id = db.conn.execute("SELECT id FROM open_action").fetchone()[0]
    tables = db.conn.execute("SELECT DISTINCT tbl FROM noted").fetchall()
    if not tables:
        return
    chain = _Chain(db, action_id)
    db.conn.executemany(
        f"INSERT INTO change ({', '.join(CHANGE_COLUMNS)}, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        chain.sealed(),
    )
    values = (action_id, uuid.uuid4().hex, entry.step, entry.label, entry.actor, now(), entry.undoes)
    seal = action_digest(_last(db, "action")[1], values, chain.link)
    db.conn.execute(
        f"INSERT INTO action ({', '.join(ACTION_COLUMNS)}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, seal),
    )
    recorded.action_id = action_id
    recorded.tables = frozenset(table for (table,) in tables)


class _Chain:
    """What was noted, sealed one by one without holding all of it: undoing an import notes millions of rows."""

    def __init__(self, db: Database, action_id: int) -> None:
        self._db = db
        self._action_id = action_id
        self._id, self.link = _last(db, "change")

    def sealed(self) -> Iterator[tuple[Any, ...]]:
        for noted in self._db.conn.execute("SELECT tbl, row_id, before, after FROM noted ORDER BY id"):
            self._id += 1
            values = (self._id, self._action_id, *noted)
            self.link = digest(self.link, values)
            yield (*values, self.link)


def _last(db: Database, table: str) -> tuple[int, str]:
    row = db.conn.execute(f"SELECT id, digest FROM {table} ORDER BY id DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def head(db: Database) -> str:
    """The digest of the newest action: the history's head, written into every export."""
    return _last(db, "action")[1]


def newest_action(db: Database) -> int:
    """The id of the newest action, 0 in an empty history."""
    return _last(db, "action")[0]
