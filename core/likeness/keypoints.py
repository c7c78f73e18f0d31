"""Key points of one picture: what local features find again after cutting, framing, turning and mirroring.

SIFT (Lowe, *Distinctive image features from scale-invariant keypoints*, 2004) of the upright grey picture reduced to
320 px, the strongest 220; each descriptor as RootSIFT (Arandjelović and Zisserman, *Three things everyone should know
to improve object retrieval*, 2012) in whole numbers.  The descriptors of the mirrored picture are the same numbers in
another order, so that nothing is looked at twice.
"""

import os
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL import __version__ as pillow_version

from core.imaging import load_upright, opaque
from core.regions import WHOLE_E6, Region

WORKING_PX: Final = 320
MOST: Final = 220
_LEAST_CONTRAST: Final = 0.003
"""Far below what is usual: dim and plain pictures have nothing stronger, and the strongest are taken anyway."""
_EDGE_LIMIT: Final = 15.0
# OpenCV doubles the picture first and tells a point a quarter of a pixel too far: mirrored, it is half a pixel off.
_SHIFT_PX: Final = 0.25
_LENGTH: Final = 512.0
_WIDTH: Final = 128
_PLACE: Final = np.dtype([("x", "<u2"), ("y", "<u2"), ("size", "<u2"), ("angle", "<u2")])
_PX: Final = 64.0  # places and sizes are kept to 1/64 px, angles to 1/180 degree
_DEGREE: Final = 180.0
# A descriptor is 4 rows of 4 places of 8 directions, in the frame that the point's own angle turns.
_MIRRORED: Final = np.array(
    [((3 - row) * 4 + column) * 8 + (8 - way) % 8 for row in range(4) for column in range(4) for way in range(8)]
)

Descriptors = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Keypoints:
    """The key points of a picture, strongest first.

    ``size_px`` is (width, height) of the reduced picture that they lie in.  ``places`` has the shape (n, 4): x, y and
    size in pixels of that, angle in degrees.  ``descriptors`` has the shape (n, 128).
    """

    size_px: tuple[int, int]
    places: Floats
    descriptors: Descriptors

    def __len__(self) -> int:
        return len(self.places)

    @classmethod
    def none(cls) -> Self:
        """Those of a picture that has none."""
        return cls((1, 1), np.zeros((0, 4), np.float32), np.zeros((0, _WIDTH), np.uint8))

    def mirrored(self) -> "Keypoints":
        """Those of the picture mirrored left to right."""
        places = self.places.copy()
        places[:, 0] = self.size_px[0] - 1 - places[:, 0]
        places[:, 3] = (180 - places[:, 3]) % 360
        return Keypoints(self.size_px, places, self.descriptors[:, _MIRRORED])

    def of_region(self, region: Region, own: "Keypoints") -> "Keypoints":
        """Those of a region as a picture by itself: these that lie in it, then ``own``, found on it alone, to the most.

        These are of the size at which other pictures are looked at whole; its own are of what is finer.
        """
        share = np.array([region.x_e6, region.y_e6], dtype=np.float32) / WHOLE_E6
        size = np.array([region.width_e6, region.height_e6], dtype=np.float32) / WHOLE_E6
        places = self.places.copy()
        places[:, :2] = (places[:, :2] / self.size_px - share) / size
        inside = ((places[:, :2] >= 0) & (places[:, :2] <= 1)).all(axis=1)
        places[:, :2] *= own.size_px
        places[:, 2] *= max(own.size_px) / max(size * self.size_px)
        return Keypoints(
            own.size_px,
            np.concatenate([places[inside], own.places])[:MOST],
            np.concatenate([self.descriptors[inside], own.descriptors])[:MOST],
        )

    def packed(self) -> bytes:
        """As bytes, 136 for each and 6."""
        places = np.zeros(len(self), dtype=_PLACE)
        for name, values in zip(("x", "y", "size"), self.places[:, :3].T * _PX, strict=True):
            places[name] = np.clip(np.rint(values), 0, 65535)
        places["angle"] = np.rint(self.places[:, 3] * _DEGREE) % (360 * _DEGREE)
        head = np.array([*self.size_px, len(self)], dtype="<u2").tobytes()
        return head + places.tobytes() + self.descriptors.tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """Those that ``packed`` gave these bytes for."""
        width, height, count = np.frombuffer(data, "<u2", 3).tolist()
        places = np.frombuffer(data, _PLACE, count, 6)
        numbers = np.stack([places["x"] / _PX, places["y"] / _PX, places["size"] / _PX, places["angle"] / _DEGREE], 1)
        descriptors = np.frombuffer(data, np.uint8, count * _WIDTH, 6 + count * _PLACE.itemsize)
        return cls((width, height), numbers.astype(np.float32), descriptors.reshape(count, _WIDTH))


def keypoints_of(picture: Image.Image) -> Keypoints:
    """The key points of an upright picture of any size; a flat one has none."""
    grey = np.asarray(_working(picture))
    found, descriptors = _sift().detectAndCompute(grey, None)
    size_px = (grey.shape[1], grey.shape[0])
    if descriptors is None:
        return replace(Keypoints.none(), size_px=size_px)
    places = np.array([(*point.pt, point.size, point.angle) for point in found], dtype=np.float32)
    places[:, :2] = np.maximum(places[:, :2] - _SHIFT_PX, 0)
    order = np.lexsort((*places.T, [-point.response for point in found]))[:MOST]
    lengths = np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6)
    rooted = np.clip(np.rint(np.sqrt(descriptors / lengths) * _LENGTH), 0, 255).astype(np.uint8)
    # As they are kept, so that it makes no difference whether they were.
    return Keypoints.unpacked(Keypoints(size_px, places[order], rooted[order]).packed())


def read_keypoints(path: str | os.PathLike[str]) -> Keypoints:
    """The key points of a picture file.

    Raises:
        Undecodable: it is no picture, or not one that can be decoded here.
        OSError: the file cannot be read.
    """
    return keypoints_of(load_upright(path, WORKING_PX))


def _working(picture: Image.Image) -> Image.Image:
    grey = opaque(picture).convert("L")
    scale = min(1.0, WORKING_PX / max(grey.size))
    size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
    return grey if size == grey.size else grey.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0)


@cache
def _sift() -> Any:
    sift: Any = cv2
    return sift.SIFT_create(nfeatures=MOST, contrastThreshold=_LEAST_CONTRAST, edgeThreshold=_EDGE_LIMIT)


@cache
def recipe() -> str:
    """What the key points depend on; others are made anew."""
    return (
        f"sift/1: upright grey at {WORKING_PX} px, strongest {MOST}, contrast {_LEAST_CONTRAST}, edge {_EDGE_LIMIT:g}, "
        f"rooted; OpenCV {cv2.__version__}, Pillow {pillow_version}"
    )
