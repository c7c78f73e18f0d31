"""What becomes of pictures as they are passed on, beyond what is usual: edits for measuring what is still recognised.

Each takes an upright RGB picture and a source of chance, and gives the picture as it would circulate.  ``FRAMES`` put
it into what other pictures share with it: the same programme, chat, agency.
"""

import io
import math
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Edit = Callable[[Image.Image, Random], Image.Image]
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_WORDS: Final = ("yes", "no", "where", "when", "who", "look at this", "here", "now", "later", "the car", "they came")


def saved(picture: Image.Image, quality: int) -> Image.Image:
    """As a JPEG of this quality has it."""
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=quality)
    return Image.open(data).convert("RGB")


def scaled(picture: Image.Image, factor: float) -> Image.Image:
    """So many times as wide and high."""
    return picture.resize((max(1, round(picture.width * factor)), max(1, round(picture.height * factor))))


def part(picture: Image.Image, chance: Random, share: float) -> Image.Image:
    """A cut of this share of the area, anywhere."""
    width, height = picture.width * math.sqrt(share), picture.height * math.sqrt(share)
    x, y = chance.uniform(0, picture.width - width), chance.uniform(0, picture.height - height)
    return picture.crop((round(x), round(y), round(x + width), round(y + height)))


def noisy(picture: Image.Image, chance: Random, sigma: float) -> Image.Image:
    """With noise of so many grey values."""
    values = np.asarray(picture).astype(np.float32)
    values += np.random.default_rng(chance.randrange(10**6)).normal(0, sigma, values.shape)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def of_a_screen(picture: Image.Image, chance: Random) -> Image.Image:
    """As a photograph of a screen: from the side, with its lines and its light."""
    framed = np.asarray(ImageOps.expand(picture, round(picture.width * 0.05), (12, 12, 14)))
    height, width = framed.shape[:2]
    off = [(chance.uniform(0, 0.06), chance.uniform(0, 0.06)) for _ in range(4)]
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    seen = [(abs(x - dx * width), abs(y - dy * height)) for (x, y), (dx, dy) in zip(corners, off, strict=True)]
    matrix = cv2.getPerspectiveTransform(np.array(corners, np.float32), np.array(seen, np.float32))
    warped: Any = cv2.warpPerspective(framed, matrix, (width, height), borderValue=(70, 66, 60))
    y, x = np.mgrid[:height, :width]
    light = (1 + 0.06 * np.sin(x * 0.9 + y * 0.25)) * (0.8 + 0.35 * x / width)
    return Image.fromarray(np.clip(warped * light[..., None], 0, 255).astype(np.uint8))


def with_sticker(picture: Image.Image, chance: Random) -> Image.Image:
    """With a face drawn over it."""
    out, side = picture.copy(), min(picture.size) * 0.25
    x, y = chance.uniform(0.1, 0.65) * picture.width, chance.uniform(0.1, 0.65) * picture.height
    draw = ImageDraw.Draw(out)
    draw.ellipse((x, y, x + side, y + side), fill=(255, 205, 40), outline=(120, 80, 0), width=3)
    for eye in (0.25, 0.62):
        draw.ellipse((x + eye * side, y + 0.3 * side, x + (eye + 0.13) * side, y + 0.45 * side), fill=_BLACK)
    draw.arc((x + 0.2 * side, y + 0.3 * side, x + 0.8 * side, y + 0.8 * side), 20, 160, fill=_BLACK, width=6)
    return out


def with_bar(picture: Image.Image, chance: Random) -> Image.Image:
    """With a black bar over something, as over eyes."""
    out, (width, height) = picture.copy(), picture.size
    x, y = chance.uniform(0.25, 0.5) * width, chance.uniform(0.25, 0.6) * height
    ImageDraw.Draw(out).rectangle((x, y, x + 0.28 * width, y + 0.07 * height), fill=_BLACK)
    return out


def pixelated(picture: Image.Image, chance: Random) -> Image.Image:
    """With a part of it made unreadable."""
    out, (width, height) = picture.copy(), picture.size
    x, y = round(chance.uniform(0.2, 0.6) * width), round(chance.uniform(0.2, 0.6) * height)
    box = (x, y, x + round(0.2 * width), y + round(0.2 * height))
    mosaic = out.crop(box).resize((6, 6)).resize((box[2] - x, box[3] - y), Image.Resampling.NEAREST)
    out.paste(mosaic, (x, y))
    return out


def with_large_text(picture: Image.Image, chance: Random) -> Image.Image:
    """With a line of large letters across the middle."""
    out = picture.copy()
    text = chance.choice(["BREAKING NEWS", "SEEN TODAY HERE", "WHO IS THIS MAN"])
    at = (out.width * 0.05, out.height * 0.42)
    font = _font(out.width / 9)
    ImageDraw.Draw(out).text(at, text, font=font, fill=_WHITE, stroke_width=4, stroke_fill=_BLACK)
    return out


