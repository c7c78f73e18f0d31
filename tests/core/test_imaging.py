"""Decoding: upright, in true colours, reduced; and every way in which a file can be no picture."""

import random
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from core.imaging import BACKGROUND, Picture, Undecodable, encode_thumbnail, jpeg_quality, load_upright, read_picture

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 40), (40, 50, 190), (250, 250, 250)


def quadrants(size: tuple[int, int] = (300, 200)) -> Image.Image:
    """Red, green / blue, white: no two orientations look alike."""
    image = Image.new("RGB", size, WHITE)
    draw = ImageDraw.Draw(image)
    x, y = size[0] // 2, size[1] // 2
    draw.rectangle((0, 0, x - 1, y - 1), RED)
    draw.rectangle((x, 0, size[0], y - 1), GREEN)
    draw.rectangle((0, y, x - 1, size[1]), BLUE)
    return image


def noise(size: tuple[int, int] = (400, 300)) -> Image.Image:
    return Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))


def encoded(image: Image.Image, decoder: str, **options: Any) -> bytes:
    data = BytesIO()
    image.save(data, decoder, **options)
    return data.getvalue()


def read(tmp_path: Path, data: bytes) -> Picture:
    path = tmp_path / "picture"
    path.write_bytes(data)
    with path.open("rb") as file:
        return read_picture(file)


def attempt(tmp_path: Path, data: bytes) -> Picture | Undecodable:
    try:
        return read(tmp_path, data)
    except Undecodable as error:
        return error


