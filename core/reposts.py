"""The files of the sample archive: the plates as they were first collected, and copies as they circulate.

What the world does to a picture is done here to drawings: it is saved again, made smaller, mirrored, turned, framed,
cut, captioned, put on a screen, torn.  The files are the same, byte for byte, whenever they are made by the same
version of Pillow.
"""

import io
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageOps

from core.jobs import Job
from core.plates import PLATES, caption_font, draw

_ORIENTATION: Final = 0x0112
_SOFTWARE: Final = 0x0131
_TAKEN: Final = 0x0132
_FIRST_DAY: Final = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of plate ``number``: ``how`` says what became of it (see ``WAYS``), ``path`` where it was found."""

    path: str
    number: int
    how: str


COPIES: Final = (
    Copy("reposts/photo_2024-03-11_18-02-44.jpg", 1, "saved again"),
    Copy("reposts/IMG-20240312-WA0007.jpg", 1, "smaller"),
    Copy("downloads/plate-02 (1).jpg", 2, "same file"),
    Copy("reposts/IMG-20240314-WA0011.jpg", 2, "saved again"),
    Copy("reposts/tank small.jpg", 2, "smaller"),
    Copy("converted/plate-03.webp", 3, "same pixels"),
    Copy("reposts/грузовик.jpg", 4, "smaller"),
    Copy("reposts/photo_2024-03-15_07-31-09.jpg", 5, "saved again"),
    Copy("reposts/رشاش.jpg", 6, "captioned"),
    Copy("reposts/IMG-20240317-WA0002.jpg", 6, "saved again"),
    Copy("reposts/launcher flipped.jpg", 7, "mirrored"),
    Copy("reposts/photo_2024-03-19_21-15-50.jpg", 8, "saved again"),
    Copy("camera/DSC_0417.JPG", 9, "turned in its header"),
    Copy("reposts/photo_2024-03-22_10-44-18.jpg", 10, "smaller"),
    Copy("reposts/IMG-20240325-WA0019.jpg", 11, "saved again"),
    Copy("reposts/aircraft turned.png", 12, "turned"),
    Copy("reposts/smg mirrored.jpg", 13, "mirrored"),
    Copy("converted/plate-14.tiff", 14, "same pixels"),
    Copy("reposts/photo_2024-04-02_16-20-01.jpg", 16, "saved again"),
    Copy("reposts/launcher cropped.jpg", 17, "cropped"),
    Copy("reposts/grenade grey.jpg", 18, "grey"),
    Copy("reposts/framed.jpg", 19, "framed"),
    Copy("plates/plate-20-b.jpg", 20, "look-alike"),
    Copy("downloads/screenshot 2024-04-09.png", 21, "on a screen"),
    Copy("reposts/photo_2024-04-11_12-05-37.jpg", 22, "smaller"),
    Copy("downloads/plate-23 (unfinished).jpg", 23, "torn"),
)
"""Every copy that circulates, in the order of its plate."""

_FORMATS: Final[Mapping[int, str]] = {3: "png", 9: "webp", 12: "png", 14: "png"}
_SAVING: Final[Mapping[str, Mapping[str, Any]]] = {
    "jpg": {"format": "JPEG", "quality": 90},
    "png": {"format": "PNG", "compress_level": 1},
    "webp": {"format": "WEBP", "lossless": True, "method": 0},
    "tiff": {"format": "TIFF", "compression": "tiff_lzw"},
}


def plate_path(number: int) -> str:
    """Where the first copy of a plate was found, relative to the set's folder."""
    return f"plates/plate-{number:02}.{_FORMATS.get(number, 'jpg')}"


def write_set(folder: Path, job: Job) -> None:
    """Draw every plate and every copy into a folder, in sub-folders, with the times of a few weeks.

    Raises:
        Cancelled: the user stopped it.
    """
    made = 0
    for plate in PLATES:
        picture = draw(plate)
        path = plate_path(plate.number)
        data = _encoded(picture, path.rpartition(".")[2], plate.number)
        files = {path: data}
        for copy in COPIES:
            if copy.number == plate.number:
                files[copy.path] = _copied(copy, picture, data)
        for path, data in files.items():
            job.step(made, len(PLATES) + len(COPIES), "Drawing sample plates")
            _write(folder / path, data, _FIRST_DAY + timedelta(hours=17 * made))
            made += 1


