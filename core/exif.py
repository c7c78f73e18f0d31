"""EXIF as a file holds it: every tag kept verbatim as JSON, and what it claims about time, camera and place.

The directories are read here, tag by tag, and not through Pillow, which gives up a whole directory for one
broken entry, guesses encodings and drops what it does not know.  Only the names of the tags come from it.
"""

import json
import math
import mmap
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from PIL.ExifTags import GPSTAGS, TAGS

# Bytes of values kept; a hostile directory can name the same bytes sixty thousand times.
MAX_VALUE_BYTES: Final = 1 << 20
_TAG_ORIENTATION: Final = 0x0112
_TAG_EXIF, _TAG_GPS, _TAG_INTEROP = 0x8769, 0x8825, 0xA005
_BYTE, _ASCII, _RATIONAL, _UNDEFINED, _SRATIONAL = 1, 2, 5, 7, 10
# TIFF type -> how struct reads one value of it; a rational is two.
_CODES: Final = {
    1: "B",
    2: "s",
    3: "H",
    4: "I",
    5: "II",
    6: "b",
    7: "s",
    8: "h",
    9: "i",
    10: "ii",
    11: "f",
    12: "d",
    13: "I",
}


@dataclass(frozen=True, slots=True)
class Exif:
    """What a file's EXIF says.

    ``tags`` maps a directory (``IFD0``, ``Exif``, ``GPS``, ``Interop``, ``IFD1``) to its tags by name, or by
    ``0x`` and four digits where the tag has no name; a plain ``error`` beside them says what was unreadable.
    A value is a text with its bad bytes escaped in hex, a number, ``[numerator, denominator]``,
    ``{"hex": …}`` for bytes, or a list of those.
    """

    tags: dict[str, Any] = field(default_factory=dict)

    @property
    def json(self) -> str:
        """The tags as JSON text, ``{}`` when there are none."""
        return json.dumps(self.tags, ensure_ascii=False, sort_keys=True)

    @property
    def orientation(self) -> int:
        """1 to 8; 1, which changes nothing, where it is absent or nonsense."""
        value = self._value("IFD0", "Orientation")
        return value if isinstance(value, int) and 1 <= value <= 8 else 1

    @property
    def taken_at(self) -> str | None:
        """The local time as the camera's clock had it, ISO 8601; a zone only where the file names one."""
        for directory, tag, zone in (
            ("Exif", "DateTimeOriginal", "OffsetTimeOriginal"),
            ("Exif", "DateTimeDigitized", "OffsetTimeDigitized"),
        ):
            time = _iso_time(self._value(directory, tag))
            if time is not None:
                offset = self._value(directory, zone)
                known = isinstance(offset, str) and re.fullmatch(r"[+-]\d\d:\d\d", offset, re.ASCII)
                return f"{time}{offset}" if known else time
        return None

    @property
    def camera(self) -> str | None:
        """Maker and model in one line, the maker not said twice."""
        make, model = (_one_line(self._value("IFD0", tag)) for tag in ("Make", "Model"))
        if make and model and model.casefold().startswith(make.casefold()):
            make = ""
        return " ".join(part for part in (make, model) if part) or None

    @property
    def position_e7(self) -> tuple[int, int] | None:
        """Latitude and longitude in 10^-7 degrees; None unless both are there and on the globe."""
        latitude = self._degrees("GPSLatitude", "NS", 90)
        longitude = self._degrees("GPSLongitude", "EW", 180)
        return None if latitude is None or longitude is None else (latitude, longitude)

    def _value(self, directory: str, tag: str) -> Any:
        return self.tags.get(directory, {}).get(tag)

    def _degrees(self, tag: str, signs: str, limit: int) -> int | None:
        parts = self._value("GPS", tag)
        sign = self._value("GPS", f"{tag}Ref")
        if not isinstance(sign, str) or sign[:1].upper() not in tuple(signs) or not isinstance(parts, list):
            return None
        try:
            degrees, minutes, seconds = (numerator / denominator for numerator, denominator in parts)
        except (ValueError, TypeError, ZeroDivisionError):
            return None
        value: float = degrees + minutes / 60 + seconds / 3600
        if min(degrees, minutes, seconds) < 0 or minutes >= 60 or seconds >= 60 or value > limit:
            return None
        e7 = round(value * 10_000_000)
        return e7 if sign[0].upper() == signs[0] else -e7


