"""A deleted cache is made again as importing made it, in parts if need be; a changed recipe makes it anew."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from core import matching
from core.archive import CACHE, Archive
from core.errors import Cancelled, ReadOnly
from core.importing import import_paths
from core.jobs import Job
from core.rebuilding import needs_rebuilding, rebuild
from core.store import images
from tests.core.drawing import drawn, fill, save
from tests.core.importing_tools import Watched, derived, matches


@pytest.fixture
def folder(tmp_path: Path, threads: ThreadPoolExecutor) -> Path:
    """An archive of near, mirrored, equal, flat and broken pictures."""
    paths = fill(tmp_path / "photos", 12)
    save(tmp_path / "photos", "mirrored.jpg", ImageOps.mirror(drawn(1)))
    save(tmp_path / "photos", "drawn.png", drawn(40))
    save(tmp_path / "photos", "drawn.bmp", drawn(40))
    save(tmp_path / "photos", "flat.png", Image.new("L", (90, 60), 120))
    save(tmp_path / "photos", "flat.bmp", Image.new("L", (90, 60), 120))
    (tmp_path / "photos" / "cut.jpg").write_bytes(paths[0].read_bytes()[:2000])
    with Archive.create(tmp_path / "archive", actor="Analyst") as archive:
        import_paths(archive, [str(tmp_path / "photos")], executor=threads)
        assert {kind for _, _, kind, _ in matches(archive)} == {"mirrored", "same_pixels"}
        assert not needs_rebuilding(archive)
    return tmp_path / "archive"


def delete_cache(folder: Path) -> None:
    for path in folder.glob(CACHE + "*"):
        path.unlink()


def cached(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with Archive.open(folder) as archive:
        tables = derived(archive)
    # What could not be derived is only counted once that was tried.
    # Nor is it known any more of which finds somebody was told.
    tables["note"] = [row for row in tables["note"] if row[0] not in ("underivable", "alarms")]
    return tables


def test_a_deleted_cache_is_made_again_as_importing_made_it(folder: Path) -> None:
    before = cached(folder)
    delete_cache(folder)
    with Archive.open(folder) as archive:
        assert needs_rebuilding(archive)
        assert rebuild(archive) == 17
        assert not needs_rebuilding(archive)
        assert rebuild(archive) == 0
    assert cached(folder) == before


@pytest.mark.parametrize("stop_at", [0, 1, 9, 16, 18])
def test_a_cancelled_rebuilding_goes_on_where_it_stopped(
    folder: Path, threads: ThreadPoolExecutor, stop_at: int
) -> None:
    before = cached(folder)
    delete_cache(folder)
    job = Job()
    with Archive.open(folder) as archive:
        with (
            Watched(lambda number, _: job.cancel() if number == stop_at else None) as executor,
            pytest.raises(Cancelled),
        ):
            rebuild(archive, job=job, executor=executor)
        assert needs_rebuilding(archive)
        rebuild(archive, executor=threads)
    assert cached(folder) == before


def test_an_import_into_an_archive_without_its_cache_loses_no_match(
    folder: Path, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    delete_cache(folder)
    save(tmp_path / "more", "again.jpg", drawn(2), quality=50)
    with Archive.open(folder) as archive:
        import_paths(archive, [str(tmp_path / "more")], executor=threads)
        assert len(matches(archive)) == 0
        rebuild(archive, executor=threads)
        kinds = sorted(kind for _, _, kind, _ in matches(archive))
        assert kinds == ["mirrored", "near", "same_pixels", "same_pixels"]


def test_a_changed_matching_recipe_finds_all_matches_again(
    folder: Path, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(folder) as archive:
        before = matches(archive)
        monkeypatch.setattr(matching, "MATCHING", "another")
        assert needs_rebuilding(archive)
        assert rebuild(archive, executor=threads) == 0
        assert matches(archive) == before
        assert not needs_rebuilding(archive)


def test_a_changed_fingerprint_recipe_takes_all_fingerprints_again(folder: Path, threads: ThreadPoolExecutor) -> None:
    with Archive.open(folder) as archive:
        before = derived(archive)["fingerprint"]
        archive.db.conn.execute("UPDATE cache.fingerprint SET recipe = 'old', upright = trimmed")
        assert needs_rebuilding(archive)
        assert rebuild(archive, executor=threads) == 17
        assert derived(archive)["fingerprint"] == before
        assert not needs_rebuilding(archive)


def test_an_original_that_is_gone_is_tried_once_and_not_for_ever(folder: Path, threads: ThreadPoolExecutor) -> None:
    delete_cache(folder)
    with Archive.open(folder) as archive:
        _, (sha256, ending), *_ = images.each_original(archive.db)  # the first is undecodable
        lost = archive.originals.path_of(sha256, ending)
        aside = lost.with_name("aside")
        lost.rename(aside)
        assert rebuild(archive, executor=threads) == 16
        assert not needs_rebuilding(archive)
        aside.rename(lost)
        assert rebuild(archive, executor=threads) == 1


def test_a_new_archive_needs_nothing(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "new") as archive:
        assert not needs_rebuilding(archive)


def test_a_reader_cannot_rebuild(folder: Path) -> None:
    with Archive.open(folder), Archive.open(folder) as reader, pytest.raises(ReadOnly):
        rebuild(reader)


def test_progress_is_told_of_each_part(folder: Path, threads: ThreadPoolExecutor) -> None:
    delete_cache(folder)
    told: list[str] = []
    with Archive.open(folder) as archive:
        rebuild(archive, job=Job(lambda progress: told.append(progress.text)), executor=threads)
    assert {"Making thumbnails and fingerprints", "Comparing pixels"} <= set(told)
