"""Drawn "photos" for the demonstration's reports, with metadata of an invented phone for the cleaner to take away."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFont

SIZE = (1600, 1200)
SKY, GROUND, WALL = "#dfe9ec", "#b9c4b1", "#c9d3d8"
SHIRTS = ("#7a8b99", "#8a7f6d", "#6f8f86", "#94806f", "#6d7f96")
SKIN = ("#c58c6a", "#a8714f", "#8d5b3e")
_TAGS = {"make": 0x010F, "model": 0x0110, "taken": 0x0132, "exif": 0x8769, "gps": 0x8825}


def photo(seed: int, sign: str, taken: str) -> bytes:
    """A JPEG: people before a building under a banner that says `sign`; `taken` is EXIF's date and time."""
    draw_lots = random.Random(seed)  # noqa: S311 - a picture, not a secret
    picture = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 820, *SIZE), fill=GROUND)
    pen.rectangle((160, 260, 1440, 860), fill=WALL)
    for left in range(220, 1400, 240):
        pen.rectangle((left, 520, left + 120, 720), fill="#8fa3ad")
    pen.rectangle((240, 300, 1360, 430), fill="white", outline="#5b6b73", width=4)
    pen.text((800, 365), sign, fill="#37474f", font=ImageFont.load_default(56), anchor="mm")
    for place in range(draw_lots.randint(3, 6)):
        _person(pen, draw_lots, 260 + place * 210 + draw_lots.randint(-30, 30))
    return _as_jpeg(_grainy(picture, draw_lots), taken)


def _person(pen: ImageDraw.ImageDraw, draw_lots: random.Random, x: int) -> None:
    top, skin = draw_lots.randint(600, 660), draw_lots.choice(SKIN)
    pen.rounded_rectangle((x - 70, top + 110, x + 70, top + 420), 30, fill=draw_lots.choice(SHIRTS))
    pen.rectangle((x - 60, top + 400, x - 8, top + 540), fill="#45525a")
    pen.rectangle((x + 8, top + 400, x + 60, top + 540), fill="#45525a")
    pen.ellipse((x - 50, top, x + 50, top + 110), fill=skin)
    raised = draw_lots.random() < 0.6
    pen.line((x + 66, top + 150, x + 120, top + (20 if raised else 330)), fill=skin, width=26)
    pen.line((x - 66, top + 150, x - 110, top + 330), fill=skin, width=26)


def _grainy(picture: Image.Image, draw_lots: random.Random) -> Image.Image:
    """Sensor noise, so that the file has the weight of a photo."""
    noise = Image.frombytes("L", (400, 300), draw_lots.randbytes(400 * 300)).resize(SIZE)
    return Image.blend(picture, Image.merge("RGB", (noise, noise, noise)), 0.06)


def _as_jpeg(picture: Image.Image, taken: str) -> bytes:
    exif = Image.Exif()
    exif[_TAGS["make"]], exif[_TAGS["model"]], exif[_TAGS["taken"]] = "Rekaan", "Ponsel Contoh 1", taken
    exif.get_ifd(_TAGS["gps"]).update({1: "S", 2: (5.0, 0.0, 0.0), 3: "E", 4: (105.0, 0.0, 0.0)})
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=82, exif=exif)
    return file.getvalue()
