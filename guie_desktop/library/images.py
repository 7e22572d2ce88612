"""From the bytes of a photo to an upright sRGB picture, or to a sentence that says why there is none."""

import math
import stat
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import ExifTags, Image

from guie_desktop.domain import Region
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.library.colour import to_srgb
from guie_desktop.library.formats.motion import is_motion_photo
from guie_desktop.library.photo_formats import open_within_bounds, too_large, without_extras

DECODE_RULE = 1
"""Raised when the pixels that come out change; part of the backbone key."""

_LARGEST_FILE = 1024**3
"""Bytes; an uncompressed TIFF of the most pixels that are opened stays below."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by its EXIF orientation."""

_FIRST_PHOTOGRAPH = 1826


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded photo: RGB, upright, sRGB, perhaps reduced; `width` and `height` are the full size in pixels."""

    image: Image.Image
    width: int
    height: int
    taken: float | None
    """When the camera says it was taken, in seconds since the epoch."""
    is_motion: bool = False
    """Whether a short film lies behind it."""


def read_photo(path: Path) -> bytes:
    """The whole file. Raises UnreadablePhoto; `transient` where the file itself may be good."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a named pipe would be waited for without end
            raise UnreadablePhoto("This is not a file.")
        if found.st_size > _LARGEST_FILE:
            raise too_large(f"{found.st_size:,} bytes are more")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadablePhoto(
            "The file is no longer there.", "Bring the library up to date.", transient=True
        ) from error
    except PermissionError as error:
        raise UnreadablePhoto(
            "The program is not allowed to read the file.", "Change its permissions and try again.", transient=True
        ) from error
    except MemoryError as error:
        raise _out_of_memory() from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadablePhoto(
            f"The file could not be read: {reason}.", "Check the drive and its cable, then try again.", transient=True
        ) from error
    if not data:
        raise UnreadablePhoto("The file is empty.", "Copy it again from where it came, or delete it.")
    return data


def decode(data: bytes, smallest_side: int, name: str = "") -> Picture:
    """The photo upright and in sRGB, its short side `smallest_side` pixels or somewhat more, as far as it has them.

    Of several pictures in a file the first is taken. `name` is the file's, and tells a RAW from a TIFF. May run in
    several threads at once. Raises UnreadablePhoto.
    """
    if smallest_side < 1:
        raise ValueError(f"smallest_side must be at least 1, not {smallest_side}")
    try:
        return _decode(data, smallest_side, name)
    except UnreadablePhoto:
        raise
    except MemoryError as error:
        raise _out_of_memory() from error
    except Image.DecompressionBombError as error:
        raise too_large("The picture has more pixels") from error
    # Damaged files make decoders raise nearly anything: OSError, SyntaxError, struct.error, KeyError, TypeError ...
    # No list of these is ever complete, and one bad file must not end the indexing of a hundred thousand good ones.
    except Exception as error:
        essential = without_extras(data)
        if essential is not data:
            return decode(essential, smallest_side, name)
        raise _damaged(error) from error


def crop(image: Image.Image, region: Region) -> Image.Image:
    """The part of an upright picture within the region, cut at the picture's edges; at least one pixel.

    Raises UserError where the region holds nothing of the picture.
    """
    x, y, width, height = region
    left, top, right, bottom = max(x, 0.0), max(y, 0.0), min(x + width, 1.0), min(y + height, 1.0)
    if not (all(map(math.isfinite, region)) and left < right and top < bottom):
        raise UserError(
            "The region holds nothing of the picture.",
            "Give it as x, y, width, height in fractions of the picture, for example 0.25,0.25,0.5,0.5.",
        )
    first_column = min(round(left * image.width), image.width - 1)
    first_row = min(round(top * image.height), image.height - 1)
    last_column = max(round(right * image.width), first_column + 1)
    last_row = max(round(bottom * image.height), first_row + 1)
    return image.crop((first_column, first_row, last_column, last_row))


def silence_decoder_warnings() -> None:
    """Keep Pillow's warnings about odd files off stderr; to be called once where a process starts.

    Filters belong to the whole process, and setting them around each call is not safe with threads.
    """
    warnings.filterwarnings("ignore", module=r"PIL\.")


def _decode(data: bytes, smallest_side: int, name: str) -> Picture:
    image, width, height = open_within_bounds(data, smallest_side, name)
    # Read after the pixels: TIFF is turned by its decoder, which then removes the tag; HEIC's has it reset.
    orientation, taken = _orientation(image), _taken(image)
    upright = to_srgb(image, factor=max(1, min(image.size) // smallest_side))
    if orientation in _TURNS:
        upright = upright.transpose(_TURNS[orientation])
    if orientation >= 5:
        width, height = height, width
    return Picture(upright, width, height, taken, is_motion=is_motion_photo(data))


def _orientation(image: Image.Image) -> int:
    try:
        found = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # noqa: BLE001 - as in decode; the pixels are good, only the camera's notes are not
        return 1
    return found if isinstance(found, int) and found in _TURNS else 1


def _taken(image: Image.Image) -> float | None:
    try:
        notes = image.getexif().get_ifd(ExifTags.IFD.Exif)
        time = str(notes[ExifTags.Base.DateTimeOriginal]).strip("\0 ")
        local = datetime.fromisoformat(f"{time[:10].replace(':', '-')} {time[11:19]}")
        offset = str(notes.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
        return _with_offset(local, offset).timestamp() if local.year >= _FIRST_PHOTOGRAPH else None
    except Exception:  # noqa: BLE001 - as in decode; a missing or senseless date is no date
        return None


def _with_offset(local: datetime, offset: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{local.isoformat()}{offset}")
    except ValueError:
        return local  # where the program runs is the best guess at where the photo was taken


def _damaged(error: Exception) -> UnreadablePhoto:
    words = str(error).lower()
    if any(hint in words for hint in ("truncat", "end of file", "unexpected end", "not enough image data")):
        return UnreadablePhoto(
            "The file is cut off: a part of the picture is missing.",
            "Copy it again from where it came, or restore it from a backup.",
        )
    return UnreadablePhoto(
        "The picture is damaged, or of a rare kind that the program cannot read.",
        "If another program shows it, save it there as a JPEG; otherwise restore it from a backup.",
    )


def _out_of_memory() -> UnreadablePhoto:
    return UnreadablePhoto(
        "There was not enough memory to open the picture.", "Close other programs and try again.", transient=True
    )
