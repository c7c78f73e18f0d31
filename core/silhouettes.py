"""Outlines of kinds of weapons, side on: the program's own drawings, read from its resources."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

Point = tuple[float, float]

# A tyre, its rim, the disc in that and the hub, as shares of the radius.
_WHEEL: Final = (("dark", 1.0), ("body", 0.62), ("light", 0.5), ("dark", 0.16))


@dataclass(frozen=True, slots=True)
class Part:
    """A filled polygon, a disc round one point, or a line of some width along several.

    ``tone`` is body, dark, light or accent; ``size`` is a disc's radius or a line's width, 0 for a polygon.
    """

    tone: str
    points: tuple[Point, ...]
    size: float = 0


@functools.cache
def silhouettes() -> Mapping[str, tuple[Part, ...]]:
    """The parts of each drawing in drawing order, under its code in the weapon type tree.

    They are about 1,000 units wide, y downwards.
    """
    found: dict[str, tuple[Part, ...]] = {}
    code = ""
    for line in (resources.files("resources") / "silhouettes.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            code = line.strip("[]")
            found[code] = ()
        elif line and not line.startswith("#"):
            found[code] += tuple(_parts(line))
    return found


def _parts(line: str) -> Iterator[Part]:
    name, tone, *pairs = line.split()
    shape, _, number = name.partition(":")
    size = float(number or 0)
    points = tuple((float(x), float(y)) for x, y in (pair.split(",") for pair in pairs))
    if shape == "box":
        (left, top), (right, bottom) = points
        yield Part(tone, ((left, top), (right, top), (right, bottom), (left, bottom)))
    elif shape == "wheels":
        yield from (Part(own, (point,), size * share) for point in points for own, share in _WHEEL)
    else:
        yield Part(tone, _rounded(points) if shape == "soft" else points, size)


def _rounded(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """A polygon with its corners cut twice (Chaikin's way), so that it looks round."""
    for _ in range(2):
        sides = zip(points, (*points[1:], points[0]), strict=True)
        points = tuple(
            (a[0] * near + b[0] * (1 - near), a[1] * near + b[1] * (1 - near))
            for a, b in sides
            for near in (0.75, 0.25)
        )
    return points
