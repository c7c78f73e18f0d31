"""Pictures that look alike and are not the same: pages, logos, studios, chats, calendars, products, all drawn here."""

import calendar
import random
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

WORDS = (
    *("yes", "no", "where", "when", "who", "look", "at", "this", "here", "now", "ok", "later", "car", "road", "bridge"),
    *("seen", "morning", "white", "truck", "north", "two", "report", "says", "near", "border", "market", "evening"),
)


@cache
def scene(number: int, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """Something like a photograph: soft ground, fine texture and things before it; every fourth is a plain one."""
    chance = np.random.default_rng(number)
    width, height = size
    whole = np.full((height, width, 3), chance.integers(60, 190, 3), dtype=np.float32)
    octaves = (3, 7) if number % 4 == 3 else (3, 7, 17, 41, 97)
    for cells in octaves:
        rough = np.clip(chance.normal(128, 60, (cells, cells, 3)), 0, 255).astype(np.uint8)
        field = Image.fromarray(rough).resize(size, Image.Resampling.BICUBIC)
        whole += (np.asarray(field, dtype=np.float32) - 128) * (0.25 if number % 4 == 3 else 0.5)
    image = Image.fromarray(np.clip(whole, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(3 if number % 4 == 3 else 12):
        x, y = int(chance.integers(0, width)), int(chance.integers(0, height))
        box = (x, y, x + int(chance.integers(20, width // 3)), y + int(chance.integers(20, height // 3)))
        (draw.ellipse if chance.random() < 0.5 else draw.rectangle)(
            box, fill=tuple(chance.integers(0, 256, 3).tolist())
        )
    return image


def words(chance: random.Random, count: int) -> str:
    """Some words."""
    return " ".join(chance.choice(WORDS) for _ in range(count))


def page(number: int) -> Image.Image:
    """A page of text, every one in the same font and of the same layout."""
    chance = random.Random(number)
    image = Image.new("RGB", (600, 800), "white")
    draw = ImageDraw.Draw(image)
    for line in range(26):
        draw.text((50, 40 + 28 * line), words(chance, 8), fill="black", font=_font(20))
    return image


def with_logo(number: int) -> Image.Image:
    """A scene with the logo of an agency in its corner."""
    image = scene(number).copy()
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((390, 15, 465, 90), 8, fill=(200, 20, 30))
    draw.text((400, 25), "NEWS", fill="white", font=_font(22))
    draw.ellipse((410, 52, 445, 86), outline="white", width=4)
    return image


def in_a_frame(number: int) -> Image.Image:
    """A scene in the frame of a television channel: border, lower third, bug."""
    image = Image.new("RGB", (960, 540), (10, 30, 90))
    draw = ImageDraw.Draw(image)
    for x in range(0, 960, 24):
        draw.line((x, 0, x + 60, 540), fill=(20, 50, 130), width=6)
    image.paste(ImageOps.fit(scene(number), (800, 400)), (80, 30))
    draw.rectangle((40, 440, 920, 520), fill=(180, 20, 30))
    draw.rectangle((40, 440, 240, 520), fill="white")
    draw.text((60, 455), "LIVE", fill=(180, 20, 30), font=_font(44))
    draw.text((260, 450), "Channel 7 Evening News", fill="white", font=_font(40))
    draw.ellipse((860, 20, 940, 100), fill="white")
    draw.text((878, 30), "7", fill=(180, 20, 30), font=_font(56))
    return image


def in_a_studio(number: int) -> Image.Image:
    """A scene on the screen behind a presenter: most of the picture is the studio."""
    image = in_a_frame(1_000).copy()
    image.paste(ImageOps.fit(scene(number), (320, 220)), (520, 50))
    return image


def chat(number: int) -> Image.Image:
    """A chat of one application with a scene in it and a few words."""
    chance = random.Random(number)
    image = Image.new("RGB", (720, 1280), (236, 229, 221))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 720, 110), fill=(7, 94, 84))
    draw.ellipse((70, 25, 130, 85), fill=(180, 190, 200))
    draw.text((150, 30), "Family group", fill="white", font=_font(34))
    for x in range(30, 720, 90):
        for y in range(130, 1180, 90):
            draw.arc((x, y, x + 24, y + 24), 0, 270, fill=(220, 212, 204), width=3)
    for top in (150, 660, 800):
        draw.rounded_rectangle((20, top, 520, top + 90), 16, fill="white")
        draw.text((40, top + 20), words(chance, 5), fill="black", font=_font(26))
    image.paste(ImageOps.fit(scene(number), (420, 320)), (280, 280))
    draw.rectangle((0, 1190, 720, 1280), fill="white")
    draw.text((40, 1210), "Type a message", fill="grey", font=_font(30))
    return image


def chat_of_words(number: int) -> Image.Image:
    """A chat of that application in which only words were exchanged."""
    chance = random.Random(number)
    image = chat(1_000).copy()
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 130, 720, 1185), fill=(236, 229, 221))
    for top in range(140, 1100, 110):
        left = chance.choice((20, 180))
        draw.rounded_rectangle((left, top, left + chance.randrange(250, 520), top + 90), 16, fill="white")
        draw.text((left + 20, top + 20), words(chance, chance.randrange(2, 6)), fill="black", font=_font(26))
    return image


def month(number: int) -> Image.Image:
    """A leaf of a calendar."""
    image = Image.new("RGB", (700, 600), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 700, 80), fill=(40, 90, 160))
    year, at = 2020 + number // 12, number % 12 + 1
    draw.text((30, 15), f"{calendar.month_name[at]} {year}", fill="white", font=_font(44))
    for row, week in enumerate(calendar.monthcalendar(year, at)):
        for column, day in enumerate(week):
            box = (20 + 95 * column, 100 + 80 * row, 110 + 95 * column, 175 + 80 * row)
            draw.rectangle(box, outline="grey", width=2)
            if day:
                draw.text((box[0] + 10, box[1] + 8), str(day), fill="black", font=_font(30))
    return image


def product(number: int) -> Image.Image:
    """A product on white, seen from another angle each time, with another number on it."""
    chance = random.Random(7)
    image = Image.new("RGB", (500, 500), "white")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((60, 180, 440, 320), 30, fill=(50, 55, 60))
    for _ in range(14):
        x, y = chance.randrange(80, 400), chance.randrange(190, 290)
        draw.rectangle(
            (x, y, x + chance.randrange(8, 40), y + chance.randrange(8, 30)), fill=(chance.randrange(256),) * 3
        )
    draw.rectangle((150, 225, 350, 275), fill="white")
    draw.text((160, 228), str(random.Random(number).randrange(10**8, 10**9)), fill="black", font=_font(38))
    return image.rotate(13 * number, Image.Resampling.BICUBIC, fillcolor="white")


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)
