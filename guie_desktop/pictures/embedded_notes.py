"""What stands beside the pixels of a photo: EXIF, IPTC and XMP, as their readers give it; nothing is decoded."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageFile, IptcImagePlugin, JpegImagePlugin, PngImagePlugin
from PIL.TiffImagePlugin import XMP

from guie_desktop.pictures.formats import photoshop, raw
from guie_desktop.pictures.photo_formats import container_of, decoder_of

_JPEG = b"\xff\xd8\xff"

IptcFields = Mapping[tuple[int, int], bytes | list[bytes] | None]
"""Record and number of a field to what it holds."""


@dataclass(frozen=True, slots=True)
class EmbeddedNotes:
    """The notes of one picture, each of which may be damaged."""

    exif: Image.Exif
    iptc: IptcFields = field(default_factory=dict)
    xmp: bytes = b""


def notes_in(file: BinaryIO, name: str) -> Iterator[EmbeddedNotes]:
    """All notes in an open photo, the most telling first; of a JPEG only the beginning is read.

    The name tells a RAW from a TIFF. Damaged files make readers raise nearly anything, as in images.decode.
    """
    if file.read(len(_JPEG)) == _JPEG:
        file.seek(0)
        yield _beside(JpegImagePlugin.JpegImageFile(file))
        return
    file.seek(0)
    data = file.read()
    container = container_of(data, name)
    if container is raw:
        for exif in raw.notes_in(data):
            yield EmbeddedNotes(exif, xmp=_bytes(exif.get(XMP)))
    elif container is photoshop:
        noted = photoshop.notes_in(data)
        exif = Image.Exif()
        exif.load(noted.get("exif", b""))
        yield EmbeddedNotes(exif, xmp=noted.get("xmp", b""))
    elif container is None:
        yield _beside(decoder_of(data)(BytesIO(data)))


def _beside(image: ImageFile.ImageFile) -> EmbeddedNotes:
    # Pillow decodes all of a PNG in search of notes behind its pixels.
    has_exif = not isinstance(image, PngImagePlugin.PngImageFile) or "exif" in image.info
    exif = Image.Exif()
    iptc: IptcFields = {}
    with suppress(Exception):  # as above; the other kinds of notes may be good
        exif = image.getexif() if has_exif else exif
    with suppress(Exception):
        iptc = IptcImagePlugin.getiptcinfo(image) or {}
    return EmbeddedNotes(exif, iptc, _bytes(image.info.get("xmp")))


def _bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode()
    return value if isinstance(value, bytes) else b""
