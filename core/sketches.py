"""Sketches: what is left of a picture at 32 by 32 grey values, to look twice at two that are near by their hashes.

A hash keeps one bit of each of 64 numbers, so that different pictures of the same make (playing cards, a tool on
the same table) come within a few bits of each other.  Their sketches do not correlate; those of copies do.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.fingerprints import SKETCH_SIDE_PX

SIDE_PX: Final = SKETCH_SIDE_PX
Sketches = NDArray[np.float32]


def sketches(kept: Sequence[bytes]) -> Sketches:
    """The sketches of pictures as they were kept with their fingerprints: whole, and without uniform borders.

    Shape (pictures, 2, 32, 32), each with mean 0 and length 1; the two are the same where there are no borders.
    """
    both = b"".join(one if len(one) == 2 * SIDE_PX**2 else one * 2 for one in kept)
    grey = np.frombuffer(both, dtype=np.uint8).reshape(-1, 2, SIDE_PX, SIDE_PX).astype(np.float32)
    grey -= grey.mean(axis=(2, 3), keepdims=True)
    length = np.sqrt(np.square(grey).sum(axis=(2, 3), keepdims=True))
    made: Sketches = (grey / np.maximum(length, 1e-6)).astype(np.float32)
    return made


def correlation(one: Sketches, other: Sketches, orientation: int) -> NDArray[np.float32]:
    """How well the one of each pair, turned, and the other agree: from -1 to 1, over whole and without borders.

    Both have the shape (pairs, 2, 32, 32); ``orientation`` is counted as in ``core.fingerprints``.
    """
    turned = np.rot90(one[..., ::-1] if orientation >= 4 else one, orientation % 4, axes=(2, 3))
    best: NDArray[np.float32] = np.einsum("paxy,pbxy->pab", turned, other, optimize=True).max(axis=(1, 2))
    return best
