"""Where one picture lies on another: the transform between them, in shares of their widths and heights.

It is written as six numbers, so that a verdict keeps it for ever and a region is carried without the features that
it was found by.
"""

import math
from dataclasses import dataclass
from typing import Final, Self

from core.errors import Refused
from core.regions import WHOLE_E6, Region

_DIGITS: Final = 6
# Less than this of a region that lies in the other picture is not carried: what is left of it says nothing.
_LEAST_LEFT: Final = 0.25
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Transform:
    """Maps points of one upright picture to another, both as shares from 0 to 1 of width and height, top left first.

    (x, y) becomes (``xx`` x + ``xy`` y + ``x0``, ``yx`` x + ``yy`` y + ``y0``).  What lies outside 0 to 1 is not in
    the other picture.  Turning and mirroring are in it too.

    Raises:
        Refused: it cannot be turned back, or is not of finite numbers.
    """

    xx: float
    xy: float
    x0: float
    yx: float
    yy: float
    y0: float

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, self.numbers)) or abs(self.determinant) < 1e-9:
            raise Refused("This is no transform between two pictures.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The transform that a text stands for.

        Raises:
            Refused: it stands for none.
        """
        try:
            numbers = [float(part) for part in text.split(" ")]
            return cls(*numbers)
        except (ValueError, TypeError) as error:
            raise Refused(f"“{text[:80]}” is no transform: six numbers are needed.") from error

    @property
    def text(self) -> str:
        """The six numbers, to millionths, with spaces between them."""
        return " ".join(f"{number + 0.0:.{_DIGITS}f}".rstrip("0").rstrip(".") for number in self.numbers)

    @property
    def numbers(self) -> tuple[float, float, float, float, float, float]:
        """The six numbers in their order."""
        return self.xx, self.xy, self.x0, self.yx, self.yy, self.y0

    @property
    def determinant(self) -> float:
        """The share of the other's area that this picture's area becomes; below 0 where it is mirrored."""
        return self.xx * self.yy - self.xy * self.yx

    def point(self, x: float, y: float) -> Point:
        """Where a point of this picture lies on the other."""
        return self.xx * x + self.xy * y + self.x0, self.yx * x + self.yy * y + self.y0

    def inverse(self) -> "Transform":
        """The way back."""
        whole = self.determinant
        xx, xy, yx, yy = self.yy / whole, -self.xy / whole, -self.yx / whole, self.xx / whole
        return Transform(xx, xy, -(xx * self.x0 + xy * self.y0), yx, yy, -(yx * self.x0 + yy * self.y0))

    def then(self, after: "Transform") -> "Transform":
        """This transform, and ``after`` it another: from this picture to that one's other."""
        return Transform(
            after.xx * self.xx + after.xy * self.yx,
            after.xx * self.xy + after.xy * self.yy,
            after.xx * self.x0 + after.xy * self.y0 + after.x0,
            after.yx * self.xx + after.yy * self.yx,
            after.yx * self.xy + after.yy * self.yy,
            after.yx * self.x0 + after.yy * self.y0 + after.y0,
        )

    def frame(self) -> tuple[Point, Point, Point, Point]:
        """Where this picture's corners lie on the other: top left, top right, bottom right, bottom left of this."""
        return self.point(0, 0), self.point(1, 0), self.point(1, 1), self.point(0, 1)

    @property
    def inside(self) -> float:
        """How much of this picture lies on the other, from 0 to 1."""
        corners = list(self.frame())
        for axis, edge, sign in ((0, 0.0, 1), (0, 1.0, -1), (1, 0.0, 1), (1, 1.0, -1)):
            corners = _clipped(corners, axis, edge, sign)
        twice = sum(
            x * down - across * y for (x, y), (across, down) in zip(corners, corners[1:] + corners[:1], strict=True)
        )
        return min(1.0, abs(twice) / 2 / abs(self.determinant))

    def region(self, region: Region) -> Region | None:
        """The rectangle on the other picture round where a region of this one lies; None where too little does."""
        left, top = region.x_e6 / WHOLE_E6, region.y_e6 / WHOLE_E6
        right, bottom = region.right_e6 / WHOLE_E6, region.bottom_e6 / WHOLE_E6
        corners = [self.point(x, y) for x in (left, right) for y in (top, bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        whole = (max(xs) - min(xs)) * (max(ys) - min(ys))
        x0, x1 = _inside(min(xs)), _inside(max(xs))
        y0, y1 = _inside(min(ys)), _inside(max(ys))
        if x1 <= x0 or y1 <= y0 or (x1 - x0) * (y1 - y0) / WHOLE_E6**2 < _LEAST_LEFT * whole:
            return None
        return Region(x0, y0, x1 - x0, y1 - y0)


IDENTITY: Final = Transform(1, 0, 0, 0, 1, 0)
"""Every point lies where it was."""
MIRROR: Final = Transform(-1, 0, 1, 0, 1, 0)
"""Left is right."""


def _clipped(corners: list[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """What of a convex polygon lies on one side of an edge (Sutherland and Hodgman, 1974)."""
    kept: list[Point] = []
    for here, there in zip(corners, corners[1:] + corners[:1], strict=True):
        before, after = sign * (here[axis] - edge), sign * (there[axis] - edge)
        if before >= 0:
            kept.append(here)
        if before * after < 0:
            part = before / (before - after)
            kept.append((here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])))
    return kept


def _inside(share: float) -> int:
    return round(min(max(share, 0.0), 1.0) * WHOLE_E6)
