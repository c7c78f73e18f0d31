"""What is round a picture inside another: more of the same scene, a plain border, a caption, the chrome of a screen.

Only places of the larger picture on which the smaller one does not lie are looked at.
"""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from core.likeness.overlap import Grey
from core.transforms import Transform

_LEAST: Final = 0.03  # of the picture: less beyond the edge is how a frame is measured
_OF_ONE_TONE: Final = 12  # grey values
_NOTHING_ON_IT: Final = 0.004  # so little is of another tone than the ground: a border
_TEXT: Final = 0.1  # so little, and it is text on a ground, whatever the frame is like
_DRAWN: Final = 0.4  # so little, and something is drawn there
_SCREEN: Final = 0.3  # of the picture: more of that is a screen
_STEEP: Final = 8.0  # grey values from one pixel to the next
_STEEPER: Final = 1.8

_Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What became of the picture besides, in the words of ``CHANGES``."""

    changes: tuple[str, ...]


def surroundings(a: Grey, b: Grey, transform: Transform) -> Surroundings:
    """What is round a on b, and round b on a."""
    found = [*_round(b, transform), *_round(a, transform.inverse())]
    return Surroundings(tuple(dict.fromkeys(found)))


def _round(below: Grey, leads: Transform) -> list[str]:
    """What is round the other picture on this one; nothing where it covers all of it."""
    height, width = below.shape
    corners = np.array([(x * width, y * height) for x, y in leads.frame()])
    covered: Any = cv2.fillConvexPoly(np.zeros((height, width), np.uint8), np.rint(corners).astype(np.int32), 1)
    beyond = cv2.dilate(covered, np.ones((7, 7), np.uint8)) == 0
    share = float(beyond.mean())
    if share < _LEAST:
        return []
    values = below[beyond].astype(np.int16)
    ground = int(np.bincount(values).argmax())
    off_ground = np.abs(values - ground) > _OF_ONE_TONE
    if off_ground.mean() < _NOTHING_ON_IT:
        return ["border"]
    if not _stops(below, covered) and off_ground.mean() > _TEXT:
        return ["cut"]
    if off_ground.mean() <= _DRAWN:
        return ["screenshot"] if share > _SCREEN else ["caption"]
    return ["inset"]


def _stops(below: Grey, covered: Any) -> bool:
    """Whether the picture stops at the frame of the other, which was put there, or goes on, and the other was cut."""
    grey = below.astype(np.float32)
    steep = np.hypot(cv2.Sobel(grey, -1, 1, 0, scale=0.25), cv2.Sobel(grey, -1, 0, 1, scale=0.25))
    away = np.maximum(
        cv2.distanceTransform(covered, cv2.DIST_L2, 3), cv2.distanceTransform(1 - covered, cv2.DIST_L2, 3)
    )
    away[[0, 1, -1, -2], :] = away[:, [0, 1, -1, -2]] = 99  # the edges of this picture itself
    along, beside = steep[away <= 2], steep[(away > 4) & (away <= 9)]
    if not len(along) or not len(beside):
        return False
    return bool(along.mean() > max(_STEEP, _STEEPER * beside.mean()))
