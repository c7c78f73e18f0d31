"""The archive's folder: made whole or not at all, opened by one writer, and never touched when it is not ours."""

import contextlib
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.archive import CACHE, CATALOGUE, LOCK, Archive
from core.errors import CoreError, NotAnArchive, ReadOnly, Refused, StorageFault
from core.jobs import Job
from core.records import ImageId, Query
from core.search import count, find, parse
from core.store import cache, connection, images
from core.verifying import verify
from tests.core.filling import add_image, dump, tag

Picture = dict[str, tuple[int, bytes]]


def picture(folder: Path) -> Picture:
    """Every name in a folder with its time of change and its bytes, the folder's own time included."""
    found = {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }
    return {**found, ".": (folder.stat().st_mtime_ns, b"")}


def assert_refused_untouched(folder: Path, words: str) -> None:
    """Opening it says these words in a finished sentence, for writing and for reading, and changes nothing."""
    before = picture(folder)
    for read_only in (False, True):
        with pytest.raises((NotAnArchive, StorageFault), match=words) as caught:
            Archive.open(folder, read_only=read_only)
        assert str(caught.value).endswith(".")
        assert "\n" not in str(caught.value)
    assert picture(folder) == before


def only_catalogue(folder: Path, content: bytes) -> Path:
    """A folder that holds a catalogue of these bytes and nothing else."""
    folder.mkdir()
    (folder / CATALOGUE).write_bytes(content)
    return folder


def header_field(folder: Path, start: int, value: bytes) -> None:
    with (folder / CATALOGUE).open("r+b") as file:
        file.seek(start)
        file.write(value)


def alone(folder: Path) -> Path:
    """The folder less everything but its catalogue, as a copy from a stick might be."""
    for name in (CACHE, LOCK, CATALOGUE + "-journal"):
        (folder / name).unlink(missing_ok=True)
    return folder


# -- making one -----------------------------------------------------------------------------------------------------


def test_a_new_archive_has_its_folders_its_terms_and_a_name_of_its_own(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "deep" / "one") as one, Archive.create(tmp_path / "two") as two:
        assert one.uuid != two.uuid
        assert not one.read_only
        assert one.originals.folder.is_dir()
        assert one.weapon_types.resolve("assault rifle").code == "SA.RIF.AUT"
        assert one.countries.resolve("USSR").code == "SUHH"
        assert [step.label for step in one.history()] == ["Create archive"]
        assert (one.undo_label, one.redo_label) == (None, None)
        assert one.undo() is None


def test_an_archive_is_made_only_in_an_empty_folder(tmp_path: Path, new_folder: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "full", tmp_path / "file", new_folder):
        before = picture(tmp_path)
        with pytest.raises(Refused):
            Archive.create(folder)
        assert picture(tmp_path) == before


_DYING = """
import os, sys
from pathlib import Path
from core import archive, originals
from core.store import journal, schema, terms
def die(*arguments, **options):
    os._exit(9)
def after(function):
    def wrapped(*arguments, **options):
        function(*arguments, **options)
        os._exit(9)
    return wrapped
point = sys.argv[2]
if point == "lock": archive._write_catalogue = die
if point == "connect": schema.migrate = die
if point == "migrate": schema.migrate = after(schema.migrate)
if point == "seed": terms.seed = after(terms.seed)
if point == "sealed": originals.Originals.prepare = die
if point == "prepared": originals.Originals.prepare = after(originals.Originals.prepare)
archive.Archive.create(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("point", ["lock", "connect", "migrate", "seed", "sealed", "prepared"])
def test_a_kill_while_an_archive_is_made_leaves_nothing_in_the_way(tmp_path: Path, point: str) -> None:
    folder = tmp_path / "archive"
    killed = subprocess.run([sys.executable, "-c", _DYING, str(folder), point], check=False)
    assert killed.returncode == 9
    with pytest.raises(NotAnArchive):
        Archive.open(folder)
    with Archive.create(folder) as archive:
        assert verify(archive, Job()).clean
    assert not list(folder.glob("*.new*"))


# -- one writer -----------------------------------------------------------------------------------------------------


def test_a_second_opening_is_for_reading_and_says_so(new: Archive) -> None:
    with Archive.open(new.folder) as second:
        assert second.read_only
        for write in (second.undo, second.redo, second.check_writable):
            with pytest.raises(ReadOnly, match="another window or program"):
                write()
        with new.action("Import"):
            add_image(new, 1)
        assert images.count(second.db) == 1
    assert not new.read_only


def test_the_next_opening_writes_once_the_writer_has_gone(new_folder: Path) -> None:
    with Archive.open(new_folder) as first, Archive.open(new_folder) as second:
        assert (first.read_only, second.read_only) == (False, True)
    with Archive.open(new_folder) as third:
        assert not third.read_only


_HOLDING = """
import sys
from pathlib import Path
from core.archive import Archive
with Archive.open(Path(sys.argv[1])) as archive:
    print("read only" if archive.read_only else "writes", flush=True)
    sys.stdin.read()
