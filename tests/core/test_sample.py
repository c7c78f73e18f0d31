"""The sample archive: a newcomer finds something in every view, and a try that was stopped leaves nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import analysis, duplicates, known_sources, looking, search
from core.archive import Archive
from core.blind_coding import double_coding
from core.errors import Cancelled, Refused
from core.jobs import Job, Progress
from core.known_sources import Standing
from core.plates import PLATES
from core.records import STATUSES, ImageId, Query
from core.reposts import COPIES, write_set
from core.sample import create_sample
from core.sample_claims import BLIND_SETS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Progress]]:
    """A sample archive, and what was told while it was made."""
    told: list[Progress] = []
    folder = tmp_path_factory.mktemp("home") / "sample archive"
    create_sample(folder, Job(told.append))
    return folder, told


@pytest.fixture
def sample(made: tuple[Path, list[Progress]], tmp_path: Path) -> Iterator[Archive]:
    folder = tmp_path / "copy"
    shutil.copytree(made[0], folder)
    with Archive.open(folder, actor="Newcomer") as archive:
        yield archive


def lines(archive: Archive) -> list[looking.Summary]:
    return looking.summaries(archive, [ImageId(number) for number in search.find(archive, Query())])


def test_every_file_is_in_the_archive_one_of_them_twice_and_one_broken(sample: Archive) -> None:
    found = lines(sample)
    assert len(found) == len(PLATES) + len(COPIES) - 1
    captures = [looking.detail(sample, line.image_id).captures for line in found]
    assert sorted(len(one) for one in captures) == [1] * (len(found) - 1) + [2]
    assert [line.name for line in found if line.state == "undecodable"] == ["plate-23 (unfinished).jpg"]
    assert all(line.name.startswith("plate-") for line in found[: len(PLATES)])  # the grid begins with them
    assert all(looking.thumbnail(sample, line.image_id) for line in found if line.state == "decoded")


def test_every_facet_and_view_has_something_to_show(sample: Archive) -> None:
    for name, values in search.facet_values(sample, Query()).items():
        assert len(values) >= 2, name
    shown = {value.code for value in search.facet_values(sample, Query())["status"]}
    assert shown == set(STATUSES)
    certainties = {
        one.identification.certainty for line in lines(sample) for one in line.sightings if one.identification
    }
    assert certainties == {"certain", "probable", "possible", "doubtful", "unknown"}
    for by in analysis.BY:
        assert len(analysis.counts(sample, by=by, unit="sightings").rows) > 3
    assert len(sample.history()) > 20
    assert list(search.find(sample, search.parse(sample, "painted")))


def test_some_pairs_are_settled_and_some_are_left_of_every_kind(sample: Archive) -> None:
    assert {verdict.kind for verdict in duplicates.decided(sample)} == {"same_picture", "better_copy_of", "not_related"}
    left = [match.kind for match in duplicates.queue(sample)]
    assert {"same_pixels", "near", "mirrored", "rotated"} <= set(left)
    assert len(left) >= 8


def test_no_two_different_plates_are_offered_as_a_pair(sample: Archive) -> None:
    plate_of = {Path(copy.path).name: copy.number for copy in COPIES}
    plate_of |= {line.name: int(line.name[6:8]) for line in lines(sample) if line.name[:6] == "plate-"}
    for match in duplicates.queue(sample):
        pair = duplicates.pair(sample, match)
        assert pair is not None
        assert plate_of[pair.a.name] == plate_of[pair.b.name]


def test_the_newcomer_can_undo_back_to_what_was_coded_blind(sample: Archive) -> None:
    def undo_all() -> None:
        while sample.undo():
            pass

    with pytest.raises(Refused, match="so it stays closed"):
        undo_all()
    assert [line.name for line in lines(sample) if line.sightings] == []
    assert left_of(sample) == ([], [], [])
    assert len(double_coding.every(sample)) == len(BLIND_SETS)


def left_of(archive: Archive) -> tuple[list[Standing], list[str], list[looking.Summary]]:
    """The sources, the made-up holders, and the lines of images that were begun."""
    holders = [term.code for term in archive.vocabulary("holder") if "made_up" in term.code]
    return known_sources.find(archive), holders, [line for line in lines(archive) if line.status != "new"]


def test_the_files_are_drawn_the_same_each_time(tmp_path: Path) -> None:
    sets = []
    for name in ("one", "other"):
        write_set(tmp_path / name, Job())
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        sets.append([(path.name, path.stat().st_mtime, path.read_bytes()) for path in files])
    assert sets[0] == sets[1]


def test_it_tells_how_far_it_is_and_leaves_nothing_beside_the_archive(made: tuple[Path, list[Progress]]) -> None:
    folder, told = made
    assert {"Drawing sample plates", "Importing"} <= {one.text for one in told}
    assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]


def test_an_empty_folder_is_taken_and_a_filled_one_refused(tmp_path: Path) -> None:
    (tmp_path / "filled").mkdir()
    (tmp_path / "filled" / "mine.txt").touch()
    with pytest.raises(Refused, match="is not empty"):
        create_sample(tmp_path / "filled", Job())
    assert [entry.name for entry in tmp_path.iterdir()] == ["filled"]


@pytest.mark.parametrize("during", ["Drawing sample plates", "Importing"])
def test_cancelling_leaves_nothing(tmp_path: Path, during: str) -> None:
    job = Job(lambda progress: job.cancel() if progress.text == during else None)
    (tmp_path / "sample").mkdir()
    with pytest.raises(Cancelled):
        create_sample(tmp_path / "sample", job)
    assert [entry.name for entry in tmp_path.rglob("*")] == ["sample"]


def test_what_a_crash_left_is_in_nobodys_way(tmp_path: Path) -> None:
    left = tmp_path / "sample.making" / "originals"
    left.mkdir(parents=True)
    (left / "half a file").touch()
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        create_sample(tmp_path / "sample", job)
    assert list(tmp_path.iterdir()) == []