def read_exif(data: bytes | mmap.mmap) -> Exif:
    """The EXIF in a TIFF structure, with or without ``Exif`` and two zero bytes before it.

    Never fails: of what is broken it gives what could be read, and says so under ``error``.
    """
    if data[:6] == b"Exif\0\0":
        data = data[6:]
    if not data:
        return Exif()
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        return Exif({"error": "It does not start as EXIF does."})
    reader = _Reader(data, order)
    reader.read_all()
    if reader.errors:
        reader.tags["error"] = " ".join(reader.errors)
    return Exif(reader.tags)


class _Reader:
    """Reads the directories of one TIFF structure, each offset once."""

    def __init__(self, data: bytes | mmap.mmap, order: str) -> None:
        self.data = data
        self.order = order
        self.tags: dict[str, Any] = {}
        self.errors: list[str] = []
        self._seen: set[int] = set()
        self._left = MAX_VALUE_BYTES

    def read_all(self) -> None:
        """Read the first directory, those that it points to, and the thumbnail's."""
        following = self._directory("IFD0", self._number_at(4, "I"))
        for parent, tag, name in (
            ("IFD0", _TAG_EXIF, "Exif"),
            ("IFD0", _TAG_GPS, "GPS"),
            ("Exif", _TAG_INTEROP, "Interop"),
        ):
            pointer = self.tags.get(parent, {}).get(TAGS[tag])
            if isinstance(pointer, int):
                self._directory(name, pointer)
        if following:
            self._directory("IFD1", following)

    def _directory(self, name: str, offset: int | None) -> int | None:
        """Read one directory; the offset of the one after it."""
        count = None if offset is None else self._number_at(offset, "H")
        if offset is None or count is None or offset < 8 or offset in self._seen:
            self.errors.append(f"{name} lies outside the data or is named twice.")
            return None
        self._seen.add(offset)
        names = GPSTAGS if name == "GPS" else TAGS
        values = self.tags.setdefault(name, {})
        for tag, value in self._entries(name, offset + 2, count):
            values.setdefault(names.get(tag, f"0x{tag:04x}"), value)
        return self._number_at(offset + 2 + 12 * count, "I")

    def _entries(self, name: str, start: int, count: int) -> Iterator[tuple[int, Any]]:
        for at in range(start, start + 12 * count, 12):
            if at + 12 > len(self.data):
                self.errors.append(f"{name} ends early.")
                return
            tag, kind, number = struct.unpack_from(f"{self.order}HHI", self.data, at)
            raw = self._raw(at, kind, number)
            if raw is None:
                self.errors.append(f"Tag 0x{tag:04x} of {name} cannot be read.")
                continue
            yield tag, _value(raw, kind, self.order)
            if self._left < 0:
                self.errors.append(f"{name} holds more than is kept.")
                return

    def _raw(self, at: int, kind: int, number: int) -> bytes | None:
        """The bytes of the entry's value, which lie in the entry itself when they are four or fewer."""
        if kind not in _CODES:
            return None
        size = struct.calcsize(f"={_CODES[kind]}") * number
        start = at + 8 if size <= 4 else self._number_at(at + 8, "I")
        if start is None or start + size > len(self.data):
            return None
        self._left -= size
        return self.data[start : start + size] if self._left >= 0 else b""

    def _number_at(self, offset: int, code: str) -> int | None:
        try:
            return int(struct.unpack_from(self.order + code, self.data, offset)[0])
        except struct.error:
            return None


def _value(raw: bytes, kind: int, order: str) -> Any:
    if kind == _ASCII:
        return raw.rstrip(b"\0").decode("utf-8", "backslashreplace")
    if kind == _UNDEFINED or (kind == _BYTE and len(raw) != 1):
        return {"hex": raw.hex()}
    code = _CODES[kind]
    numbers = [_plain(number) for (number,) in struct.iter_unpack(order + code[0], raw)]
    values: list[Any] = numbers
    if kind in (_RATIONAL, _SRATIONAL):
        values = [list(pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
    return values[0] if len(values) == 1 else values


def _plain(number: float) -> float | str:
    """The number as JSON can hold it: it knows no infinity."""
    return number if math.isfinite(number) else str(number)


def _one_line(value: Any) -> str:
    return " ".join(value.replace("\0", " ").split()) if isinstance(value, str) else ""


def _iso_time(value: Any) -> str | None:
    """``2014:06:14 10:05:33`` as ISO 8601; None for zeros, blanks and what is no date."""
    if not isinstance(value, str):
        return None
    match = re.match(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)", value, re.ASCII)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups())
    if not (year and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 61):
        return None
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
