"""Colours that are stated by numbers are shown as sRGB; HDR as a screen of standard range would show it."""

import math

import pytest
from PIL import Image

from guie_desktop.pictures.coding_points import from_coding_points
from guie_desktop.pictures.colour import to_srgb
from tests.pictures.pixels import Rgb, rgb_at

WIDE, P3, SRGB = 9, 12, 1
PQ, HLG, LINEAR, SRGB_CURVE = 16, 18, 8, 13


def shown(colour: Rgb, primaries: int, transfer: int) -> Rgb:
    found = from_coding_points(Image.new("RGB", (4, 4), colour), (primaries, transfer))
    assert found is not None
    return rgb_at(found, (0, 0))


def pq(nits: float) -> int:
    """The code, of 255, of a light in cd/m2 (the inverse EOTF of BT.2100)."""
    power = math.pow(nits / 10_000, 2610 / 16384)
    return round(255 * math.pow((3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power), 2523 / 32))


def hlg(scene: float) -> int:
    """The code, of 255, of light of the scene between 0 and 1 (the OETF of BT.2100)."""
    a = 0.17883277
    code = math.sqrt(3 * scene) if scene <= 1 / 12 else a * math.log(12 * scene - 1 + 4 * a) + 0.5 - a * math.log(4 * a)
    return round(255 * code)


@pytest.mark.parametrize("grey", [0, 40, 118, 180])
def test_greys_below_paper_white_stay_what_they_are(grey: int) -> None:
    linear = ((grey / 255 + 0.055) / 1.055) ** 2.4 if grey > 10 else grey / 255 / 12.92
    assert shown((pq(203 * linear),) * 3, WIDE, PQ) == pytest.approx((grey,) * 3, abs=3)
    scene = (linear * 203 / 1000) ** (1 / 1.2)
    assert shown((hlg(scene),) * 3, WIDE, HLG) == pytest.approx((grey,) * 3, abs=4)


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_highlights_are_told_apart_and_never_clipped_to_another_hue(transfer: int) -> None:
    levels = [shown((code,) * 3, WIDE, transfer)[0] for code in range(256)]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert levels[-1] >= 250
    assert shown((pq(203),) * 3, WIDE, PQ)[0] in range(235, 248)
    red, green, blue = shown((pq(2000), pq(1000), pq(1000)), WIDE, PQ)
    assert red > 240 > max(green, blue)
    assert green == pytest.approx(blue, abs=10)


@pytest.mark.parametrize(
    ("primaries", "transfer", "stored", "expected"),
    [
        (P3, SRGB_CURVE, (200, 100, 100), (214, 95, 98)),
        (WIDE, SRGB_CURVE, (128, 128, 128), (128, 128, 128)),
        (WIDE, 14, (0, 255, 0), (0, 255, 0)),
        (SRGB, LINEAR, (147, 56, 27), (200, 129, 91)),
    ],
)
def test_other_colours(primaries: int, transfer: int, stored: Rgb, expected: Rgb) -> None:
    assert shown(stored, primaries, transfer) == pytest.approx(expected, abs=3)


@pytest.mark.parametrize("points", [(SRGB, SRGB_CURVE), (SRGB, 1), (2, 2), (WIDE, 2), (99, PQ)])
def test_what_is_srgb_or_unknown_stays(points: tuple[int, int]) -> None:
    assert from_coding_points(Image.new("RGB", (4, 4)), points) is None


def test_grey_and_what_has_a_profile_stay() -> None:
    assert from_coding_points(Image.new("L", (4, 4)), (WIDE, PQ)) is None
    picture = Image.new("RGB", (4, 4), (100, 100, 100))
    picture.info = {"coding_points": (WIDE, PQ)}
    assert to_srgb(picture, 1).getpixel((0, 0)) != (100, 100, 100)
    picture.info["icc_profile"] = b"of no use"
    assert to_srgb(picture, 1).getpixel((0, 0)) == (100, 100, 100)
    picture.info = {"coding_points": None}
    assert to_srgb(picture, 1).getpixel((0, 0)) == (100, 100, 100)
