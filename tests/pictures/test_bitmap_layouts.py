"""Bitmaps whose channels lie in any bits."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.pictures.bitmap_layouts import bitmap_of_masks
from tests.bitmaps import bitmap

PIXELS = np.array([[(255, 0, 0), (0, 255, 0), (0, 0, 255)], [(255, 255, 255), (0, 0, 0), (255, 0, 255)]])


def words(masks: tuple[int, ...], kind: str, alpha: int = 255) -> NDArray[np.unsignedinteger[Any]]:
    """The pixels, each channel none or all of the bits of its mask."""
    channels = [*np.moveaxis(PIXELS, 2, 0), np.full(PIXELS.shape[:2], alpha)]
    joined = np.zeros(PIXELS.shape[:2], np.int64)
    for channel, mask in zip(channels, masks, strict=False):
        joined |= (channel > 0) * mask
    return joined.astype(kind)


@pytest.mark.parametrize(
    ("masks", "kind"),
    [
        ((0x7C00, 0x03E0, 0x001F), "<u2"),
        ((0xF800, 0x07E0, 0x001F), "<u2"),
        ((0x0F00, 0x00F0, 0x000F), "<u2"),
        ((0x0007, 0x0038, 0x01C0), "<u2"),
        ((0x3FF00000, 0x000FFC00, 0x000003FF), "<u4"),
        ((0xFF000000, 0x000000FF, 0x00FF0000), "<u4"),
    ],
)
@pytest.mark.parametrize("is_upside_down", [True, False])
def test_any_masks(masks: tuple[int, ...], kind: str, is_upside_down: bool) -> None:
    found = bitmap_of_masks(bitmap(words(masks, kind), masks, is_upside_down=is_upside_down))
    assert found is not None
    assert found.size == (3, 2)
    picture = found.read()
    assert picture.mode == "RGB"
    np.testing.assert_array_equal(np.asarray(picture), PIXELS)


@pytest.mark.parametrize(("header", "kind"), [(40, 6), (56, 3), (108, 3), (124, 3)])
def test_alpha(header: int, kind: int) -> None:
    masks = (0x0F00, 0x00F0, 0x000F, 0xF000)
    found = bitmap_of_masks(bitmap(words(masks, "<u2", alpha=0), masks, header=header, kind=kind))
    assert found is not None
    np.testing.assert_array_equal(np.asarray(found.read())[..., :3], PIXELS)
    assert found.read().getchannel("A").getextrema() == (0, 0)
    without = bitmap_of_masks(bitmap(words(masks, "<u2"), (*masks[:3], 0), header=header, kind=kind))
    assert without is not None
    assert without.read().mode == "RGB"


def test_values_are_scaled_and_a_channel_without_bits_is_dark() -> None:
    found = bitmap_of_masks(bitmap(np.array([[0b01_10]], "<u2"), (0b1100, 0b0011, 0)))
    assert found is not None
    assert found.read().getpixel((0, 0)) == (85, 170, 0)


def test_many_rows() -> None:
    ramp = np.arange(700, dtype="<u2")[:, np.newaxis] % 32
    found = bitmap_of_masks(bitmap(ramp, (0x1F, 0, 0x3E0)))
    assert found is not None
    np.testing.assert_array_equal(np.asarray(found.read())[:, 0, 0], (ramp[:, 0] * 255 / 31).round())


@pytest.mark.parametrize(
    "data",
    [
        b"BM",
        bitmap(np.zeros((1, 1), "<u2"), (0, 0, 0)),
        bitmap(np.zeros((1, 1), "<u2"), (1, 2, 4), kind=0),
        bitmap(np.zeros((1, 1), "<u2"), (1, 2, 4))[:60],
    ],
)
def test_other_bitmaps(data: bytes) -> None:
    assert bitmap_of_masks(data) is None


def test_one_that_is_cut_off() -> None:
    found = bitmap_of_masks(bitmap(np.ones((9, 9), "<u2"), (1, 2, 4))[:-1])
    assert found is not None
    with pytest.raises(ValueError, match="truncated"):
        found.read()


@given(st.binary(max_size=80))
def test_any_bytes(rest: bytes) -> None:
    bitmap_of_masks(b"BM" + rest)
