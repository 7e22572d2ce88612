"""Photos that data sets are made of for the tests: drawn, and told apart by any network."""

import colorsys
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from guie_desktop.study.datasets import DATASETS
from guie_desktop.study.sample import Sample, Split


def draw_photo(path: Path, thing: str, seed: int, size: int = 48) -> None:
    """A JPEG of a thing, whose colours and shape follow from its name; place, size and noise from the seed."""
    look, chance = random.Random(thing), random.Random(f"{thing}-{seed}")
    ground, ink = (_colour(look.random(), value) for value in (0.35, 0.95))
    image = Image.new("RGB", (size, size), ground)
    pen = ImageDraw.Draw(image)
    corners, turn = look.choice((3, 4, 5, 32)), chance.uniform(0, 360)
    for _ in range(look.choice((1, 2, 4))):
        middle = (chance.uniform(0.3, 0.7) * size, chance.uniform(0.3, 0.7) * size)
        pen.regular_polygon((middle, chance.uniform(0.2, 0.3) * size), corners, turn, fill=ink)
    noise = np.random.default_rng(chance.getrandbits(32)).normal(0, 8, (size, size, 3))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((np.asarray(image) + noise).clip(0, 255).astype(np.uint8)).save(path, "JPEG", quality=90)


class DrawnPhotos:
    """Draws the photos of a data set, and keeps what its reader is to find."""

    def __init__(self, dataset: str, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.dataset = dataset
        self.root = root.resolve()
        self.domain = DATASETS[dataset].domain if dataset in DATASETS else dataset
        self.made: list[Sample] = []
        self._drawn = 0

    def add(self, name: str, label: str, given: Split | None = None, domain: str = "", *, is_read: bool = True) -> None:
        self._drawn += 1
        draw_photo(self.root / name, f"{self.dataset}/{label}", self._drawn)
        if is_read:
            self.made.append(Sample((self.root / name).as_posix(), label, self.dataset, domain or self.domain, given))


def each(classes: int, per_class: int) -> Iterator[tuple[int, int]]:
    return ((label, number) for label in range(classes) for number in range(per_class))


def _colour(hue: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue if value < 0.5 else (hue + 0.4) % 1, 0.8, value)
    return round(255 * red), round(255 * green), round(255 * blue)
