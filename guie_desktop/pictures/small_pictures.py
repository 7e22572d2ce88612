"""Small JPEGs of photos, for tiles and the large view, and those that are copied to others."""

import io

from PIL import Image, ImageCms

from guie_desktop.pictures.picture_sizes import THUMBNAIL

_QUALITY = 82
_FINE = 90
"""From this quality on colours are as sharp as brightness."""

_REDUCING_GAP = 1.5
"""Pixels are first averaged down to so many times the size. By twice, a tile of 12 megapixels takes nearly three times
as long, and no eye sees by what: 51 dB from what all pixels give, 40 where they are full of the finest detail."""
_REDUCING_GAP_OF_COPIES = 2.0


def make_thumbnail(image: Image.Image, size: int = THUMBNAIL) -> bytes:
    """The RGB picture as a JPEG of at most `size` pixels on its long side; never enlarged."""
    buffer = io.BytesIO()
    _reduced(image, size, _REDUCING_GAP).save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def make_copy(image: Image.Image, size: int, quality: int) -> bytes:
    """The sRGB picture as a JPEG for other programs, which says that it is in sRGB; as large, never enlarged."""
    buffer = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sampling = 0 if quality >= _FINE else 2
    _reduced(image, size, _REDUCING_GAP_OF_COPIES).save(
        buffer, "JPEG", quality=quality, subsampling=sampling, optimize=True, icc_profile=profile
    )
    return buffer.getvalue()


def _reduced(image: Image.Image, size: int, reducing_gap: float) -> Image.Image:
    small = image.copy()
    small.thumbnail((size, size), Image.Resampling.LANCZOS, reducing_gap=reducing_gap)
    return small
