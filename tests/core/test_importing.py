"""Importing: every file counted once, nothing opened that is no file, nothing lost when it is stopped."""

import multiprocessing
import os
import shutil
import socket
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from PIL import Image

from core import importing, search, tagging
from core.archive import Archive
from core.errors import CoreError, ReadOnly, Refused
from core.importing import import_paths
from core.jobs import Job
from core.originals import hash_of, hash_of_raw
from core.records import Query
from core.store import images
from core.verifying import verify
from tests.core.drawing import drawn, fill, save
from tests.core.importing_tools import Watched, captures, dump

ODD_NAMES = (
    b"bad \xff\xfe utf-8.jpg",
    b"new\nline.jpg",
    "right \u202e to left.jpg".encode(),
    b"n" * 251 + b".jpg",
    b" blank .jpg ",
    b"semi;colon'quote\".jpg",
    b"\\x41.jpg",
)


def sound(archive: Archive) -> bool:
    found = verify(archive, Job())
    return found.clean and not found.set_aside and not list(archive.originals.incoming.iterdir())


def test_every_file_is_exactly_one_of_five(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    first, *_ = fill(folder, 5)
    shutil.copy(first, folder / "again.jpg")
    (folder / "cut.jpg").write_bytes(first.read_bytes()[:2000])
    (folder / "notes.txt").write_text("not an image")
    (folder / "empty.jpg").touch()
    report = import_paths(archive, [str(folder), str(tmp_path / "nowhere")])
    assert (report.added, report.known, report.ignored) == (5, 1, 1)
    assert sorted(problem.place.name for problem in report.undecodable) == ["cut.jpg", "empty.jpg"]
    assert [(problem.place.name, problem.reason) for problem in report.failed] == [
        ("nowhere", "There is no such file or folder.")
    ]
    assert report.met == 10
    assert sound(archive)


def test_odd_names_survive_as_bytes(archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    folder = os.fsencode(tmp_path / "odd")
    os.mkdir(folder)
    for number, name in enumerate(ODD_NAMES):
        drawn(number).save(tmp_path / "one.jpg")
        os.rename(tmp_path / "one.jpg", os.path.join(folder, name))
    assert import_paths(archive, [folder], executor=threads).added == len(ODD_NAMES)
    assert {one.place.raw for one in captures(archive)} == {os.path.join(folder, name) for name in ODD_NAMES}
    for one in captures(archive):
        assert images.id_of(archive.db, hash_of_raw(one.place.raw)) == one.image_id


def test_links_pipes_and_sockets_are_counted_and_never_opened(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "elsewhere", 2)
    folder = tmp_path / "photos"
    folder.mkdir()
    os.symlink(tmp_path / "elsewhere" / "picture 0000.jpg", folder / "link.jpg")
    os.symlink(tmp_path / "elsewhere", folder / "linked folder")
    os.mkfifo(folder / "pipe.jpg")  # opening it would wait for ever
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.jpg")
        report = import_paths(archive, [str(folder)], executor=threads)
    assert (report.ignored, report.met) == (4, 4)
    assert images.count(archive.db) == 0


def test_the_same_import_twice_changes_not_a_byte_of_the_record(archive: Archive, tmp_path: Path) -> None:
    paths = fill(tmp_path / "photos", 12)
    (tmp_path / "photos" / "cut.jpg").write_bytes(paths[0].read_bytes()[:2000])
    import_paths(archive, [str(tmp_path / "photos")])
    before, head = dump(archive), archive.history_head
    report = import_paths(archive, [str(tmp_path / "photos")])
    assert (report.added, report.known, len(report.undecodable)) == (0, 13, 0)
    assert dump(archive) == before
    assert archive.history_head == head


def test_the_same_content_elsewhere_is_one_more_capture(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    (path,) = fill(tmp_path / "one", 1)
    import_paths(archive, [str(path)], executor=threads)
    for name in ("second", "third"):
        (tmp_path / name).mkdir()
        shutil.copy(path, tmp_path / name)
    report = import_paths(archive, [str(tmp_path / "second"), str(tmp_path / "third")], executor=threads)
    assert (report.added, report.known) == (0, 2)
    assert images.count(archive.db) == 1
    assert len(captures(archive)) == 3


def test_copies_within_one_import_are_decoded_once(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    (path,) = fill(tmp_path / "photos", 1)
    for number in range(5):
        shutil.copy(path, tmp_path / "photos" / f"copy {number}.jpg")
    report = import_paths(archive, [str(tmp_path / "photos")], executor=threads)
    assert (report.added, report.known) == (1, 5)
    assert len(captures(archive)) == 6
    assert sound(archive)


def test_an_undecodable_file_is_kept_bit_by_bit_with_its_reason(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    (path,) = fill(tmp_path / "photos", 1)
    content = path.read_bytes()[:3000]
    path.write_bytes(content)
    report = import_paths(archive, [str(path)], executor=threads)
    assert [problem.reason for problem in report.undecodable] == ["The JPEG data ends early."]
    (image,) = images.each(archive.db, [captures(archive)[0].image_id])
    assert (image.facts.state, image.facts.reason) == ("undecodable", "The JPEG data ends early.")
    original = archive.originals.find(image.facts.sha256)
    assert original is not None
    assert original.read_bytes() == content


def test_a_processes_executor_that_starts_afresh_decodes_as_well(archive: Archive, tmp_path: Path) -> None:
    fill(tmp_path / "photos", 6)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as foreign:
        assert import_paths(archive, [str(tmp_path / "photos")], executor=foreign).added == 6
        assert foreign.submit(abs, -1).result() == 1, "it was shut down"
    assert sound(archive)


def test_an_executor_that_breaks_down_is_told_and_the_finished_part_is_kept(archive: Archive, tmp_path: Path) -> None:
    fill(tmp_path / "photos", 60)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as foreign:
        fill(tmp_path / "first", 3, first=100)
        import_paths(archive, [str(tmp_path / "first")], executor=foreign)
        foreign.submit(os._exit, 1)
        with pytest.raises(CoreError, match=r"broke down .*what was finished before is kept"):
            import_paths(archive, [str(tmp_path / "photos")], executor=foreign)
    assert images.count(archive.db) >= 3
    report = import_paths(archive, [str(tmp_path / "photos")])
    assert report.added + report.known == 60
    assert sound(archive)


def test_an_executor_that_refuses_part_of_the_way_keeps_what_was_done(archive: Archive, tmp_path: Path) -> None:
    fill(tmp_path / "photos", 20)

    def shut(number: int, _: object) -> None:
        if number == 10:
            executor.shutdown(wait=True)

    executor = Watched(shut)
    with pytest.raises(CoreError, match="broke down"):
        import_paths(archive, [str(tmp_path / "photos")], executor=executor)
    assert images.count(archive.db) == 10
    assert verify(archive, Job()).clean


def test_what_a_foreign_executor_fails_with_costs_one_file(archive: Archive, tmp_path: Path) -> None:
    fill(tmp_path / "photos", 8)

    class Failing(ThreadPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            wrong = args[0].raw.endswith(b"picture 0003.jpg")
            return super().submit(int, "x") if wrong else super().submit(fn, *args, **kwargs)

    with Failing(2) as executor:
        report = import_paths(archive, [str(tmp_path / "photos")], executor=executor)
    assert report.added == 7
    assert [(one.place.name, "ValueError" in one.reason) for one in report.failed] == [("picture 0003.jpg", True)]


@pytest.mark.skipif(not Path("/proc").exists(), reason="only there one sees what a process has open")
def test_a_worker_killed_in_the_middle_of_a_file_costs_that_file_alone(archive: Archive, tmp_path: Path) -> None:
    fill(tmp_path / "photos", 20)
    slow = save(tmp_path / "photos", "picture 0009b.png", Image.new("L", (12_000, 12_000)), compress_level=1)
    killed: list[int] = []
    over = threading.Event()

    def holds_slow(process: psutil.Process) -> bool:
        return any(
            Path(f.path).stat().st_size == slow.stat().st_size for f in process.open_files() if ".part" in f.path
        )

    def kill_twice() -> None:
        while not over.is_set() and len(killed) < 2:
            for process in psutil.Process().children(recursive=True):
                try:
                    if process.pid not in killed and holds_slow(process):
                        process.kill()
                        killed.append(process.pid)
                except (psutil.Error, OSError):
                    continue

    killer = threading.Thread(target=kill_twice)
    killer.start()
    try:
        report = import_paths(archive, [str(tmp_path / "photos")])
    finally:
        over.set()
        killer.join()
    assert len(killed) == 2, "the picture was decoded before its worker could be killed"
    assert (report.added, report.failed) == (20, [])
    assert [(one.place.name, "SIGKILL" in one.reason) for one in report.undecodable] == [("picture 0009b.png", True)]
    original = archive.originals.find(hash_of(slow))
    assert original is not None
    assert original.read_bytes() == slow.read_bytes()
    assert sound(archive)


@pytest.mark.parametrize("stop_at", [0, 1, 7, 29])
def test_a_cancelled_import_keeps_what_is_finished_and_the_next_completes_it(
    archive: Archive, tmp_path: Path, stop_at: int
) -> None:
    fill(tmp_path / "photos", 30)
    job = Job()
    with Watched(lambda number, _: job.cancel() if number == stop_at else None) as executor:
        report = import_paths(archive, [str(tmp_path / "photos")], job=job, executor=executor)
    assert report.cancelled
    assert report.added == images.count(archive.db) <= stop_at + 1
    assert sound(archive)
    rest = import_paths(archive, [str(tmp_path / "photos")])
    assert (rest.added, rest.known) == (30 - report.added, report.added)
    assert sound(archive)


def test_an_import_is_one_step_that_undo_sets_aside_and_a_new_import_takes_up(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    fill(tmp_path / "photos", 110)
    import_paths(archive, [str(tmp_path / "photos")], executor=threads)
    assert archive.undo_label == "Import “photos”"
    originals = sorted(path for path in archive.originals.folder.rglob("*") if path.is_file())
    archive.undo()
    assert images.count(archive.db) == 0
    found = verify(archive, Job())
    assert found.clean
    assert len(found.set_aside) == 110
    report = import_paths(archive, [str(tmp_path / "photos")], executor=threads)
    assert report.added == 110
    assert sorted(path for path in archive.originals.folder.rglob("*") if path.is_file()) == originals
    assert sound(archive)


def test_a_file_changed_after_it_was_hashed_is_recorded_as_what_was_kept(archive: Archive, tmp_path: Path) -> None:
    paths = fill(tmp_path / "photos", 4)
    known = save(tmp_path / "other", "known.jpg", drawn(50))
    import_paths(archive, [str(known)])
    new = save(tmp_path / "other", "new.jpg", drawn(60)).read_bytes()
    changes = {0: new, 1: known.read_bytes(), 2: paths[3].read_bytes()}
    with Watched(
        lambda number, _: paths[number].write_bytes(changes[number]) if number in changes else None
    ) as watched:
        report = import_paths(archive, [str(tmp_path / "photos")], executor=watched)
    assert (report.added, report.known, report.failed) == (2, 2, [])
    for one in captures(archive):
        assert images.id_of(archive.db, hash_of_raw(one.place.raw)) == one.image_id
    assert sound(archive)


def test_a_file_that_vanishes_fails_alone_and_its_copy_does_not(archive: Archive, tmp_path: Path) -> None:
    (path,) = fill(tmp_path / "photos", 1)
    shutil.copy(path, tmp_path / "photos" / "z copy.jpg")
    shutil.copy(path, tmp_path / "photos" / "z second copy.jpg")
    with Watched(lambda number, _: path.unlink() if number == 0 else None) as watched:
        report = import_paths(archive, [str(tmp_path / "photos")], executor=watched)
    assert [(one.place.name, one.reason) for one in report.failed] == [(path.name, "There is no such file or folder.")]
    assert (report.added, report.known) == (1, 1)
    assert {one.place.name for one in captures(archive)} == {"z copy.jpg", "z second copy.jpg"}


def test_the_archive_itself_is_passed_over_in_the_folder_that_holds_it(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    fill(tmp_path / "photos", 2)
    import_paths(archive, [str(tmp_path)], executor=threads)
    report = import_paths(archive, [str(tmp_path)], executor=threads)
    assert (report.added, report.known, report.met) == (0, 2, 2)
    inside = import_paths(archive, [str(archive.originals.folder)], executor=threads)
    assert [one.reason for one in inside.failed] == ["It lies inside the archive itself."]


def test_orientation_is_honoured(archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    save(tmp_path / "photos", "turned.jpg", drawn(1), exif=exif)
    import_paths(archive, [str(tmp_path / "photos")], executor=threads)
    (image,) = images.each(archive.db, [captures(archive)[0].image_id])
    assert (image.facts.width_px, image.facts.height_px, image.facts.orientation) == (480, 360, 6)
    assert (image.facts.upright_width_px, image.facts.upright_height_px) == (360, 480)


def test_any_file_time_can_be_recorded(archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    early, late = fill(tmp_path / "photos", 2)
    os.utime(early, (-1, -86_400))
    os.utime(late, (0, 9_000_000_000))
    import_paths(archive, [str(tmp_path / "photos")], executor=threads)
    written = {one.place.name: one.modified_at for one in captures(archive)}
    assert written[early.name] == "1969-12-31T00:00:00Z"
    assert written[late.name][:4].isdecimal()


def test_progress_never_passes_its_end_and_reaches_it(archive: Archive, tmp_path: Path) -> None:
    fill(tmp_path / "photos", 30)
    told: list[tuple[int, int]] = []
    job = Job(lambda progress: told.append((progress.done, progress.total)) if "Import" in progress.text else None)
    import_paths(archive, [str(tmp_path / "photos")], job=job)
    assert told == sorted(told)
    assert all(0 <= done <= total for done, total in told)
    assert told[-1] == (30, 30)


def test_a_reader_cannot_import(archive: Archive, tmp_path: Path) -> None:
    with Archive.open(archive.folder) as reader, pytest.raises(ReadOnly):
        import_paths(reader, [str(tmp_path)])


def test_tagging_goes_on_while_an_import_rests(
    archive: Archive, threads: ThreadPoolExecutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = fill(tmp_path / "photos", 12)
    monkeypatch.setattr(importing, "BATCH_IMAGES", 3)
    import_paths(archive, [str(first)], executor=threads)
    said: list[str] = []

    def tag_and_try_to_undo() -> None:
        if said:
            return
        with pytest.raises(Refused, match="while an import is under way"):
            archive.undo()
        present = list(search.find(archive, Query()))
        if len(present) < 2:
            return
        tagging.tag(archive, present[:1], tagging.Tag(type="SA.RIF.AUT"))
        tagging.tag(archive, present[:1], tagging.Tag(type="SA.PIS"))
        said.append(archive.undo() or "")

    report = import_paths(
        archive, [str(tmp_path / "photos")], job=Job(on_rest=tag_and_try_to_undo), executor=threads, jobs=2
    )
    assert (report.added, report.known) == (11, 1)
    assert said == ["Tag 1 image: self-loading pistol"]
    assert search.count(archive, search.parse(archive, "type:SA.RIF.AUT")) == 1
    assert archive.undo() == "Tag 1 image: assault / selective-fire rifle"
    assert archive.undo() == "Import “photos”"
    assert search.count(archive, Query()) == 1
    assert verify(archive, Job()).clean
