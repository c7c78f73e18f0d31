"""Fingerprints of one picture: the perceptual hashes that find it again, and the hash of its very pixels.

A perceptual hash is ``imagehash.phash``, 64 bits, as an integer from 0 to 2^64-1 whose highest bit is the
first of the hash.  It is taken of the upright picture in the eight orientations that turning and mirroring
give, and again without uniform borders.  Their order: 0 as it is; 1 to 3 turned by 90, 180 and 270 degrees
counter-clockwise; 4 mirrored left to right; 5 to 7 mirrored and then turned by 90, 180 and 270.

Two pictures are near when the *first* hash (plain or trimmed) of one lies near *any* hash of the other; which
one names the kind.
"""

import hashlib
import os
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

import numpy as np
import numpy.typing as npt
import PIL
from PIL.Image import Image, Resampling

from core.imaging import THUMBNAIL_PX, load_upright

_Pixels = npt.NDArray[np.uint8]
_Bits = npt.NDArray[np.bool_]

_HASH_SIDE_PX: Final = 32
SKETCH_SIDE_PX: Final = 32
# Half of the 64 coefficients of a flat picture differ from their median by less than this, so that noise
# decides their bits.  In units of scipy's unscaled DCT, in which rounding to whole grey values has about 20.
MIN_SPREAD: Final = 150.0
# A border is a run of rows or columns whose values all lie this near to the colour of the edge (of 255) ...
_BORDER_TOLERANCE: Final = 14
# ... but for a few, since JPEG rings beside an edge.
_BORDER_SHARE: Final = 0.98
# Less than this of either side left is no picture in a frame but a small thing on a plain ground.
_MIN_INNER_SHARE: Final = 0.3
_LINES_AT_ONCE: Final = 16
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
    the upright picture's width and height; None without borders.  ``sketch`` is the whole picture at
    32 by 32 grey values, a byte each, and where there are borders so is what they frame, after it.
    """

    recipe: str
    phashes: tuple[int, ...] = ()
    trimmed: tuple[int, ...] = ()
    trim_box: tuple[int, int, int, int] | None = None
    sketch: bytes = b""

    @property
    def flat(self) -> bool:
        """Whether only equal bytes or equal pixels can find this picture again."""
        return not self.phashes and not self.trimmed


def fingerprint(thumbnail: Image) -> Fingerprint:
    """The fingerprint of a picture given as its upright RGB thumbnail, before that is compressed."""
    box = inner_box(np.asarray(thumbnail))
    whole = thumbnail.convert("L")
    sketch = _sketch(whole)
    trimmed: tuple[int, ...] = ()
    trim_box = None
    if box is not None:
        inner = whole.crop(box)
        sketch += _sketch(inner)
        trimmed = _hashes(inner)
        width, height = thumbnail.size
        left, top, right, bottom = box
        trim_box = (
            round(left * 10_000 / width),
            round(top * 10_000 / height),
            round(right * 10_000 / width),
            round(bottom * 10_000 / height),
        )
    return Fingerprint(RECIPE, _hashes(whole), trimmed, trim_box, sketch)


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


def _sketch(grey: Image) -> bytes:
    return grey.resize((SKETCH_SIDE_PX, SKETCH_SIDE_PX), Resampling.BICUBIC).tobytes()


def _hashes(picture: Image) -> tuple[int, ...]:
    """The hashes in the eight orientations of a grey picture; none of a flat one.

    imagehash makes 32 by 32 grey pixels of any picture first.  Turning those is exact, and what it does next is
    done for all eight at once; the first hash, the one that is searched for, is from imagehash itself.
    """
    from scipy.fftpack import dct  # noqa: PLC0415 - a third of a second, which only workers spend

    small = picture.resize((_HASH_SIDE_PX, _HASH_SIDE_PX), Resampling.LANCZOS)
    grey = np.asarray(small)
    mirrored = grey[:, ::-1]
    turned = np.stack([np.rot90(pixels, turns) for pixels in (grey, mirrored) for turns in range(4)])
    low = dct(dct(turned, axis=1), axis=2)[:, :8, :8].reshape(8, 64)
    medians = np.median(low, axis=1, keepdims=True)
    if float(np.median(np.abs(low[0] - medians[0]))) < MIN_SPREAD:
        return ()
    others = [_packed(bits) for bits in (low > medians)[1:]]
    import imagehash  # noqa: PLC0415 - a tenth of a second, for the workers alone: a window shows no later for it

    return (_packed(imagehash.phash(small).hash), *others)


def _packed(bits: _Bits) -> int:
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def inner_box(pixels: _Pixels) -> tuple[int, int, int, int] | None:
    """What uniform borders frame: left, top, right, bottom in pixels; None without borders.

    ``pixels`` has the shape (height, width, 3).
    """
    height, width = pixels.shape[:2]
    top, bottom = _border(pixels), _border(pixels[::-1])
    across = pixels[top : height - bottom].swapaxes(0, 1)
    if not across.shape[1]:
        return None
    left, right = _border(across), _border(across[::-1])
    if not (top or bottom or left or right):
        return None
    box = (left, top, width - right, height - bottom)
    if box[2] - box[0] < width * _MIN_INNER_SHARE or box[3] - box[1] < height * _MIN_INNER_SHARE:
        return None
    return box


def _border(lines: _Pixels) -> int:
    """How many of the first lines, shape (lines, length, 3), are of the first line's colour.

    The line after the last is blurred by the reduction, so it counts as well.
    """
    first = np.sort(lines[0], axis=0).astype(np.int16)
    few = int(len(first) * (1 - _BORDER_SHARE) / 2)
    if (first[-1 - few] - first[few]).max() > 2 * _BORDER_TOLERANCE:
        return 0  # nearly every photograph ends here
    colour = first[len(first) // 2]
    for start in range(0, len(lines), _LINES_AT_ONCE):
        away = np.abs(lines[start : start + _LINES_AT_ONCE] - colour) <= _BORDER_TOLERANCE
        plain = (away[..., 0] & away[..., 1] & away[..., 2]).mean(axis=1) >= _BORDER_SHARE
        if not plain.all():
            count = start + int(plain.argmin())
            return count + 1 if count else 0
    return len(lines)
