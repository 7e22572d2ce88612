"""Colours as every later step expects them: any mode that a decoder gives becomes 8-bit sRGB on white."""

from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

from guie_desktop.pictures.coding_points import from_coding_points
from guie_desktop.pictures.reduction import reduce

_LARGEST_PROFILE = 4 * 1024 * 1024
"""Bytes; profiles of printing presses reach 3 MB, and a transform stays in memory together with its profile."""

_MODE_OF_COLOUR_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}

_ALIKE = 2
"""Levels of 255 by which a profile may differ from sRGB and still be sRGB: what its rounded numbers amount to."""


def to_srgb(image: Image.Image, factor: int) -> Image.Image:
    """A new RGB picture in sRGB, `factor` times smaller (rounded up), without metadata.

    The picture is made smaller first, so that colours are computed for as few pixels as possible, and the large one is
    never copied. Its `info` may hold an ICC profile, or else coding points (coding_points.py).
    """
    profile, points = image.info.get("icc_profile"), image.info.get("coding_points")
    opaque = _on_white(reduce(image, factor))
    rgb = _through_profile(opaque, profile) if isinstance(profile, bytes) else None
    if rgb is None and not profile and points is not None:
        rgb = from_coding_points(opaque, points)
    if rgb is None:
        # A copy where it is RGB already, so that the caller never holds a decoder's object.
        rgb = opaque.convert("RGB")
    rgb.info = {}  # a profile left here would be written into thumbnails and applied a second time
    return rgb


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
        if mode is None:
            return None
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return None if mode != "CMYK" and _changes_nothing(mode, transform) else (mode, transform)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _changes_nothing(mode: str, transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether the profile is sRGB by what it does, whatever its name: to greys, and to full and to mixed colours."""
    levels = range(0, 256, 15)
    greys = [(level, level, level) for level in levels]
    colours = [(r, g, b) for r in levels[::4] for g in levels[::4] for b in levels[::4]]
    probe = Image.new("RGB", (len(greys) if mode == "L" else len(greys) + len(colours), 1))
    probe.putdata(greys if mode == "L" else greys + colours)
    meant, shown = np.asarray(probe, np.int16), np.asarray(transform.apply(probe.convert(mode)), np.int16)
    return int(np.abs(shown - meant).max()) <= _ALIKE
