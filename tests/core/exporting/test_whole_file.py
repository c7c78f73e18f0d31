"""An export is complete or absent, and what was there before stays until then."""

import os
from pathlib import Path

import pytest

from core.archive import Archive
from core.errors import Cancelled, Refused, StorageFault
from core.exporting import EXPORTERS, export, exporter, whole_file
from core.jobs import Job, Progress
from core.records import Place
from core.store import images
from tests.core.filling import add_image

FORMATS = [one.id for one in EXPORTERS]


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


@pytest.mark.parametrize("format_id", FORMATS)
def test_a_cancelled_export_leaves_what_was_there(filled: Archive, tmp_path: Path, format_id: str) -> None:
    target = tmp_path / "out"
    target.write_text("before")

    def cancel(progress: Progress) -> None:
        if progress.done:
            job.cancel()

    job = Job(cancel)
    with pytest.raises(Cancelled):
        export(filled, format=format_id, to=target, job=job)
    assert target.read_text() == "before"
    assert left_in(tmp_path) == ["out"]


@pytest.mark.parametrize("format_id", FORMATS)
def test_an_export_replaces_an_earlier_one_and_leaves_nothing_beside(
    filled: Archive, tmp_path: Path, format_id: str
) -> None:
    target = tmp_path / "out"
    target.write_text("before")
    export(filled, format=format_id, to=target)
    assert target.stat().st_size > 1000
    assert left_in(tmp_path) == ["out"]


def break_off(target: Path, archive: Path) -> None:
    with whole_file(target, outside=archive) as path:
        path.write_text("half")
        raise OSError(28, "No space left on device")


def test_an_error_in_the_middle_leaves_nothing(new_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="No space left"):
        break_off(tmp_path / "out", new_folder)
    assert left_in(tmp_path) == []


def test_nothing_is_put_into_the_archive(filled: Archive, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(filled.folder)
    for target in (filled.folder / "x.csv", filled.folder / "originals" / "x.csv", link / "x.csv"):
        with pytest.raises(Refused, match="inside the archive"):
            export(filled, format="csv", to=target)


def test_what_is_no_place_for_a_file_is_refused(filled: Archive, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for target in (tmp_path, fifo, tmp_path / "missing" / "x.csv", Path(os.devnull), tmp_path / ("x" * 256)):
        with pytest.raises(Refused):
            export(filled, format="csv", to=target)
    assert fifo.is_fifo()


def test_a_link_stays_a_link(filled: Archive, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("before")
    (tmp_path / "link.csv").symlink_to("real.csv")
    export(filled, format="csv", to=tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text("utf-8").startswith("sha256,")


def test_an_export_is_of_one_state_of_the_archive(filled: Archive, tmp_path: Path) -> None:
    changes = iter(range(10, 20))

    def change(progress: Progress) -> None:
        if progress.done == progress.total and (number := next(changes)) < limit:
            with filled.action("Import"):
                images.add_capture(filled.db, add_image(filled, number), Place(f"/late/{number}"), "")

    limit = 11
    assert export(filled, format="csv", to=tmp_path / "once.csv", job=Job(change)) == 7
    limit = 99
    with pytest.raises(Refused, match="kept changing"):
        export(filled, format="csv", to=tmp_path / "never.csv", job=Job(change))
    assert left_in(tmp_path) == ["once.csv"]


def test_every_exporter_has_words_and_an_ending() -> None:
    for one in EXPORTERS:
        assert exporter(one.id) is one
        assert one.label
        assert one.suffix == f".{one.id}"
    with pytest.raises(Refused, match="csv, xlsx, json"):
        exporter("pdf")


def test_a_byte_order_mark_is_refused_where_there_is_none(filled: Archive, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="CSV only"):
        export(filled, format="json", to=tmp_path / "out.json", bom=True)


def test_a_link_to_itself_is_refused(new_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with (
        pytest.raises(Refused, match="loop cannot be written"),
        whole_file(tmp_path / "loop", outside=new_folder),
    ):
        pass
    assert (tmp_path / "loop").is_symlink()
