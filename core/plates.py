"""The plates of the sample archive: schematic pictures of weapons that the program draws itself.

Every plate says in its caption that it is a sample.  A plate depends on its number alone, so that it is the same
picture whenever and wherever it is drawn.
"""

import functools
import io
import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from core.silhouettes import Part, Point, silhouettes

_OVER: Final = 3  # drawn so many times larger and then reduced, which smooths the edges

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a plate: ground and its second shade, what is drawn in four tones, the caption's ink."""

    ground: str
    second: str
    body: str
    dark: str
    light: str
    accent: str
    ink: str


@dataclass(frozen=True, slots=True)
class Item:
    """A silhouette on a plate: its centre and width as shares of the plate's width and height, its turn in degrees."""

    code: str
    x: float
    y: float
    width: float
    turn: float = 0
    flipped: bool = False


@dataclass(frozen=True, slots=True)
class Plate:
    """One plate: ``size`` in pixels, ``scene`` and ``palette`` by name, the caption in one of the four corners."""

    number: int
    title: str
    size: tuple[int, int]
    scene: str
    palette: str
    items: tuple[Item, ...]
    corner: str = "bottom left"

    @property
    def caption(self) -> str:
        """What stands on the plate in capitals."""
        return f"SAMPLE PLATE {self.number:02}"


PALETTES: Final[Mapping[str, Palette]] = {
    "paper": Palette("#EDE6D6", "#DDD2BA", "#4A5157", "#262B30", "#8C959B", "#8A5A36", "#3A3F44"),
    "blueprint": Palette("#1F4466", "#2A557B", "#CFE3F2", "#8FB4D1", "#FFFFFF", "#E7C580", "#E8F1F8"),
    "sage": Palette("#C7D2BF", "#A9BAA0", "#46543F", "#2A3327", "#8FA084", "#9A6B3D", "#2E382A"),
    "slate": Palette("#39444E", "#4A5763", "#C3CBD1", "#838F99", "#F1F4F6", "#D59B5B", "#EEF1F3"),
    "sand": Palette("#E3CDA4", "#CDB07C", "#5B5240", "#342E22", "#A39671", "#7B4A2B", "#40382A"),
    "mist": Palette("#D9DFE2", "#BCC7CD", "#55636C", "#2C363C", "#93A2AB", "#2F6F7E", "#323C42"),
    "brick": Palette("#B4674F", "#9C533E", "#F1E3D6", "#4A241A", "#FFFFFF", "#F0C27B", "#FFF4EA"),
    "teal": Palette("#9CC3BF", "#79A8A3", "#23484A", "#12292B", "#5C8A88", "#B6562F", "#17373A"),
    "plum": Palette("#5C4A5E", "#705B72", "#E2D3DF", "#A78FA6", "#FFFFFF", "#E9B872", "#F5ECF3"),
    "ochre": Palette("#D9AE57", "#C2943A", "#4B3D23", "#2A2213", "#93793F", "#7D3424", "#33290F"),
}


def draw(plate: Plate) -> Image.Image:
    """The plate as an RGB picture of its size."""
    width, height = (side * _OVER for side in plate.size)
    colours = PALETTES[plate.palette]
    picture = Image.new("RGB", (width, height), colours.ground)
    pen = ImageDraw.Draw(picture)
    SCENES[plate.scene](pen, colours, (width, height), random.Random(f"plate {plate.number}"))  # noqa: S311 - no secret
    for item in plate.items:
        _draw_item(pen, colours, item, (width, height))
    _write_caption(pen, colours, plate, (width, height))
    return picture.reduce(_OVER)


def bounds(plate: Plate, place: int) -> tuple[int, int, int, int]:
    """The edges, in the plate's pixels, of the box that just holds one of its silhouettes: left, top, right, bottom."""
    parts, scale = _placed(plate.items[place], plate.size)
    edges = [
        (x + by * part.size * scale, y + by * part.size * scale)
        for part, points in parts
        for x, y in points
        for by in ((-1, 1) if len(points) == 1 else (-0.5, 0.5))
    ]
    left, top = (max(0, math.floor(min(edge[axis] for edge in edges))) for axis in (0, 1))
    right, bottom = (min(side, math.ceil(max(edge[axis] for edge in edges))) for axis, side in enumerate(plate.size))
    return left, top, right, bottom


