"""What a photo's first bytes say it is, and the decoder that opens it within bounds.

Decoders are called by name: no registry, no search through all the formats that Pillow knows, and none of Pillow's
process-wide limits. To take another format, add its suffix in file_kinds.py and its first bytes here.
"""

import struct
from dataclasses import dataclass, replace
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
from guie_desktop.pictures import png_chunks
from guie_desktop.pictures.bitmap_layouts import bitmap_of_masks
from guie_desktop.pictures.cut_off import (
    closed_jpeg,
    filled_webp,
    has_all_scans,
    part_of_closed_jpeg,
    part_of_unfinished,
    rows_alike,
)
from guie_desktop.pictures.formats import Container, jpeg_2000, jpeg_xl, photoshop, raw
from guie_desktop.pictures.heif_boxes import clean_aperture, coding_points, refuse_deadly_names
from guie_desktop.pictures.heif_grids import cut_grid
from guie_desktop.pictures.tiff_layouts import notes_of, odd_tiff
from guie_desktop.sentences import Sentence

_MOST_PIXELS = 200_000_000
"""Of a picture in memory."""

_MOST_PIXELS_REDUCED = 500_000_000
"""Of a picture that its decoder makes smaller while it reads; only sequential JPEG does."""

_MOST_SCANNED_PIXELS = 10_000_000_000
"""Pixels times passes of a progressive JPEG: some 20 s; a small file can ask for hours."""

