"""Colours as every later step expects them: any mode that a decoder gives becomes 8-bit sRGB on white."""

from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageCms

_LARGEST_PROFILE = 4 * 1024 * 1024
"""Bytes; profiles of printing presses reach 3 MB, and a transform stays in memory together with its profile."""

_MODE_OF_COLOUR_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def to_srgb(image: Image.Image, factor: int) -> Image.Image:
    """A new RGB picture in sRGB, `factor` times smaller (rounded up), without metadata.

    The picture is made smaller first, so that colours are computed for as few pixels as possible.
    """
    profile = image.info.get("icc_profile")
    simple = _eight_bits(image)
    if factor > 1:
        simple = simple.reduce(factor)
    opaque = _on_white(simple)
    rgb = _through_profile(opaque, profile) if isinstance(profile, bytes) else None
    if rgb is None:
        # A copy where it is RGB already, so that the caller never holds a decoder's object.
        rgb = opaque.convert("RGB")
    rgb.info = {}  # a profile left here would be written into thumbnails and applied a second time
    return rgb


def _eight_bits(image: Image.Image) -> Image.Image:
    """The same picture in a mode whose pixels may be averaged."""
    if image.mode.startswith("I;16"):
        return _upper_byte(np.asarray(image))
    if image.mode == "I":
        values = np.asarray(image)
        within_16_bits = values.min() >= 0 and values.max() <= 0xFFFF
        return _upper_byte(values) if within_16_bits else _stretched(values)
    if image.mode == "F":
        return _stretched(np.asarray(image))
    if image.has_transparency_data:
        with_alpha = image.convert("LA" if image.mode in {"1", "L", "LA", "La"} else "RGBA")
        return _without_idle_alpha(with_alpha)
    if image.mode == "1":
        return image.convert("L")
    if image.mode in {"P", "PA", "RGBX"}:
        return image.convert("RGB")
    return image


def _upper_byte(values: np.ndarray[Any, Any]) -> Image.Image:
    # Pillow's own conversion clips at 255, which turns nearly all of a 16-bit picture white.
    return Image.fromarray((values >> 8).astype(np.uint8))


def _stretched(values: np.ndarray[Any, Any]) -> Image.Image:
    """Measurements without an agreed white: black and white are the 0.5 % and 99.5 % percentiles."""
    with np.errstate(all="ignore"):
        sample = values.ravel()[:: max(1, values.size // 1_000_000)].astype(np.float64)
        sample = sample[np.isfinite(sample)]
        low, high = np.percentile(sample, (0.5, 99.5)).tolist() if sample.size else (0.0, 0.0)
        if not low < high:
            return Image.new("L", values.shape[::-1], 128)
        scaled = (values.astype(np.float32) - np.float32(low)) / np.float32(high - low)
        return Image.fromarray((np.nan_to_num(scaled).clip(0, 1) * 255).round().astype(np.uint8))


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    # Screenshots carry an alpha channel that hides nothing; averaging with it takes four times as long.
    if image.getchannel("A").getextrema() == (255, 255):
        return image.convert(image.mode.removesuffix("A"))
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in {"LA", "RGBA"}:
        return image
    # convert("RGB") alone would uncover whatever colour lies below transparent pixels.
    mode = image.mode.removesuffix("A")
    white = Image.new(mode, image.size, "white")
    white.paste(image.convert(mode), mask=image.getchannel("A"))
    return white


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture in sRGB, or None where the profile is sRGB, broken, or not for this kind of picture."""
    if len(profile) > _LARGEST_PROFILE or (found := _transform(profile)) is None:
        return None
    mode, transform = found
    if mode == "RGB" and image.mode in {"L", "YCbCr"}:
        image = image.convert("RGB")
    return transform.apply(image) if mode == image.mode else None


@lru_cache(maxsize=16)
def _transform(profile: bytes) -> tuple[str, ImageCms.ImageCmsTransform] | None:
    """The mode that the profile describes and the way from there to sRGB; None: keep the pixels."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = _MODE_OF_COLOUR_SPACE.get(source.profile.xcolor_space.strip())
        if mode is None or (source.profile.profile_description or "").startswith("sRGB"):
            return None
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return mode, transform
