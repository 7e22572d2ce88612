"""Every mode and colour profile arrives as the sRGB that a colour-managed viewer would show on white."""

import struct
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from guie_desktop.pictures.images import decode
from tests.pictures.pixels import Rgb, rgb_at


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def colour_of(data: bytes, place: tuple[int, int] = (0, 0), smallest_side: int = 1000) -> Rgb:
    return rgb_at(decode(data, smallest_side).image, place)


def with_palette(colour: Rgb) -> Image.Image:
    picture = Image.new("P", (16, 16), 1)
    picture.putpalette([0, 0, 0, *colour])
    return picture


def assert_close(found: Rgb, expected: Rgb, tolerance: int = 3) -> None:
    assert np.abs(np.subtract(found, expected)).max() <= tolerance, f"{found} is not {expected}"


def fixed(*numbers: float) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def icc(
    colour_space: bytes, connection: bytes, tags: dict[bytes, bytes], kind: bytes = b"mntr", name: bytes = b"of a test"
) -> bytes:
    """An ICC profile of version 2 with the given tags."""
    name += b"\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(79),
        b"wtpt": b"XYZ \0\0\0\0" + fixed(0.9642, 1, 0.8249),
        **tags,
    }
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for tag, content in tags.items():
        table += tag + struct.pack(">II", at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    header = struct.pack(">I4sI", at + len(body), b"\0\0\0\0", 0x02400000) + kind + colour_space + connection
    header += bytes(12) + b"acsp" + bytes(28) + fixed(0.9642, 1, 0.8249)
    return header.ljust(128, b"\0") + table + body


def gamma(exponent: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256))


def rgb_profile(*primaries: tuple[float, float, float], exponent: float = 2.2, name: bytes = b"of a test") -> bytes:
    columns = {
        tag: b"XYZ \0\0\0\0" + fixed(*xyz) for tag, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)
    }
    curves = {tag: gamma(exponent) for tag in (b"rTRC", b"gTRC", b"bTRC")}
    return icc(b"RGB ", b"XYZ ", columns | curves, name=name)


# Primaries adapted to D50, as in Apple's and Adobe's profiles.
DISPLAY_P3 = rgb_profile((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841))
ADOBE_RGB = rgb_profile((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446))
SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
LINEAR_GREY = icc(b"GRAY", b"XYZ ", {b"kTRC": gamma(1)})


def press_profile(no_ink: tuple[int, int, int], any_ink: tuple[int, int, int]) -> bytes:
    """A CMYK profile in which paper has one Lab colour and any full ink another."""
    ramp = bytes(range(256))
    table = bytes(no_ink) + bytes(any_ink) * 15
    lut = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + ramp * 4 + table + ramp * 3
    return icc(b"CMYK", b"Lab ", {b"A2B0": lut}, kind=b"prtr")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize(
    ("profile", "stored", "shown"),
    [
        (DISPLAY_P3, (200, 100, 100), (214, 95, 98)),
        (ADOBE_RGB, (128, 180, 128), (98, 181, 126)),
        (DISPLAY_P3, (128, 128, 128), (128, 128, 128)),
        (ADOBE_RGB, (255, 255, 255), (255, 255, 255)),
    ],
)
def test_profiles_of_rgb(kind: str, profile: bytes, stored: Rgb, shown: Rgb) -> None:
    lossless = {"lossless": True} if kind == "WEBP" else {"quality": 100} if kind in {"JPEG", "AVIF"} else {}
    data = encoded(Image.new("RGB", (32, 32), stored), kind, icc_profile=profile, **lossless)
    assert_close(colour_of(data), shown)
    assert_close(colour_of(data, smallest_side=4), shown)


@pytest.mark.parametrize("mode", ["P", "RGBA"])
def test_profile_of_other_rgb_modes(mode: str) -> None:
    colour = (128, 180, 128)
    picture = with_palette(colour) if mode == "P" else Image.new(mode, (8, 8), colour)
    assert_close(colour_of(encoded(picture, "PNG", icc_profile=ADOBE_RGB)), (98, 181, 126))


