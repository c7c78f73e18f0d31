"""Comparing pixels goes on where it was stopped, and a picture that cannot be decoded now is passed over."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core import jobs, search, tagging
from core.archive import Archive
from core.comparing import compare_pixels, hash_pixels, is_due
from core.errors import Cancelled
from core.executing import Workers
from core.importing import import_paths
from core.jobs import Job
from core.rebuilding import needs_rebuilding
from core.records import Query
from core.store import pixels
from tests.core.drawing import drawn, save
from tests.core.importing_tools import Watched, matches


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Three pairs of equal pixels, imported and not yet compared."""
    for number in range(3):
        for ending in ("png", "bmp"):
            save(tmp_path / "photos", f"{number}.{ending}", drawn(number))
    job = Job()
    with (
        Archive.create(tmp_path / "archive") as archive,
        Watched(lambda number, _: job.cancel() if number == 6 else None) as executor,
    ):
        assert import_paths(archive, [str(tmp_path / "photos")], job=job, executor=executor).cancelled
        assert {kind for _, _, kind, _ in matches(archive)} == {"near"}
        yield archive


def test_what_a_cancel_left_is_compared_later(archive: Archive) -> None:
    assert is_due(archive)
    assert needs_rebuilding(archive)
    with ThreadPoolExecutor(2) as executor:
        assert compare_pixels(archive, Workers(executor, 2), Job()) == 6
    assert [kind for _, _, kind, _ in matches(archive)] == ["same_pixels"] * 3
    assert not is_due(archive)


def test_a_cancelled_comparison_keeps_what_it_has(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(lambda progress: job.cancel() if progress.done == 2 else None)
    monkeypatch.setattr(jobs, "REPORT_EVERY_S", 0.0)
    with ThreadPoolExecutor(1) as executor, pytest.raises(Cancelled):
        compare_pixels(archive, Workers(executor, 1), job)
    left = len(pixels.candidates(archive.db))
    assert 0 < left < 6
    with ThreadPoolExecutor(1) as executor:
        assert compare_pixels(archive, Workers(executor, 1), Job()) == left
    assert [kind for _, _, kind, _ in matches(archive)] == ["same_pixels"] * 3


def test_tagging_goes_on_while_a_comparison_rests(archive: Archive) -> None:
    present = list(search.find(archive, Query()))
    waiting = list(present)
    job = Job(on_rest=lambda: tagging.tag(archive, [waiting.pop()], tagging.Tag("SA.PIS")) if waiting else None)
    with ThreadPoolExecutor(2) as executor:
        compare_pixels(archive, Workers(executor, 2), job)
    assert list(search.find(archive, search.parse(archive, "type:SA.PIS"))) == present
    assert [kind for _, _, kind, _ in matches(archive)] == ["same_pixels"] * 3


def test_an_original_that_is_damaged_meanwhile_is_near_and_not_tried_for_ever(archive: Archive) -> None:
    original = next(archive.originals.folder.rglob("*.bmp"))
    original.chmod(0o644)
    original.write_bytes(original.read_bytes()[:500])
    with ThreadPoolExecutor(2) as executor:
        compare_pixels(archive, Workers(executor, 2), Job())
    assert sorted(kind for _, _, kind, _ in matches(archive)) == ["near", "same_pixels", "same_pixels"]
    assert not is_due(archive)


def test_what_is_no_picture_has_no_pixel_hash(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    assert hash_pixels(str(tmp_path / "notes.txt")) == ""
    assert hash_pixels(str(tmp_path / "nowhere.png")) == ""
