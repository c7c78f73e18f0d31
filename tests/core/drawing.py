"""Pictures drawn for the tests: each number gives a picture of its own, far from every other."""

import random
from pathlib import Path

from PIL import Image, ImageDraw

SIZE = (480, 360)


def drawn(number: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture of soft ground and forty shapes, the same for the same number."""
    chance = random.Random(number)
    width, height = size
    image = Image.new("RGB", size, _colour(chance))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = chance.randrange(width), chance.randrange(height)
        box = (x, y, x + chance.randrange(8, width // 2), y + chance.randrange(8, height // 2))
        draw_shape = chance.choice((draw.rectangle, draw.ellipse))
        draw_shape(box, fill=_colour(chance))
    return image


def save(folder: Path, name: str, image: Image.Image, **options: object) -> Path:
    """Write a picture in the format of its name's ending."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    image.save(path, **options)
    return path


def fill(folder: Path, count: int, *, first: int = 0, size: tuple[int, int] = SIZE) -> list[Path]:
    """That many drawn pictures as JPEG files."""
    return [
        save(folder, f"picture {number:04d}.jpg", drawn(number, size), quality=85)
        for number in range(first, first + count)
    ]


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)
