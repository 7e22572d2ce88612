"""The small picture that a camera puts into its JPEG: a poor stand-in for the photo, had without decoding it."""

from io import BytesIO

from PIL import ExifTags, Image, JpegImagePlugin

from guie_desktop.pictures.dates import taken_at
from guie_desktop.pictures.formats.motion import is_motion_photo
from guie_desktop.pictures.images import Picture, upright
from guie_desktop.pictures.picture_sizes import FIRST_SIGHT

_WORTH_IT = 1_000_000
"""Pixels; a smaller photo is decoded as fast."""
_LARGEST = 1024
"""Pixels of a side; what says that it is larger is no preview."""
_SAME_SHAPE = 0.02
"""By how much the ratio of its sides may differ: many cameras put bars above and below."""

_JPEG = b"\xff\xd8\xff"
_END = b"\xff\xd9"
_START_OF_TIFF = 6
"""Bytes before what the offsets in EXIF data count from."""


def preview_of(data: bytes, name: str) -> Picture | None:
    """The photo as its preview shows it, with all else that its header says; None where decoding it is the better way.

    A file that does not end as a JPEG does may be cut off, and is left to its decoder.
    """
    if not data.startswith(_JPEG) or not data[-64:].rstrip(b"\0").endswith(_END):
        return None
    try:
        photo = JpegImagePlugin.JpegImageFile(BytesIO(data))
        if photo.width * photo.height < _WORTH_IT:
            return None
        found = _embedded(photo)
        if found is None or not _stands_for(found, photo):
            return None
        found.load()
    except Exception:  # noqa: BLE001 - notes of cameras make Pillow raise nearly anything; decoding the photo will tell
        return None
    image, is_on_its_side = upright(found.convert("RGB"), photo)
    width, height = (photo.height, photo.width) if is_on_its_side else photo.size
    taken = taken_at(photo, name)
    at, source = (None, None) if taken is None else (taken.at, taken.source)
    return Picture(image, width, height, at, source, is_motion=is_motion_photo(data))


def _embedded(photo: Image.Image) -> Image.Image | None:
    notes = photo.getexif().get_ifd(ExifTags.IFD.IFD1)
    start, length = (notes.get(tag) for tag in (ExifTags.Base.JpegIFOffset, ExifTags.Base.JpegIFByteCount))
    if not isinstance(start, int) or not isinstance(length, int):
        return None
    start += _START_OF_TIFF
    return JpegImagePlugin.JpegImageFile(BytesIO(photo.info["exif"][start : start + length]))


def _stands_for(preview: Image.Image, photo: Image.Image) -> bool:
    if not FIRST_SIGHT <= max(preview.size) <= _LARGEST:
        return False
    ratio = preview.width / preview.height / (photo.width / photo.height)
    return abs(ratio - 1) <= _SAME_SHAPE
