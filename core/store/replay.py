"""The history gone through again: do its seals hold, does it hang together, do the tables still say the same?

It reads in short statements, so that whoever writes need not wait, and holds one chunk of rows at a time.  Only
SQLite's own check of the whole file comes in one piece at the end, about five seconds for a million images.
A finding is a sentence that begins with table and row.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlite_utils import Database

from core.errors import CoreError
from core.jobs import Job
from core.store.connection import interruptible
from core.store.journal import ACTION_COLUMNS, CHANGE_COLUMNS, GENESIS, action_digest, columns, digest, row_json
from core.store.schema import TRACKED

_CHUNK: Final = 5_000
_BEFORE_ALL: Final = -(2**63)
_SUSPECTS: Final = 1_000
_ALTERNATIVES: Final = 4  # more than one broken row after another doubles what could have been

Findings = Iterator[str]
Seen = Callable[[int], None]


def size(db: Database) -> int:
    """How many rows the history has, to tell how far a verification has come."""
    number: int = db.conn.execute("SELECT (SELECT count(*) FROM action) + (SELECT count(*) FROM change)").fetchone()[0]
    return number


def findings(db: Database, job: Job, seen: Seen) -> Findings:
    """Everything in which tables and history are not as Stocktake left them, as sentences.

    ``seen`` hears how many rows of the history were gone through since its last call.

    Raises:
        Cancelled: the user asked.
    """
    suspects: list[str] = []
    ends = {table: _newest(db, table) for table in ("action", "change")}
    parts = [
        _change_seals(db, ends["change"], suspects, seen),
        _action_seals(db, ends["action"], suspects, seen),
        *(_table_numbers(db, table, ends.get(table)) for table in ("action", "change", *TRACKED)),
        _unknown_tables(db),
        *(_replayed(db, table) for table in TRACKED),
        *(_references(db, table) for table in TRACKED),
        _structure(db),
    ]
    with _lenient(db), interruptible(db, job):
        for part in parts:
            yield from _going_on(part, job)


def _going_on(part: Findings, job: Job) -> Findings:
    """The findings of one part; where the file fails in it, that is a finding too."""
    try:
        for finding in part:
            job.check()
            yield finding
    except CoreError as error:
        yield f"catalogue: {error}"


@contextmanager
def _lenient(db: Database) -> Iterator[None]:
    """Read text with damaged bytes too; they come out as lone surrogates, which the record never holds."""
    db.conn.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        db.conn.text_factory = str


def _newest(db: Database, table: str) -> int:
    newest: int = db.conn.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()[0]
    return newest


class _Chain:
    """The digests that the next row of a history table may rest on, and the number that it must have.

    Possible are the digest stored in the row before and the one that it should have had: if only the digest's
    own column was altered, the next row still proves the latter and is not to blame.  None where the row before
    is missing, so that nothing can be proved.
    """

    def __init__(self, table: str) -> None:
        self.possible: tuple[str, ...] | None = (GENESIS,)
        self._table = table
        self._next_id = 1

    def gap(self, row_id: int) -> Findings:
        """What to say of the rows missing before this one."""
        if row_id != self._next_id:
            self.possible = None
            yield _missing(self._table, self._next_id, row_id - 1)

    def accept(self, row_id: int, stored: str, computed: Sequence[str]) -> bool:
        """Whether the stored digest is one that the row should have; either way the next may rest on it."""
        holds = self.possible is None or stored in computed
        self.possible = (stored,) if holds else (stored, *computed[:_ALTERNATIVES])
        self._next_id = row_id + 1
        return holds


def _missing(table: str, first: int, last: int) -> str:
    if first == last:
        return f"{table} {first}: it is missing from the history"
    return f"{table} {first} to {last}: they are missing from the history"


def _change_seals(db: Database, newest: int, suspects: list[str], seen: Seen) -> Findings:
    """Check the chain of the changes; the digests of broken ones are left in ``suspects``."""
    chain = _Chain("change")
    sql = f"SELECT {', '.join(CHANGE_COLUMNS)}, digest FROM change WHERE id > ? AND id <= ? ORDER BY id LIMIT ?"
    for *values, stored in _in_order(db, sql, newest, seen):
        yield from chain.gap(values[0])
        computed = [digest(link, values) for link in chain.possible or ()]
        if not chain.accept(values[0], stored, computed):
            if len(suspects) < _SUSPECTS:
                suspects += [stored, *computed]
            yield f"change {values[0]}: it was altered, for its seal is broken"


def _action_seals(db: Database, newest: int, suspects: Sequence[str], seen: Seen) -> Findings:
    """Check the chain of the actions, each sealed over its last change.

    Which one that is, a broken change can hide: it may have been moved in from the next action, so the last but
    one is possible too, or moved away, so every broken one is.
    """
    chain = _Chain("action")
    last = "(SELECT digest FROM change WHERE action_id = action.id ORDER BY change.id DESC LIMIT 1 OFFSET {})"
    sql = (
        f"SELECT {', '.join(ACTION_COLUMNS)}, {last.format(0)}, {last.format(1)}, digest FROM action "
        "WHERE id > ? AND id <= ? ORDER BY id LIMIT ?"
    )
    for *values, last_change, last_but_one, stored in _in_order(db, sql, newest, seen):
        yield from chain.gap(values[0])
        links = chain.possible or ()
        computed = [action_digest(link, values, last_change or GENESIS) for link in links]
        if stored not in computed:
            others = [action_digest(link, values, end) for link in links for end in (last_but_one or "", *suspects)]
            computed = [stored] if suspects and stored in others else computed
        if not chain.accept(values[0], stored, computed):
            yield f"action {values[0]}: it was altered, for its seal is broken"


def _in_order(db: Database, sql: str, newest: int, seen: Seen) -> Iterator[tuple[Any, ...]]:
    """The rows that a statement over ids gives, chunk by chunk, their id first."""
    last = 0
    while rows := db.conn.execute(sql, (last, newest, _CHUNK)).fetchall():
        seen(len(rows))
        yield from rows
        last = rows[-1][0]


def _table_numbers(db: Database, table: str, newest: int | None) -> Findings:
    """Check the highest number that SQLite gave in a table: it tells of rows cut off the history's end."""
    for (row_id,) in db.conn.execute(f"SELECT id FROM {table} WHERE id < 1").fetchall():
        yield f"{table} {row_id}: Stocktake gives no such number"
    row = db.conn.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    given = row[0] if row else 0
    if newest is None:
        found = db.conn.execute("SELECT ifnull(max(row_id), 0) FROM change WHERE tbl = ?", (table,)).fetchone()[0]
        if given < found:
            yield f"sqlite_sequence {table}: {given} is less than {found}, so numbers would be used twice"
    elif given > newest:
        # Rows added since by another program are beyond the ones looked at, and no fault.
        found = _newest(db, table)
        if given > found:
            yield _missing(table, found + 1, given)
    elif given < newest:
        yield f"sqlite_sequence {table}: {given} is less than {newest}, so numbers would be used twice"


