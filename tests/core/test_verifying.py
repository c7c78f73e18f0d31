"""Verification names whatever was altered from outside, by table and row, and every file that is not right."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from core.archive import Archive
from core.errors import Cancelled
from core.jobs import Job, Progress
from core.store import connection, schema
from core.verifying import Verification, verify
from tests.core.filling import add_image, content, sha_of, write_original

TABLES = (*schema.TRACKED, *schema.HISTORY)


def _columns() -> list[tuple[str, str]]:
    """Every column of every tracked table and of the history, as the schema has them."""
    with closing(sqlite3.connect(":memory:")) as connection:
        db = Database(connection)
        schema.migrate(db)
        return [(table, column.name) for table in TABLES for column in db[table].columns]


def altered_outside(folder: Path, *statements: str) -> tuple[str, ...]:
    """What verification says after another program ran these statements, unchecked."""
    with closing(sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)) as outside:
        outside.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            assert outside.execute(statement).rowcount != 0, statement
    found = verified(folder)
    assert not found.clean
    assert (found.changed, found.untracked) == ((), ())
    return found.altered


def verified(folder: Path) -> Verification:
    with Archive.open(folder, read_only=True) as archive:
        return verify(archive, Job())


def middle_id(folder: Path, table: str) -> int:
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as outside:
        ids = [row_id for (row_id,) in outside.execute(f"SELECT id FROM {table} ORDER BY id")]
    return int(ids[len(ids) // 2])


def value_to_write(folder: Path, table: str, column: str) -> str:
    """SQL for a value of the column's type that none of its rows has."""
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as outside:
        kinds = dict(outside.execute("SELECT name, type FROM pragma_table_info(?)", (table,)))
    return f"ifnull({column}, 0) + 100000" if kinds[column] == "INTEGER" else f"ifnull({column}, '') || '?'"


def test_an_archive_as_stocktake_left_it_has_no_faults(filled: Archive) -> None:
    found = verify(filled, Job())
    assert found == Verification((), (), (), (), ())
    assert found.clean


def test_a_new_archive_has_no_faults(new: Archive) -> None:
    assert verify(new, Job()) == Verification((), (), (), (), ())


@pytest.mark.parametrize(("table", "column"), _columns())
def test_any_column_altered_outside_is_named_with_its_row(filled_folder: Path, table: str, column: str) -> None:
    row_id = middle_id(filled_folder, table)
    value = value_to_write(filled_folder, table, column)
    said = altered_outside(filled_folder, f"UPDATE {table} SET {column} = {value} WHERE id = {row_id}")
    named = [sentence for sentence in said if sentence.startswith(f"{table} {row_id}: ")]
    assert named, said
    if table in schema.TRACKED and column != "id":
        assert f"{table} {row_id}: {column} differs from the history" in named
    if column == "digest":
        assert said == tuple(named)


@pytest.mark.parametrize("table", schema.HISTORY)
@pytest.mark.parametrize("order", ["id", "id DESC"])
def test_only_the_row_whose_seal_was_altered_is_named_at_either_end(
    filled_folder: Path, table: str, order: str
) -> None:
    last = f"(SELECT id FROM {table} ORDER BY {order} LIMIT 1)"
    said = altered_outside(filled_folder, f"UPDATE {table} SET digest = '{'0' * 64}' WHERE id = {last}")
    assert len(said) == 1
    assert said[0].endswith("it was altered, for its seal is broken")


def test_a_change_moved_into_the_action_before_or_after_is_the_only_one_named(filled_folder: Path) -> None:
    with closing(sqlite3.connect(filled_folder / "catalogue.sqlite")) as outside:
        first, last = outside.execute("SELECT min(id), max(id) FROM change WHERE action_id = 3").fetchone()
    for row_id, action_id in ((first, 2), (last, 4)):
        assert altered_outside(filled_folder, f"UPDATE change SET action_id = {action_id} WHERE id = {row_id}") == (
            f"change {row_id}: it was altered, for its seal is broken",
        )
        altered = f"UPDATE change SET action_id = 3 WHERE id = {row_id}"
        with closing(sqlite3.connect(filled_folder / "catalogue.sqlite", isolation_level=None)) as outside:
            outside.execute(altered)
    assert verified(filled_folder).clean


