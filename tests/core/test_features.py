"""The look at places: copies found by name, whatever the order, gone on with after a stop, kept apart from the rest."""

import random
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageOps

from core import features
from core.archive import Archive
from core.errors import Cancelled, CoreError
from core.features import find_copies, is_due, is_index_behind
from core.importing import import_paths
from core.jobs import Job
from core.likeness.verifying_pairs import look_at
from core.listing import duplicate_rows
from core.records import SAME_KINDS, Match
from core.store import cache, keypoints, relations
from core.store.connection import transaction
from core.workers import CannotStart, WorkerDied
from tests.core.drawing import drawn, save
from tests.core.importing_tools import Watched

pytestmark = pytest.mark.heavy


def captioned(image: Image.Image) -> Image.Image:
    framed = Image.new("RGB", (image.width, image.height + 60), "white")
    framed.paste(image, (0, 0))
    ImageDraw.Draw(framed).text((20, image.height + 20), "Seen this morning near the border", fill="black")
    return framed


def on_a_screen(image: Image.Image) -> Image.Image:
    screen = Image.new("RGB", (image.width + 20, 3 * image.height), (18, 18, 20))
    screen.paste(image, (10, image.height))
    ImageDraw.Draw(screen).text((30, 40), "Some channel, 1,204 views", fill="white", font_size=30)
    return screen


def with_logo(image: Image.Image) -> Image.Image:
    image = image.copy()
    ImageDraw.Draw(image).rectangle((380, 20, 450, 80), fill=(200, 20, 30))
    return image


COPIES: dict[str, tuple[Callable[[Image.Image], Image.Image], str, str]] = {
    "cut": (lambda image: image.crop((90, 60, 440, 300)), "crop", "cut"),
    "cut on one side": (lambda image: image.crop((0, 0, 300, 360)), "crop", "cut"),
    "mirrored": (ImageOps.mirror, "mirrored", "mirrored"),
    "turned": (lambda image: image.transpose(Image.Transpose.ROTATE_90), "rotated", "turned_90"),
    "turned right": (lambda image: image.transpose(Image.Transpose.ROTATE_270), "rotated", "turned_270"),
    "captioned": (captioned, "same_picture", "caption"),
    "framed": (lambda image: ImageOps.expand(image, (60, 40), (0, 0, 0)), "same_picture", "border"),
    "on a screen": (on_a_screen, "contains", "screenshot"),
    "smaller": (lambda image: image.resize((240, 180)), "same_picture", "resized"),
    "with a logo": (with_logo, "same_picture", "overlaid"),
    "tilted": (lambda image: image.rotate(4, Image.Resampling.BICUBIC).crop((40, 40, 440, 320)), "crop", "tilted"),
}


def found(archive: Archive) -> dict[tuple[str, str], tuple[str, tuple[str, ...], str]]:
    """Kind, changes and transform by the names of the two, in the order of their content hashes."""
    return {
        (row.name_a, row.name_b): (row.kind, tuple(row.changes.split()), row.evidence)
        for row in duplicate_rows(archive)
    }


def shown(archive: Archive) -> list[tuple[object, ...]]:
    """All that is kept of what was found, whatever the order it came in."""
    return archive.db.conn.execute("SELECT * FROM cache.match ORDER BY sha256_a, sha256_b").fetchall()


@pytest.mark.parametrize("what", COPIES)
def test_a_copy_is_found_under_its_name_and_lies_where_it_was_cut(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor, what: str
) -> None:
    change, kind, word = COPIES[what]
    for number in range(4):
        save(tmp_path / "in", f"{number} a.jpg", drawn(number), quality=90)
    save(tmp_path / "in", "0 b.jpg", change(drawn(0)), quality=80)
    import_paths(archive, [str(tmp_path / "in")], executor=threads)
    assert is_due(archive)
    assert find_copies(archive, executor=threads) == 5
    assert not is_due(archive)
    (row,) = (row for row in duplicate_rows(archive) if row.kind in SAME_KINDS)
    assert {row.name_a, row.name_b} == {"0 a.jpg", "0 b.jpg"}
    assert row.kind == kind
    assert word in row.changes.split()
    assert "key points agree" in row.evidence


