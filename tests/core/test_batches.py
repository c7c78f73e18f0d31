"""A batch cut short at any point is completed at the next start; what was not begun is not made up."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.archive import Archive
from core.batches import Arrived, Batch, commit, unfinished
from core.errors import StorageFault
from core.examining import Request, examine
from core.importing import import_paths
from core.jobs import Job
from core.records import Place
from core.recovering import LABEL, recover
from core.store import cache, images
from core.verifying import verify
from tests.core.drawing import fill
from tests.core.importing_tools import captures, derived, dump, matches


class PowerCut(BaseException):
    """Stands for the moment at which the machine stops: nothing that follows is run."""


def batch_of(archive: Archive, paths: list[Path]) -> Batch:
    batch = Batch()
    for path in paths:
        raw = bytes(path)
        examined = examine(Request(raw, None, str(archive.originals.incoming)))
        batch.add(examined, Arrived(Place.from_bytes(raw), "2014-06-14T00:00:00Z"))
    return batch


def cut_short(archive: Archive, batch: Batch, where: tuple[object, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Commit a batch and stop at the point where that would be called."""

    def stop(*_: object, **__: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(*where, stop)
        with pytest.raises(PowerCut):
            commit(archive, batch, label="Import")


@pytest.mark.parametrize("where", [(cache, "add_thumbnails"), (images, "add"), (Archive, "action")])
def test_what_was_put_in_place_and_not_recorded_is_completed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[object, str]
) -> None:
    paths = fill(tmp_path / "photos", 5)
    paths[4].write_bytes(paths[4].read_bytes()[:1500])
    cut_short(archive, batch_of(archive, paths), where, monkeypatch)
    assert len(verify(archive, Job()).untracked) == 5
    with Archive.open(archive.folder) as reader:
        assert reader.read_only
    assert recover(archive) == 5
    assert verify(archive, Job()).clean
    assert [one.place.raw for one in sorted(captures(archive), key=lambda one: one.id)] == [bytes(p) for p in paths]
    assert {one.modified_at for one in captures(archive)} == {"2014-06-14T00:00:00Z"}
    assert archive.undo_label == LABEL
    assert recover(archive) == 0


def test_a_batch_stopped_before_its_first_file_was_moved_leaves_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = batch_of(archive, fill(tmp_path / "photos", 3))
    cut_short(archive, batch, (type(archive.originals), "take_up"), monkeypatch)
    assert recover(archive) == 0
    assert images.count(archive.db) == 0
    assert not list(archive.originals.incoming.iterdir())
    assert verify(archive, Job()).clean


def test_a_batch_recorded_and_not_matched_is_matched_by_the_next_import(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    first, second = fill(tmp_path / "photos", 1), tmp_path / "photos" / "copy.jpg"
    second.write_bytes(first[0].read_bytes() + b"\0")
    commit(archive, batch_of(archive, [*first, second]), label="Import")
    assert matches(archive) == set()
    import_paths(archive, [str(tmp_path / "photos")], executor=threads)
    assert [kind for _, _, kind, _ in matches(archive)] == ["same_pixels"]


def test_images_that_the_user_took_back_are_not_completed_by_a_stale_list(archive: Archive, tmp_path: Path) -> None:
    paths = fill(tmp_path / "photos", 2)
    import_paths(archive, [str(tmp_path / "photos")])
    rows = [
        {"sha256": sha256, "ending": ending, "path_hex": bytes(path).hex(), "modified_at": ""}
        for (sha256, ending), path in zip(images.each_original(archive.db), paths, strict=True)
    ]
    archive.undo()
    (archive.folder / "unfinished.json").write_text(json.dumps(rows))
    assert recover(archive) == 0
    assert images.count(archive.db) == 0
    assert unfinished(archive) == []


@pytest.mark.parametrize("torn", ["", "[", "[{}]", "{}", '[{"sha256": 1}]', "\xff\xfe"])
def test_a_torn_list_names_nothing(archive: Archive, torn: str) -> None:
    (archive.folder / "unfinished.json").write_text(torn, "latin-1")
    assert unfinished(archive) == []
    assert recover(archive) == 0


def test_damaged_bytes_are_not_recorded_but_replaced_by_a_new_import(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = fill(tmp_path / "photos", 2)
    cut_short(archive, batch_of(archive, paths), (Archive, "action"), monkeypatch)
    damaged = archive.originals.path_of(unfinished(archive)[0].sha256, "jpg")
    damaged.chmod(0o644)
    damaged.write_bytes(b"")
    recover(archive)
    assert images.count(archive.db) == 1
    assert import_paths(archive, [str(tmp_path / "photos")]).added == 1
    assert verify(archive, Job()).clean


def test_a_folder_that_refuses_files_is_told_in_words_and_nothing_is_recorded(archive: Archive, tmp_path: Path) -> None:
    batch = batch_of(archive, fill(tmp_path / "photos", 2))
    before = dump(archive)
    shutil.rmtree(archive.originals.folder)
    archive.originals.folder.write_text("a file in the way")
    with pytest.raises(StorageFault, match="import them again"):
        commit(archive, batch, label="Import")
    assert dump(archive) == before
    archive.originals.folder.unlink()
    archive.originals.prepare()
    assert import_paths(archive, [str(tmp_path / "photos")]).added == 2


def test_an_empty_batch_leaves_no_trace(archive: Archive) -> None:
    archive.catch_up()
    before, cached = dump(archive), derived(archive)
    commit(archive, Batch(), label="Import")
    assert dump(archive) == before
    assert derived(archive) == cached