def _draw_item(pen: ImageDraw.ImageDraw, colours: Palette, item: Item, size: tuple[int, int]) -> None:
    parts, scale = _placed(item, size)
    for part, points in parts:
        _draw_part(pen, getattr(colours, part.tone), part, points, scale)


def _placed(item: Item, size: tuple[int, int]) -> tuple[list[tuple[Part, list[Point]]], float]:
    """A silhouette's parts with their points on a plate of this size, and the scale of its strokes."""
    parts = silhouettes()[item.code]
    xs = [x for part in parts for x, _ in part.points]
    ys = [y for part in parts for _, y in part.points]
    scale = item.width * size[0] / (max(xs) - min(xs))
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    across, along = math.cos(math.radians(item.turn)) * scale, math.sin(math.radians(item.turn)) * scale

    def place(point: Point) -> Point:
        x, y = (point[0] - middle[0]) * (-1 if item.flipped else 1), point[1] - middle[1]
        return item.x * size[0] + x * across - y * along, item.y * size[1] + x * along + y * across

    return [(part, [place(point) for point in part.points]) for part in parts], scale


def _draw_part(pen: ImageDraw.ImageDraw, colour: str, part: Part, points: Sequence[Point], scale: float) -> None:
    if not part.size:
        pen.polygon(points, colour)
    elif len(points) == 1:
        pen.ellipse(_round(points[0], part.size * scale), colour)
    else:
        pen.line(points, colour, max(1, round(part.size * scale)), joint="curve")
        for end in (points[0], points[-1]):
            pen.ellipse(_round(end, part.size * scale / 2), colour)


def _round(middle: Point, radius: float) -> Box:
    return middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius


@functools.cache
def _font(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    data = (resources.files("resources") / "fonts" / name).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size_px, layout_engine=ImageFont.Layout.BASIC)


def caption_font(size_px: int) -> ImageFont.FreeTypeFont:
    """The letters in which captions are set."""
    return _font("NotoSans-SemiBold.ttf", size_px)


def _write_caption(pen: ImageDraw.ImageDraw, colours: Palette, plate: Plate, size: tuple[int, int]) -> None:
    unit = sum(size) / 200
    x = 4 * unit if "left" in plate.corner else size[0] - 4 * unit
    y = 3 * unit if "top" in plate.corner else size[1] - 11 * unit
    side = "l" if "left" in plate.corner else "r"
    pen.text((x, y), plate.caption, colours.ink, caption_font(round(4.2 * unit)), side + "a")
    below = f"{plate.title} · a drawing, no evidence"
    pen.text((x, y + 5 * unit), below, colours.ink, _font("NotoSans-Regular.ttf", round(2.5 * unit)), side + "a")


Scene = Callable[[ImageDraw.ImageDraw, Palette, tuple[int, int], random.Random], None]