@pytest.mark.parametrize("name", [b"sRGB, linear light", b"linear light"])
def test_a_profile_is_known_by_what_it_does(name: bytes) -> None:
    linear = rgb_profile(*SRGB, exponent=1, name=name)
    data = encoded(Image.new("RGB", (8, 8), (147, 56, 27)), "PNG", icc_profile=linear)
    assert_close(colour_of(data), (200, 129, 91))


@pytest.mark.parametrize("name", ["sRGB", "whatever"])
def test_srgb_of_any_name_keeps_the_pixels(name: str) -> None:
    as_pillow_makes_it = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = as_pillow_makes_it.replace("sRGB built-in".encode("utf-16-be"), name.ljust(13).encode("utf-16-be"))
    assert name.encode("utf-16-be") in profile
    data = encoded(Image.new("RGB", (8, 8), (201, 17, 93)), "PNG", icc_profile=profile)
    assert colour_of(data) == (201, 17, 93)


def test_profile_of_grey() -> None:
    assert_close(colour_of(encoded(Image.new("L", (8, 8), 55), "PNG", icc_profile=LINEAR_GREY)), (128, 128, 128))
    assert_close(colour_of(encoded(Image.new("LA", (8, 8), (55, 255)), "PNG", icc_profile=LINEAR_GREY)), (128,) * 3)


def test_profile_of_cmyk() -> None:
    profile = press_profile((255, 128, 128), (135, 208, 195))  # paper white; L 53, a 80, b 67: red
    paper = encoded(Image.new("CMYK", (16, 16)), "TIFF", icc_profile=profile)
    ink = encoded(Image.new("CMYK", (16, 16), (255, 0, 0, 0)), "JPEG", icc_profile=profile, quality=100)
    assert_close(colour_of(paper), (255, 255, 255))
    assert_close(colour_of(ink), (255, 0, 0), tolerance=12)


@pytest.mark.parametrize(
    "profile",
    [b"", b"x" * 200, DISPLAY_P3[:200], DISPLAY_P3[:-30], bytes(5_000_000), press_profile((1, 1, 1), (9, 9, 9))],
)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_profile_of_no_use_keeps_the_pixels(profile: bytes, mode: str) -> None:
    colour = (200, 100, 50) if mode == "RGB" else 90
    data = encoded(Image.new(mode, (8, 8), colour), "PNG", icc_profile=profile)
    assert colour_of(data) == (colour if mode == "RGB" else (90, 90, 90))


