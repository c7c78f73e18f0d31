"""The catalogue's tables, built up by numbered migrations.

Tracked tables are what the history records: each has an integer ``id`` that is never used twice, is STRICT, and
holds neither REAL nor BLOB, because SQLite's JSON prints 15 digits and refuses blobs.  Sizes end in ``_bytes``
or ``_px``, UTC times in ``_at``.
"""

from contextlib import closing
from pathlib import Path
from typing import Final

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from core.errors import NotAnArchive
from core.store.connection import APPLICATION_ID, COMPATIBILITY

MIGRATIONS: Final = Migrations("stocktake")

TRACKED: Final = (
    "archive",
    "term",
    "term_name",
    "image",
    "capture",
    "sighting",
    "identification",
    "origin",
    "relation",
)

HISTORY: Final = ("action", "change")

_HISTORY: Final = """
CREATE TABLE action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    step TEXT NOT NULL,
    label TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    undoes TEXT,
    digest TEXT NOT NULL
) STRICT;
CREATE INDEX action_step ON action (step);
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED,
    tbl TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    digest TEXT NOT NULL
) STRICT;
CREATE INDEX change_action ON change (action_id);
CREATE INDEX change_row ON change (tbl, row_id);
"""

_VOCABULARIES: Final = """
CREATE TABLE archive (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE term (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vocabulary TEXT NOT NULL,
    code TEXT NOT NULL,
    parent TEXT,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    attributes TEXT NOT NULL DEFAULT '{}',
    source TEXT NOT NULL,
    UNIQUE (vocabulary, code)
) STRICT;
CREATE TABLE term_name (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    term_id INTEGER NOT NULL REFERENCES term (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (term_id, language, text)
) STRICT;
"""

_IMAGES: Final = """
CREATE TABLE image (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    size_bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    ending TEXT NOT NULL,
    mime TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('decoded', 'undecodable')),
    reason TEXT NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    orientation INTEGER NOT NULL,
    upright_width_px INTEGER NOT NULL,
    upright_height_px INTEGER NOT NULL,
    exif TEXT NOT NULL,
    taken_at TEXT,
    camera TEXT,
    latitude_e7 INTEGER,
    longitude_e7 INTEGER,
    status TEXT NOT NULL DEFAULT 'new',
    notes TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE capture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    raw_path_hex TEXT,
    modified_at TEXT NOT NULL,
    imported_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX capture_place ON capture (image_id, path, ifnull(raw_path_hex, ''));
"""

_SIGHTINGS: Final = """
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id INTEGER NOT NULL REFERENCES image (id) ON DELETE CASCADE,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sighting_image ON sighting (image_id);
CREATE TABLE identification (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    certainty TEXT NOT NULL,
    preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
    author TEXT NOT NULL,
    claimed_at TEXT NOT NULL
) STRICT;
CREATE INDEX identification_sighting ON identification (sighting_id);
CREATE UNIQUE INDEX identification_preferred ON identification (sighting_id) WHERE preferred = 1;
CREATE TABLE origin (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sighting_id INTEGER NOT NULL REFERENCES sighting (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('design', 'manufacture')),
    country TEXT NOT NULL,
    certainty TEXT NOT NULL,
    preferred INTEGER NOT NULL CHECK (preferred IN (0, 1)),
    author TEXT NOT NULL,
    claimed_at TEXT NOT NULL
) STRICT;
CREATE INDEX origin_sighting ON origin (sighting_id, role);
CREATE UNIQUE INDEX origin_preferred ON origin (sighting_id, role) WHERE preferred = 1;
"""

_RELATIONS: Final = """
CREATE TABLE relation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    from_sha256 TEXT NOT NULL CHECK (length(from_sha256) = 64),
    to_sha256 TEXT NOT NULL CHECK (length(to_sha256) = 64 AND to_sha256 <> from_sha256),
    kind TEXT NOT NULL,
    evidence TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX relation_pair
    ON relation (min(from_sha256, to_sha256), max(from_sha256, to_sha256));
CREATE INDEX relation_from ON relation (from_sha256);
CREATE INDEX relation_to ON relation (to_sha256);
"""


@MIGRATIONS(name="001_main_job")
def _main_job(db: Database) -> None:
    """The tables of the main job: history, vocabularies, images, sightings with their claims, verdicts."""
    for part in (_HISTORY, _VOCABULARIES, _IMAGES, _SIGHTINGS, _RELATIONS):
        for statement in part.split(";\n"):
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
