"""JPEGs as cameras write them: with a small picture of the same in their EXIF data."""

import io
import struct
from pathlib import Path

from PIL import Image

from tests.drawing import draw_scene

_SHORT, _LONG = 3, 4
_ORIENTATION, _OFFSET, _LENGTH = 0x0112, 0x0201, 0x0202


def save_with_preview(
    path: Path, seed: int, *, size: tuple[int, int] = (1600, 1200), preview: tuple[int, int] = (160, 120), turn: int = 1
) -> Path:
    """A photo of this size whose preview is a scene of another kind, so that the two can be told apart."""
    notes = _exif(_jpeg(draw_scene("dots", seed, preview)), turn)
    path.parent.mkdir(parents=True, exist_ok=True)
    draw_scene("rings", seed, size).save(path, "JPEG", quality=85, exif=notes)
    return path


def _exif(preview: bytes, turn: int) -> bytes:
    """EXIF data of two directories: that of the photo with its orientation, that of the preview with its place."""
    first, second = 8, 8 + 2 + 12 + 4
    place = second + 2 + 2 * 12 + 4
    entries = struct.pack("<HHHIHHI", 1, _ORIENTATION, _SHORT, 1, turn, 0, second)
    of_preview = struct.pack("<H", 2)
    of_preview += b"".join(
        struct.pack("<HHII", tag, _LONG, 1, value) for tag, value in ((_OFFSET, place), (_LENGTH, len(preview)))
    )
    return b"Exif\0\0II*\0" + struct.pack("<I", first) + entries + of_preview + bytes(4) + preview


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return buffer.getvalue()
