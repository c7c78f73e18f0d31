"""Positions on the earth, as people write and paste them: degrees, or degrees with minutes and seconds."""

import math
import re
from collections.abc import Sequence
from typing import Final

from core.errors import Refused

EXAMPLES: Final = "36.3762, 42.4497 or 36°22'34\"N 42°26'59\"E"
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_ANGLE: Final = rf"([+\-−]?)\s*({_NUMBER})\s*(?:°|º|deg)?(?:\s*({_NUMBER})\s*['′’])?(?:\s*({_NUMBER})\s*(?:\"|″|”|''))?"
_LETTER: Final = r"\s*([NSEW])\s*"
_BETWEEN: Final = r"\s*[,;/]?\s*"
# Each half: letter, sign, degrees, minutes, seconds, letter; one of the two letters at the most.
_FORMS: Final = tuple(
    re.compile(half + _BETWEEN + half, re.IGNORECASE)
    for half in (rf"()\s*{_ANGLE}\s*()(?![\d.°'′])", rf"{_LETTER}{_ANGLE}()", rf"(){_ANGLE}{_LETTER}")
)
_LATITUDE, _LONGITUDE = ("N", "S"), ("E", "W")
_EARTH_KM: Final = 6371.0


def parse(text: str) -> tuple[int, int]:
    """Latitude and longitude in 10^-7 degrees.

    Raises:
        Refused: it is no position; the sentence says how to write one.
    """
    text = text.strip().strip("()[]").strip()
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if found is None:
        raise Refused(f"“{text}” is no position; please write latitude and longitude like this: {EXAMPLES}.")
    halves = found.groups()[:6], found.groups()[6:]
    letters = tuple((half[0] or half[5]).upper() for half in halves)
    latitude, longitude = (_e7(half[1:5], letter) for half, letter in zip(halves, letters, strict=True))
    if letters[0] in _LONGITUDE and letters[1] in _LATITUDE:
        latitude, longitude = longitude, latitude
    elif any(letters) and (letters[0] not in _LATITUDE or letters[1] not in _LONGITUDE):
        raise Refused(f"“{text}” does not say which is the latitude; please write it like this: {EXAMPLES}.")
    if abs(latitude) > 900_000_000 or abs(longitude) > 1_800_000_000:
        raise Refused("A latitude lies between -90 and 90 degrees, a longitude between -180 and 180.")
    return latitude, longitude


def words(latitude_e7: int, longitude_e7: int) -> str:
    """A position as degrees that can be typed and pasted again."""
    return f"{_degrees(latitude_e7)}, {_degrees(longitude_e7)}"


def distance_km(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How far two positions, each latitude and longitude in 10^-7 degrees, lie apart along the ground."""
    (north, east), (far_north, far_east) = ([math.radians(e7 / 10**7) for e7 in place] for place in (one, other))
    across = math.sin((far_north - north) / 2) ** 2
    along = math.cos(north) * math.cos(far_north) * math.sin((far_east - east) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(across + along, 1)))


def _e7(angle: Sequence[str | None], letter: str) -> int:
    sign, *written = angle
    degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in written)
    if minutes >= 60 or seconds >= 60:
        raise Refused("This is no position: minutes and seconds are below 60.")
    size = round((degrees + minutes / 60 + seconds / 3600) * 10**7)
    return -size if (sign in ("-", "−")) != (letter in ("S", "W")) else size


def _degrees(e7: int) -> str:
    whole, rest = divmod(abs(e7), 10**7)
    digits = f"{rest:07}".rstrip("0")
    return f"{'-' if e7 < 0 else ''}{whole}{'.' if digits else ''}{digits}"
