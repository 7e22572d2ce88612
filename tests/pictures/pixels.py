"""The colour of one pixel of a picture that has three bands."""

from PIL import Image

Rgb = tuple[int, int, int]


def rgb_at(picture: Image.Image, place: tuple[int, int]) -> Rgb:
    """From 0 to 255 each."""
    found = picture.getpixel(place)
    assert isinstance(found, tuple)
    red, green, blue = found
    return red, green, blue
