"""What a photo's first bytes say it is, and the decoder that opens it within bounds.

Decoders are called by name: no registry, no search through all the formats that Pillow knows, and none of Pillow's
process-wide limits. To take another format, add its suffix in file_kinds.py and its first bytes here.
"""

import re
import struct
from io import BytesIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.library.formats import Container, jpeg_2000, jpeg_xl, photoshop, raw

_MOST_PIXELS = 200_000_000
"""Of a picture in memory."""

_MOST_PIXELS_REDUCED = 500_000_000
"""Of a picture that its decoder makes smaller while it reads; only sequential JPEG does."""

_MOST_SCANNED_PIXELS = 10_000_000_000
"""Pixels times passes of a progressive JPEG: some 20 s; a small file can ask for hours."""

_PNG = b"\x89PNG\r\n\x1a\n"
SIGNATURES: tuple[tuple[bytes, type[ImageFile.ImageFile]], ...] = (
    # Not jpeg_factory, which looks for further pictures behind the first one and warns about odd ones.
    (b"\xff\xd8\xff", JpegImagePlugin.JpegImageFile),
    (_PNG, PngImagePlugin.PngImageFile),
    (b"GIF87a", GifImagePlugin.GifImageFile),
    (b"GIF89a", GifImagePlugin.GifImageFile),
    (b"II*\0", TiffImagePlugin.TiffImageFile),
    (b"MM\0*", TiffImagePlugin.TiffImageFile),
    (b"II+\0", TiffImagePlugin.TiffImageFile),
    (b"MM\0+", TiffImagePlugin.TiffImageFile),
    (b"BM", BmpImagePlugin.BmpImageFile),
)

_HEIF_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split())
_AVIF_BRANDS = frozenset(b"avif avis".split())


_CONTAINERS: tuple[Container, ...] = (jpeg_xl, jpeg_2000, photoshop)


def open_within_bounds(data: bytes, smallest_side: int, name: str = "") -> tuple[Image.Image, int, int]:
    """The decoded photo and its full width and height, in pixels, before any EXIF turn.

    A JPEG comes at an eighth, a quarter or half of its size where its short side keeps `smallest_side` pixels. The name
    of the file tells a RAW from a TIFF. Raises UnreadablePhoto, and whatever a decoder raises for a damaged file.
    """
    container = container_of(data, name)
    if container is not None:
        width, height = container.size_of(data)
        _refuse_more_pixels((width, height), _MOST_PIXELS)
        return container.open_reduced(data, smallest_side), width, height
    image = decoder_of(data)(BytesIO(data))
    width, height = image.size
    _refuse_excess(image, data)
    image.draft(None, (smallest_side, smallest_side))
    announced = image.size
    _refuse_more_pixels(announced, _MOST_PIXELS)
    image.load()
    if image.size != announced:  # a HEIC may turn out different from what its header says
        width, height = image.size
    return image, width, height


def without_extras(data: bytes) -> bytes:
    """A PNG without texts, profile and animation, whose faults its pixels need not suffer for; else `data` itself."""
    if not data.startswith(_PNG):
        return data
    kept = [_PNG]
    at = len(_PNG)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if kind[:1].isupper() or kind in {b"tRNS", b"eXIf"}:  # a capital marks the chunks that no reader may skip
            kept.append(data[at:end])
        at = end
    essential = b"".join(kept)
    return essential if len(essential) < len(data) else data


def container_of(data: bytes, name: str) -> Container | None:
    """What opens the file if Pillow's decoders are not to; the name tells a RAW from a TIFF."""
    if raw.is_raw(data, name):
        return raw
    return next((one for one in _CONTAINERS if data.startswith(one.SIGNATURES)), None)


def decoder_of(data: bytes) -> type[ImageFile.ImageFile]:
    """The decoder for what the first bytes say; UnreadablePhoto where they say nothing known."""
    for signature, decoder in SIGNATURES:
        if data.startswith(signature):
            return decoder
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WebPImagePlugin.WebPImageFile
    if data[4:8] == b"ftyp":
        (length,) = struct.unpack_from(">I", data)
        # The box names a main brand, a version, and the brands that a reader must know.
        brands = {data[at : at + 4] for at in (8, *range(16, min(length, 256), 4))}
        if brands & _AVIF_BRANDS:
            return AvifImagePlugin.AvifImageFile
        if brands & _HEIF_BRANDS:
            _refuse_deadly_names(data)
            # Opened by its class, it needs no place in Pillow's registry.
            from pi_heif.as_plugin import HeifImageFile

            heif: type[ImageFile.ImageFile] = HeifImageFile
            return heif
    raise UnreadablePhoto(
        "This is not a picture that the program can read, whatever its name says.",
        "It reads JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF, JPEG XL, JPEG 2000, Photoshop and RAW files.",
    )


def _refuse_deadly_names(data: bytes) -> None:
    """Raise ValueError where a HEIF names the type of an item in other than UTF-8.

    pi_heif 1.4 follows a null pointer there (_CtxImage_metadata), which ends the process.
    """
    at = 0
    while at + 16 <= len(data):
        length, kind, long_length = struct.unpack_from(">I4sQ", data, at)
        length = long_length if length == 1 else length or len(data)
        if kind == b"meta":
            _refuse_deadly_items(data[at : at + length])
        at += max(length, 8)


def _refuse_deadly_items(meta: bytes) -> None:
    for found in re.finditer(b"infe", meta):
        (length,) = struct.unpack_from(">I", meta, found.start() - 4)
        entry = meta[found.end() : found.start() - 4 + length]
        names = entry[10:] if entry[:1] >= b"\3" else entry[8:]  # version, item number and protection come first
        if not (names and names[:4].isascii()):
            raise ValueError("an item is without a type in ASCII")
        names.decode()


def _refuse_excess(image: ImageFile.ImageFile, data: bytes) -> None:
    """Refuse, before anything is decoded, what would take too much memory or time."""
    progressive = "progressive" in image.info
    reducible = isinstance(image, JpegImagePlugin.JpegImageFile) and not progressive
    _refuse_more_pixels(image.size, _MOST_PIXELS_REDUCED if reducible else _MOST_PIXELS)
    if progressive and image.width * image.height * data.count(b"\xff\xda") > _MOST_SCANNED_PIXELS:
        raise UnreadablePhoto("This JPEG is written in so many passes that it would take too long to open.")


def _refuse_more_pixels(size: tuple[int, int], limit: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise UnreadablePhoto("The picture has no pixels.")
    if width * height > limit:
        raise too_large(f"{width:,} x {height:,} pixels are more")


def too_large(what: str) -> UnreadablePhoto:
    """The failure of a picture beyond the bounds; `what` begins a sentence and ends in "more"."""
    return UnreadablePhoto(
        f"{what} than the program opens.", "Save a smaller copy of the picture, for example at half its size."
    )
