"""Pictures and what people make of them: smaller, turned, mirrored, cropped, grey, saved badly; and other pictures."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps

from tests.gui.library_photos import PICTURES

PHOTOS = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "camera.png", "coins.png", "moon.png")

Turn = Image.Transpose


def scene(number: int) -> Image.Image:
    """One of a few photos."""
    with Image.open(PICTURES / PHOTOS[number]) as opened:
        image = opened.convert("RGB")
    image.thumbnail((400, 400))
    return image


def cropped(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """Without so much of it at these edges."""
    width, height = image.size
    box = (width * left, height * top, width * (1 - right), height * (1 - bottom))
    return image.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))


def saved(image: Image.Image, quality: int) -> Image.Image:
    """As it looks after it was saved so."""
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return Image.open(written).convert("RGB")


def dated(image: Image.Image) -> Image.Image:
    """With a small date in a corner."""
    copy = image.copy()
    pen = ImageDraw.Draw(copy)
    pen.text((image.width - 70, image.height - 20), "12.07.19", fill="orange")
    return copy


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "smaller": lambda image: image.resize((200, 150)),
    "saved badly": lambda image: saved(image, 40),
    "turned": lambda image: image.transpose(Turn.ROTATE_90),
    "turned back": lambda image: image.transpose(Turn.ROTATE_270),
    "upside down": lambda image: image.transpose(Turn.ROTATE_180),
    "mirrored": lambda image: image.transpose(Turn.FLIP_LEFT_RIGHT),
    "grey": lambda image: ImageOps.grayscale(image).convert("RGB"),
    "darker": lambda image: image.point(lambda value: value * 0.7),
    "cropped": lambda image: cropped(image, 0.05, 0.05, 0.05, 0.05),
    "cropped at a corner": lambda image: cropped(image, 0.08, 0, 0, 0.08),
    "turned and cropped": lambda image: cropped(image.transpose(Turn.ROTATE_90), 0.04, 0.04, 0.04, 0.04),
}


def page(number: int) -> Image.Image:
    """A page of text: no two have the same words, and all look alike from afar."""
    rng = np.random.default_rng(number)
    image = Image.new("RGB", (300, 400), "white")
    pen = ImageDraw.Draw(image)
    for line in range(24):
        words = ["".join(rng.choice(list("abcdefghiklmnoprst"), rng.integers(2, 9))) for _ in range(8)]
        pen.text((24, 20 + 15 * line), " ".join(words)[:44], fill="black")
    return image


def moved(image: Image.Image) -> Image.Image:
    """The same scene a moment later: something stands where nothing was."""
    later = image.copy()
    pen = ImageDraw.Draw(later)
    x, y = image.width // 2, image.height // 2
    pen.ellipse((x - 50, y - 60, x + 50, y + 60), fill=(250, 240, 60), outline=(20, 20, 20), width=6)
    return later


def squares(images: list[Image.Image], side: int) -> NDArray[np.uint8]:
    """Grey squares of them, (N, side, side)."""
    return np.stack([np.asarray(image.convert("L").resize((side, side), Image.Resampling.LANCZOS)) for image in images])


def save(image: Image.Image, path: Path, quality: int = 90) -> Path:
    """Write it; returns where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=quality)
    return path
