"""RAW photos: the camera's own JPEG inside the file where it is large enough, else LibRaw at half size."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import PurePath

import numpy as np
import rawpy
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, JpegImagePlugin

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.file_kinds import RAW_SUFFIXES

SIGNATURES: tuple[bytes, ...] = (
    b"FUJIFILMCCD-RAW", b"FOVb", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"\0MRM", b"II\x1a\0\0\0HEAPCCDR",
    b"II*\0\x10\0\0\0CR",
)  # fmt: skip
"""Of Fujifilm, Sigma, Olympus, Panasonic, Minolta, and Canon; other makers' files begin as any TIFF does."""

_TIFF = (b"II*\0", b"MM\0*")
_DNG_VERSION = 50706
_NOT_RAW = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"RIFF", b"8BPS")
"""What other photos begin with, whatever their names."""

_THUMBNAIL = 480
"""Pixels of the short side below which a preview is one for the camera's screen: coarse, often with black bars."""

_TAKEN = ExifTags.Base.DateTimeOriginal
_TIMES = (_TAKEN, ExifTags.Base.OffsetTimeOriginal, ExifTags.Base.SubsecTimeOriginal)

_ORIENTATION = {0: 1, 1: 2, 2: 4, 3: 3, 4: 5, 5: 8, 6: 6, 7: 7}
"""LibRaw's way to say how a photo is turned, and EXIF's."""


def is_raw(data: bytes, name: str) -> bool:
    """Whether LibRaw is to open it; where the bytes are those of a TIFF, a name or DNG's own tag tells."""
    if data.startswith(SIGNATURES) or data[4:12] == b"ftypcrx ":
        return True
    if data.startswith(_NOT_RAW) or data[4:8] == b"ftyp":
        return False
    return PurePath(name).suffix.lower() in RAW_SUFFIXES or (data.startswith(_TIFF) and _is_dng(data))


def size_of(data: bytes) -> tuple[int, int]:
    """As in Container; upright, as the photo comes."""
    with _opened(data) as raw:
        width, height = _size(raw)
        return (height, width) if _is_turned(_orientation(raw)) else (width, height)


def open_reduced(data: bytes, smallest_side: int) -> Image.Image:
    """As in Container, and upright.

    A preview is taken that has the pixels asked for, or as many as LibRaw would give at half size.
    """
    with _opened(data) as raw:
        preview = _preview(raw)
        enough = min(max(smallest_side, _THUMBNAIL), min(_size(raw)) // 2)
        has_enough = preview is not None and min(preview.size) >= enough
        if preview is not None and has_enough:
            with suppress(Exception):  # it is damaged, see images.decode; what the sensor saw may be whole
                return _noted_preview(data, raw, preview, smallest_side)
        try:
            return _developed(data, raw)
        except rawpy.LibRawError:
            # Cut off, or of a kind that LibRaw does not know; the camera's own picture of it may be whole.
            if preview is None or has_enough or min(preview.size) < _THUMBNAIL:
                raise
            return _noted_preview(data, raw, preview, smallest_side)


def notes_in(data: bytes) -> Iterator[Image.Exif]:
    """What the camera noted, in a file that is built as a TIFF and in its own picture; damaged notes raise anything."""
    with suppress(SyntaxError):  # it is no TIFF
        exif = Image.Exif()
        exif.load_from_fp(BytesIO(data))
        yield exif
    with _opened(data) as opened:
        preview = _preview(opened)
    if preview is not None:
        yield preview.getexif()


def _developed(data: bytes, raw: rawpy.RawPy) -> Image.Image:
    image = _picture(raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8))
    times = _times(image, data) or _unless_unset(f"{raw.other.timestamp:%Y:%m:%d %H:%M:%S}")
    return _upright(image, 1, times)


def _noted_preview(data: bytes, raw: rawpy.RawPy, preview: Image.Image, smallest_side: int) -> Image.Image:
    preview.draft(None, (smallest_side, smallest_side))
    turn = _preview_turn(raw, preview)
    times = _times(preview, data) or _unless_unset(str(preview.getexif().get(ExifTags.Base.DateTime, "")))
    return _upright(preview, turn, times)


def _picture(pixels: NDArray[np.uint8]) -> Image.Image:
    return Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels)  # of a camera that sees no colours


def _preview(raw: rawpy.RawPy) -> Image.Image | None:
    """The largest picture that the camera put beside what its sensor saw, still undecoded where it is a JPEG."""
    try:
        found = raw.extract_thumb()
        if not isinstance(found.data, bytes):
            return _picture(found.data)
        preview = JpegImagePlugin.JpegImageFile(BytesIO(found.data))
    except (rawpy.LibRawError, rawpy.NotSupportedError, OSError, SyntaxError, ValueError, TypeError, struct.error):
        return None
    width, height = _size(raw)
    is_plausible = preview.width * preview.height <= 1.1 * width * height
    return preview if is_plausible else None