def test_cmyk_without_a_profile() -> None:
    data = encoded(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG", quality=100)
    assert_close(colour_of(data), (255, 0, 0))


@pytest.mark.parametrize("mode", ["YCbCr", "LAB"])
def test_other_colour_models(mode: str) -> None:
    data = encoded(Image.new("RGB", (16, 16), (200, 100, 50)).convert(mode), "TIFF")
    assert_close(colour_of(data), (200, 100, 50))
    assert_close(colour_of(data, smallest_side=4), (200, 100, 50))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize(("stored", "shown"), [(0, 0), (257, 1), (25_700, 100), (65_535, 255)])
def test_16_bit_grey_is_scaled(kind: str, stored: int, shown: int) -> None:
    values = np.full((8, 8), stored, np.uint16)
    assert colour_of(encoded(Image.fromarray(values), kind)) == (shown,) * 3


def test_32_bit_and_big_endian_grey() -> None:
    assert colour_of(encoded(Image.fromarray(np.full((8, 8), 25_700, np.int32)), "TIFF")) == (100,) * 3
    big_endian = Image.frombytes("I;16B", (8, 8), struct.pack(">H", 25_700) * 64)
    assert colour_of(encoded(big_endian, "TIFF")) == (100,) * 3


@pytest.mark.parametrize("numbers", [np.float32, np.int32])
def test_measurements_are_stretched(numbers: type) -> None:
    ramp: NDArray[Any] = np.tile(np.linspace(-90_000, 700_000, 200), (20, 1)).astype(numbers)
    picture = np.asarray(decode(encoded(Image.fromarray(ramp), "TIFF"), 20).image)
    assert picture.min() == 0
    assert picture.max() == 255
    assert abs(int(picture[0, 100, 0]) - 128) < 3


@pytest.mark.parametrize("fill", [0.5, np.nan, np.inf, 3e38])
def test_measurements_without_a_range(fill: float) -> None:
    values = np.full((8, 8), fill, np.float32)
    assert colour_of(encoded(Image.fromarray(values), "TIFF")) == (128, 128, 128)
    values[0, :4], values[1] = -3e38, np.nan
    assert decode(encoded(Image.fromarray(values), "TIFF"), 8).image.mode == "RGB"


def test_one_bit_is_averaged() -> None:
    stripes = Image.fromarray((np.indices((32, 32))[1] % 2 * 255).astype(np.uint8)).convert("1")
    assert_close(colour_of(encoded(stripes, "PNG"), smallest_side=8), (128, 128, 128))


@pytest.mark.parametrize("smallest_side", [4, 16])
@pytest.mark.parametrize(
    ("picture", "kind", "options", "shown"),
    [
        (Image.new("RGBA", (16, 16), (255, 0, 0, 128)), "PNG", {}, (255, 127, 127)),
        (Image.new("RGBA", (16, 16), (255, 0, 0, 255)), "PNG", {}, (255, 0, 0)),
        (Image.new("LA", (16, 16), (0, 128)), "PNG", {}, (127, 127, 127)),
        (Image.new("L", (16, 16), 7), "PNG", {"transparency": 7}, (255, 255, 255)),
        (Image.new("1", (16, 16), 0), "PNG", {"transparency": 0}, (255, 255, 255)),
        (Image.new("I;16", (16, 16), 700), "PNG", {"transparency": 700}, (255, 255, 255)),
        (Image.new("I;16", (16, 16), 700), "PNG", {"transparency": 701}, (2, 2, 2)),
        (Image.new("RGB", (16, 16), (1, 2, 3)), "PNG", {"transparency": (1, 2, 3)}, (255, 255, 255)),
        (with_palette((255, 0, 0)), "PNG", {"transparency": b"\xff\0"}, (255, 255, 255)),
        (with_palette((255, 0, 0)), "GIF", {"transparency": 1}, (255, 255, 255)),
    ],
)
def test_transparency_shows_white(
    picture: Image.Image, kind: str, options: dict[str, Any], shown: Rgb, smallest_side: int
) -> None:
    assert_close(colour_of(encoded(picture, kind, **options), smallest_side=smallest_side), shown, tolerance=1)


@pytest.mark.parametrize("smallest_side", [4, 16])
@pytest.mark.parametrize(
    ("picture", "kind", "options", "shown"),
    [
        (Image.new("RGBA", (16, 16), (255, 0, 0, 0)), "PNG", {}, (255, 0, 0)),
        (Image.new("RGBA", (16, 16), (255, 0, 0, 0)), "TIFF", {}, (255, 0, 0)),
        (Image.new("RGBA", (16, 16), (255, 0, 0, 0)), "WEBP", {"exact": True, "lossless": True}, (255, 0, 0)),
        (Image.new("RGBA", (16, 16), (255, 0, 0, 0)), "BMP", {}, (255, 0, 0)),
        (Image.new("LA", (16, 16), (90, 0)), "PNG", {}, (90, 90, 90)),
    ],
)
def test_an_alpha_channel_that_nobody_filled_hides_nothing(
    picture: Image.Image, kind: str, options: dict[str, Any], shown: Rgb, smallest_side: int
) -> None:
    assert_close(colour_of(encoded(picture, kind, **options), smallest_side=smallest_side), shown, tolerance=1)