def _unknown_tables(db: Database) -> Findings:
    """Name the changes of tables that Stocktake does not have."""
    marks = ", ".join("?" * len(TRACKED))
    rows = db.conn.execute(f"SELECT id FROM change WHERE tbl NOT IN ({marks}) ORDER BY id", TRACKED).fetchall()
    for (row_id,) in rows:
        yield f"change {row_id}: it speaks of a table that Stocktake does not have"


def _replayed(db: Database, table: str) -> Findings:
    """Compare a table with its history: each change with the one before it, and the newest with the row."""
    names = columns(db, table)
    for first, last in _ranges(db, "SELECT row_id AS number FROM change WHERE tbl = ?", (table,)):
        yield from _broken_sequences(db, table, first, last)
        yield from _altered_rows(db, table, names, first, last)
    for first, last in _ranges(db, f"SELECT id AS number FROM {table}", ()):
        unknown = db.conn.execute(
            f"SELECT own.id FROM {table} AS own WHERE own.id BETWEEN ? AND ? "
            "AND NOT EXISTS (SELECT 1 FROM change WHERE tbl = ? AND row_id = own.id) ORDER BY own.id",
            (first, last, table),
        ).fetchall()
        for (row_id,) in unknown:
            yield f"{table} {row_id}: it was added outside Stocktake, for the history does not know it"


def _ranges(db: Database, numbers: str, values: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """The numbers that a statement gives, as ranges of a chunk each: first and last."""
    last = _BEFORE_ALL
    while True:
        first, last = db.conn.execute(
            "SELECT min(number), max(number) FROM ("
            f"SELECT DISTINCT number FROM ({numbers}) WHERE number > ? ORDER BY number LIMIT ?)",
            (*values, last, _CHUNK),
        ).fetchone()
        if first is None:
            return
        yield first, last


def _broken_sequences(db: Database, table: str, first: int, last: int) -> Findings:
    """Name the changes that do not begin where the one before on the same row ended."""
    rows = db.conn.execute(
        "SELECT id, row_id FROM (SELECT id, row_id, before, "
        "lag(after) OVER (PARTITION BY row_id ORDER BY id) AS left_as "
        "FROM change WHERE tbl = ? AND row_id BETWEEN ? AND ?) WHERE before IS NOT left_as",
        (table, first, last),
    ).fetchall()
    for change_id, row_id in rows:
        yield f"change {change_id}: it does not begin where the change before it left {table} {row_id}"


def _altered_rows(db: Database, table: str, names: Sequence[str], first: int, last: int) -> Findings:
    """Name the rows that are not as their newest change left them."""
    rows = db.conn.execute(
        f"SELECT row_id, after, CASE WHEN own.id IS NOT NULL THEN {row_json(names, 'own.')} END AS present "
        "FROM (SELECT row_id, after, max(id) FROM change WHERE tbl = ? AND row_id BETWEEN ? AND ? GROUP BY row_id) "
        f"LEFT JOIN {table} AS own ON own.id = row_id WHERE after IS NOT present",
        (table, first, last),
    ).fetchall()
    for row_id, after, present in rows:
        yield f"{table} {row_id}: {_difference(after, present)}"


def _difference(after: str | None, present: str | None) -> str:
    if after is None:
        return "it was put back outside Stocktake, for the history removed it"
    if present is None:
        return "it was removed outside Stocktake, for the history has it"
    try:
        then, now = json.loads(after), json.loads(present)
        named = [name for name in now if name not in then or then[name] != now[name]]
    except (ValueError, TypeError):
        named = []
    if not named:
        return "what the history says of it cannot be compared"
    return f"{', '.join(named)} {'differs' if len(named) == 1 else 'differ'} from the history"


def _references(db: Database, table: str) -> Findings:
    for _, row_id, parent, _ in db.conn.execute(f"PRAGMA foreign_key_check({table})").fetchall():
        yield f"{table} {row_id}: the {parent} that it refers to is missing"


def _structure(db: Database) -> Findings:
    for (said,) in db.conn.execute("PRAGMA main.integrity_check").fetchall():
        if said != "ok":
            yield f"catalogue: {said}"
