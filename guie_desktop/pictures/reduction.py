"""A picture of any mode made smaller and 8 bits deep, a band of rows at a time, so that none is ever held twice."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from PIL import Image

_BAND_PIXELS = 2_000_000
_SAMPLED_PIXELS = 1_000_000

_Simplify = Callable[[Image.Image], Image.Image]


def reduce(image: Image.Image, factor: int) -> Image.Image:
    """The picture `factor` times smaller (rounded up), each pixel an average, in a mode of 8 bits a channel.

    It has an alpha channel only where that hides a part of the picture.
    """
    simplify = _simplifier(image)
    width, height = (-(-side // factor) for side in image.size)
    smaller: Image.Image | None = None
    for top, band in bands(image, factor):
        simple = simplify(band)
        part = simple.reduce(factor) if factor > 1 else simple
        if part.size == (width, height):
            return part
        if smaller is None:
            smaller = Image.new(part.mode, (width, height))
        smaller.paste(part, (0, top // factor))
    assert smaller is not None  # no picture is without a row
    return smaller


def bands(image: Image.Image, multiple: int = 1) -> Iterator[tuple[int, Image.Image]]:
    """The picture in runs of rows, each with its first row; all but the last have a multiple of so many rows."""
    rows = max(1, _BAND_PIXELS // (image.width * multiple)) * multiple
    if rows >= image.height:
        yield 0, image
        return
    for top in range(0, image.height, rows):
        yield top, image.crop((0, top, image.width, min(top + rows, image.height)))


def _simplifier(image: Image.Image) -> _Simplify:
    """What turns a band of the picture into a mode whose pixels may be averaged."""
    if image.mode.startswith("I;16"):
        hidden = image.info.get("transparency")
        if image.info.get("bits") == 12:  # as some cameras of laboratories write
            return lambda band: _upper_byte(band, 4)
        return _upper_byte if hidden is None else lambda band: _upper_byte_but(band, hidden)
    if image.mode == "I":
        lowest, highest = _range(image)
        return _upper_byte if lowest >= 0 and highest <= 0xFFFF else _stretch(image)
    if image.mode == "F":
        lowest, highest = _range(image)
        # Numbers that fill the range from 0 to 1 are brightness; others are measurements without an agreed white.
        return _scale(0, 1) if lowest >= 0 and 0.5 <= highest <= 1 else _stretch(image)
    if image.has_transparency_data:
        mode = "LA" if image.mode in {"1", "L", "LA", "La"} else "RGBA"
        has_channel = image.mode in {"LA", "La", "PA", "RGBA", "RGBa"}
        if not _hides_a_part(image, mode, has_channel=has_channel):
            # Averaging with alpha takes four times as long.
            return lambda band: band.convert(mode).convert(mode.removesuffix("A"))
        return lambda band: band.convert(mode)
    if image.mode == "1":
        return lambda band: band.convert("L")
    if image.mode in {"P", "PA", "RGBX"}:
        return lambda band: band.convert("RGB")
    return lambda band: band


def _upper_byte(band: Image.Image, lower: int = 8) -> Image.Image:
    """Without so many lower bits."""
    # Pillow's own conversion clips at 255, which turns nearly all of a 16-bit picture white.
    return Image.fromarray((np.asarray(band) >> lower).astype(np.uint8))


def _upper_byte_but(band: Image.Image, hidden: int) -> Image.Image:
    alpha = (np.asarray(band) != hidden).astype(np.uint8) * 255
    return Image.merge("LA", (_upper_byte(band), Image.fromarray(alpha)))


def _hides_a_part(image: Image.Image, mode: str, *, has_channel: bool) -> bool:
    """Whether alpha hides anything and leaves anything.

    A channel of zeros is one that some program left unfilled: whoever wants to hide all saves nothing. A colour or
    entry of a palette that is declared transparent is meant.
    """
    lowest, highest = 255, 0
    for _, band in bands(image):
        alpha = np.asarray(band.convert(mode).getchannel("A"))
        lowest, highest = min(lowest, int(alpha.min())), max(highest, int(alpha.max()))
        if lowest < 255 and (highest > 0 or not has_channel):
            return True
    return False


def _range(image: Image.Image) -> tuple[float, float]:
    """The smallest and the largest finite number; (0, 0) where there is none."""
    lowest, highest = np.inf, -np.inf
    for _, band in bands(image):
        values = np.asarray(band)
        finite = values[np.isfinite(values)]
        if finite.size:
            lowest, highest = min(lowest, float(finite.min())), max(highest, float(finite.max()))
    return (lowest, highest) if lowest <= highest else (0.0, 0.0)


def _stretch(image: Image.Image) -> _Simplify:
    """Measurements without an agreed white: black and white are the 0.5 % and 99.5 % percentiles."""
    step = max(1, image.width * image.height // _SAMPLED_PIXELS)
    parts, offset = [], 0
    for _, band in bands(image):
        values = np.asarray(band).ravel()
        parts.append(values[offset::step].astype(np.float64))
        offset = (offset - values.size) % step
    sample = np.concatenate(parts)
    sample = sample[np.isfinite(sample)]
    if not sample.size:
        return _scale(0, 0)
    return _scale(*np.percentile(sample, (0.5, 99.5)).tolist())


def _scale(low: float, high: float) -> _Simplify:
    """What makes `low` black and `high` white; all is grey where there is no range between them."""
    return lambda band: Image.fromarray(to_bytes(np.asarray(band), low, high))


def to_bytes(values: np.ndarray[Any, Any], low: float, high: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Numbers as bytes, `low` as 0 and `high` as 255; what is not finite is clipped or black."""
    if not low < high:
        return np.full(values.shape, 128, np.uint8)
    with np.errstate(all="ignore"):
        scaled = (values.astype(np.float32) - np.float32(low)) / np.float32(high - low)
        bytes_: np.ndarray[Any, np.dtype[np.uint8]] = (np.nan_to_num(scaled).clip(0, 1) * 255).round().astype(np.uint8)
    return bytes_