def is_quadrants(image: Image.Image) -> bool:
    """Whether the four colours are where they were drawn, but for what compression does."""
    image = image.convert("RGB")
    w, h = image.size
    at = [(w // 4, h // 4), (3 * w // 4, h // 4), (w // 4, 3 * h // 4), (3 * w // 4, 3 * h // 4)]
    seen = np.array([image.getpixel(point) for point in at], dtype=int)
    return bool(np.abs(seen - np.array([RED, GREEN, BLUE, WHITE])).max() < 40)


@pytest.mark.parametrize("decoder", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "JPEG2000", "PPM"])
def test_each_format_is_decoded_to_a_thumbnail_of_256_pixels(tmp_path: Path, decoder: str) -> None:
    picture = read(tmp_path, encoded(quadrants((1200, 800)), decoder))
    assert picture.format.decoder == decoder
    assert picture.size == picture.upright_size == (1200, 800)
    assert picture.thumbnail.size == (256, 171)
    assert is_quadrants(picture.thumbnail)
    assert is_quadrants(load_upright(tmp_path / "picture"))
    assert Image.open(BytesIO(encode_thumbnail(picture.thumbnail))).size == (256, 171)


def test_an_icon_is_decoded_at_its_largest_size(tmp_path: Path) -> None:
    assert read(tmp_path, encoded(quadrants((64, 64)), "ICO")).size == (64, 64)


@pytest.mark.parametrize("decoder", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_stored_orientation_is_honoured(tmp_path: Path, decoder: str, orientation: int) -> None:
    T = Image.Transpose  # noqa: N806
    stored = {
        1: None,
        2: T.FLIP_LEFT_RIGHT,
        3: T.ROTATE_180,
        4: T.FLIP_TOP_BOTTOM,
        5: T.TRANSPOSE,
        6: T.ROTATE_90,
        7: T.TRANSVERSE,
        8: T.ROTATE_270,
    }[orientation]
    image = quadrants((600, 400))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = read(tmp_path, encoded(image if stored is None else image.transpose(stored), decoder, exif=exif))
    assert picture.exif.orientation == orientation
    assert picture.upright_size == (600, 400)
    assert picture.size == ((400, 600) if orientation >= 5 else (600, 400))
    assert picture.thumbnail.size == (256, 171)
    assert is_quadrants(picture.thumbnail)
    full = load_upright(tmp_path / "picture")
    assert full.size == (600, 400)
    assert is_quadrants(full)


@pytest.mark.parametrize(
    ("mode", "decoder"),
    [("CMYK", "JPEG"), ("CMYK", "TIFF"), ("P", "PNG"), ("P", "GIF"), ("LAB", "TIFF"), ("YCbCr", "TIFF")],
)
def test_colours_come_out_of_every_mode(tmp_path: Path, mode: str, decoder: str) -> None:
    image = quadrants((900, 600))
    if mode == "LAB":
        from PIL import ImageCms

        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        stored = ImageCms.profileToProfile(image, srgb, lab, outputMode="LAB")
        assert stored is not None
    else:
        stored = image.convert(mode)
    assert is_quadrants(read(tmp_path, encoded(stored, decoder)).thumbnail)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16", "I", "F"])
def test_every_depth_of_grey_keeps_its_brightness(tmp_path: Path, mode: str) -> None:
    ramp = np.tile(np.linspace(0, 255, 512), (300, 1))
    if mode == "I;16":
        stored = Image.fromarray((ramp * 257).astype(np.uint16))
    elif mode == "I":
        stored = Image.fromarray((ramp * 257).astype(np.int32))
    elif mode == "F":
        stored = Image.fromarray((ramp / 255).astype(np.float32))
    else:
        stored = Image.fromarray(ramp.astype(np.uint8)).convert(mode)
    thumbnail = read(tmp_path, encoded(stored, "TIFF")).thumbnail
    seen = np.asarray(thumbnail.convert("L"), dtype=int)[20:-20].mean(axis=0)
    assert np.abs(seen[8:-8] - np.linspace(0, 255, 256)[8:-8]).max() < (60 if mode == "1" else 4)


def test_wide_values_that_are_no_brightness_are_stretched(tmp_path: Path) -> None:
    values = np.full((40, 60), -5000.0, dtype=np.float32)
    values[:, 30:], values[0, 0] = 90000.0, np.nan
    thumbnail = read(tmp_path, encoded(Image.fromarray(values), "TIFF")).thumbnail
    assert thumbnail.getpixel((10, 20)) == (0, 0, 0)
    assert thumbnail.getpixel((50, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "tRNS"])
def test_what_is_transparent_shows_the_background(tmp_path: Path, mode: str) -> None:
    image = Image.new("RGBA", (600, 300), (255, 255, 255, 255))
    image.paste((0, 0, 0, 0), (0, 0, 300, 300))
    if mode == "P":
        data = encoded(image.quantize(4), "PNG")
    elif mode == "tRNS":
        data = encoded(image.convert("RGB"), "PNG", transparency=(0, 0, 0))
    else:
        data = encoded(image.convert(mode), "PNG")
    thumbnail = read(tmp_path, data).thumbnail
    assert thumbnail.getpixel((40, 60)) == BACKGROUND
    assert thumbnail.getpixel((220, 60)) == (255, 255, 255)
    full = load_upright(tmp_path / "picture")
    assert full.mode == "RGBA"
    assert full.getpixel((40, 60))[3] == 0  # type: ignore[index]


def test_of_an_animation_the_first_frame_is_shown(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (50, 40), colour) for colour in (RED, GREEN, BLUE)]
    for decoder in ("GIF", "WEBP", "PNG"):
        data = encoded(frames[0], decoder, save_all=True, append_images=frames[1:])
        assert np.abs(np.array(read(tmp_path, data).thumbnail.getpixel((25, 20))) - RED).max() < 12


@pytest.mark.parametrize("size", [(1, 20000), (20000, 1), (1, 1), (256, 256), (257, 3)])
def test_extreme_shapes_get_a_thumbnail_with_no_side_of_zero(tmp_path: Path, size: tuple[int, int]) -> None:
    thumbnail = read(tmp_path, encoded(Image.new("RGB", size), "PNG")).thumbnail
    assert max(thumbnail.size) == min(256, max(size))
    assert min(thumbnail.size) >= 1


def test_the_viewer_may_ask_for_less_than_everything(tmp_path: Path) -> None:
    (tmp_path / "big.jpg").write_bytes(encoded(quadrants((2400, 1600)), "JPEG"))
    assert load_upright(tmp_path / "big.jpg", 1000).size == (1000, 667)
    assert load_upright(tmp_path / "big.jpg", 5000).size == (2400, 1600)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.98])
