"""From the bytes of a photo to an upright sRGB picture, or to a sentence that says why there is none."""

import contextlib
import math
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ExifTags, Image

from guie_desktop.disk.content import empty_file, reading_file
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.pictures.colour import to_srgb
from guie_desktop.pictures.dates import taken_at
from guie_desktop.pictures.formats.motion import is_motion_photo
from guie_desktop.pictures.photo_formats import open_within_bounds, too_large
from guie_desktop.pictures.png_chunks import SIGNATURE, chunk, mended
from guie_desktop.sentences import Sentence

if TYPE_CHECKING:
    from guie_desktop.domain import DateSource, Region

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


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded photo: RGB, upright, sRGB, perhaps reduced; `width` and `height` are the full size in pixels.

    What is to be seen in it changes by rules, which are counted in decode_rules.py.
    """

    image: Image.Image
    width: int
    height: int
    taken: float | None
    """When it was taken, by the camera's notes or the file's name, in seconds since the epoch."""
    taken_from: "DateSource | None" = None
    """Which of them said so."""
    cut_off: bool = False
    """Whether it is only the part of the picture that is there, and the size that of the part."""
    is_motion: bool = False
    """Whether a short film lies behind it."""


def read_photo(path: Path) -> bytes:
    """The whole file. Raises UnreadablePhoto; `transient` where the file itself may be good."""
    with reading_file(path) as size:
        if size > _LARGEST_FILE:
            raise too_large(Sentence("{size} bytes are more than the program opens.", size=size))
        try:
            data = path.read_bytes()
        except MemoryError as error:
            raise _out_of_memory() from error
    if not data:
        raise empty_file()
    return data


def decode(data: bytes, smallest_side: int, name: str = "") -> Picture:
    """The photo upright and in sRGB, its short side `smallest_side` pixels or somewhat more, as far as it has them.

    Of several pictures in a file the first is taken. `name` is the file's: it tells a RAW from a TIFF, and may say when
    the photo was taken. May run in
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
        raise too_large(Sentence("The picture has more pixels than the program opens.")) from error
    # Damaged files make decoders raise nearly anything: OSError, SyntaxError, struct.error, KeyError, TypeError ...
    # No list of these is ever complete, and one bad file must not end the indexing of a hundred thousand good ones.
    except Exception as error:
        for better in mended(data):
            with contextlib.suppress(Exception):
                return _decode(better, smallest_side, name)
        raise _damaged(error) from error


def crop(image: Image.Image, region: "Region") -> Image.Image:
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
    opened = open_within_bounds(data, smallest_side, name)
    taken = taken_at(opened.notes, name, chunk(data, b"tIME") if data.startswith(SIGNATURE) else b"")
    reduced = to_srgb(opened.image, factor=max(1, min(opened.image.size) // smallest_side))
    # Asked after the pixels: TIFF is turned by its decoder, which then removes the tag; HEIC's has it reset.
    image, is_on_its_side = upright(reduced, opened.notes)
    width, height = (opened.height, opened.width) if is_on_its_side else (opened.width, opened.height)
    at, source = (None, None) if taken is None else (taken.at, taken.source)
    return Picture(image, width, height, at, source, opened.cut_off, is_motion_photo(data))


def upright(image: Image.Image, notes: Image.Image) -> tuple[Image.Image, bool]:
    """The picture turned as the notes of its file say, and whether its sides changed places."""
    orientation = _orientation(notes)
    turned = image.transpose(_TURNS[orientation]) if orientation in _TURNS else image
    return turned, orientation >= 5


def _orientation(image: Image.Image) -> int:
    try:
        found = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # noqa: BLE001 - as in decode; the pixels are good, only the camera's notes are not
        return 1
    return found if isinstance(found, int) and found in _TURNS else 1


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
