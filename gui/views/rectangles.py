"""Rectangles over a picture: plain arithmetic on pixel edges, handles, and the turned view's directions."""

import math
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize

from core.regions import Region

HANDLE_PX: Final = 8.0
REACH_PX: Final = 7.0  # how far from its middle a handle can still be taken
_FRAME_PX: Final = 36.0  # handles stand this far apart, so that between them there is room to take the region itself

# Which sides a handle pulls, as seen: -1 the left or the upper, 1 the right or the lower, 0 neither.
Sides = tuple[int, int]
HANDLES: Final[tuple[Sides, ...]] = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))


class Edges(NamedTuple):
    """Pixel edges, counted from 0 to the picture's width and height."""

    left: int
    top: int
    right: int
    bottom: int


def spanned(one: QPointF, other: QPointF, size: QSize) -> Edges | None:
    """The pixels between two points of a picture, one at least; None where they hold nothing of the picture."""
    across = _span(one.x(), other.x(), size.width())
    down = _span(one.y(), other.y(), size.height())
    return Edges(across[0], down[0], across[1], down[1]) if across and down else None


def pulled(edges: Edges, sides: Sides, dx: int, dy: int, size: QSize) -> Edges:
    """The edges after some sides moved: inside the picture, and a pixel apart at least."""
    left, top, right, bottom = edges
    if sides[0] < 0:
        left = min(max(left + dx, 0), right - 1)
    elif sides[0] > 0:
        right = max(min(right + dx, size.width()), left + 1)
    if sides[1] < 0:
        top = min(max(top + dy, 0), bottom - 1)
    elif sides[1] > 0:
        bottom = max(min(bottom + dy, size.height()), top + 1)
    return Edges(left, top, right, bottom)


def pulled_region(region: Region, sides: Sides, dx: int, dy: int, size: QSize) -> Region:
    """A region after some of its sides moved; where none does it stays as it was to the millionth."""
    before = Edges(*region.pixels(size.width(), size.height()))
    after = pulled(before, sides, dx, dy, size)
    return region if after == before else Region.from_pixels(*after, size.width(), size.height())


def unturned(dx: int, dy: int, quarters: int) -> tuple[int, int]:
    """A direction on a view that is turned clockwise, as a direction in its picture."""
    for _ in range(quarters % 4):
        dx, dy = dy, -dx
    return dx, dy


def middle_third(seen: QRectF, size: QSize) -> Edges | None:
    """A third of the width and height of what is seen of a picture, in the middle of it."""
    if seen.isEmpty():
        return None
    half = QPointF(seen.width() / 6, seen.height() / 6)
    return spanned(seen.center() - half, seen.center() + half, size)


def frame(rect: QRectF) -> QRectF:
    """Where the handles of a rectangle on screen stand: on its edges, or round it where it is too small."""
    wider, higher = max(_FRAME_PX - rect.width(), 0) / 2, max(_FRAME_PX - rect.height(), 0) / 2
    return rect.adjusted(-wider, -higher, wider, higher)


def handle_points(rect: QRectF) -> dict[Sides, QPointF]:
    """The middles of the handles of a rectangle on screen."""
    room = frame(rect)
    middle = room.center()
    return {(x, y): QPointF(middle.x() + x * room.width() / 2, middle.y() + y * room.height() / 2) for x, y in HANDLES}


def handle_at(rect: QRectF, at: QPointF) -> Sides | None:
    """The handle of a rectangle on screen that a point takes, if any."""
    for sides, point in handle_points(rect).items():
        if max(abs(point.x() - at.x()), abs(point.y() - at.y())) <= REACH_PX:
            return sides
    return None


def _span(one: float, other: float, length: int) -> tuple[int, int] | None:
    low, high = max(min(one, other), 0.0), min(max(one, other), float(length))
    if low > high or length == 0:
        return None
    start, end = math.floor(low + 0.5), math.floor(high + 0.5)
    if start == end:  # within a pixel: it is the one
        start = min(math.floor(low), length - 1)
        end = start + 1
    return start, end