SIGNATURES: tuple[tuple[bytes, type[ImageFile.ImageFile]], ...] = (
    # Not jpeg_factory, which looks for further pictures behind the first one and warns about odd ones.
    (b"\xff\xd8\xff", JpegImagePlugin.JpegImageFile),
    (png_chunks.SIGNATURE, PngImagePlugin.PngImageFile),
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


@dataclass(frozen=True, slots=True)
class OpenedPhoto:
    """A decoded photo before any EXIF turn; `width` and `height` are its full size in pixels."""

    image: Image.Image
    notes: Image.Image
    """What has the EXIF data of the file: mostly the same picture."""
    width: int
    height: int
    cut_off: bool = False
    """Whether it is only the part of the picture that is there."""


def open_within_bounds(data: bytes, smallest_side: int, name: str = "") -> OpenedPhoto:
    """The decoded photo.

    A JPEG comes at an eighth, a quarter or half of its size where its short side keeps `smallest_side` pixels. The name
    of the file tells a RAW from a TIFF. Raises UnreadablePhoto, and whatever a decoder raises for a damaged file.
    """
    container = container_of(data, name)
    if container is not None:
        width, height = container.size_of(data)
        _refuse_more_pixels((width, height), _MOST_PIXELS)
        picture = container.open_reduced(data, smallest_side)
        if "cut_off" in picture.info:
            return _rows_of(picture, part_of_unfinished(picture), width, height)
        return OpenedPhoto(picture, picture, width, height)
    odd = odd_tiff(data)
    if odd is not None:
        _refuse_more_pixels(odd.size, _MOST_PIXELS)
        factor = max(1, min(odd.size) // smallest_side)
        return OpenedPhoto(odd.read(factor), notes_of(data, odd), *odd.size)
    bitmap = bitmap_of_masks(data) if data.startswith(b"BM") else None
    if bitmap is not None and (bitmap.hides_in_16_bits or not _opens_in_pillow(data)):
        _refuse_more_pixels(bitmap.size, _MOST_PIXELS)
        picture = bitmap.read()
        return OpenedPhoto(picture, picture, *bitmap.size)
    if filled := filled_webp(data):
        return _rows_of_webp(*filled)
    decoder = decoder_of(data)
    if data[4:8] == b"ftyp" and (grid := cut_grid(data)):
        whole = _load_within_bounds(decoder(BytesIO(grid.data)), data, smallest_side)
        # libheif turns what it decodes, Pillow's AVIF notes how it is to be turned.
        part = whole.image.crop(grid.part(is_turned=decoder is not AvifImagePlugin.AvifImageFile))
        part.info = whole.image.info
        return OpenedPhoto(part, whole.notes, *part.size, cut_off=True)
    return _load_within_bounds(decoder(BytesIO(data)), data, smallest_side)


def _rows_of_webp(one: bytes, other: bytes) -> OpenedPhoto:
    """The rows that are there of a WebP that was filled up in two ways."""
    image, second = (WebPImagePlugin.WebPImageFile(BytesIO(data)) for data in (one, other))
    _refuse_more_pixels(image.size, _MOST_PIXELS)
    return _rows_of(image, rows_alike(image, second), *image.size)


def _rows_of(image: Image.Image, rows: tuple[int, int] | None, width: int, height: int) -> OpenedPhoto:
    """The part of a picture that is there, of a photo of this full size; ValueError where that is next to nothing."""
    if rows is None:
        raise ValueError("truncated: hardly a row is there")
    there = image.crop((0, rows[0], image.width, rows[1]))
    return OpenedPhoto(there, image, width, max(1, round(height * there.height / image.height)), cut_off=True)


def _opens_in_pillow(bitmap: bytes) -> bool:
    try:
        BmpImagePlugin.BmpImageFile(BytesIO(bitmap))
    except OSError:
        return False
    return True


def _load_within_bounds(image: ImageFile.ImageFile, data: bytes, smallest_side: int) -> OpenedPhoto:
    width, height = image.size
    _refuse_excess(image, data)
    image.draft(None, (smallest_side, smallest_side))
    announced = image.size
    _refuse_more_pixels(announced, _MOST_PIXELS)
    try:
        image.load()
    except OSError:
        if (part := _what_is_there(image, data, smallest_side)) is None:
            raise
        return part
    if image.size != announced:  # a HEIC may turn out different from what its header says
        width, height = image.size
    return _as_announced(image, data, width, height)


def _what_is_there(image: ImageFile.ImageFile, data: bytes, smallest_side: int) -> OpenedPhoto | None:
    """The part that was decoded of a file that could not be read to its end; None where that is next to nothing."""
    is_coarse = False
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        image = JpegImagePlugin.JpegImageFile(BytesIO(closed_jpeg(data)))
        width, height = image.size
        image.draft(None, (smallest_side, smallest_side))
        image.load()
        rows = part_of_closed_jpeg(image)
        is_coarse = "progressive" in image.info and not has_all_scans(data, image.layers)
    else:
        width, height = image.size
        rows = part_of_unfinished(image)
    if rows is None:
        return None
    is_part = is_coarse or rows != (0, image.height)
    return replace(_rows_of(image, rows, width, height), cut_off=is_part)


def _as_announced(image: ImageFile.ImageFile, data: bytes, width: int, height: int) -> OpenedPhoto:
    """With what stands beside the pixels and Pillow does not heed: colours in numbers, and the part to be shown."""
    if isinstance(image, PngImagePlugin.PngImageFile):
        numbers = png_chunks.chunk(data, b"cICP")
        if len(numbers) == 4:
            image.info["coding_points"] = (numbers[0], numbers[1])
    elif isinstance(image, TiffImagePlugin.TiffImageFile):
        image.info["bits"] = image.tag_v2.get(TiffImagePlugin.BITSPERSAMPLE, (1,))[0]
    elif data[4:8] == b"ftyp":
        image.info["coding_points"] = coding_points(data)
        # libheif has cut the picture, libavif leaves that to others.
        shown = clean_aperture(data, image.size) if isinstance(image, AvifImagePlugin.AvifImageFile) else None
        if shown is not None:
            part = image.crop(shown)
            return OpenedPhoto(part, image, *part.size)
    return OpenedPhoto(image, image, width, height)


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
            refuse_deadly_names(data)
            # Opened by its class, it needs no place in Pillow's registry.
            from pi_heif.as_plugin import HeifImageFile

            heif: type[ImageFile.ImageFile] = HeifImageFile
            return heif
    raise UnreadablePhoto(
        "This is not a picture that the program can read, whatever its name says.",
        "It reads JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF, JPEG XL, JPEG 2000, Photoshop and RAW files.",
    )


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
        raise too_large(
            Sentence("{width} x {height} pixels are more than the program opens.", width=width, height=height)
        )


def too_large(told: Sentence) -> UnreadablePhoto:
    """The failure of a picture beyond the bounds."""
    return UnreadablePhoto(
        told,
        "Save a smaller copy of the picture, for example at half its size.",
    )
