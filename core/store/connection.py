"""How a catalogue is opened: what it must be, the settings it runs under, and SQLite's errors in words."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from core.errors import CoreError, Damaged, NotAnArchive, ReadOnly, StorageFault
from core.jobs import Job

__all__ = [
    "APPLICATION_ID",
    "COMPATIBILITY",
    "Database",
    "check_catalogue",
    "check_soundness",
    "connect",
    "filling_memory",
    "transaction",
]

APPLICATION_ID: Final = 0x53544B54  # "STKT"
COMPATIBILITY: Final = 1  # in user_version: a program with a smaller number cannot read the catalogue

_MAGIC: Final = b"SQLite format 3\x00"
_ROLLBACK_JOURNAL: Final = b"\x01\x01"  # and not the write-ahead log, which would write files beside it
_BUSY_MS: Final = 10_000
_INTERRUPT_EVERY: Final = 100_000  # of SQLite's own instructions: a few milliseconds


class _Cursor(sqlite3.Cursor):
    """A cursor whose failures are sentences."""

    def execute(self, sql: str, parameters: Any = (), /) -> "_Cursor":
        with _translated():
            super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> "_Cursor":
        with _translated():
            super().executemany(sql, parameters)
        return self

    def fetchall(self) -> list[Any]:
        with _translated():
            return super().fetchall()

    def fetchone(self) -> Any:
        with _translated():
            return super().fetchone()

    def __next__(self) -> Any:
        with _translated():
            return super().__next__()


class _Connection(sqlite3.Connection):
    """A connection whose failures are sentences."""

    reads_only = False

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        return _Cursor(self).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        return _Cursor(self).executemany(sql, parameters)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn SQLite's errors into ours.  A broken constraint or a wrong statement is a bug and stays one."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise _in_words(error) from error
    except UnicodeDecodeError as error:  # in a name of the schema, which SQLite repeats in what it says
        raise Damaged(_DAMAGED) from error


_DAMAGED: Final = (
    "A file of the archive is damaged: delete cache.sqlite, which is made anew; if that does not help, it is the "
    "catalogue, so work on a copy and restore a backup."
)
_WORDS: Final[dict[str, tuple[type[CoreError], str]]] = {
    "SQLITE_FULL": (StorageFault, "The disk is full: nothing of this step was written."),
    "SQLITE_BUSY": (StorageFault, "The catalogue is in use by another program; try again in a moment."),
    "SQLITE_LOCKED": (StorageFault, "The catalogue is in use by another part of Stocktake; try again."),
    "SQLITE_READONLY": (ReadOnly, "The archive is open for reading only, so nothing in it can be changed."),
    "SQLITE_CORRUPT": (Damaged, _DAMAGED),
    "SQLITE_NOTADB": (NotAnArchive, "The catalogue file is damaged or not a catalogue at all."),
    "SQLITE_CANTOPEN": (StorageFault, "The catalogue file cannot be opened; was the drive taken away?"),
    "SQLITE_IOERR": (StorageFault, "The disk reported an error while the catalogue was read or written."),
}


def _in_words(error: sqlite3.DatabaseError) -> Exception:
    name: str = getattr(error, "sqlite_errorname", None) or ""
    for code, (kind, words) in _WORDS.items():
        if name == code or name.startswith(code + "_"):
            return kind(words)
    if str(error).startswith("Could not decode to UTF-8"):
        return StorageFault("A text in the catalogue is damaged; 'verify' names its row.")
    return error


def check_catalogue(path: Path) -> None:
    """Refuse what is no catalogue of ours by reading its header alone, so that not a byte of it can change.

    Raises:
        NotAnArchive: the file is missing, not SQLite's, another program's, newer than this one, or cut short.
    """
    try:
        with path.open("rb") as file:
            head = file.read(100)
        size = path.stat().st_size
    except FileNotFoundError:
        raise NotAnArchive(f"{path.parent} is no Stocktake archive: it holds no {path.name}.") from None
    except OSError as error:
        raise NotAnArchive(f"{path} cannot be read: {error.strerror}.") from error
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise NotAnArchive(f"{path} is damaged or no catalogue at all: it does not begin like one.")
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise NotAnArchive(f"{path} belongs to another program, so it is left as it is.")
    if int.from_bytes(head[60:64]) > COMPATIBILITY:
        raise NotAnArchive(f"{path} was made by a newer Stocktake; open it with that one.")
    if head[18:20] != _ROLLBACK_JOURNAL:
        raise NotAnArchive(f"{path} is damaged, or another program changed how it is written.")
    page_bytes = int.from_bytes(head[16:18])
    pages = int.from_bytes(head[28:32])
    unfinished = path.with_name(path.name + "-journal")
    if size < pages * (65536 if page_bytes == 1 else page_bytes) and not _is_hot(unfinished):
        raise NotAnArchive(f"{path} is damaged: its end is missing.")


def _is_hot(journal: Path) -> bool:
    return journal.is_file() and journal.stat().st_size > 0


def connect(path: Path, *, read_only: bool) -> Database:
    """Open a catalogue under the settings that lose nothing.

    TRUNCATE with EXTRA survived every simulated power cut and leaves one file at rest, so that a copy of the
    folder has everything.  A read-only connection is ``query_only``: it cannot write, even by mistake.

    Raises:
        StorageFault: the file cannot be opened or is damaged.
    """
    try:
        # As an address, because only then may the cache be attached by one: not every SQLite allows it otherwise.
        connection = sqlite3.connect(
            path.absolute().as_uri(), uri=True, isolation_level=None, factory=_Connection, cached_statements=512
        )
    except sqlite3.Error as error:
        raise StorageFault(f"{path} cannot be opened: {error}.") from error
    try:
        _set_up(connection, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return Database(connection, execute_plugins=False)


@contextmanager
def inspecting(path: Path) -> Iterator[Database]:
    """A catalogue open for a first look, in which every statement that fails means damage.

    Raises:
        NotAnArchive: one failed.
    """
    try:
        db = connect(path, read_only=True)
        try:
            yield db
        finally:
            db.conn.close()
    except sqlite3.Error as error:
        raise NotAnArchive(f"{path} is damaged ({error}).") from error


@contextmanager
def filling_memory(db: Database) -> Iterator[None]:
    """Let a read-only connection write for a moment, to fill the cache that it holds in memory."""
    db.conn.execute("PRAGMA query_only=OFF").fetchall()
    try:
        yield
    finally:
        db.conn.execute("PRAGMA query_only=ON").fetchall()


@contextmanager
def interruptible(db: Database, job: Job) -> Iterator[None]:
    """Let a cancel reach into long statements.

    Raises:
        Cancelled: the user asked.
    """
    db.conn.set_progress_handler(lambda: job.cancelled, _INTERRUPT_EVERY)
    try:
        yield
    except sqlite3.OperationalError:
        job.check()
        raise
    finally:
        db.conn.set_progress_handler(None, 0)


def _set_up(connection: _Connection, *, read_only: bool) -> None:
    for pragma in (
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=0",
        f"busy_timeout={_BUSY_MS}",
        "cache_size=-32768",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    (checked,) = connection.execute("PRAGMA foreign_keys").fetchone()
    if not checked:
        raise StorageFault("This SQLite library does not check references, so it cannot be used.")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.reads_only = read_only
    if read_only:
        connection.execute("PRAGMA query_only=ON").fetchall()
    else:
        connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
        connection.execute("PRAGMA synchronous=EXTRA").fetchall()


def check_soundness(db: Database) -> None:
    """Look for structural damage in the whole file.  A wrong value in a sound file is for ``verify`` to name.

    Raises:
        StorageFault: the file is damaged, with what SQLite said of it.
    """
    db.conn.execute("PRAGMA ignore_check_constraints=ON").fetchall()
    try:
        found = db.conn.execute("PRAGMA quick_check(1)").fetchone()
    finally:
        db.conn.execute("PRAGMA ignore_check_constraints=OFF").fetchall()
    if found is None or found[0] != "ok":
        said = "" if found is None else f" ({found[0].splitlines()[-1]})"
        raise StorageFault(f"The catalogue file is damaged{said}; work on a copy and restore a backup.")


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """One write transaction, begun with the lock in hand; nested ones are savepoints.

    ``BEGIN IMMEDIATE`` comes first because a deferred one could fail at its first write, half way through.
    """
    connection = db.conn
    if connection.in_transaction:
        with db.atomic():
            yield
        return
    # A reader fills a cache in memory only; it must not ask for the catalogue's lock.
    connection.execute("BEGIN" if getattr(connection, "reads_only", False) else "BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            connection.execute("ROLLBACK")
        raise