@pytest.mark.parametrize("table", TABLES)
def test_a_row_removed_outside_is_named(filled_folder: Path, table: str) -> None:
    row_id = middle_id(filled_folder, table)
    said = altered_outside(filled_folder, f"DELETE FROM {table} WHERE id = {row_id}")
    assert any(sentence.startswith(f"{table} {row_id}: it ") for sentence in said), said


@pytest.mark.parametrize("table", schema.HISTORY)
def test_rows_cut_off_the_end_of_the_history_are_named(filled_folder: Path, table: str) -> None:
    with closing(sqlite3.connect(filled_folder / "catalogue.sqlite")) as outside:
        (last,) = outside.execute(f"SELECT max(id) FROM {table}").fetchone()
    said = altered_outside(filled_folder, f"DELETE FROM {table} WHERE id > {last - 2}")
    assert f"{table} {last - 1} to {last}: they are missing from the history" in said


def test_an_end_cut_off_with_its_numbers_shows_in_the_rows(filled_folder: Path) -> None:
    said = altered_outside(
        filled_folder,
        "DELETE FROM change WHERE action_id = (SELECT max(id) FROM action)",
        "DELETE FROM action WHERE id = (SELECT max(id) FROM action)",
        "UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM change) WHERE name = 'change'",
        "UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM action) WHERE name = 'action'",
    )
    rows = ["image 5", "image 6", "capture 6", "capture 7"]
    assert said == tuple(f"{row}: it was put back outside Stocktake, for the history removed it" for row in rows)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_added_outside_is_named(filled_folder: Path, table: str) -> None:
    with closing(sqlite3.connect(filled_folder / "catalogue.sqlite")) as outside:
        names = [name for (name,) in outside.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        row_id = outside.execute(f"SELECT max(id) FROM {table}").fetchone()[0] + 1
    values = ", ".join(str(row_id) if name == "id" else value_to_write(filled_folder, table, name) for name in names)
    said = altered_outside(filled_folder, f"INSERT INTO {table} SELECT {values} FROM {table} WHERE id = {row_id - 1}")
    assert any(sentence.startswith(f"{table} {row_id}: it was ") for sentence in said), said


def test_a_row_that_the_history_removed_is_named_when_it_is_back(filled_folder: Path) -> None:
    with Archive.open(filled_folder) as archive:
        relation = archive.db.conn.execute("SELECT * FROM relation").fetchone()
        with archive.action("Forget"):
            archive.db.conn.execute("DELETE FROM relation WHERE id = ?", relation[:1])
    row = ", ".join(repr(value) for value in relation)
    said = altered_outside(filled_folder, f"INSERT INTO relation VALUES ({row})")
    assert said == (f"relation {relation[0]}: it was put back outside Stocktake, for the history removed it",)


def test_a_number_to_be_used_twice_is_named(filled_folder: Path) -> None:
    said = altered_outside(filled_folder, "UPDATE sqlite_sequence SET seq = 2 WHERE name IN ('image', 'change')")
    assert [sentence.partition(":")[0] for sentence in said] == ["sqlite_sequence change", "sqlite_sequence image"]


def test_a_missing_reference_and_a_broken_index_are_named(filled_folder: Path) -> None:
    said = altered_outside(
        filled_folder,
        "UPDATE capture SET image_id = 4711 WHERE id = 1",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX relation_from ON relation (kind)' WHERE name = 'relation_from'",
    )
    assert "capture 1: the image that it refers to is missing" in said
    assert any(sentence.startswith("catalogue: ") and "relation_from" in sentence for sentence in said)


def test_text_with_damaged_bytes_is_named(filled_folder: Path) -> None:
    said = altered_outside(
        filled_folder,
        "UPDATE image SET notes = CAST(x'41ff42' AS TEXT) WHERE id = 1",
        "UPDATE change SET after = CAST(x'7bff7d' AS TEXT) WHERE id = (SELECT max(id) FROM change WHERE tbl = 'image')",
        "UPDATE action SET label = CAST(x'ff' AS TEXT) WHERE id = 2",
    )
    assert "image 1: notes differs from the history" in said
    assert "action 2: it was altered, for its seal is broken" in said
    assert any(sentence.endswith("what the history says of it cannot be compared") for sentence in said)


def test_many_findings_do_not_stop_it(filled_folder: Path) -> None:
    said = altered_outside(
        filled_folder, "UPDATE change SET digest = 'x'", "UPDATE action SET digest = 'x'", "UPDATE term SET label = 'x'"
    )
    with Archive.open(filled_folder, read_only=True) as archive:
        count = sum(
            archive.db.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("change", "action", "term")
        )
    assert len(said) == count


def test_originals_are_told_apart_as_changed_missing_untracked_and_set_aside(filled: Archive) -> None:
    with filled.action("Import 1 image"):
        add_image(filled, 77)
    filled.undo()
    path = write_original(filled, 77)
    root = filled.originals.folder
    changed, missing = (filled.originals.path_of(sha_of(number), "jpg") for number in (0, 1))
    changed.chmod(0o644)
    changed.write_bytes(content(0)[:-1] + b"!")
    missing.unlink()
    stranger = write_original(filled, 4711)
    (root / "note.txt").write_bytes(b"of a visitor")
    (root / "zz").mkdir()
    os.symlink(stranger, root / "zz" / "link")
    os.symlink(root, root / "zz" / "folder")
    with open(os.fsencode(root / "zz") + b"/\xff", "wb"):
        pass
    misplaced = root / "zz" / f"{sha_of(2)}.jpg"
    misplaced.write_bytes(content(2))
    found = verify(filled, Job())

    def shown(one: Path) -> str:
        return one.relative_to(filled.folder).as_posix()

    assert found.changed == (shown(changed),)
    assert found.missing == (shown(missing),)
    assert found.set_aside == (shown(path),)
    assert found.altered == ()
    assert set(found.untracked) == {
        shown(stranger),
        shown(misplaced),
        "originals/note.txt",
        "originals/zz/link",
        "originals/zz/folder",
        "originals/zz/\\xff",
    }


def test_a_link_or_a_pipe_in_an_originals_place_is_a_changed_original_and_never_opened(filled: Archive) -> None:
    link, pipe = (filled.originals.path_of(sha_of(number), "jpg") for number in (0, 1))
    target = filled.folder.parent / "elsewhere"
    link.rename(target)
    link.symlink_to(target)
    pipe.unlink()
    os.mkfifo(pipe)
    found = verify(filled, Job())
    assert set(found.changed) == {path.relative_to(filled.folder).as_posix() for path in (link, pipe)}
    assert (found.missing, found.untracked) == ((), ())


def test_a_set_aside_original_with_other_bytes_is_changed(filled: Archive) -> None:
    with filled.action("Import 1 image"):
        add_image(filled, 77)
    filled.undo()
    path = write_original(filled, 77)
    path.chmod(0o644)
    path.write_bytes(b"other")
    found = verify(filled, Job())
    assert (found.changed, found.set_aside) == ((path.relative_to(filled.folder).as_posix(),), ())


def test_what_lies_in_incoming_is_no_finding(filled: Archive) -> None:
    (filled.originals.incoming / "half.part").write_bytes(b"half")
    assert verify(filled, Job()).clean


def test_nothing_is_written_by_a_verification(filled_folder: Path) -> None:
    def state() -> dict[Path, tuple[int, int]]:
        # A reader of the cache, which is not verified, leaves SQLite's empty log and its index beside it.
        files = [path for path in filled_folder.rglob("*") if not path.name.startswith("cache.sqlite-")]
        return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in files}

    before = state()
    verified(filled_folder)
    assert state() == before


def test_it_reports_how_far_it_is_and_stops_when_asked(filled: Archive) -> None:
    seen: list[Progress] = []
    verify(filled, Job(seen.append))
    assert seen[-1].done == seen[-1].total
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        verify(filled, job)
    assert verify(filled, Job()).clean


def test_a_cancel_reaches_into_a_long_statement(filled: Archive) -> None:
    job = Job()
    job.cancel()
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(Cancelled), connection.interruptible(filled.db, job):
        filled.db.conn.execute(endless).fetchone()
