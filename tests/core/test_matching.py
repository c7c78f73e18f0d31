"""Near matches while importing: the right kind and distance, equal pixels told apart, in whatever order they come."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from core import matching
from core.archive import Archive
from core.importing import import_paths
from core.matching import distances, is_behind
from core.store import cache
from core.store.connection import transaction
from tests.core.drawing import drawn, fill, save
from tests.core.importing_tools import matched_names, matches

TURNS: dict[str, tuple[Callable[[Image.Image], Image.Image], str]] = {
    "mirrored": (ImageOps.mirror, "mirrored"),
    "upside down mirrored": (ImageOps.flip, "mirrored"),
    "turned 90": (lambda image: image.transpose(Image.Transpose.ROTATE_90), "rotated"),
    "turned 180": (lambda image: image.transpose(Image.Transpose.ROTATE_180), "rotated"),
    "turned 270": (lambda image: image.transpose(Image.Transpose.ROTATE_270), "rotated"),
    "smaller": (lambda image: image.resize((240, 180)), "near"),
    "framed": (lambda image: ImageOps.expand(image, (40, 70), (0, 0, 0)), "near"),
    "grey": (lambda image: image.convert("L"), "near"),
}


def without_exif(jpeg: bytes) -> bytes:
    """A JPEG file less its second segment, which is the EXIF one where Pillow wrote it."""
    start = jpeg.index(b"\xff\xe1")
    return jpeg[:start] + jpeg[start + 2 + int.from_bytes(jpeg[start + 2 : start + 4]) :]


@pytest.mark.parametrize("what", TURNS)
def test_a_changed_copy_is_found_under_its_kind(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor, what: str
) -> None:
    change, kind = TURNS[what]
    folder = tmp_path / "photos"
    for number in range(5):
        save(folder, f"{number} a.jpg", drawn(number), quality=90)
        save(folder, f"{number} b.jpg", change(drawn(number)), quality=70)
    import_paths(archive, [str(folder)], executor=threads)
    found = matched_names(archive)
    assert set(found) == {(f"{number} a.jpg", f"{number} b.jpg") for number in range(5)}
    assert {match.kind for match in found.values()} == {kind}
    for match in found.values():
        assert match.evidence.startswith(f"perceptual hash, {match.distance} of 64 bits differ; correlation ")


def test_the_distance_is_the_measured_one(archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    save(tmp_path, "a.png", drawn(1))
    save(tmp_path, "b.jpg", drawn(1), quality=20)
    import_paths(archive, [str(tmp_path / "a.png"), str(tmp_path / "b.jpg")], executor=threads)
    (match,) = matched_names(archive).values()
    one, other = (int.from_bytes(upright[:8]) for _, _, upright, _ in cache.hashes_of(archive.db, [1, 2]))
    assert match.distance == (one ^ other).bit_count()


def test_a_stored_pose_is_no_turn(archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    save(tmp_path / "photos", "stored turned.jpg", drawn(1).transpose(Image.Transpose.ROTATE_90), exif=exif)
    save(tmp_path / "photos", "upright.jpg", drawn(1))
    import_paths(archive, [str(tmp_path / "photos")], executor=threads)
    assert [match.kind for match in matched_names(archive).values()] == ["near"]


def test_flat_pictures_are_near_nothing(archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    for number in range(6):
        save(tmp_path / "photos", f"flat {number}.png", Image.new("RGB", (400, 300), (number * 40, 90, 200)))
    fill(tmp_path / "photos", 2)
    import_paths(archive, [str(tmp_path / "photos")], executor=threads)
    assert matched_names(archive) == {}


def test_equal_pixels_are_told_by_whatever_file_they_come_in(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    folder = tmp_path / "photos"
    for ending in ("png", "bmp", "tif"):
        save(folder, f"drawn.{ending}", drawn(3))
        save(folder, f"flat.{ending}", Image.new("RGB", (300, 200), "navy"))
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    jpeg = save(folder, "photo.jpg", drawn(4), exif=exif)
    (folder / "photo stripped.jpg").write_bytes(without_exif(jpeg.read_bytes()))
    save(folder, "drawn re-encoded.jpg", drawn(3), quality=60)
    import_paths(archive, [str(folder)], executor=threads)
    found = matched_names(archive)
    same = {names for names, match in found.items() if (match.kind, match.distance) == ("same_pixels", 0)}
    endings = (("bmp", "png"), ("bmp", "tif"), ("png", "tif"))
    assert same == {(f"{what}.{a}", f"{what}.{b}") for what in ("drawn", "flat") for a, b in endings} | {
        ("photo stripped.jpg", "photo.jpg")
    }
    assert {match.kind for names, match in found.items() if names not in same} == {"near"}
    assert len(found) == len(same) + 3


def test_a_further_copy_is_told_in_a_later_import(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    for ending in ("png", "bmp", "tif"):
        import_paths(archive, [str(save(tmp_path, f"drawn.{ending}", drawn(3)))], executor=threads)
    assert [match.kind for match in matched_names(archive).values()] == ["same_pixels"] * 3


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twenty files of three pictures in every turn and some formats, and five others."""
    folder = tmp_path_factory.mktemp("family")
    paths = fill(folder, 5, first=70)
    for number in (1, 2):
        paths.append(save(folder, f"{number}.png", drawn(number)))
        paths.append(save(folder, f"{number}.bmp", drawn(number)))
        paths += [
            save(folder, f"{number} {what}.jpg", turn(drawn(number)), quality=60) for what, (turn, _) in TURNS.items()
        ]
    return paths