def test_the_transform_puts_a_crop_on_the_place_it_was_cut_from(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    save(tmp_path / "in", "whole.png", drawn(1))
    save(tmp_path / "in", "part.png", drawn(1).crop((120, 90, 360, 270)))
    import_paths(archive, [str(tmp_path / "in")], executor=threads)
    find_copies(archive, executor=threads)
    (match,) = relations.matches(archive.db)
    (row,) = duplicate_rows(archive)
    assert match.transform is not None
    leads = match.transform if row.name_a == "part.png" else match.transform.inverse()
    assert leads.numbers == pytest.approx((0.5, 0, 0.25, 0, 0.5, 0.25), abs=0.01)


def test_what_is_found_does_not_depend_on_the_order_of_import(tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    files = []
    for number in range(3):
        for place, (change, _, _) in enumerate(list(COPIES.values())[number::3]):
            files.append(save(tmp_path / "in", f"{number} {place}.jpg", change(drawn(number)), quality=85))
        files.append(save(tmp_path / "in", f"{number}.jpg", drawn(number), quality=85))
    kept = []
    for order in range(10):
        random.Random(order).shuffle(files)
        with Archive.create(tmp_path / f"archive {order}") as archive:
            cut = random.Random(order).randrange(1, len(files))
            for some in (files[:cut], files[cut:]):
                for file in some:
                    import_paths(archive, [str(file)], executor=threads)
                find_copies(archive, executor=threads)
            kept.append((shown(archive), {row.sha256_a + row.sha256_b: row.group for row in duplicate_rows(archive)}))
    assert all(one == kept[0] for one in kept)
    assert len(kept[0][0]) > 20


def test_a_stage_that_was_stopped_goes_on_and_comes_to_the_same(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        for place, (change, _, _) in enumerate(list(COPIES.values())[:5]):
            save(tmp_path / "in", f"{number} {place}.jpg", change(drawn(number)), quality=85)
    import_paths(archive, [str(tmp_path / "in")], executor=threads)
    with Archive.create(tmp_path / "other") as other:
        import_paths(other, [str(tmp_path / "in")], executor=threads)
        find_copies(other, executor=threads)
        whole = shown(other)
    monkeypatch.setattr(features, "_KEPT_AT_ONCE", 2)
    stops = 0
    for stop in range(1, 40, 5):
        job = Job()

        def cancel(number: int, _argument: object, *, job: Job = job, stop: int = stop) -> None:
            if number == stop:
                job.cancel()

        with Watched(cancel) as executor:
            try:
                find_copies(archive, job=job, executor=executor)
            except Cancelled:
                stops += 1
    find_copies(archive, executor=threads)
    assert stops >= 3
    assert shown(archive) == whole


def test_a_pair_that_was_only_near_is_verified_or_dropped(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    save(tmp_path / "in", "a.jpg", drawn(1), quality=90)
    save(tmp_path / "in", "b.jpg", drawn(1), quality=40)
    save(tmp_path / "in", "c.jpg", drawn(2), quality=90)
    import_paths(archive, [str(tmp_path / "in")], executor=threads)
    (near,) = relations.matches(archive.db)
    assert near.kind == "near"
    (third,) = (sha256 for sha256, _ in keypoints.missing(archive.db) if sha256 not in (near.sha256_a, near.sha256_b))
    with transaction(archive.db):  # a hash that says what is not so
        cache.add_near(archive.db, [Match(*sorted((near.sha256_a, third)), "near", 4, "perceptual hash")])
    find_copies(archive, executor=threads)
    (match,) = relations.matches(archive.db)
    assert (match.kind, match.distance) == ("same_picture", near.distance)
    assert near.evidence in match.evidence
    assert {row.kind for row in duplicate_rows(archive, {"near"})} == {"near"}
    assert len(list(duplicate_rows(archive, {"near"}))) == 2
    assert [row.kind for row in duplicate_rows(archive, {"features"})] == ["same_picture"]
    assert list(duplicate_rows(archive, {"bytes", "pixels"})) == []


def test_another_recipe_does_it_all_again(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path / "in", "a.jpg", drawn(1), quality=90)
    save(tmp_path / "in", "b.jpg", drawn(1).crop((90, 60, 440, 300)), quality=90)
    import_paths(archive, [str(tmp_path / "in")], executor=threads)
    find_copies(archive, executor=threads)
    before = shown(archive)
    monkeypatch.setattr(features, "RULES", "judging/0")
    assert is_due(archive)
    assert find_copies(archive, executor=threads) == 2
    assert shown(archive) == before
    monkeypatch.setattr(features, "recipe", lambda: "sift/0")
    assert is_due(archive)
    assert find_copies(archive, executor=threads) == 2
    assert shown(archive) == before
    assert len(list((archive.folder / features.FOLDER).iterdir())) == 1


def test_an_index_that_is_lost_is_made_anew(archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    save(tmp_path / "in", "a.jpg", drawn(1), quality=90)
    import_paths(archive, [str(tmp_path / "in")], executor=threads)
    find_copies(archive, executor=threads)
    (index,) = (archive.folder / features.FOLDER).iterdir()
    for part in index.iterdir():
        for file in part.iterdir():
            file.write_bytes(b"")
    save(tmp_path / "in", "b.jpg", drawn(1).crop((90, 60, 440, 300)), quality=90)
    import_paths(archive, [str(tmp_path / "in")], executor=threads)
    find_copies(archive, executor=threads)
    assert [row.kind for row in duplicate_rows(archive)] == ["crop"]


def test_an_index_that_is_lost_is_behind_though_nothing_is_due(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    save(tmp_path / "in", "a.jpg", drawn(1), quality=90)
    import_paths(archive, [str(tmp_path / "in")], executor=threads)
    find_copies(archive, executor=threads)
    assert not is_index_behind(archive)
    shutil.rmtree(archive.folder / features.FOLDER)
    assert is_index_behind(archive)
    assert not is_due(archive)
    find_copies(archive, executor=threads)
    assert not is_index_behind(archive)
    assert len(list((archive.folder / features.FOLDER).glob("*/*.part"))) == 1


def test_an_image_that_comes_back_is_held_against_those_that_came_meanwhile(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    import_paths(archive, [str(save(tmp_path / "in", "a.jpg", drawn(1), quality=90))], executor=threads)
    find_copies(archive, executor=threads)
    archive.undo()
    part = save(tmp_path / "in", "b.jpg", drawn(1).crop((90, 60, 440, 300)), quality=90)
    import_paths(archive, [str(part)], executor=threads)
    find_copies(archive, executor=threads)
    assert list(duplicate_rows(archive)) == []
    import_paths(archive, [str(tmp_path / "in" / "a.jpg")], executor=threads)
    find_copies(archive, executor=threads)
    assert [row.kind for row in duplicate_rows(archive)] == ["crop"]


def test_what_comes_after_a_lost_part_is_still_held_against_all(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    for number in range(4):
        save(tmp_path / "in", f"{number}.jpg", drawn(number), quality=90)
        import_paths(archive, [str(tmp_path / "in")], executor=threads)
        find_copies(archive, executor=threads)
    (index,) = (archive.folder / features.FOLDER).iterdir()
    for part in list(index.iterdir())[:1]:
        (part / "codes.npy").write_bytes(b"")
    for number in range(4):
        part_of = save(tmp_path / "cut", f"cut {number}.jpg", drawn(number).crop((90, 60, 440, 300)), quality=90)
        import_paths(archive, [str(part_of)], executor=threads)
    find_copies(archive, executor=threads)
    assert sorted(row.kind for row in duplicate_rows(archive)) == ["crop"] * 4


class Dying(ThreadPoolExecutor):
    """An executor whose worker dies of whole batches of pairs, and of one pair by itself."""

    def __init__(self, of: int) -> None:
        super().__init__(2)
        self._of = of
        self._single = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if fn is look_at and args[0]:
            self._single += len(args[0]) == 1
            if len(args[0]) > 1 or self._single == self._of:
                return super().submit(_die)
        return super().submit(fn, *args, **kwargs)


def _die() -> None:
    raise WorkerDied("Decoding it ended the worker process (SIGKILL).")


def test_a_worker_that_dies_costs_the_one_pair_that_it_dies_of(archive: Archive, tmp_path: Path) -> None:
    for place, (change, _, _) in enumerate(list(COPIES.values())[:6]):
        save(tmp_path / "in", f"{place}.jpg", change(drawn(1)), quality=85)
    with ThreadPoolExecutor(2) as threads:
        import_paths(archive, [str(tmp_path / "in")], executor=threads)
    with Dying(of=4) as executor:
        find_copies(archive, executor=executor)
    kinds = [row.kind for row in duplicate_rows(archive)]
    assert kinds.count("unconfirmed") == 1
    assert len([kind for kind in kinds if kind in SAME_KINDS]) > 8


def test_workers_that_cannot_start_say_nothing_of_the_pairs(archive: Archive, tmp_path: Path) -> None:
    save(tmp_path / "in", "a.jpg", drawn(1), quality=90)
    save(tmp_path / "in", "b.jpg", drawn(1), quality=40)
    with ThreadPoolExecutor(2) as threads:
        import_paths(archive, [str(tmp_path / "in")], executor=threads)

        def refuse(_pairs: object) -> None:
            raise CannotStart("The worker processes cannot be started.")

        class Refusing(ThreadPoolExecutor):
            def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
                return super().submit(refuse if fn is look_at and args[0] else fn, *args, **kwargs)

        with Refusing(2) as executor, pytest.raises(CoreError, match="cannot be started"):
            find_copies(archive, executor=executor)
        assert [row.kind for row in duplicate_rows(archive)] == ["near"]
        assert is_due(archive)
        find_copies(archive, executor=threads)
        assert [row.kind for row in duplicate_rows(archive)] == ["same_picture"]
