"""The catalogue's tables, built up by numbered migrations.

Tracked tables are what the history records: each has an integer ``id`` that is never used twice, is STRICT, and
holds neither REAL nor BLOB, because SQLite's JSON prints 15 digits and refuses blobs.  Sizes end in ``_bytes``
or ``_px``, UTC times in ``_at``.
"""

from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Final

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from core.errors import NotAnArchive
from core.store.connection import APPLICATION_ID, COMPATIBILITY

MIGRATIONS: Final = Migrations("stocktake")

TRACKED: Final = (
    "archive",
    "setting",
    "vocabulary",
    "term",
    "term_name",
    "model_fact",
    "image",
    "description",
    "sensitivity",
    "source",
    "capture",
    "coding_set",
    "set_member",
    "coding",
    "weapon",
    "sighting",
    "identification",
    "look_alike",
    "origin",
    "acquisition",
    "transfer",
    "marking",
    "review",
    "settlement",
    "settled_field",
    "relation",
    "representative",
)

HISTORY: Final = ("action", "change")


@MIGRATIONS(name="001_main_job")
def _main_job(db: Database) -> None:
    """History, vocabularies, images and their captures, blind coding, sightings with their claims, verdicts."""
    for statement in (resources.files("core.store") / "tables_001.sql").read_text("utf-8").split(";\n"):
        if statement.strip():
            db.conn.execute(statement)
    db.conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
    db.conn.execute(f"PRAGMA user_version={COMPATIBILITY}")


def back_up(db: Database, path: Path) -> None:
    """Copy the catalogue beside itself before its schema changes, under the name of the first pending step."""
    copy = path.with_name(f"{path.stem}-before-{pending(db)[0]}{path.suffix}")
    if not copy.exists():
        db.conn.execute("VACUUM INTO ?", (str(copy),))


def migrate(db: Database) -> None:
    """Bring a catalogue to the newest schema."""
    MIGRATIONS.apply(db)


def pending(db: Database) -> list[str]:
    """The migrations that this catalogue still lacks, by name."""
    return [migration.name for migration in MIGRATIONS.pending(db)]


def check(db: Database) -> None:
    """Refuse a catalogue whose tables are not those that its migrations make.

    Raises:
        NotAnArchive: a table or a column is missing, added or called otherwise.
    """
    waiting = pending(db)
    with closing(Database(memory=True)) as expected:
        if pending(expected)[0] in waiting:
            raise NotAnArchive("The catalogue is damaged: it does not say how its tables were made.")
        if waiting:
            return
        migrate(expected)
        for table in (*TRACKED, *HISTORY):
            if _columns(db, table) != _columns(expected, table):
                raise NotAnArchive(f"The catalogue is damaged: its table {table} is not as Stocktake made it.")


def _columns(db: Database, table: str) -> list[tuple[str, str]]:
    return db.conn.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()


def text(db: Database) -> str:
    """The schema as SQL, in a stable order, to be read and compared."""
    rows = db.conn.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
        "ORDER BY tbl_name, type DESC, name"
    ).fetchall()
    return ";\n".join(sql for (sql,) in rows) + ";\n"