def _write(path: Path, data: bytes, modified: datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (modified.timestamp(), modified.timestamp()))


def _encoded(picture: Image.Image, ending: str, number: int) -> bytes:
    exif = Image.Exif()
    exif[_SOFTWARE] = "Stocktake sample plates"
    exif[_TAKEN] = (_FIRST_DAY + timedelta(days=number)).strftime("%Y:%m:%d %H:%M:%S")
    return _saved(picture, ending, exif=exif)


def _saved(picture: Image.Image, ending: str, **options: Any) -> bytes:
    held = io.BytesIO()
    picture.save(held, **{**_SAVING[ending], **options})
    return held.getvalue()


def _copied(copy: Copy, picture: Image.Image, data: bytes) -> bytes:
    if copy.how == "same file":
        return data
    if copy.how == "torn":
        return data[: len(data) * 2 // 5]
    if copy.how == "turned in its header":
        header = Image.Exif()
        header[_ORIENTATION] = 6
        return _saved(picture.transpose(Image.Transpose.ROTATE_90), "jpg", exif=header)
    ending = copy.path.rpartition(".")[2]
    quality = {"quality": 62} if ending == "jpg" else {}
    return _saved(WAYS[copy.how](picture), ending, **quality)


def _as_it_is(picture: Image.Image) -> Image.Image:
    return picture


def _smaller(picture: Image.Image) -> Image.Image:
    return picture.reduce(2)


def _grey(picture: Image.Image) -> Image.Image:
    return ImageOps.grayscale(picture).convert("RGB")


def _turned(picture: Image.Image) -> Image.Image:
    return picture.transpose(Image.Transpose.ROTATE_90)


def _framed(picture: Image.Image) -> Image.Image:
    return ImageOps.expand(picture, picture.width // 12, "#FFFFFF")


def _cropped(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    return picture.crop((width // 6, height // 10, width, height * 9 // 10))


def _captioned(picture: Image.Image) -> Image.Image:
    copy = picture.copy()
    pen = ImageDraw.Draw(copy)
    middle = copy.width / 2, copy.height * 0.05
    pen.rectangle((0, 0, copy.width, copy.height * 0.1), "#FFFFFF")
    pen.text(middle, "SAMPLE · shared by a channel that does not exist", "#101010", caption_font(26), "mm")
    return copy


def _looking_alike(picture: Image.Image) -> Image.Image:
    """Another of the same kind: a number has been painted on it."""
    copy = picture.copy()
    place = copy.width * 0.42, copy.height * 0.47
    ImageDraw.Draw(copy).text(place, "B 2", "#F1F4F6", caption_font(44), "mm")
    return copy


def _on_a_screen(picture: Image.Image) -> Image.Image:
    screen = Image.new("RGB", (720, 1280), "#101418")
    pen = ImageDraw.Draw(screen)
    small = ImageOps.contain(picture, (680, 680))
    screen.paste(small, (20, 260))
    pen.text((32, 90), "Sample channel", "#F1F4F6", caption_font(34))
    pen.text((32, 150), "a post that nobody has written", "#9AA5AE", caption_font(24))
    for number in range(4):
        top = 300 + small.height + 70 * number
        pen.rounded_rectangle((32, top, 640 - 90 * number, top + 30), 8, "#343B41")
    return screen


WAYS: Final[Mapping[str, Callable[[Image.Image], Image.Image]]] = {
    "saved again": _as_it_is,
    "same pixels": _as_it_is,
    "smaller": _smaller,
    "grey": _grey,
    "mirrored": ImageOps.mirror,
    "turned": _turned,
    "framed": _framed,
    "cropped": _cropped,
    "captioned": _captioned,
    "look-alike": _looking_alike,
    "on a screen": _on_a_screen,
}
"""What can become of a picture; besides, a copy can be the same file, torn, or turned in its header alone."""
