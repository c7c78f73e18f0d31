"""Fingerprints of one picture: the perceptual hashes that find it again, and the hash of its very pixels.

A perceptual hash is ``imagehash.phash``, 64 bits, as an integer from 0 to 2^64-1 whose highest bit is the
first of the hash.  It is taken of the upright picture in the eight orientations that turning and mirroring
give, and again without uniform borders.  Two pictures are near when the *first* hash (plain or trimmed) of
one lies near *any* hash of the other; which one names the kind.
"""

import hashlib
import os
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

import imagehash
import numpy as np
import PIL
from PIL.Image import Image, Resampling, Transpose

from core.imaging import THUMBNAIL_PX, load_upright

# Orientation by index: 0 as it is, 1-3 turned by 90, 180, 270 degrees counter-clockwise, 4 mirrored
# left-right, 5-7 mirrored and turned.
_ORIENTATIONS: Final = (
    None,
    Transpose.ROTATE_90,
    Transpose.ROTATE_180,
    Transpose.ROTATE_270,
    Transpose.FLIP_LEFT_RIGHT,
    Transpose.TRANSPOSE,
    Transpose.FLIP_TOP_BOTTOM,
    Transpose.TRANSVERSE,
)
_HASH_SIDE_PX: Final = 32
# Half of the 64 coefficients of a flat picture differ from their median by less than this, so that noise
# decides their bits.  In units of scipy's unscaled DCT, in which rounding to whole grey values has about 20.
MIN_SPREAD: Final = 150.0
# A border is a run of rows or columns whose values all lie this near to the colour of the edge (of 255) ...
_BORDER_TOLERANCE: Final = 14
# ... but for a few, since JPEG rings beside an edge.
_BORDER_SHARE: Final = 0.98
# Less than this of either side left is no picture in a frame but a small thing on a plain ground.
_MIN_INNER_SHARE: Final = 0.3
_PIXEL_ROWS: Final = 256

RECIPE: Final = (
    f"phash64/1: upright reduced decode to {THUMBNAIL_PX} px, 8 orientations, trim {_BORDER_TOLERANCE}, "
    f"spread {MIN_SPREAD:g}; imagehash {version('imagehash')}, Pillow {PIL.__version__}"
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The perceptual hashes of one picture by one recipe.

    ``phashes`` are those of the whole picture in the eight orientations (see ``kind_of``), empty when it is
    too flat to have any.  ``trimmed`` are those without uniform borders, empty when there are none or what
    they frame is flat.  ``trim_box`` is (left, top, right, bottom) of what the borders frame, in 1/10000 of
    the upright picture's width and height; None without borders.
    """

    recipe: str
    phashes: tuple[int, ...] = ()
    trimmed: tuple[int, ...] = ()
    trim_box: tuple[int, int, int, int] | None = None

    @property
    def flat(self) -> bool:
        """Whether only equal bytes or equal pixels can find this picture again."""
        return not self.phashes and not self.trimmed


def fingerprint(thumbnail: Image) -> Fingerprint:
    """The fingerprint of a picture given as its upright RGB thumbnail, before that is compressed."""
    box = _inner_box(np.asarray(thumbnail))
    trimmed: tuple[int, ...] = ()
    trim_box = None
    if box is not None:
        trimmed = _hashes(thumbnail.crop(box))
        width, height = thumbnail.size
        left, top, right, bottom = box
        trim_box = (
            round(left * 10_000 / width),
            round(top * 10_000 / height),
            round(right * 10_000 / width),
            round(bottom * 10_000 / height),
        )
    return Fingerprint(RECIPE, _hashes(thumbnail), trimmed, trim_box)


def kind_of(orientation: int) -> str:
    """What a match with the hash at this index is called: ``near``, ``rotated`` or ``mirrored``."""
    if orientation >= 4:
        return "mirrored"
    return "rotated" if orientation else "near"


def pixel_hash(path: str | os.PathLike[str]) -> str:
    """SHA-256, in hex, of the upright picture at full size: its width, height and RGBA values.

    Files with equal pixels have it in common, whatever their format and header.  It decodes the whole file,
    so it is not taken while importing but of pictures that may have equal pixels: those of the same upright
    size that are near, or flat.

    Raises:
        Undecodable: the file cannot be decoded.
        OSError: the file cannot be read.
    """
    image = load_upright(path)
    digest = hashlib.sha256(f"{image.width}x{image.height}:".encode())
    for top in range(0, image.height, _PIXEL_ROWS):
        rows = image.crop((0, top, image.width, min(top + _PIXEL_ROWS, image.height)))
        digest.update(rows.convert("RGBA").tobytes())
    return digest.hexdigest()


def _hashes(picture: Image) -> tuple[int, ...]:
    """The hashes in the eight orientations; none of a flat picture.

    imagehash makes 32 by 32 grey pixels of any picture first.  Turning those is exact and a hundredth of the
    work; its own hash of them is then that of the turned picture.
    """
    small = picture.convert("L").resize((_HASH_SIDE_PX, _HASH_SIDE_PX), Resampling.LANCZOS)
    if _spread(small) < MIN_SPREAD:
        return ()
    return tuple(_phash(small if turn is None else small.transpose(turn)) for turn in _ORIENTATIONS)


def _phash(picture: Image) -> int:
    return int.from_bytes(np.packbits(imagehash.phash(picture).hash).tobytes(), "big")


def _spread(small: Image) -> float:
    """How far half of the coefficients that imagehash looks at lie from their median at least."""
    from scipy.fftpack import dct  # noqa: PLC0415 - a third of a second, which only workers spend

    low = dct(dct(np.asarray(small), axis=0), axis=1)[:8, :8]
    return float(np.median(np.abs(low - np.median(low))))


def _inner_box(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> tuple[int, int, int, int] | None:
    """What uniform borders frame: left, top, right, bottom in pixels; None without borders.

    ``pixels`` has the shape (height, width, 3).
    """
    height, width = pixels.shape[:2]
    top, bottom = _border(pixels), _border(pixels[::-1])
    if top == height:
        return None
    inner = pixels[top : height - bottom].swapaxes(0, 1)
    left, right = _border(inner), _border(inner[::-1])
    if not (top or bottom or left or right):
        return None
    box = (left, top, width - right, height - bottom)
    if box[2] - box[0] < width * _MIN_INNER_SHARE or box[3] - box[1] < height * _MIN_INNER_SHARE:
        return None
    return box


def _border(lines: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> int:
    """How many of the first lines, shape (lines, length, 3), are of the first line's colour.

    The line after the last is blurred by the reduction, so it counts as well.
    """
    colour = np.median(lines[0], axis=0)
    if not _is_plain(lines[:1], colour)[0]:
        return 0
    plain = _is_plain(lines, colour)
    count = int(len(plain) if plain.all() else plain.argmin())
    return min(count + 1, len(lines))


def _is_plain(
    lines: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
    colour: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    away = np.abs(lines - colour).max(axis=2) <= _BORDER_TOLERANCE
    share: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = away.mean(axis=1) >= _BORDER_SHARE
    return share
