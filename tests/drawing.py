"""Photos that the tests draw for themselves: coloured scenes that a network can tell apart."""

import random
from pathlib import Path

from PIL import Image, ImageDraw

KINDS = ("rings", "stripes", "blocks", "dots")


def draw_scene(kind: str, seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A picture of one kind; the seed varies its colours and places."""
    rng = random.Random(f"{kind}-{seed}")
    width, height = size
    image = Image.new("RGB", size, _colour(rng, dark=True))
    pen = ImageDraw.Draw(image)
    for number in range(12):
        colour = _colour(rng)
        x, y, reach = rng.randrange(width), rng.randrange(height), rng.randrange(8, width // 4)
        if kind == "rings":
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), outline=colour, width=5)
        elif kind == "stripes":
            left = number * width // 12
            pen.line((left, 0, left + reach, height), fill=colour, width=10)
        elif kind == "blocks":
            pen.rectangle((x - reach, y - reach, x + reach, y + reach // 2), fill=colour)
        else:
            for _ in range(12):
                dot_x, dot_y = rng.randrange(width), rng.randrange(height)
                pen.ellipse((dot_x, dot_y, dot_x + 9, dot_y + 9), fill=colour)
    return image


def save_photos(folder: Path, count: int, kinds: tuple[str, ...] = KINDS, first: int = 0) -> list[Path]:
    """`count` different JPEGs in the folder, kinds taking turns."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(first, first + count):
        kind = kinds[number % len(kinds)]
        path = folder / f"{kind}-{number:03d}.jpg"
        draw_scene(kind, number).save(path, quality=88)
        paths.append(path)
    return paths


def save_marked_photos(folder: Path, colour: str, count: int, first: int = 0) -> list[Path]:
    """`count` JPEGs of all kinds with a disc of this colour somewhere: what they have in common is not what strikes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(first, first + count):
        picture = draw_scene(KINDS[number % len(KINDS)], number)
        rng = random.Random(f"{colour}-{number}")
        x, y = rng.randrange(60, 260), rng.randrange(60, 180)
        ImageDraw.Draw(picture).ellipse((x - 55, y - 55, x + 55, y + 55), fill=colour)
        path = folder / f"{colour}-{number:03d}.jpg"
        picture.save(path, quality=88)
        paths.append(path)
    return paths


def _colour(rng: random.Random, *, dark: bool = False) -> tuple[int, int, int]:
    low, high = (0, 90) if dark else (90, 256)
    return rng.randrange(low, high), rng.randrange(low, high), rng.randrange(low, high)
