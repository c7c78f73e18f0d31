"""Every write to a tracked table is recorded, whoever writes it; outside an action there is none."""

import hashlib
import json
import sqlite3

import pytest

from core import rules
from core.archive import Archive
from core.errors import ReadOnly
from core.records import Change
from core.store import history, images, journal
from core.store.schema import HISTORY, TRACKED
from tests.core.filling import add_image, dump, sha_of, tag


def row_of(archive: Archive, table: str) -> dict[str, object]:
    """The newest row of a table."""
    names = journal.columns(archive.db, table)
    values = archive.db.conn.execute(f"SELECT * FROM {table} ORDER BY id DESC").fetchone()
    return dict(zip(names, values, strict=True))


def insert(archive: Archive, table: str, row: dict[str, object]) -> None:
    marks = ", ".join("?" * len(row))
    archive.db.conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def altered(archive: Archive, table: str, row: dict[str, object]) -> dict[str, object]:
    """A row that differs from this one in every column, of each column's own type."""
    kinds = dict(archive.db.conn.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall())
    return {
        name: (value or 0) + 1000 if kinds[name] == "INTEGER" else f"{(value or '')[:-1]}{'#' if value else '?'}"
        for name, value in row.items()
    }


def newest_changes(archive: Archive) -> list[Change]:
    return list(history.changes(archive.db, archive.history()[0].uuid))


@pytest.fixture
def unchecked(filled: Archive) -> Archive:
    """An archive without rules whose connection checks no references and no values, so that any row can be written."""
    rules.set_four_eyes(filled, on=False)
    filled.db.conn.execute("PRAGMA foreign_keys=OFF")
    filled.db.conn.execute("PRAGMA ignore_check_constraints=ON")
    return filled


@pytest.mark.parametrize("table", TRACKED)
def test_a_row_deleted_by_plain_sql_is_recorded(unchecked: Archive, table: str) -> None:
    row = row_of(unchecked, table)
    with unchecked.action("Delete") as recorded:
        unchecked.db.conn.execute(f"DELETE FROM {table} WHERE id = ?", (row["id"],))
    (change,) = newest_changes(unchecked)
    assert (change.table, change.row_id, change.after) == (table, row["id"], None)
    assert json.loads(change.before or "") == row
    assert recorded.tables == {table}


@pytest.mark.parametrize("table", TRACKED)
def test_a_row_inserted_by_plain_sql_is_recorded(unchecked: Archive, table: str) -> None:
    row = altered(unchecked, table, row_of(unchecked, table))
    with unchecked.action("Insert"):
        insert(unchecked, table, row)
    (change,) = newest_changes(unchecked)
    assert (change.table, change.row_id, change.before) == (table, row["id"], None)
    assert json.loads(change.after or "") == row


@pytest.mark.parametrize("table", TRACKED)
def test_every_column_updated_by_plain_sql_is_recorded(unchecked: Archive, table: str) -> None:
    before = row_of(unchecked, table)
    for name, value in altered(unchecked, table, before).items():
        if name == "id":
            continue
        with unchecked.action(f"Update {name}"):
            unchecked.db.conn.execute(f"UPDATE {table} SET {name} = ? WHERE id = ?", (value, before["id"]))
        (change,) = newest_changes(unchecked)
        assert json.loads(change.before or "") == before
        before = {**before, name: value}
        assert json.loads(change.after or "") == before


@pytest.mark.parametrize("table", TRACKED)
@pytest.mark.parametrize("verb", ["insert", "update", "delete"])
def test_no_tracked_table_can_be_written_outside_an_action(unchecked: Archive, table: str, verb: str) -> None:
    row = row_of(unchecked, table)
    other = altered(unchecked, table, row)
    name = list(row)[1]
    statement, values = {
        "insert": (f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(other.values())),
        "update": (f"UPDATE {table} SET {name} = ?", (other[name],)),
        "delete": (f"DELETE FROM {table} WHERE id = ?", (row["id"],)),
    }[verb]
    before = dump(unchecked)
    with pytest.raises(sqlite3.IntegrityError, match="no action is open"):
        unchecked.db.conn.execute(statement, values)
    assert dump(unchecked) == before


