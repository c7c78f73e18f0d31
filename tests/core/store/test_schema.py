"""The schema is the one that was agreed on, and lets the history keep every row exactly."""

import sqlite3
from pathlib import Path

import pytest

from core.archive import Archive
from core.errors import NotAnArchive
from core.store import schema

HERE = Path(__file__).parent


def test_the_schema_is_the_committed_one(new: Archive) -> None:
    assert schema.text(new.db) == (HERE / "schema.sql").read_text(encoding="utf-8")


def test_every_table_is_tracked_or_the_history_or_the_migrations(new: Archive) -> None:
    tables = {name for (name,) in new.db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {*schema.TRACKED, *schema.HISTORY, "_sqlite_migrations", "sqlite_sequence"}


@pytest.mark.parametrize("table", [*schema.TRACKED, *schema.HISTORY])
def test_a_table_is_strict_numbers_its_rows_once_and_holds_what_json_can(new: Archive, table: str) -> None:
    (sql,) = new.db.conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    assert "id INTEGER PRIMARY KEY AUTOINCREMENT" in sql
    assert sql.endswith("STRICT")
    types = {kind for (kind,) in new.db.conn.execute("SELECT type FROM pragma_table_info(?)", (table,))}
    assert types <= {"INTEGER", "TEXT"}


@pytest.mark.parametrize("table", ["capture", "identification", "origin", "acquisition"])
def test_what_comes_from_a_source_is_found_without_reading_the_table(new: Archive, table: str) -> None:
    plan = new.db.conn.execute(f"EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE source_id = 1").fetchall()
    assert [f"{table}_source" in row[3] for row in plan] == [True]


@pytest.mark.parametrize(
    "alteration",
    [
        "ALTER TABLE image RENAME COLUMN notes TO remarks",
        "ALTER TABLE image ADD COLUMN remarks TEXT",
        "DROP TABLE relation",
        "ALTER TABLE action RENAME TO deeds",
        "DELETE FROM _sqlite_migrations",
        "DROP TABLE _sqlite_migrations",
    ],
)
def test_tables_altered_from_outside_are_refused(new_folder: Path, alteration: str) -> None:
    with sqlite3.connect(new_folder / "catalogue.sqlite", isolation_level=None) as outside:
        outside.execute(alteration)
    outside.close()
    with pytest.raises(NotAnArchive, match="damaged"):
        Archive.open(new_folder)


def test_a_pending_migration_is_made_after_a_backup(new_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (new_folder / "catalogue.sqlite").stat().st_size
    added = schema.Migrations("stocktake")
    added._migrations = [*schema.MIGRATIONS._migrations]
    added(name="002_remarks")(lambda db: db.conn.execute("ALTER TABLE image ADD COLUMN remarks TEXT") and None)
    monkeypatch.setattr(schema, "MIGRATIONS", added)
    with pytest.raises(NotAnArchive, match="older"):
        Archive.open(new_folder, read_only=True)
    with Archive.open(new_folder) as archive:
        assert schema.pending(archive.db) == []
        assert "remarks" in {column.name for column in archive.db["image"].columns}
    copy = sqlite3.connect(new_folder / "catalogue-before-002_remarks.sqlite")
    assert "remarks" not in {row[1] for row in copy.execute("PRAGMA table_info(image)")}
    assert copy.execute("SELECT count(*) FROM term").fetchone()[0] > 300
    copy.close()
    assert before > 0
