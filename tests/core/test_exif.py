"""EXIF kept verbatim, and what it claims; broken EXIF gives what could be read."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from core.exif import MAX_VALUE_BYTES, Exif, read_exif


def camera_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Canon", "Canon EOS 5D", 6
    inner = exif.get_ifd(0x8769)
    inner[0x9003] = "2014:06:14 10:05:33"
    inner[0x927C] = b"\x00maker\xff"
    inner[0x829A] = IFDRational(1, 250)
    inner[0xA005] = {1: "R98"}
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (IFDRational(36, 1), IFDRational(12, 1), IFDRational(3033, 100))
    place[3], place[4] = "W", (IFDRational(43, 1), IFDRational(0, 1), IFDRational(0, 1))
    return exif.tobytes()


def one_tag(tag: int, kind: int, count: int, value: bytes, *, order: str = "<") -> bytes:
    """A TIFF structure with one tag, its value behind the directory when it is longer than four bytes."""
    inline = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}I", 26)
    entry = struct.pack(f"{order}HHI", tag, kind, count) + inline
    start = b"II*\0" if order == "<" else b"MM\0*"
    head = start + struct.pack(f"{order}IH", 8, 1) + entry + bytes(4)
    return head + (value if len(value) > 4 else b"")


def with_gps(latitude: list[list[int]], longitude: list[list[int]], north: str = "N") -> Exif:
    tags = {"GPSLatitude": latitude, "GPSLatitudeRef": north, "GPSLongitude": longitude, "GPSLongitudeRef": "E"}
    return Exif({"GPS": tags})


def test_all_directories_are_kept_with_the_values_as_they_are() -> None:
    exif = read_exif(camera_exif())
    assert exif.tags["IFD0"]["Model"] == "Canon EOS 5D"
    assert exif.tags["Exif"]["MakerNote"] == {"hex": "006d616b6572ff"}
    assert exif.tags["Exif"]["ExposureTime"] == [1, 250]
    assert exif.tags["Interop"]["InteropIndex"] == "R98"
    assert exif.tags["GPS"]["GPSLatitude"] == [[36, 1], [12, 1], [3033, 100]]
    assert "error" not in exif.tags
    assert json.loads(exif.json) == exif.tags


def test_the_claims_are_read_from_it() -> None:
    exif = read_exif(camera_exif())
    assert exif.orientation == 6
    assert exif.taken_at == "2014-06-14T10:05:33"
    assert exif.camera == "Canon EOS 5D"
    assert exif.position_e7 == (362084250, -430000000)


def test_maker_and_model_are_joined_unless_the_model_says_both() -> None:
    assert Exif({"IFD0": {"Make": " samsung ", "Model": "SM-A515F\x00"}}).camera == "samsung SM-A515F"
    assert Exif({"IFD0": {"Make": "NIKON", "Model": "Nikon D90"}}).camera == "Nikon D90"
    assert Exif().camera is None


@pytest.mark.parametrize(
    ("written", "offset", "taken_at"),
    [
        ("2014:06:14 10:05:33", "+03:00", "2014-06-14T10:05:33+03:00"),
        ("2014-06-14T10:05:33", "   ", "2014-06-14T10:05:33"),
        ("0000:00:00 00:00:00", None, None),
        ("2014:13:14 10:05:33", None, None),
        ("    :  :     :  :  ", None, None),
        ("٢٠١٤:06:14 10:05:33", None, None),
        ({"hex": "00"}, None, None),
    ],
)
def test_the_time_is_as_written_and_no_zone_is_invented(
    written: object, offset: str | None, taken_at: str | None
) -> None:
    exif = Exif({"Exif": {"DateTimeOriginal": written, "OffsetTimeOriginal": offset}})
    assert exif.taken_at == taken_at


@pytest.mark.parametrize(
    "exif",
    [
        with_gps([[91, 1], [0, 1], [0, 1]], [[1, 1], [0, 1], [0, 1]]),
        with_gps([[1, 0], [0, 1], [0, 1]], [[1, 1], [0, 1], [0, 1]]),
        with_gps([[-1, 1], [0, 1], [0, 1]], [[1, 1], [0, 1], [0, 1]]),
        with_gps([[1, 1], [61, 1], [0, 1]], [[1, 1], [0, 1], [0, 1]]),
        with_gps([[1, 1], [0, 1]], [[1, 1], [0, 1], [0, 1]]),
        with_gps([[1, 1], [0, 1], [0, 1]], [[1, 1], [0, 1], [0, 1]], north="?"),
        with_gps([[1, 1], [0, 1], [0, 1]], [[1, 1], [0, 1], [0, 1]], north=""),
    ],
)
def test_a_place_that_is_not_on_the_globe_is_no_place(exif: Exif) -> None:
    assert exif.position_e7 is None


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_outside_its_range_changes_nothing(orientation: int) -> None:
    assert read_exif(one_tag(0x0112, 3, 1, struct.pack("<H", orientation))).orientation == 1


@pytest.mark.parametrize(
    ("kind", "count", "value", "kept"),
    [
        (2, 5, b"caf\xe9\0", "caf\\xe9"),
        (2, 6, "café\0".encode(), "café"),
        (3, 2, b"\1\0\2\0", [1, 2]),
        (1, 1, b"\x07", 7),
        (1, 5, b"\1\2\3\4\5", {"hex": "0102030405"}),
        (10, 1, b"\xff\xff\xff\xff\2\0\0\0", [-1, 2]),
        (11, 1, b"\0\0\x80\x7f", "inf"),
        (12, 1, struct.pack("<d", 0.5), 0.5),
    ],
)
def test_each_type_of_value_is_kept_in_a_form_that_json_can_hold(
    kind: int, count: int, value: bytes, kept: object
) -> None:
    exif = read_exif(one_tag(0x010E, kind, count, value))
    assert exif.tags == {"IFD0": {"ImageDescription": kept}}
    assert json.loads(exif.json) == exif.tags


def test_both_byte_orders_are_read() -> None:
    exif = read_exif(b"Exif\0\0" + one_tag(0x0112, 3, 1, b"\0\x06", order=">"))
    assert exif.orientation == 6


def test_one_broken_tag_costs_only_itself_and_is_named() -> None:
    data = bytearray(camera_exif().removeprefix(b"Exif\0\0"))
    order = "<" if data[:2] == b"II" else ">"
    at = 10 + 12 * 0
    struct.pack_into(f"{order}I", data, at + 8, len(data) + 1)
    exif = read_exif(bytes(data))
    assert "Make" not in exif.tags["IFD0"]
    assert exif.tags["IFD0"]["Model"] == "Canon EOS 5D"
    assert "Tag 0x010f of IFD0 cannot be read." in exif.tags["error"]


def test_a_directory_that_points_to_itself_is_read_once() -> None:
    exif = read_exif(one_tag(0x8769, 4, 1, struct.pack("<I", 8)))
    assert exif.tags["IFD0"] == {"ExifOffset": 8}
    assert "named twice" in exif.tags["error"]


def test_a_directory_that_names_the_same_bytes_over_and_over_is_cut_off() -> None:
    count, size = 40, 60_000
    entries = b"".join(struct.pack("<HHII", tag, 7, size, 600) for tag in range(count))
    data = b"II*\0" + struct.pack("<IH", 8, count) + entries + bytes(100_000)
    exif = read_exif(data)
    assert len(exif.json) < 3 * MAX_VALUE_BYTES
    assert "holds more than is kept" in exif.tags["error"]


@given(st.binary(max_size=200))
def test_reading_never_fails_on_any_bytes_behind_a_valid_start(rest: bytes) -> None:
    exif = read_exif(b"II*\0\x08\0\0\0" + rest)
    json.loads(exif.json)
    assert 1 <= exif.orientation <= 8


@given(st.data())
def test_reading_never_fails_on_flipped_bits(data: st.DataObject) -> None:
    whole = bytearray(camera_exif())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    exif = read_exif(bytes(whole)[: data.draw(st.integers(0, len(whole)))])
    json.loads(exif.json)
    assert exif.taken_at is None or len(exif.taken_at) >= 19
    assert exif.camera is None or "\n" not in exif.camera
    assert exif.position_e7 is None or abs(exif.position_e7[0]) <= 900_000_000