@pytest.mark.parametrize("table", HISTORY)
def test_the_history_is_never_altered_even_inside_an_action(filled: Archive, table: str) -> None:
    for statement in (f"UPDATE {table} SET digest = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="never altered"), filled.action("Forge"):
            filled.db.conn.execute(statement)
    with pytest.raises(sqlite3.IntegrityError, match="by actions only"):
        filled.db.conn.execute(f"INSERT INTO {table} SELECT * FROM {table}")


def test_a_replaced_row_is_recorded_as_deleted_and_inserted(filled: Archive) -> None:
    row = row_of(filled, "relation")
    with filled.action("Replace"):
        filled.db.conn.execute(
            f"INSERT OR REPLACE INTO relation ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple({**row, "evidence": "seen"}.values()),
        )
    changes = newest_changes(filled)
    assert [(change.before is None, change.after is None) for change in changes] == [(False, True), (True, False)]


def test_what_a_deletion_takes_along_is_recorded(new: Archive) -> None:
    with new.action("Import"):
        image_id = add_image(new, 1)
        tag(new, image_id, type="SA.PIS", made_in="HUN")
    with new.action("Delete"):
        new.db.conn.execute("DELETE FROM image WHERE id = ?", (image_id,))
    tables = sorted(change.table for change in newest_changes(new))
    assert tables == ["capture", "identification", "image", "origin", "origin", "sighting"]


def test_an_id_is_never_changed(filled: Archive) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), filled.action("Renumber"):
        filled.db.conn.execute("UPDATE term SET id = 99999 WHERE id = 5")


def test_an_update_that_changes_nothing_leaves_no_record(filled: Archive) -> None:
    before = filled.generation
    with filled.action("Nothing") as recorded:
        filled.db.conn.execute("UPDATE image SET status = status")
    assert recorded.action_id is None
    assert filled.generation == before


def test_a_failing_action_leaves_nothing_behind(filled: Archive) -> None:
    before, generation = dump(filled), filled.generation
    with pytest.raises(sqlite3.IntegrityError), filled.action("Fail"):
        filled.db.conn.executemany("UPDATE image SET state = ?", [("undecodable",), ("lost",)])
    assert (dump(filled), filled.generation) == (before, generation)
    with filled.action("Go on"):
        images.set_notes(filled.db, filled.db.conn.execute("SELECT id FROM image").fetchone()[0], "fine")
    assert len(newest_changes(filled)) == 1


def test_an_action_inside_another_is_a_bug(filled: Archive) -> None:
    with pytest.raises(RuntimeError), filled.action("Outer"), filled.action("Inner"):
        pass


def test_a_reader_opens_no_action(filled: Archive) -> None:
    with Archive.open(filled.folder) as reader:
        with pytest.raises(ReadOnly), reader.action("Write"):
            pass
        with pytest.raises(ReadOnly):
            reader.db.conn.execute("DELETE FROM relation")


def test_each_seal_is_over_the_one_before_and_the_rows_own_columns(filled: Archive) -> None:
    link = "0" * 64
    for *values, stored in filled.db.conn.execute(
        "SELECT id, action_id, tbl, row_id, before, after, digest FROM change ORDER BY id"
    ):
        text = json.dumps([link, *values], ensure_ascii=False, separators=(",", ":"))
        link = hashlib.sha256(text.encode()).hexdigest()
        assert stored == link
    head = "0" * 64
    for *values, stored in filled.db.conn.execute(
        "SELECT id, uuid, step, label, actor, at, undoes, "
        "(SELECT digest FROM change WHERE action_id = action.id ORDER BY id DESC), digest FROM action ORDER BY id"
    ):
        text = json.dumps([head, *values], ensure_ascii=False, separators=(",", ":"))
        head = hashlib.sha256(text.encode()).hexdigest()
        assert stored == head
    assert filled.history_head == head


def test_text_of_every_script_is_kept_exactly(new: Archive) -> None:
    notes = 'quote " back\\slash\nline\ttab\x01 Автомат كلاشنكوف 中国 🙂 \u2028'
    with new.action("Import"):
        image_id = add_image(new, 1)
        images.set_notes(new.db, image_id, notes)
    new.undo()
    new.redo()
    image = images.get(new.db, image_id)
    assert image is not None
    assert (image.notes, image.facts.sha256) == (notes, sha_of(1))
