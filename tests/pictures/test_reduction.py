"""Pictures are reduced a band of rows at a time, with the same result as all at once."""

import numpy as np
import pytest
from PIL import Image

from guie_desktop.pictures.reduction import bands, reduce, to_bytes

MODES = ["1", "L", "P", "LA", "RGB", "RGBA", "RGBX", "RGBa", "CMYK", "YCbCr", "LAB", "I;16", "I", "F"]


def large(mode: str) -> Image.Image:
    """A picture of several bands, with a different colour in each place."""
    ramp = np.linspace(0, 255, 1700 * 1300).reshape(1700, 1300)
    if mode == "F":
        return Image.fromarray((ramp / 255).astype(np.float32))
    if mode in {"I", "I;16"}:
        return Image.fromarray((ramp * 257).astype(np.int32 if mode == "I" else np.uint16))
    rgba = np.dstack([ramp, ramp[::-1], ramp.T.reshape(1700, 1300), ramp / 2 + 90]).astype(np.uint8)
    with_alpha = Image.fromarray(rgba)
    if mode in {"RGBA", "RGBa", "LA"}:
        return with_alpha.convert(mode)
    return with_alpha.convert("RGB").convert(mode)


def all_at_once(image: Image.Image, factor: int) -> Image.Image:
    if image.mode == "F":
        image = Image.fromarray((np.asarray(image) * 255).round().astype(np.uint8))
    elif image.mode in {"I", "I;16"}:
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    elif image.mode in {"P", "RGBX"}:
        image = image.convert("RGB")
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode == "RGBa":
        image = image.convert("RGBA")
    return image.reduce(factor)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("factor", [1, 7])
def test_bands_change_nothing(mode: str, factor: int) -> None:
    image = large(mode)
    assert len(list(bands(image, factor))) > 1
    expected, found = all_at_once(image, factor), reduce(image, factor)
    assert (found.mode, found.size) == (expected.mode, expected.size)
    assert found.tobytes() == expected.tobytes()


def test_bands_cover_the_picture_in_multiples() -> None:
    image = large("L")
    found = list(bands(image, 7))
    assert [top for top, _ in found[:2]] == [0, found[0][1].height]
    assert all(band.height % 7 == 0 for _, band in found[:-1])
    assert sum(band.height for _, band in found) == image.height
    small = Image.new("L", (9, 9))
    assert [(top, band is small) for top, band in bands(small, 7)] == [(0, True)]


@pytest.mark.parametrize("alpha", [0, 255])
def test_alpha_that_says_nothing_is_dropped(alpha: int) -> None:
    image = large("RGBA")
    image.putalpha(alpha)
    assert reduce(image, 7).mode == "RGB"
    image.putpixel((image.width - 1, image.height - 1), (0, 0, 0, 128))  # in the last band
    assert reduce(image, 7).mode == "RGBA"


def test_numbers_from_0_to_1_are_brightness_and_others_are_stretched() -> None:
    ramp = np.linspace(0.25, 0.75, 64, dtype=np.float32).reshape(8, 8)
    assert np.asarray(reduce(Image.fromarray(ramp), 1)).tolist() == (ramp * 255).round().tolist()
    for other in (ramp - 0.5, ramp * 0.5, ramp * 100):
        stretched = np.asarray(reduce(Image.fromarray(other), 1))
        assert (stretched.min(), stretched.max()) == (0, 255)


def test_measurements_in_several_bands_are_stretched_alike() -> None:
    ramp = np.linspace(-500, 500, 1700 * 1300, dtype=np.float32).reshape(1700, 1300)
    found = np.asarray(reduce(Image.fromarray(ramp), 1)).astype(int)
    assert abs(found[850, 650] - 127) <= 1
    assert (np.diff(found.ravel()) >= 0).all()


def test_bytes_without_a_range_are_grey() -> None:
    assert to_bytes(np.array([1.0, np.nan]), 3, 3).tolist() == [128, 128]
    assert to_bytes(np.array([1.0, np.nan, np.inf]), 0, 2).tolist() == [128, 0, 255]


def test_white_of_12_bits() -> None:
    image = Image.fromarray(np.array([[0, 2048, 4095]], np.uint16))
    image.info["bits"] = 12
    assert np.asarray(reduce(image, 1)).tolist() == [[0, 128, 255]]