@pytest.mark.parametrize("seed", range(10))
def test_what_is_found_does_not_depend_on_the_order_of_import(
    tmp_path: Path, family: list[Path], threads: ThreadPoolExecutor, seed: int
) -> None:
    with Archive.create(tmp_path / "at once") as archive:
        import_paths(archive, [str(path) for path in family], executor=threads)
        expected = matches(archive)
    assert len(expected) == 2 * 45
    chance = random.Random(seed)
    shuffled = [str(path) for path in chance.sample(family, len(family))]
    cuts = sorted(chance.sample(range(1, len(shuffled)), 4))
    with Archive.create(tmp_path / "in parts") as archive:
        for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True):
            import_paths(archive, shuffled[start:end], executor=threads)
        assert matches(archive) == expected


def test_a_later_import_knows_all_earlier_images_whatever_pieces_their_hashes_were_kept_in(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_PIECES", 3)
    for number in range(5):
        import_paths(archive, [str(save(tmp_path, f"{number} a.jpg", drawn(number)))], executor=threads)
        assert len(cache.matched_hashes(archive.db)) < 3
    for number in range(5):
        import_paths(archive, [str(save(tmp_path, f"{number} b.jpg", drawn(number), quality=50))], executor=threads)
    assert set(matched_names(archive)) == {(f"{number} a.jpg", f"{number} b.jpg") for number in range(5)}


def test_nothing_agrees_with_an_image_whose_sketch_is_lost(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    import_paths(archive, [str(save(tmp_path, "first.jpg", drawn(1)))], executor=threads)
    with transaction(archive.db):
        archive.db.conn.execute("DELETE FROM cache.sketch")
    import_paths(archive, [str(save(tmp_path, "second.jpg", drawn(1), quality=40))], executor=threads)
    assert matches(archive) == set()


def test_distances_are_the_same_from_either_side() -> None:
    chance = np.random.default_rng(1)
    one = chance.integers(0, 1 << 63, (200, 2, 8), dtype=np.uint64)
    other = one ^ (np.uint64(1) << chance.integers(0, 64, one.shape, dtype=np.uint64))
    there, back = distances(one, other), distances(other, one)
    assert np.array_equal(there, back[:, [0, 3, 2, 1, 4, 5, 6, 7]])
    assert (there[:, 0] <= 1).all()


def test_images_that_were_taken_back_are_matched_again_when_they_return(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    first = save(tmp_path, "first.jpg", drawn(1))
    import_paths(archive, [str(first)], executor=threads)
    archive.undo()
    import_paths(archive, [str(save(tmp_path, "second.jpg", drawn(1), quality=40))], executor=threads)
    assert matches(archive) == set()
    import_paths(archive, [str(first)], executor=threads)
    assert list(matched_names(archive)) == [("first.jpg", "second.jpg")]
    assert not is_behind(archive)
