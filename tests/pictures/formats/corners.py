"""A picture of four colours, by which a turned, mirrored or miscoloured one is known."""

import numpy as np
from PIL import Image

RED, GREEN, BLUE, WHITE = (230, 30, 30), (30, 200, 30), (30, 30, 230), (230, 230, 230)
TURN_BACK = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""EXIF orientation to the Image.Transpose that undoes it."""

Colour = tuple[int, int, int]


def quadrants(width: int, height: int) -> Image.Image:
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    picture.paste(WHITE, (width // 2, height // 2, width, height))
    return picture


def turned(picture: Image.Image, orientation: int) -> Image.Image:
    """As a sensor sees it that is held so that EXIF must say this orientation."""
    return picture.transpose(Image.Transpose(TURN_BACK[orientation])) if orientation > 1 else picture


def assert_upright(picture: Image.Image, tolerance: float = 40) -> None:
    """The quadrants are where they belong."""
    across, down = picture.width // 4, picture.height // 4
    places = [(across, down), (3 * across, down), (across, 3 * down), (3 * across, 3 * down)]
    found = np.array([picture.getpixel(place) for place in places])
    assert np.abs(np.subtract(found, (RED, GREEN, BLUE, WHITE))).max() <= tolerance, found.tolist()
