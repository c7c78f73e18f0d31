"""Copies of photographs as they circulate, and what is true of each: its kind, its changes, where it lies."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from core.records import Match
from core.transforms import IDENTITY, Transform

Picture = Image.Image
Made = tuple[Picture, Transform]
"""A copy, and the transform from it to what it was made of."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy by its content hash and that of what it was made of; ``to_original`` leads from it to that."""

    name: str
    kind: str
    changes: tuple[str, ...]
    sha256: str
    original: str
    to_original: Transform

    @property
    def match(self) -> Match:
        """What is to be found between the two."""
        forward = self.sha256 < self.original
        a, b = sorted((self.sha256, self.original))
        transform = self.to_original if forward else self.to_original.inverse()
        return Match(a, b, self.kind, None, f"made as “{self.name}”", self.changes, transform)


def smaller(picture: Picture) -> Made:
    return picture.resize((picture.width // 2, picture.height // 2)), IDENTITY


def crop(picture: Picture) -> Made:
    w, h = picture.size
    left, top, right, bottom = round(0.22 * w), round(0.15 * h), round(0.78 * w), round(0.7 * h)
    made = picture.crop((left, top, right, bottom))
    return made, Transform((right - left) / w, 0, left / w, 0, (bottom - top) / h, top / h)


def mirrored(picture: Picture) -> Made:
    small = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))
    return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT), Transform(-1, 0, 1, 0, 1, 0)


def turned(picture: Picture) -> Made:
    small = picture.resize((picture.width * 3 // 4, picture.height * 3 // 4))
    return small.transpose(Image.Transpose.ROTATE_90), Transform(0, -1, 1, 1, 0, 0)


def screenshot(picture: Picture) -> Made:
    """The picture on a telephone, between two bars."""
    width, height = 720, 1280
    scaled = picture.resize((width, max(1, round(width * picture.height / picture.width))))
    screen = Image.new("RGB", (width, height), (18, 20, 24))
    draw = ImageDraw.Draw(screen)
    draw.rectangle((0, 0, width, 96), (52, 60, 70))
    draw.rectangle((0, height - 120, width, height), (52, 60, 70))
    top = (height - scaled.height) // 2
    screen.paste(scaled, (0, top))
    lies = Transform(1, 0, 0, 0, scaled.height / height, top / height)
    return screen, lies.inverse()


def captioned(picture: Picture) -> Made:
    """A white strip with words under the picture."""
    strip = max(24, picture.height // 8)
    made = Image.new("RGB", (picture.width, picture.height + strip), (250, 250, 250))
    made.paste(picture, (0, 0))
    ImageDraw.Draw(made).text((12, picture.height + strip // 3), "SEEN TODAY, PLEASE SHARE", (20, 20, 20))
    return made, Transform(1, 0, 0, 0, made.height / picture.height, 0)


MAKERS: Final[dict[str, tuple[Callable[[Picture], Made], str, tuple[str, ...]]]] = {
    "smaller": (smaller, "same_picture", ("resized",)),
    "crop": (crop, "crop", ("cut",)),
    "mirrored": (mirrored, "mirrored", ("mirrored", "resized")),
    "turned": (turned, "rotated", ("turned_90", "resized")),
    "screenshot": (screenshot, "contains", ("screenshot",)),
    "captioned": (captioned, "same_picture", ("caption",)),
}


def make(photographs: Path, folder: Path, pairs: int) -> list[Copy]:
    """Put photographs and copies of them into a folder, as many pairs as are wanted."""
    found = list(_made(sorted(path for path in photographs.rglob("*") if path.is_file()), folder, pairs))
    if len(found) < pairs:
        raise SystemExit(f"There are photographs for {len(found)} pairs only, not for {pairs}.")
    return found


def _made(paths: list[Path], folder: Path, pairs: int) -> Iterator[Copy]:
    left = pairs
    for path in paths:
        if not left:
            return
        (folder / path.name).write_bytes(path.read_bytes())
        for name in list(MAKERS)[:left]:
            yield copied(path, name, folder)
        left -= min(left, len(MAKERS))


def copied(path: Path, name: str, folder: Path) -> Copy:
    """Make one kind of copy of a photograph."""
    maker, kind, changes = MAKERS[name]
    with Image.open(path) as opened:
        copy, transform = maker(opened.convert("RGB"))
    to = folder / f"{path.stem} {name}.jpg"
    copy.save(to, quality=80)
    return Copy(name, kind, changes, _sha256(to), _sha256(path), transform)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