def _preview_turn(raw: rawpy.RawPy, preview: Image.Image) -> int:
    """The EXIF orientation that makes the preview upright.

    Makers differ: some turn the preview's pixels, some note in it how it is to be turned, some do neither. Its own note
    is believed unless the picture would then lie where the RAW stands, or the other way round.
    """
    of_raw = _orientation(raw)
    notes = preview.getexif()
    # LibRaw gives a preview without notes some of its own.
    has_own = not str(notes.get(ExifTags.Base.Software, "")).startswith("dcraw")
    own: int = notes.get(ExifTags.Base.Orientation, 1)
    stands = _is_turned(of_raw) != _stands(_size(raw))
    trusted = own if has_own and own in _ORIENTATION.values() else of_raw
    fitting = (turn for turn in (trusted, of_raw, 1) if (_is_turned(turn) != _stands(preview.size)) == stands)
    return next(fitting, 1)


def _orientation(raw: rawpy.RawPy) -> int:
    return _ORIENTATION.get(raw.sizes.flip, 1)


def _is_turned(orientation: int) -> bool:
    return orientation >= 5


def _stands(size: tuple[int, int]) -> bool:
    return size[1] > size[0]


def _times(image: Image.Image, data: bytes) -> dict[int, str]:
    """What the camera says of when the photo was taken, in the preview or in a file that is built as a TIFF."""
    with suppress(Exception):  # damaged notes raise nearly anything, as in images.decode
        if found := _texts(image.getexif()):
            return found
    with suppress(Exception):
        exif = Image.Exif()
        exif.load_from_fp(BytesIO(data))
        return _texts(exif)
    return {}


def _texts(exif: Image.Exif) -> dict[int, str]:
    """The dates and offsets alone: other tags say where pixels lie, or are the maker's own, long and often broken."""
    found = exif.get_ifd(ExifTags.IFD.Exif)
    return {tag: str(found[tag]) for tag in _TIMES if tag in found} if _TAKEN in found else {}


def _unless_unset(time: str) -> dict[int, str]:
    """LibRaw's word for a time that it does not know is the epoch."""
    return {} if time.startswith(("1970", "1969")) or not time else {_TAKEN: time}


def _upright(image: Image.Image, orientation: int, times: dict[int, str]) -> Image.Image:
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = orientation
    notes.get_ifd(ExifTags.IFD.Exif).update(times)
    plain = image.copy()  # a decoder's own picture keeps the notes that it has read
    plain.info["exif"] = notes.tobytes()
    return ImageOps.exif_transpose(plain)


@contextmanager
def _opened(data: bytes) -> Iterator[rawpy.RawPy]:
    try:
        with rawpy.imread(BytesIO(data)) as raw:
            yield raw
    except rawpy.LibRawFileUnsupportedError as error:
        raise UnreadablePhoto(
            "This RAW file is of a camera or of a kind that the program does not know.",
            "Convert it to DNG with the camera maker's program or Adobe's, or save it as a JPEG.",
        ) from error
    except rawpy.LibRawIOError as error:
        raise UnreadablePhoto(
            "The RAW file is cut off: a part of the picture is missing.",
            "Copy it again from where it came, or restore it from a backup.",
        ) from error
    except rawpy.LibRawUnsufficientMemoryError as error:
        raise MemoryError from error
    except rawpy.LibRawError as error:
        raise UnreadablePhoto(
            "The RAW file is damaged, or of a rare kind that the program cannot read.",
            "If another program shows it, save it there as a JPEG; otherwise restore it from a backup.",
        ) from error


def _size(raw: rawpy.RawPy) -> tuple[int, int]:
    """Width and height before the turn, as the camera crops them."""
    sizes = raw.sizes
    crop = sizes.crop_width, sizes.crop_height
    is_crop = 0 < crop[0] <= sizes.width and 0 < crop[1] <= sizes.height
    return crop if is_crop else (sizes.width, sizes.height)


def _is_dng(data: bytes) -> bool:
    order = "<" if data.startswith(b"II") else ">"
    with suppress(struct.error):
        (start,) = struct.unpack_from(f"{order}I", data, 4)
        (count,) = struct.unpack_from(f"{order}H", data, start)
        tags = (struct.unpack_from(f"{order}H", data, start + 2 + 12 * number)[0] for number in range(count))
        return _DNG_VERSION in tags
    return False