def on_its_own_blur(picture: Image.Image, chance: Random) -> Image.Image:
    """In a square, on itself blurred."""
    side = 1080
    ground = ImageOps.fit(picture, (side, side)).filter(ImageFilter.GaussianBlur(30))
    small = ImageOps.contain(picture, (side, round(side * chance.uniform(0.7, 0.8))))
    ground.paste(small, ((side - small.width) // 2, (side - small.height) // 2))
    return ground


def passed_on(picture: Image.Image, chance: Random) -> Image.Image:
    """Captioned, cut and saved small three times over."""
    bar = round(picture.height * 0.15)
    out = ImageOps.expand(picture, (0, bar, 0, 0), _WHITE)
    ImageDraw.Draw(out).text((20, bar * 0.2), "Please share widely", font=_font(bar * 0.4), fill=_BLACK)
    for _ in range(3):
        out = scaled(out, chance.uniform(0.7, 0.9))
        out = out.crop((round(0.02 * out.width), 0, round(0.98 * out.width), round(0.98 * out.height)))
        out = saved(out, chance.randrange(40, 65))
    return out


def in_a_chat(picture: Image.Image, chance: Random) -> Image.Image:
    """In a screenshot of a chat, cut by it at the bottom."""
    out = Image.new("RGB", (1080, 2000), (240, 242, 245))
    draw, shown = ImageDraw.Draw(out), scaled(picture, 760 / picture.width)
    shown = shown.crop((0, 0, 760, min(900, shown.height)))
    for row in range(2):
        draw.rounded_rectangle((40, 120 + row * 120, 640, 210 + row * 120), 20, fill=_WHITE)
        draw.text((60, 140 + row * 120), _talk(chance), font=_font(30), fill=_BLACK)
    out.paste(shown, (40, 400))
    draw.text((60, 420 + shown.height), f"14:0{chance.randrange(10)}", font=_font(30), fill=(128, 128, 128))
    return out


def collages(others: Sequence[Image.Image]) -> Mapping[str, Edit]:
    """Edits that put a picture beside others, four together."""

    def beside(picture: Image.Image, chance: Random, place: Callable[[Image.Image], Image.Image]) -> Image.Image:
        out, own = Image.new("RGB", (1230, 1230), chance.choice([_WHITE, _BLACK])), chance.randrange(4)
        for tile in range(4):
            shown = place(picture) if tile == own else ImageOps.fit(chance.choice(others), (600, 600))
            out.paste(shown, (10 + tile % 2 * 610, 10 + tile // 2 * 610))
        return out

    return {
        "collage": lambda picture, chance: beside(picture, chance, lambda one: ImageOps.pad(one, (600, 600))),
        "collage of cuts": lambda picture, chance: beside(picture, chance, lambda one: ImageOps.fit(one, (600, 600))),
    }


EDITS: Final[Mapping[str, Edit]] = {
    "cut to 0.7": lambda picture, chance: part(picture, chance, 0.7),
    "cut to 0.5": lambda picture, chance: part(picture, chance, 0.5),
    "cut to 0.35": lambda picture, chance: part(picture, chance, 0.35),
    "cut to 0.6, mirrored": lambda picture, chance: ImageOps.mirror(part(picture, chance, 0.6)),
    "of a screen": of_a_screen,
    "noise 12": lambda picture, chance: noisy(picture, chance, 12),
    "half, noise 30": lambda picture, chance: noisy(scaled(picture, 0.5), chance, 30),
    "half, blur 2": lambda picture, _: scaled(picture, 0.5).filter(ImageFilter.GaussianBlur(2)),
    "half, blur 5": lambda picture, _: scaled(picture, 0.5).filter(ImageFilter.GaussianBlur(5)),
    "few colours": lambda picture, chance: ImageOps.posterize(picture, chance.choice([2, 3])),
    "stretched": lambda picture, _: picture.resize((round(picture.width * 0.85), picture.height)),
    "sticker": with_sticker,
    "black bar": with_bar,
    "pixelated": pixelated,
    "large text": with_large_text,
    "turned 8": lambda picture, chance: picture.rotate(chance.choice([-8, 8]), Image.Resampling.BICUBIC),
    "turned 12": lambda picture, chance: picture.rotate(chance.choice([-12, 12]), Image.Resampling.BICUBIC),
    "negative": lambda picture, _: ImageOps.invert(picture),
    "jpeg 10": lambda picture, _: saved(picture, 10),
    "quarter, jpeg 12": lambda picture, _: saved(scaled(picture, 0.25), 12),
    "160 px": lambda picture, _: scaled(picture, 160 / max(picture.size)),
    "passed on": passed_on,
    "on its own blur": on_its_own_blur,
    "in a chat": in_a_chat,
    "light": lambda picture, chance: ImageEnhance.Brightness(picture).enhance(chance.choice([0.5, 1.7])),
    "contrast": lambda picture, chance: ImageEnhance.Contrast(picture).enhance(chance.choice([0.4, 2.0])),
    "equalized": lambda picture, _: ImageOps.equalize(picture),
    "sepia": lambda picture, _: ImageOps.colorize(picture.convert("L"), (40, 20, 0), (255, 240, 200)),
    "sharpened": lambda picture, _: picture.filter(ImageFilter.UnsharpMask(4, 200, 2)),
}


def in_a_programme(picture: Image.Image, _: Random) -> Image.Image:
    """Large, in the frame of a programme."""
    out = Image.new("RGB", (960, 540), (10, 30, 90))
    draw = ImageDraw.Draw(out)
    for x in range(0, 960, 24):
        draw.line((x, 0, x + 60, 540), fill=(20, 50, 130), width=6)
    out.paste(ImageOps.fit(picture, (800, 400)), (80, 30))
    draw.rectangle((40, 440, 920, 520), fill=(180, 20, 30))
    draw.rectangle((40, 440, 240, 520), fill=_WHITE)
    draw.text((60, 455), "LIVE", font=_font(44), fill=(180, 20, 30))
    draw.text((260, 450), "Channel 7 Evening News", font=_font(40), fill=_WHITE)
    draw.ellipse((860, 20, 940, 100), fill=_WHITE)
    draw.text((878, 30), "7", font=_font(56), fill=(180, 20, 30))
    return out


def in_a_studio(picture: Image.Image, chance: Random) -> Image.Image:
    """Small, in a studio of which much is to be seen."""
    tones = np.random.default_rng(5).normal(128, 60, (10, 20, 3))
    studio = Image.fromarray(np.clip(tones, 0, 255).astype(np.uint8)).resize((800, 400), Image.Resampling.BICUBIC)
    out = in_a_programme(studio, chance)
    out.paste(ImageOps.fit(picture, (280, 200)), (560, 60))
    return out


def in_a_group(picture: Image.Image, chance: Random) -> Image.Image:
    """In a screenshot of a group that has a pattern behind its messages."""
    out = Image.new("RGB", (720, 1280), (236, 229, 221))
    draw = ImageDraw.Draw(out)
    for x in range(30, 720, 90):
        for y in range(130, 1180, 90):
            draw.arc((x, y, x + 24, y + 24), 0, 270, fill=(220, 212, 204), width=3)
    draw.rectangle((0, 0, 720, 110), fill=(7, 94, 84))
    draw.ellipse((70, 25, 130, 85), fill=(180, 190, 200))
    draw.text((150, 30), "Family group", font=_font(34), fill=_WHITE)
    for y in (150, 660):
        draw.rounded_rectangle((20, y, 520, y + 90), 16, fill=_WHITE)
        draw.text((40, y + 20), _talk(chance), font=_font(26), fill=_BLACK)
    out.paste(ImageOps.fit(picture, (420, 320)), (280, 280))
    return out


def with_logo(picture: Image.Image, _: Random) -> Image.Image:
    """With the logo of one agency in a corner."""
    out = ImageOps.contain(picture, (900, 900))
    draw, side = ImageDraw.Draw(out), min(out.size) * 0.2
    x, y = out.width - side - 15, 15
    draw.rounded_rectangle((x, y, x + side, y + side), 8, fill=(200, 20, 30))
    draw.text((x + side * 0.1, y + side * 0.2), "NEWS", font=_font(side * 0.32), fill=_WHITE)
    draw.ellipse((x + 0.3 * side, y + 0.55 * side, x + 0.7 * side, y + 0.95 * side), outline=_WHITE, width=4)
    return out


def with_watermark(picture: Image.Image, _: Random) -> Image.Image:
    """With the name of one agency across it, four times."""
    out = ImageOps.contain(picture, (900, 900)).convert("RGBA")
    layer = Image.new("RGBA", out.size, (0, 0, 0, 0))
    for row in range(4):
        at = (out.width * 0.1 * row, out.height * (0.1 + 0.22 * row))
        ImageDraw.Draw(layer).text(at, "© ARCHIVE AGENCY", font=_font(out.width / 12), fill=(255, 255, 255, 140))
    return Image.alpha_composite(out, layer).convert("RGB")


FRAMES: Final[Mapping[str, Edit]] = {
    "in a programme": in_a_programme,
    "in a studio": in_a_studio,
    "in a group": in_a_group,
    "with a logo": with_logo,
    "with a watermark": with_watermark,
}


def _font(size: float) -> Any:
    return ImageFont.load_default(size=max(8, int(size)))


def _talk(chance: Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(5))