"""


def test_a_reader_beside_a_writer_in_another_process_searches_without_a_cache_file(filled_folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDING, str(filled_folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "writes\n"
        for path in filled_folder.glob(CACHE + "*"):
            path.unlink()
        with Archive.open(filled_folder) as reader:
            assert reader.read_only
            reader.catch_up()
            assert count(reader, parse(reader, "type:SA country:HUN")) == 2
            with pytest.raises(ReadOnly):
                reader.db.conn.execute("DELETE FROM relation")
        assert not (filled_folder / CACHE).exists()


# -- what is no archive, or no sound one ----------------------------------------------------------------------------


def test_a_folder_without_a_catalogue_is_none(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert_refused_untouched(tmp_path / "empty", "is no Stocktake archive")


def test_a_catalogue_that_is_a_folder_is_none(tmp_path: Path) -> None:
    (tmp_path / "odd" / CATALOGUE).mkdir(parents=True)
    assert_refused_untouched(tmp_path / "odd", "cannot be read")


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\x00", b"Dear diary, " * 100], ids=["empty", "short", "text"]
)
def test_another_file_under_the_catalogues_name_is_left_alone(tmp_path: Path, content: bytes) -> None:
    assert_refused_untouched(only_catalogue(tmp_path / "odd", content), "damaged or no catalogue at all")


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_another_programs_database_is_left_alone(tmp_path: Path, mode: str) -> None:
    (tmp_path / "odd").mkdir()
    with closing(sqlite3.connect(tmp_path / "odd" / CATALOGUE, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode={mode}").fetchall()
        other.execute("CREATE TABLE image (id INTEGER PRIMARY KEY)")
    assert_refused_untouched(tmp_path / "odd", "belongs to another program")


def test_a_newer_archive_is_left_alone(new_folder: Path) -> None:
    header_field(alone(new_folder), 60, (connection.COMPATIBILITY + 1).to_bytes(4, "big"))
    assert_refused_untouched(new_folder, "made by a newer Stocktake")


def test_a_catalogue_turned_to_a_write_ahead_log_is_left_alone(new_folder: Path) -> None:
    header_field(alone(new_folder), 18, b"\x02\x02")
    assert_refused_untouched(new_folder, "another program changed how it is written")


@pytest.mark.parametrize("cut", [1, 4096, 100_000])
def test_a_catalogue_cut_short_is_left_alone(new_folder: Path, cut: int) -> None:
    path = alone(new_folder) / CATALOGUE
    path.write_bytes(path.read_bytes()[:-cut])
    assert_refused_untouched(new_folder, "its end is missing")


def test_a_catalogue_with_damaged_pages_is_left_alone(new_folder: Path) -> None:
    path = alone(new_folder) / CATALOGUE
    whole = path.read_bytes()
    for page in range(1, len(whole) // 4096, 7):
        path.write_bytes(whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        assert_refused_untouched(new_folder, "damaged")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), in_head=st.booleans())
def test_a_flipped_bit_is_refused_untouched_or_does_no_harm(
    new_folder: Path, place: float, bit: int, in_head: bool
) -> None:
    path = alone(new_folder) / CATALOGUE
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[int(place * (8192 if in_head else len(whole)))] ^= 1 << bit
    path.write_bytes(flipped)
    try:
        Archive.open(new_folder, read_only=True).close()
    except CoreError:
        assert_refused_untouched(new_folder, ".")
    else:
        assert path.read_bytes() == bytes(flipped)
        with contextlib.suppress(CoreError), Archive.open(new_folder) as archive:
            verify(archive, Job())
            with archive.action("Import"):
                add_image(archive, 1)
    finally:
        path.write_bytes(whole)


# -- the disk -------------------------------------------------------------------------------------------------------


def test_a_full_disk_is_a_sentence_and_nothing_of_the_step_is_written(new: Archive) -> None:
    before, generation = dump(new), new.generation
    pages = new.db.conn.execute("PRAGMA main.page_count").fetchone()[0]
    new.db.conn.execute(f"PRAGMA main.max_page_count={pages}").fetchall()
    with pytest.raises(StorageFault, match="The disk is full"), new.action("Import"):
        images.set_notes(new.db, add_image(new, 1), "long" * 100_000)
    assert (dump(new), new.generation) == (before, generation)
    new.db.conn.execute("PRAGMA main.max_page_count=1073741823").fetchall()
    with new.action("Import"):
        add_image(new, 1)
    assert verify(new, Job()).altered == ()


def test_a_catalogue_locked_by_another_program_is_a_sentence(new: Archive) -> None:
    new.db.conn.execute("PRAGMA busy_timeout=1").fetchall()
    with closing(sqlite3.connect(new.folder / CATALOGUE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageFault, match="in use by another program"), new.action("Import"):
            add_image(new, 1)
        other.execute("ROLLBACK")
    with new.action("Import"):
        add_image(new, 1)


# -- the cache ------------------------------------------------------------------------------------------------------


def searched(archive: Archive) -> list[list[int]]:
    return [list(find(archive, parse(archive, text))) for text in ("", "type:SA", "country:HUN", "img", "-tagged:yes")]


@pytest.mark.parametrize("damage", ["deleted", "text", "foreign", "older", "pages", "cut"])
def test_a_cache_that_is_gone_foreign_or_damaged_is_made_anew(filled_folder: Path, damage: str) -> None:
    with Archive.open(filled_folder) as archive:
        expected = searched(archive)
    path = filled_folder / CACHE
    whole = path.read_bytes()
    path.unlink()
    if damage == "text":
        path.write_text("Dear diary, " * 1000)
    elif damage in {"foreign", "older"}:
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE note (id INTEGER)")
            other.execute("PRAGMA user_version = 1" if damage == "older" else "PRAGMA user_version = 0")
    elif damage == "pages":
        path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    elif damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    with Archive.open(filled_folder) as archive:
        archive.catch_up()
        with archive.action("Import and tag"):
            tag(archive, add_image(archive, 50), type="SA.PIS", made_in="HUN")
        assert searched(archive) != expected
        archive.undo()
        assert searched(archive) == expected


def test_a_cache_from_another_time_of_the_archive_is_made_anew(filled_folder: Path) -> None:
    with Archive.open(filled_folder) as archive:
        expected = searched(archive)
        archive.db.conn.execute("UPDATE cache.note SET value = '999' WHERE key = 'follows'")
        archive.db.conn.execute("DELETE FROM cache.shown")
    with Archive.open(filled_folder) as archive:
        archive.catch_up()
        assert searched(archive) == expected


def test_a_full_disk_costs_no_thumbnail_and_the_change_is_recorded(filled: Archive) -> None:
    cache.add_thumbnails(filled.db, [("0" * 64, b"seven kilobytes")])
    (pages,) = filled.db.conn.execute("PRAGMA cache.page_count").fetchone()
    filled.db.conn.execute(f"PRAGMA cache.max_page_count = {pages}").fetchall()
    (image_id,) = find(filled, Query())[:1]
    notes = " ".join(str(number) for number in range(100_000))
    with pytest.raises(StorageFault, match=r"This is recorded, .* The disk is full"), filled.action("Notes"):
        images.set_notes(filled.db, ImageId(image_id), notes)
    assert filled.undo_label == "Notes"
    kept = filled.db.conn.execute("SELECT jpeg FROM cache.thumbnail WHERE sha256 = ?", ("0" * 64,)).fetchall()
    assert kept == [(b"seven kilobytes",)]
    filled.db.conn.execute("PRAGMA cache.max_page_count = 1000000").fetchall()
    filled.catch_up()
    assert list(find(filled, parse(filled, "99999"))) == [image_id]


def test_an_account_whose_name_is_no_text_can_act(new_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "Jos\udce9")
    with Archive.open(new_folder) as archive:
        with archive.action("Import"):
            add_image(archive, 1)
        assert archive.history(limit=1)[0].actor == "Jos\\xe9"
