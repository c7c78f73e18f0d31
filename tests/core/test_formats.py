"""Telling images by their first bytes or by their name's ending."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.formats import HEAD_BYTES, IMAGE_ENDINGS, has_image_ending, sniff

ENCODED = {
    "JPEG": "jpg",
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "TIFF": "tif",
    "BMP": "bmp",
    "AVIF": "avif",
    "JPEG2000": "jp2",
    "ICO": "ico",
    "PPM": "ppm",
}


@pytest.mark.parametrize("decoder", ENCODED)
def test_every_format_that_is_decoded_is_known_by_its_signature(decoder: str) -> None:
    data = BytesIO()
    Image.new("RGB", (40, 30), "red").save(data, decoder)
    found = sniff(data.getvalue()[:HEAD_BYTES])
    assert found is not None
    assert (found.decoder, found.ending) == (decoder, ENCODED[decoder])
    assert found.ending in IMAGE_ENDINGS


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "AVIF"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "camera raw"),
        (b"II*\0\x10\0\0\0CR\x02\0", "camera raw"),
        (b"8BPS\0\x01", "PSD"),
        (b"\xff\x0a\x00", "JPEG XL"),
        (b"P6 # by hand\n2 2 255\n", "PPM"),
        (b"P5\n2 2\n255\n", "PPM"),
    ],
)
def test_formats_that_are_not_decoded_and_odd_headers_are_known_too(head: bytes, name: str) -> None:
    found = sniff(head)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"BMW owner's manual, second edition",
        b"P1 is what we call it",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"%PDF-1.7",
        b"\0\0\0\x18ftypisom\0\0\0\0isommp41",
        b"RIFF\0\0\0\0WAVE",
        b"\0\0\1\0\0\0",
    ],
)
def test_texts_films_and_documents_are_no_images(head: bytes) -> None:
    assert sniff(head) is None


@pytest.mark.parametrize(
    ("name", "is_image"),
    [
        (b"a.JPG", True),
        (b"\xff\xfe.heic", True),
        (b"a.b.Tiff", True),
        (b".jpg", False),
        (b"jpg", False),
        (b"a.jpg.txt", False),
        (b"a.jp\xff", False),
        (b"a.pdf", False),
    ],
)
def test_an_image_ending_is_told_from_the_bytes_of_a_name(name: bytes, is_image: bool) -> None:
    assert has_image_ending(name) is is_image


@given(st.binary(max_size=HEAD_BYTES))
def test_sniffing_never_fails(head: bytes) -> None:
    assert sniff(head) is None or sniff(head + b"\0" * HEAD_BYTES) is not None
