"""Fingerprints: what they survive, which orientation they name, and which pictures have none."""

import random
from io import BytesIO
from pathlib import Path

import imagehash
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from core.fingerprints import RECIPE, Fingerprint, fingerprint, kind_of, pixel_hash
from core.imaging import read_picture
from core.sketches import sketches

T = Image.Transpose


def scene(seed: int, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A picture with large shapes in it, like none with another seed."""
    rng = random.Random(seed)
    image = Image.new("RGB", size, tuple(rng.randrange(60, 200) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(25):
        x, y = rng.randrange(size[0]), rng.randrange(size[1])
        w, h = rng.randrange(40, size[0] // 3), rng.randrange(40, size[1] // 3)
        draw.ellipse((x - w, y - h, x + w, y + h), tuple(rng.randrange(256) for _ in range(3)))
    return image.filter(ImageFilter.GaussianBlur(2))


def print_of(image: Image.Image, decoder: str = "JPEG", **options: object) -> Fingerprint:
    data = BytesIO()
    image.save(data, decoder, **options)
    data.seek(0)
    return fingerprint(read_picture(data).thumbnail)


def distance(a: int, b: int) -> int:
    return (a ^ b).bit_count()


def test_the_searched_hash_is_imagehashs_own() -> None:
    for seed in range(30):
        thumbnail = scene(seed, (256, 190))
        expected = int(str(imagehash.phash(thumbnail)), 16)
        assert fingerprint(thumbnail).phashes[0] == expected


def test_the_other_hashes_are_imagehashs_of_the_turned_picture() -> None:
    turns = [
        None,
        (T.ROTATE_90,),
        (T.ROTATE_180,),
        (T.ROTATE_270,),
        (T.FLIP_LEFT_RIGHT,),
        (T.FLIP_LEFT_RIGHT, T.ROTATE_90),
        (T.FLIP_LEFT_RIGHT, T.ROTATE_180),
        (T.FLIP_LEFT_RIGHT, T.ROTATE_270),
    ]
    for seed in range(30):
        thumbnail = scene(seed, (256, 190))
        for hashed, turn in zip(fingerprint(thumbnail).phashes, turns, strict=True):
            turned = thumbnail
            for step in turn or ():
                turned = turned.transpose(step)
            # Two bits, which are one swap at the median, come from rounding in the reduction to 32 pixels.
            assert distance(hashed, int(str(imagehash.phash(turned)), 16)) <= 2


@pytest.mark.parametrize(
    ("turn", "orientation", "kind"),
    [
        (T.ROTATE_90, 1, "rotated"),
        (T.ROTATE_180, 2, "rotated"),
        (T.ROTATE_270, 3, "rotated"),
        (T.FLIP_LEFT_RIGHT, 4, "mirrored"),
        (T.TRANSPOSE, 5, "mirrored"),
        (T.FLIP_TOP_BOTTOM, 6, "mirrored"),
        (T.TRANSVERSE, 7, "mirrored"),
    ],
)
def test_a_turned_copy_is_near_in_the_orientation_that_it_has(turn: T, orientation: int, kind: str) -> None:
    image = scene(7)
    plain, turned = print_of(image), print_of(image.transpose(turn))
    distances = [distance(turned.phashes[0], hashed) for hashed in plain.phashes]
    assert distances.index(min(distances)) == orientation
    assert min(distances) <= 4
    assert kind_of(orientation) == kind
    assert kind_of(0) == "near"


def test_a_copy_that_was_made_smaller_and_compressed_again_is_near_and_another_picture_is_not() -> None:
    prints = {seed: print_of(scene(seed)).phashes for seed in range(12)}
    for seed, hashes in prints.items():
        copy = print_of(scene(seed).resize((300, 200)), quality=40)
        assert distance(copy.phashes[0], hashes[0]) <= 4
        others = [distance(copy.phashes[0], h) for other in prints if other != seed for h in prints[other]]
        assert min(others) > 8


def test_the_stored_orientation_makes_no_difference() -> None:
    image, exif = scene(3), Image.Exif()
    exif[0x0112] = 6
    turned = print_of(image.transpose(T.ROTATE_90), quality=90, exif=exif)
    assert distance(turned.phashes[0], print_of(image, quality=90).phashes[0]) <= 2


def test_the_sketch_is_of_the_whole_picture_and_of_what_borders_frame() -> None:
    image = scene(5)
    plain, framed = print_of(image), print_of(ImageOps.expand(image, (0, 80), "black"))
    assert (len(plain.sketch), len(framed.sketch)) == (32 * 32, 2 * 32 * 32)
    ((whole, same), (framed_whole, inner)) = sketches([plain.sketch, framed.sketch])
    assert np.array_equal(whole, same)
    assert float((whole * inner).sum()) > 0.98 > float((whole * framed_whole).sum())


@pytest.mark.parametrize("colour", ["black", "white", (180, 30, 60)])
def test_a_uniform_border_is_seen_through(colour: str | tuple[int, int, int]) -> None:
    image = scene(5)
    plain, framed = print_of(image), print_of(ImageOps.expand(image, (0, 80), colour), quality=60)
    assert not plain.trimmed
    assert plain.trim_box is None
    assert distance(framed.phashes[0], plain.phashes[0]) > 8
    assert distance(framed.trimmed[0], plain.phashes[0]) <= 6
    assert framed.trim_box is not None
    left, top, right, bottom = framed.trim_box
    assert (left, right) == (0, 10_000)
    assert top == pytest.approx(10_000 * 80 / 760, abs=120)
    assert bottom == pytest.approx(10_000 * 680 / 760, abs=120)


def test_borders_on_all_sides_of_a_picture_are_trimmed_together() -> None:
    image = scene(6)
    framed = print_of(ImageOps.expand(image, 100, "white"))
    assert distance(framed.trimmed[0], print_of(image).phashes[0]) <= 6


def gradient(low: int, high: int, *, upright: bool) -> Image.Image:
    ramp = np.tile(np.linspace(low, high, 600), (400, 1)).astype(np.uint8)
    return Image.fromarray(ramp.T if upright else ramp)


def scan_of_a_blank_page() -> Image.Image:
    rng = np.random.default_rng(1)
    page = np.clip(rng.normal(247, 2.5, (1200, 900)), 0, 255).astype(np.uint8)
    return Image.fromarray(page)


@pytest.mark.parametrize(
    "image",
    [
        Image.new("RGB", (600, 400), "white"),
        Image.new("RGB", (600, 400), "black"),
        Image.new("L", (1, 1)),
        gradient(0, 255, upright=False),
        gradient(90, 160, upright=True),
        scan_of_a_blank_page(),
    ],
    ids=["white", "black", "dot", "gradient", "soft gradient", "blank page"],
)
@pytest.mark.parametrize("quality", [95, 40])
def test_flat_pictures_have_no_hash_that_would_make_them_one_group(image: Image.Image, quality: int) -> None:
    flat = print_of(image, quality=quality)
    assert flat.flat
    assert flat.phashes == flat.trimmed == ()
    assert flat.recipe == RECIPE


def test_a_page_of_writing_is_not_flat() -> None:
    page = Image.new("L", (900, 1200), "white")
    draw = ImageDraw.Draw(page)
    for line in range(8):
        draw.text((80, 90 + 60 * line), "Received: 40 crates, condition unknown", "black", font_size=36)
    assert not print_of(page).flat


def test_the_recipe_names_every_thing_that_a_hash_depends_on() -> None:
    for part in ("phash64", "256 px", f"imagehash {imagehash.__version__}", "Pillow"):
        assert part in RECIPE


def test_equal_pixels_have_one_pixel_hash_whatever_the_file(tmp_path: Path) -> None:
    image = scene(9, (320, 601)).quantize(64)
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "palette.png")
    image.convert("RGB").save(tmp_path / "plain.bmp")
    image.convert("RGBA").save(tmp_path / "alpha.webp", lossless=True)
    image.convert("RGB").transpose(T.ROTATE_90).save(tmp_path / "turned.tif", exif=exif)
    hashes = {pixel_hash(path) for path in tmp_path.iterdir()}
    assert len(hashes) == 1
    assert len(hashes.pop()) == 64


def test_one_changed_pixel_or_another_shape_changes_the_pixel_hash(tmp_path: Path) -> None:
    image = Image.new("RGB", (40, 30))
    image.save(tmp_path / "a.png")
    Image.new("RGB", (30, 40)).save(tmp_path / "b.png")
    image.putpixel((39, 29), (0, 0, 1))
    image.save(tmp_path / "c.png")
    assert len({pixel_hash(path) for path in tmp_path.iterdir()}) == 3
