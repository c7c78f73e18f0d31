"""Pictures, safely: Pillow is used here alone (its table of EXIF names and imagehash apart).

What a file claims is never trusted: only formats on a list are opened, each by its own decoder, nothing of
more than 250 million pixels is decoded, and whatever goes wrong inside the decoder comes out as
``Undecodable``.  A file that makes the decoder crash, hang or eat memory is the business of ``workers``.
"""

import logging
import mmap
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

import numpy as np
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Image,
    ImageFile,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from core.errors import CoreError
from core.exif import Exif, read_exif
from core.formats import HEAD_BYTES, Format, sniff

MAX_PIXELS: Final = 250_000_000
THUMBNAIL_PX: Final = 256
# Shows under transparent parts: neither black nor white drawings vanish in it.
BACKGROUND: Final = (128, 128, 128)

# Each decoder is named to Pillow so that it never goes looking for others.
_DECODERS: Final = (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    IcoImagePlugin,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
# Pillow warns above this and refuses above twice this: the refusal is wanted, the warning is not.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
# It warns of what it bears with, broken EXIF say; what it cannot bear it raises, and sometimes logs besides.
warnings.filterwarnings("ignore", module=r"PIL\.")
logging.getLogger("PIL").setLevel(logging.CRITICAL)

_T = Image.Transpose
_TO_UPRIGHT: Final = {
    2: _T.FLIP_LEFT_RIGHT,
    3: _T.ROTATE_180,
    4: _T.FLIP_TOP_BOTTOM,
    5: _T.TRANSPOSE,
    6: _T.ROTATE_270,
    7: _T.TRANSVERSE,
    8: _T.ROTATE_90,
}

# The sum of the luminance table at quality 50.  Source: ITU-T T.81, table K.1, as libjpeg scales it.
_JPEG_TABLE_SUM: Final = 3688


class Undecodable(CoreError):
    """The file is no picture that can be decoded here; ``str(error)`` says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One decoded file: what it is, and itself upright, reduced, as RGB without transparency.

    ``size`` is in pixels as stored, ``upright_size`` as seen.
    """

    format: Format
    size: tuple[int, int]
    upright_size: tuple[int, int]
    exif: Exif
    thumbnail: Image.Image


def read_picture(file: IO[bytes]) -> Picture:
    """Decode a file as far as a thumbnail needs: the whole of it is read, so that a truncated one is found.

    Raises:
        Undecodable: it is no picture, or not one that can be decoded here.
    """
    found = identify(file)
    with _opened(file, found) as image:
        declared = image.size
        _reduce_decoder(image, THUMBNAIL_PX)
        image.load()
        exif = _exif_of(image, file, found)
        # Only the JPEG decoder makes a picture smaller; that of ICO finds the true size while decoding.
        full = declared if found.decoder == "JPEG" else image.size
        across = full[::-1] if exif.orientation >= 5 else full
        size, upright_size = (across, full) if found.decoder == "TIFF" else (full, across)
        small = reduced(_plain(image), THUMBNAIL_PX)
        return Picture(found, size, upright_size, exif, opaque(_upright(small, found, exif.orientation)))


def load_upright(path: str | os.PathLike[str], max_px: int | None = None) -> Image.Image:
    """The picture for looking at, upright, as RGB or RGBA, at most ``max_px`` on its longest side.

    Raises:
        Undecodable: it is no picture, or not one that can be decoded here.
        OSError: the file cannot be read.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - any path, bytes in it included
        return decode_upright(file, max_px)


def decode_upright(file: IO[bytes], max_px: int | None = None) -> Image.Image:
    """The same of an open file, which may lie in memory.

    Raises:
        Undecodable: it is no picture, or not one that can be decoded here.
    """
    found = identify(file)
    with _opened(file, found) as image:
        if max_px is not None:
            _reduce_decoder(image, max_px)
        image.load()
        orientation = _exif_of(image, file, found).orientation
        plain = _plain(image)
        if max_px is not None:
            plain = reduced(plain, max_px)
        if plain.mode != "RGB":
            plain = plain.convert("RGBA" if plain.mode in ("LA", "RGBA") else "RGB")
        return _upright(plain, found, orientation)


def jpeg_quality(path: str | os.PathLike[str]) -> int | None:
    """About which quality, 1 to 100 as libjpeg counts, a JPEG file was saved at last; None for other files.

    It tells how coarse the last saving was, not what was lost before it.

    Raises:
        Undecodable: it is no picture, or not one that can be decoded here.
        OSError: the file cannot be read.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - any path, bytes in it included
        found = identify(file)
        if found.decoder != "JPEG":
            return None
        with _opened(file, found) as image:
            assert isinstance(image, JpegImagePlugin.JpegImageFile)
            table = image.quantization.get(0)
    if not table:
        return None
    percent = 100 * sum(table) / _JPEG_TABLE_SUM
    return min(100, max(1, round((200 - percent) / 2 if percent <= 100 else 5000 / percent)))


def encode_thumbnail(thumbnail: Image.Image) -> bytes:
    """The thumbnail as a JPEG file of some seven kilobytes."""
    data = BytesIO()
    thumbnail.save(data, "JPEG", quality=80)
    return data.getvalue()


def open_thumbnail(data: bytes) -> Image.Image:
    """The picture in a thumbnail that ``encode_thumbnail`` made, as RGB."""
    with Image.open(BytesIO(data), formats=("JPEG",)) as image:
        return image.convert("RGB")


def identify(file: IO[bytes]) -> Format:
    """The format by the file's signature, when it can be decoded here.

    Raises:
        Undecodable: there is no signature, or it is of a format that is not decoded.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    found = sniff(head)
    if not head:
        raise Undecodable("The file is empty.")
    if found is None:
        raise Undecodable("The file does not begin as any known image format does.")
    if not found.decoder:
        raise Undecodable(f"This program does not decode {found.name} files.")
    return found


@contextmanager
def _opened(file: IO[bytes], found: Format) -> Iterator[ImageFile.ImageFile]:
    """The file opened by its own decoder; whatever breaks while it is used becomes ``Undecodable``."""
    try:
        file.seek(0)
        with Image.open(file, formats=(found.decoder,)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError  # noqa: TRY301 - Pillow's own check sees some formats only
            if not isinstance(image, ImageFile.ImageFile):
                raise UnidentifiedImageError  # noqa: TRY301
            yield image
    except Undecodable:
        raise
    except Exception as error:  # a marked boundary: fifteen classes of exception were seen here
        raise Undecodable(_reason(error, found)) from error


def _reason(error: Exception, found: Format) -> str:
    said = str(error).strip()
    if isinstance(error, Image.DecompressionBombError):
        return f"The picture claims to have more than {MAX_PIXELS // 1_000_000} million pixels."
    if isinstance(error, MemoryError):
        return "There is not enough memory to decode the picture."
    if isinstance(error, UnidentifiedImageError):
        return f"The {found.name} header is damaged."
    if isinstance(error, EOFError) or any(
        word in said.lower() for word in ("truncated", "unexpected end", "not enough image data", "eof")
    ):
        return f"The {found.name} data ends early."
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return f"The {found.name} data is damaged ({''.join(c if c.isprintable() else ' ' for c in what[:200])})."


def _reduce_decoder(image: ImageFile.ImageFile, max_px: int) -> None:
    """Let the JPEG decoder leave out what is not needed for that size; the others cannot."""
    image.draft(None, _fitted(image.size, max_px))


def _fitted(size: tuple[int, int], max_px: int) -> tuple[int, int]:
    """That size with its longest side at ``max_px`` and no side under one pixel; never larger than it was."""
    scale = min(1.0, max_px / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def reduced(image: Image.Image, max_px: int) -> Image.Image:
    """The picture with its longest side at ``max_px``, itself where it is no larger."""
    size = _fitted(image.size, max_px)
    return image if size == image.size else image.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0)


def _exif_of(image: ImageFile.ImageFile, file: IO[bytes], found: Format) -> Exif:
    """The EXIF of a loaded image: some formats have it behind the picture; a TIFF file is itself one."""
    if found.decoder == "TIFF":
        if isinstance(file, BytesIO):
            return read_exif(file.getvalue())
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            return read_exif(whole)
    data = image.info.get("exif")
    return read_exif(data) if isinstance(data, bytes) else Exif()


def _upright(image: Image.Image, found: Format, orientation: int) -> Image.Image:
    """The picture turned as its orientation says; the TIFF decoder has done so already."""
    turn = None if found.decoder == "TIFF" else _TO_UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def _plain(image: Image.Image) -> Image.Image:
    """The picture in a mode with eight bits a channel that can be resized without harm to its colours."""
    mode = image.mode
    if mode == "PA" or (mode in ("P", "L", "RGB") and "transparency" in image.info):
        return image.convert("RGBA")
    if mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image).astype(np.uint16) >> 8).astype(np.uint8))
    if mode in ("I", "F"):
        return _scaled_to_bytes(image)
    if mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert({"1": "L", "La": "LA", "RGBa": "RGBA"}.get(mode, "RGB"))


def _scaled_to_bytes(image: Image.Image) -> Image.Image:
    """Wide grey values as eight bits: by the range that they were evidently made for, else by their own."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    if low >= 0 and high <= 65535:
        tops = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0)
        low, high = 0.0, next(top for top in tops if high <= top)
    scaled = (values - low) * (255.0 / ((high - low) or 1.0))
    return Image.fromarray(np.clip(np.rint(scaled), 0, 255).astype(np.uint8))


def opaque(image: Image.Image) -> Image.Image:
    """The picture as RGB, on the background where one could see through it."""
    if image.mode not in ("LA", "RGBA"):
        return image.convert("RGB")
    image = image.convert("RGBA")
    below = Image.new("RGBA", image.size, (*BACKGROUND, 255))
    return Image.alpha_composite(below, image).convert("RGB")
