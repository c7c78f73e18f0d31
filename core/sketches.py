"""Sketches: what is left of a picture at 32 by 32 grey values, to look twice at two that are near by their hashes.

A hash keeps one bit of each of 64 numbers, so that different pictures of the same make (playing cards, a tool on
the same table) come within a few bits of each other.  Their sketches do not correlate; those of copies do.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.fingerprints import inner_box
from core.imaging import open_thumbnail

SIDE_PX: Final = 32
Sketches = NDArray[np.float32]


@lru_cache(2_000)
def sketch(thumbnail: bytes) -> Sketches:
    """The sketch of a picture given as its thumbnail (a JPEG file): whole, and without uniform borders.

    Shape (2, 32, 32), each with mean 0 and length 1; the two are the same where there are no borders.
    """
    picture = open_thumbnail(thumbnail)
    box = inner_box(np.asarray(picture))
    views = (picture, picture if box is None else picture.crop(box))
    grey = np.stack([np.asarray(view.convert("L").resize((SIDE_PX, SIDE_PX)), dtype=np.float32) for view in views])
    grey -= grey.mean(axis=(1, 2), keepdims=True)
    length = np.sqrt(np.square(grey).sum(axis=(1, 2), keepdims=True))
    sketches: Sketches = (grey / np.maximum(length, 1e-6)).astype(np.float32)
    return sketches


def correlation(one: Sketches, other: Sketches, orientation: int) -> NDArray[np.float32]:
    """How well the one of each pair, turned, and the other agree: from -1 to 1, over whole and without borders.

    Both have the shape (pairs, 2, 32, 32); ``orientation`` is counted as in ``core.fingerprints``.
    """
    turned = np.rot90(one[..., ::-1] if orientation >= 4 else one, orientation % 4, axes=(2, 3))
    best: NDArray[np.float32] = np.einsum("paxy,pbxy->pab", turned, other, optimize=True).max(axis=(1, 2))
    return best