@pytest.mark.parametrize(
    ("decoder", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("GIF", {}),
        ("WEBP", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("BMP", {}),
        ("AVIF", {}),
        ("PPM", {}),
    ],
)
def test_a_truncated_file_is_found_though_it_is_decoded_reduced(
    tmp_path: Path, decoder: str, options: dict[str, Any], share: float
) -> None:
    data = encoded(noise(), decoder, **options)
    with pytest.raises(Undecodable) as caught:
        read(tmp_path, data[: int(len(data) * share)])
    assert str(caught.value).endswith(".")


def test_a_truncated_photograph_is_called_that(tmp_path: Path) -> None:
    data = encoded(noise(), "JPEG")
    with pytest.raises(Undecodable, match=r"^The JPEG data ends early\.$"):
        read(tmp_path, data[: len(data) // 2])


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(20000, 12501), (2**31 - 1, 2**31 - 1)])
def test_a_header_that_claims_too_many_pixels_is_not_believed(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(Undecodable, match="more than 250 million pixels"):
        read(tmp_path, png_claiming(*size))


def test_a_header_that_lies_within_the_limit_is_found_out_by_its_data(tmp_path: Path) -> None:
    with pytest.raises(Undecodable, match="The PNG data"):
        read(tmp_path, png_claiming(300, 200))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"not a picture at all", "The file does not begin as any known image format does."),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "This program does not decode HEIC files."),
        (b"8BPS\0\x01" + bytes(40), "This program does not decode PSD files."),
        (b"\xff\xd8\xff", "The JPEG header is damaged."),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "The PNG header is damaged."),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "The file does not begin as any known image format does."),
    ],
)
def test_what_is_no_picture_is_told_why(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(Undecodable) as caught:
        read(tmp_path, data)
    assert str(caught.value) == reason


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_broken_exif_does_not_make_a_picture_undecodable(tmp_path: Path) -> None:
    picture = read(tmp_path, encoded(quadrants(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f"))
    assert picture.exif.tags["error"]
    assert picture.exif.orientation == 1
    assert is_quadrants(picture.thumbnail)


def test_a_tiff_of_seven_samples_is_told_and_not_logged_besides(tmp_path: Path) -> None:
    samples = b"\x15\x01\x03\x00\x01\x00\x00\x00"  # how many there are for a pixel: tag 277, one short
    whole = encoded(quadrants((60, 40)), "TIFF")
    assert whole.count(samples + b"\x03") == 1
    assert isinstance(attempt(tmp_path, whole.replace(samples + b"\x03", samples + b"\x07")), Undecodable)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
@pytest.mark.filterwarnings("ignore")
def test_flipped_bits_give_a_picture_or_a_reason_and_nothing_else(tmp_path: Path, data: st.DataObject) -> None:
    decoder = data.draw(
        st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "JPEG2000", "ICO", "PPM"])
    )
    whole = bytearray(encoded(quadrants((60, 40)), decoder))
    for _ in range(data.draw(st.integers(1, 6))):
        # Half of the flips go to the header, where the lies are.
        end = len(whole) if data.draw(st.booleans()) else min(len(whole), 64)
        whole[data.draw(st.integers(0, end - 1))] ^= 1 << data.draw(st.integers(0, 7))
    outcome = attempt(tmp_path, bytes(whole))
    if isinstance(outcome, Undecodable):
        assert str(outcome).endswith(".")
    else:
        assert outcome.thumbnail.mode == "RGB"
        assert max(outcome.thumbnail.size) <= 256


@pytest.mark.parametrize("quality", [20, 35, 50, 75, 92])
def test_the_quality_at_which_a_jpeg_was_saved_is_told_within_two(tmp_path: Path, quality: int) -> None:
    path = tmp_path / "saved"
    path.write_bytes(encoded(noise(), "JPEG", quality=quality))
    found = jpeg_quality(path)
    assert found is not None
    assert abs(found - quality) <= 2


def test_what_is_no_jpeg_has_no_quality(tmp_path: Path) -> None:
    path = tmp_path / "saved"
    path.write_bytes(encoded(noise(), "PNG"))
    assert jpeg_quality(path) is None