def _grid(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """Squared paper with one darker sheet on it."""
    left, top = chance.uniform(0.05, 0.3) * size[0], chance.uniform(0.05, 0.3) * size[1]
    pen.rectangle((left, top, left + size[0] * 0.62, top + size[1] * 0.5), colours.second)
    step = min(size) // 20
    for x in range(step, size[0], step):
        pen.line((x, 0, x, size[1]), colours.second, _OVER)
    for y in range(step, size[1], step):
        pen.line((0, y, size[0], y), colours.second, _OVER)


def _disc(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """One large disc behind."""
    middle = chance.uniform(0.25, 0.75) * size[0], chance.uniform(0.3, 0.7) * size[1]
    pen.ellipse(_round(middle, min(size) * chance.uniform(0.38, 0.48)), colours.second)


def _horizon(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """A ground, a sky and a low sun."""
    line = size[1] * chance.uniform(0.6, 0.74)
    sun = chance.choice((0.2, 0.8)) * size[0], line - size[1] * 0.2
    pen.ellipse(_round(sun, min(size) * 0.15), colours.second)
    pen.rectangle((0, line, *size), colours.second)


def _diagonal(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """Two halves, parted aslant."""
    top, bottom = chance.uniform(0.1, 0.9) * size[0], chance.uniform(0.1, 0.9) * size[0]
    pen.polygon(((top, 0), (size[0], 0), size, (bottom, size[1])), colours.second)


def _bands(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """A few upright bands of uneven width."""
    for at in (0.08, 0.4, 0.72):
        left = (at + chance.uniform(-0.06, 0.06)) * size[0]
        pen.rectangle((left, 0, left + chance.uniform(0.06, 0.2) * size[0], size[1]), colours.second)


def _rings(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """Rings round a corner, like the lines of a map."""
    middle = chance.choice((0.0, 1.0)) * size[0], chance.choice((0.0, 1.0)) * size[1]
    for number in range(9, 0, -1):
        colour = colours.second if number % 2 else colours.ground
        pen.ellipse(_round(middle, max(size) * number * 0.115), colour)


def _hills(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """A line of hills."""
    turn, waves = chance.uniform(0, 6), chance.uniform(1.2, 2.4)
    xs = [size[0] * step / 60 for step in range(61)]
    tops = [(x, size[1] * (0.55 + 0.2 * math.sin(turn + waves * 6.28 * x / size[0]))) for x in xs]
    pen.polygon([*tops, size, (0, size[1])], colours.second)


def _hatch(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """Broad stripes aslant."""
    lean = chance.uniform(-0.8, 0.8) * size[1]
    step = size[0] // 5
    for left in range(-2 * step, size[0] + 2 * step, step):
        foot = left + lean
        pen.polygon(((left, 0), (left + step / 2, 0), (foot + step / 2, size[1]), (foot, size[1])), colours.second)


def _corners(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """A quarter disc in two corners that lie across."""
    down = chance.choice((0, size[1]))
    pen.ellipse(_round((0, down), min(size) * chance.uniform(0.45, 0.7)), colours.second)
    pen.ellipse(_round((size[0], size[1] - down), min(size) * chance.uniform(0.3, 0.6)), colours.second)


def _steps(pen: ImageDraw.ImageDraw, colours: Palette, size: tuple[int, int], chance: random.Random) -> None:
    """Blocks of uneven height, like a skyline."""
    count = chance.randrange(5, 9)
    for number in range(count):
        top = size[1] * chance.uniform(0.25, 0.85)
        pen.rectangle((size[0] * number / count, top, size[0] * (number + 1) / count, size[1]), colours.second)


SCENES: Final[Mapping[str, Scene]] = {
    "grid": _grid,
    "disc": _disc,
    "horizon": _horizon,
    "diagonal": _diagonal,
    "bands": _bands,
    "rings": _rings,
    "hills": _hills,
    "hatch": _hatch,
    "corners": _corners,
    "steps": _steps,
}

_WIDE: Final = (1120, 800)
_SQUARE: Final = (900, 900)
_TALL: Final = (780, 1040)
_SLIM: Final = (1280, 720)


def _one(
    code: str, width: float, *, x: float = 0.5, y: float = 0.47, turn: float = 0, flipped: bool = False
) -> tuple[Item]:
    return (Item(code, x, y, width, turn, flipped),)


PLATES: Final = (
    Plate(1, "assault rifle", _WIDE, "grid", "paper", _one("SA.RIF.AUT", 0.84)),
    Plate(2, "battle tank", _SLIM, "horizon", "sand", _one("VH.TNK", 0.66, x=0.54, y=0.56)),
    Plate(3, "self-loading pistol", _SQUARE, "disc", "blueprint", _one("SA.PIS", 0.62, turn=-8)),
    Plate(4, "truck", _WIDE, "hills", "sage", _one("VH.TRK", 0.7, x=0.46, y=0.52)),
    Plate(5, "mortar", _TALL, "diagonal", "mist", _one("LW.MOR.M", 0.72, y=0.45)),
    Plate(6, "general-purpose machine gun", _WIDE, "bands", "brick", _one("LW.MG.GP", 0.8, flipped=True)),
    Plate(7, "shoulder-fired rocket launcher", _SLIM, "rings", "teal", _one("LW.RKT", 0.82, turn=-14), "bottom right"),
    Plate(8, "revolver", _SQUARE, "hatch", "paper", _one("SA.REV", 0.66, x=0.52, turn=10, flipped=True)),
    Plate(9, "helicopter", _WIDE, "corners", "mist", _one("AV.RW", 0.78, turn=7)),
    Plate(10, "marksman's rifle", _SLIM, "steps", "slate", _one("SA.RIF.SNI", 0.88, y=0.4)),
    Plate(11, "towed howitzer", _WIDE, "horizon", "ochre", _one("HW.ART.TOW", 0.74, y=0.55, flipped=True)),
    Plate(12, "unmanned aircraft", _TALL, "rings", "blueprint", _one("AV.UAV", 0.8, y=0.44, turn=24)),
    Plate(13, "sub-machine gun", _WIDE, "disc", "sage", _one("SA.SMG", 0.76, turn=-20), "top left"),
    Plate(14, "cartridges", _SQUARE, "grid", "slate", _one("MU.CTG", 0.56)),
    Plate(15, "armed civilian vehicle", _SLIM, "hills", "sand", _one("VH.TEC", 0.62, x=0.6, y=0.52), "top left"),
    Plate(16, "heavy machine gun", _SQUARE, "rings", "plum", _one("LW.MG.H", 0.76)),
    Plate(17, "multiple rocket launcher", _WIDE, "steps", "paper", _one("HW.MRL", 0.7, x=0.54, y=0.5, flipped=True)),
    Plate(18, "hand grenade", _TALL, "hatch", "ochre", _one("MU.GRN", 0.56, y=0.46, turn=-12)),
    Plate(19, "anti-tank guided missile", _WIDE, "corners", "brick", _one("LW.ATGM", 0.7)),
    Plate(20, "armoured personnel carrier", _SLIM, "bands", "mist", _one("VH.APC", 0.66, y=0.46, flipped=True)),
    Plate(
        21,
        "man-portable air-defence system",
        _WIDE,
        "hatch",
        "blueprint",
        _one("LW.MANPADS", 0.84, turn=32),
        "top right",
    ),
    Plate(22, "anti-aircraft gun", _SQUARE, "hills", "slate", _one("HW.AAG", 0.74)),
    Plate(
        23,
        "projectile and mine",
        _WIDE,
        "diagonal",
        "sand",
        (Item("MU.PRJ", 0.42, 0.28, 0.6, -6), Item("MU.MIN", 0.6, 0.66, 0.46)),
        "bottom left",
    ),
    Plate(
        24,
        "rifles laid out",
        _TALL,
        "grid",
        "sage",
        (
            Item("SA.RIF.AUT", 0.5, 0.17, 0.82),
            Item("SA.RIF.SNI", 0.5, 0.44, 0.86, flipped=True),
            Item("SA.RIF.AUT", 0.5, 0.7, 0.82, flipped=True),
        ),
    ),
    Plate(
        25,
        "hand-held weapons laid out",
        _SQUARE,
        "corners",
        "teal",
        (
            Item("SA.PIS", 0.28, 0.3, 0.4, 20),
            Item("SA.REV", 0.72, 0.3, 0.4, -16, flipped=True),
            Item("SA.SMG", 0.5, 0.7, 0.7, 6),
        ),
    ),
    Plate(
        26,
        "column",
        _SLIM,
        "horizon",
        "plum",
        (Item("VH.TNK", 0.2, 0.66, 0.36), Item("VH.APC", 0.53, 0.69, 0.28), Item("VH.TRK", 0.83, 0.66, 0.27)),
        "top right",
    ),
)
"""Every plate, in the order of their numbers."""
