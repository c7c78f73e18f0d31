"""Bad input for the look at places: nothing of it crashes, is called the same wrongly, or is lost to its own copy."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.archive import Archive
from core.features import find_copies, is_due
from core.importing import import_paths
from core.listing import DuplicateRow, duplicate_rows
from core.records import SAME_KINDS
from tests.core import hostile_pictures as hostile
from tests.core.drawing import drawn, save

pytestmark = pytest.mark.heavy

ALIKE: dict[str, tuple[Callable[[int], Image.Image], int]] = {
    "pages of text in one font": (hostile.page, 10),
    "scenes with one logo": (hostile.with_logo, 10),
    "scenes in one television frame": (hostile.in_a_frame, 10),
    "scenes in one studio": (hostile.in_a_studio, 10),
    "chats of one application": (hostile.chat, 30),
    "chats of words alone": (hostile.chat_of_words, 10),
    "leaves of one calendar": (hostile.month, 10),
    "one product at several angles": (hostile.product, 10),
}

COPIED = (1, 2, 3)


def run(archive: Archive, folder: Path, threads: ThreadPoolExecutor) -> list[DuplicateRow]:
    """Import a folder and do the whole stage; what is listed then."""
    report = import_paths(archive, [str(folder)], executor=threads)
    assert not report.failed
    find_copies(archive, executor=threads)
    assert not is_due(archive)
    return list(duplicate_rows(archive))


def called_same(rows: list[DuplicateRow]) -> set[tuple[str, str]]:
    """The pairs of names, the first part of each, that are called one picture."""
    pairs = ((row.name_a.split()[0], row.name_b.split()[0]) for row in rows if row.kind in SAME_KINDS)
    return {(min(pair), max(pair)) for pair in pairs}


@pytest.mark.parametrize("what", list(ALIKE))
def test_what_only_looks_alike_is_never_called_the_same_and_still_finds_its_copy(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor, what: str
) -> None:
    make, count = ALIKE[what]
    for number in range(count):
        image = make(number)
        save(tmp_path / "in", f"{number} a.jpg", image, quality=92)
        if number not in COPIED:
            continue
        save(tmp_path / "in", f"{number} b.jpg", image, quality=50)
        smaller = image.resize((image.width * 2 // 3, image.height * 2 // 3), Image.Resampling.LANCZOS)
        save(tmp_path / "in", f"{number} c.jpg", smaller, quality=80)
    rows = run(archive, tmp_path / "in", threads)
    assert {(one, other) for one, other in called_same(rows) if one != other} == set()
    direct = Counter(row.name_a.split()[0] for row in rows if row.kind in SAME_KINDS)
    assert direct == {str(number): 3 for number in COPIED}
    groups: dict[str, set[str]] = {}
    for row in rows:
        if row.kind in SAME_KINDS or row.kind == "near":
            groups.setdefault(row.group, set()).update((row.name_a, row.name_b))
    assert max(len(names) for names in groups.values()) == 3


def test_what_shows_nothing_is_the_same_only_by_bytes_or_pixels(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    folder = tmp_path / "in"
    for name, colour in (("black", 0), ("dark", 12), ("grey", 128), ("white", 255)):
        for size in ((400, 300), (399, 300), (1, 1), (1, 20_000), (20_000, 1)):
            image = Image.new("RGB", size, (colour,) * 3)
            save(folder, f"{name}-{size[0]}x{size[1]} a.png", image)
            save(folder, f"{name}-{size[0]}x{size[1]} b.bmp", image)
        save(folder, f"{name}-jpeg a.jpg", Image.new("RGB", (500, 300), (colour,) * 3))
    rows = run(archive, folder, threads)
    assert {row.kind for row in rows} == {"same_pixels"}
    assert all(one == other for one, other in called_same(rows))
    assert len(rows) == 20


def test_strips_of_a_pixel_that_show_something_are_no_copies_of_each_other(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    for number in range(4):
        tones = np.random.default_rng(number).integers(0, 256, (20_000, 1), dtype=np.uint8)
        save(tmp_path / "in", f"{number}-down a.png", Image.fromarray(tones))
        save(tmp_path / "in", f"{number}-across a.png", Image.fromarray(tones.T.copy()))
    rows = run(archive, tmp_path / "in", threads)
    assert called_same(rows) == set()


def animated(number: int) -> list[Image.Image]:
    """Three pictures of one film; the first speaks for all."""
    return [drawn(3 * number + place) for place in range(3)]


def test_a_film_is_found_by_its_first_picture(archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    folder = tmp_path / "in"
    for number in range(3):
        first, *more = animated(number)
        save(folder, f"{number} a.gif", first, save_all=True, append_images=more, duration=100)
        save(folder, f"{number} b.webp", first, save_all=True, append_images=more, duration=100, quality=80)
        save(folder, f"{number} c.jpg", first, quality=80)
    assert called_same(run(archive, folder, threads)) == {(str(number), str(number)) for number in range(3)}


def palette_with_transparency(image: Image.Image) -> Image.Image:
    """Forty colours, the rarest of which lets the ground through."""
    few = image.quantize(40)
    few.info["transparency"] = int(np.bincount(np.asarray(few).ravel(), minlength=40)[:40].argmin())
    return few


@pytest.mark.parametrize(
    ("ending", "change"),
    [
        ("jpg", lambda image: image.convert("CMYK")),
        ("tif", lambda image: image.convert("CMYK")),
        ("png", lambda image: Image.fromarray(np.asarray(image.convert("L"), dtype=np.uint16) * 257)),
        ("png", lambda image: image.convert("LA")),
        ("gif", palette_with_transparency),
        ("png", palette_with_transparency),
    ],
    ids=["CMYK JPEG", "CMYK TIFF", "16 bit", "grey with alpha", "transparent GIF", "transparent palette PNG"],
)
def test_a_picture_in_an_unusual_form_finds_its_usual_copy_and_no_other(
    archive: Archive,
    tmp_path: Path,
    threads: ThreadPoolExecutor,
    ending: str,
    change: Callable[[Image.Image], Image.Image],
) -> None:
    for number in range(3):
        save(tmp_path / "in", f"{number} a.{ending}", change(hostile.scene(number)))
        save(tmp_path / "in", f"{number} b.jpg", hostile.scene(number).resize((400, 300)), quality=80)
    assert called_same(run(archive, tmp_path / "in", threads)) == {(str(number), str(number)) for number in range(3)}


def test_noise_is_no_copy_of_other_noise(archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor) -> None:
    for number in range(6):
        noise = np.random.default_rng(number).integers(0, 256, (300, 400, 3), dtype=np.uint8)
        save(tmp_path / "in", f"{number} a.jpg", Image.fromarray(noise), quality=95)
        save(tmp_path / "in", f"{number} b.jpg", Image.fromarray(noise), quality=60)
    rows = run(archive, tmp_path / "in", threads)
    assert all(one == other for one, other in called_same(rows))


def test_a_pattern_that_repeats_is_no_copy_of_the_same_pattern_in_another_size(
    archive: Archive, tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    tile = hostile.scene(1).resize((60, 60))
    for number, (across, down) in enumerate(((8, 6), (5, 9), (12, 4))):
        image = Image.new("RGB", (60 * across, 60 * down))
        for place in range(across * down):
            image.paste(tile, (place % across * 60, place // across * 60))
        for _ in range(20):
            chance = random.Random(number)
            image.paste(hostile.scene(10 + number).resize((90, 90)), (chance.randrange(120), chance.randrange(90)))
        save(tmp_path / "in", f"{number} a.jpg", image, quality=90)
        save(tmp_path / "in", f"{number} b.jpg", image, quality=60)
    rows = run(archive, tmp_path / "in", threads)
    assert {(row.name_a[0], row.name_b[0]) for row in rows if row.name_a[0] == row.name_b[0]} == {
        (str(number), str(number)) for number in range(3)
    }
