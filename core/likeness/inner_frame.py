"""The rectangle in which two pictures show the same, where what is round it on one of them was put there.

A programme, a page or a chat shows a part of a picture in a frame of its own: the picture goes on where the frame is,
and there the two differ.  Pictures that merely share a frame, a studio or a ground agree in a rectangle as well; but
that ends nowhere on either, or on both alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from core.likeness.overlap import AGREES, Floats, Laid, Mask

_CELL_PX: Final = 4
_AGAINST: Final = 3.0  # a place that differs weighs so much more than one that agrees
# Of 65 pictures in a frame the least has 0.53 of the common area in it, and at most 0.23 agrees outside; of 22 pairs
# that only share a studio or a scene, and end somewhere all the same, at most 0.61 and at least 0.46.
_LEAST: Final = 0.5
_OUTSIDE: Final = 0.25
_BESIDE_PX: Final = 5  # what is so near to the rectangle is seen through the same window
_AT_EDGE_PX: Final = 10  # a side so near to the end of the common area is its end
_SEARCHED_PX: Final = 10
_STEP: Final = 8.0  # grey values from one pixel to the next
_ENDS: Final = 0.6  # of a side, where the frame has such a step
_GOES_ON: Final = 0.35  # of the same side, where the other picture may have one
_Steps = Callable[[int], NDArray[np.float32]]
_NEAR: Final = np.ones((2 * _BESIDE_PX + 1,) * 2, np.uint8)


@dataclass(frozen=True, slots=True)
class InnerFrame:
    """Where both show the same: ``within`` as a mask of the ground, which is ``share`` of the common area."""

    within: Mask
    share: float


def inner_frame(pictures: Laid) -> InnerFrame | None:
    """The rectangle that one picture shows of the other in a frame; None where there is none such."""
    correlation, below, laid = pictures.correlation()
    agrees, shows = correlation > AGREES, below | laid
    box = _best(agrees, shows, pictures.common)
    if box is None:
        return None
    for framed, whole in ((pictures.ground, pictures.laid), (pictures.laid, pictures.ground)):
        sides = _sides(box, pictures.common, _steps(framed), _steps(whole))
        if sides is not None:
            left, top, right, bottom = sides
            within = np.zeros_like(pictures.common)
            within[top + 1 : bottom, left + 1 : right] = True
            outside = shows & (cv2.dilate(within.astype(np.uint8), _NEAR) == 0)
            if int((agrees & outside).sum()) <= _OUTSIDE * int(outside.sum()):
                common = int(pictures.common.sum())
                return InnerFrame(within, int((within & pictures.common).sum()) / common)
    return None


def _best(agrees: Mask, shows: Mask, common: Mask) -> tuple[int, int, int, int] | None:
    """The rectangle that agrees most, as left, top, right and bottom in pixels of the ground."""
    weight = np.where(shows, np.where(agrees, 1.0, -_AGAINST), 0.0).astype(np.float32)
    weight[~common] = -_AGAINST
    height, width = weight.shape
    down, across = height // _CELL_PX, width // _CELL_PX
    if down < 8 or across < 8:
        return None
    cells = weight[: down * _CELL_PX, : across * _CELL_PX].reshape(down, _CELL_PX, across, _CELL_PX).mean(axis=(1, 3))
    top, bottom, left, right = _heaviest(cells)
    if (bottom - top) * (right - left) * _CELL_PX**2 < _LEAST * int(common.sum()):
        return None
    return left * _CELL_PX, top * _CELL_PX, right * _CELL_PX, bottom * _CELL_PX


def _heaviest(cells: Floats) -> tuple[int, int, int, int]:
    """The rectangle of the largest sum (Kadane's way, for every pair of rows): top, bottom, left, right."""
    above = np.vstack([np.zeros(cells.shape[1], np.float32), cells.cumsum(axis=0)])
    tops, bottoms = np.triu_indices(len(above), 1)
    sums = np.pad((above[bottoms] - above[tops]).cumsum(axis=1), ((0, 0), (1, 0)))
    least = np.minimum.accumulate(sums, axis=1)
    best = sums - least
    row, right = np.unravel_index(int(best.argmax()), best.shape)
    left = int(np.flatnonzero(sums[row, : right + 1] == least[row, right])[0])
    return int(tops[row]), int(bottoms[row]), left, int(right)


def _steps(picture: Floats) -> tuple[Floats, Floats]:
    """How steep a picture is across lines that stand, and across lines that lie."""
    across: Any = cv2.Sobel(picture, cv2.CV_32F, 1, 0, scale=0.125)
    down: Any = cv2.Sobel(picture, cv2.CV_32F, 0, 1, scale=0.125)
    return np.abs(across), np.abs(down)


def _sides(
    box: tuple[int, int, int, int], common: Mask, framed: tuple[Floats, Floats], whole: tuple[Floats, Floats]
) -> tuple[int, int, int, int] | None:
    """The sides of the box, each moved to where the frame ends; None where it does not, or the other ends as well."""
    x, y, width, height = cv2.boundingRect(common.astype(np.uint8))
    ends = (x, y, x + width, y + height)
    found: list[int] = []
    moved = False
    for number, (at, end) in enumerate(zip(box, ends, strict=True)):
        if abs(at - end) <= _AT_EDGE_PX:
            found.append(min(max(at, x), x + width) if number % 2 == 0 else min(max(at, y), y + height))
            continue
        low, high = (box[1], box[3]) if number % 2 == 0 else (box[0], box[2])
        line = _ends_at(at, _along(framed, number, low, high), _along(whole, number, low, high))
        if line is None:
            return None
        found.append(line)
        moved = True
    return (found[0], found[1], found[2], found[3]) if moved else None


def _along(steps: tuple[Floats, Floats], number: int, low: int, high: int) -> _Steps:
    """The steps across a line beside a side, from one end of the side to the other."""
    across, down = steps
    if number % 2 == 0:
        return lambda at: across[low:high, max(0, at - 1) : at + 2].max(axis=1, initial=0)
    return lambda at: down[max(0, at - 1) : at + 2, low:high].max(axis=0, initial=0)


def _ends_at(near: int, framed: _Steps, whole: _Steps) -> int | None:
    """The line near this one along which there is a step nearly everywhere in the frame, and hardly in the other."""
    lines = range(max(1, near - _SEARCHED_PX), near + _SEARCHED_PX + 1)
    best = max(lines, key=lambda at: (_share(framed(at)) - _share(whole(at)), -abs(at - near)))
    return best if _share(framed(best)) >= _ENDS and _share(whole(best)) <= _GOES_ON else None


def _share(steps: NDArray[np.float32]) -> float:
    return float((steps > _STEP).mean()) if len(steps) else 0.0
