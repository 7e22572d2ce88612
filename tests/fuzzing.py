"""Small good photos of all formats, and the many ways in which a file can be wrong."""

import random
import struct
import tempfile
import zlib
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms

from tests.drawing import KINDS, draw_scene
from tests.pictures.formats.test_jpeg_xl import encoded as jpeg_xl
from tests.pictures.formats.test_photoshop import photoshop
from tests.raw_files import dng, jpeg
from tests.videos import write_video

Rng = random.Random

_FORMATS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("jpg", "JPEG", "RGB", {}),
    ("jpg", "JPEG", "L", {"progressive": True}),
    ("jpg", "JPEG", "CMYK", {}),
    ("png", "PNG", "RGB", {}),
    ("png", "PNG", "RGBA", {}),
    ("png", "PNG", "P", {}),
    ("png", "PNG", "I;16", {}),
    ("webp", "WEBP", "RGB", {}),
    ("webp", "WEBP", "RGBA", {"lossless": True}),
    ("tif", "TIFF", "RGB", {}),
    ("tif", "TIFF", "RGB", {"compression": "tiff_lzw"}),
    ("tif", "TIFF", "CMYK", {"compression": "tiff_adobe_deflate"}),
    ("tif", "TIFF", "L", {"compression": "jpeg"}),
    ("tif", "TIFF", "1", {"compression": "group4"}),
    ("bmp", "BMP", "RGB", {}),
    ("bmp", "BMP", "P", {}),
    ("gif", "GIF", "P", {}),
    ("avif", "AVIF", "RGB", {"speed": 10}),
    ("avif", "AVIF", "RGBA", {"speed": 10, "subsampling": "4:4:4"}),
    ("jp2", "JPEG2000", "RGB", {}),
    ("j2k", "JPEG2000", "L", {"no_jp2": True, "irreversible": True}),
)


def _photoshop(picture: Image.Image, **options: Any) -> bytes:
    return photoshop(list(np.moveaxis(np.asarray(picture), 2, 0)), picture.size, **options)


def _video(suffix: str, picture: Image.Image, **options: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write_video(Path(folder) / f"film.{suffix}", [picture, picture.rotate(180)], 0.6, **options).read_bytes()


_MADE_OTHERWISE: tuple[tuple[str, Callable[[Image.Image], bytes]], ...] = (
    ("dng", dng),
    ("dng", lambda picture: dng(picture, preview=jpeg(picture), preview_size=picture.size, orientation=6)),
    ("jxl", lambda picture: jpeg_xl(picture, use_container=False)),
    ("jxl", lambda picture: jpeg_xl(picture.convert("RGBA"), use_container=True)),
    ("psd", _photoshop),
    ("psd", lambda picture: _photoshop(picture, packed=True)),
    ("psb", lambda picture: _photoshop(picture, packed=True, large=True)),
    ("mp4", partial(_video, "mp4")),
    ("mp4", partial(_video, "mp4", codec="libx265")),
    ("mov", partial(_video, "mov", turned=90, notes={"creation_time": "2019-07-14T12:34:56Z"})),
    ("mkv", partial(_video, "mkv", codec="libsvtav1")),
    ("webm", partial(_video, "webm")),
    ("avi", partial(_video, "avi")),
)
"""Suffixes, and who makes such a file of a picture (RGB): a line for each format that Pillow does not write."""
_WITH_NOTES = frozenset({"JPEG", "PNG", "WEBP", "TIFF", "AVIF"})

_EXTREME = (0, 1, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF, 20_000, 70_000)


@cache
def good_files() -> tuple[tuple[str, bytes], ...]:
    """(suffix, bytes) of one photo in each format and layout, some with EXIF data and a profile."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2019:07:14 12:34:56"
    notes = {"exif": exif, "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}
    files = []
    for number, (suffix, kind, mode, options) in enumerate(_FORMATS):
        picture = draw_scene(KINDS[number % len(KINDS)], number, (96, 64)).convert("L" if mode == "I;16" else mode)
        more = notes if kind in _WITH_NOTES and mode == "RGB" else {}
        files.append((suffix, _saved(picture.convert(mode), kind, **options, **more)))
    for number, (suffix, make) in enumerate(_MADE_OTHERWISE):
        files.append((suffix, make(draw_scene(KINDS[number % len(KINDS)], number, (96, 64)))))
    return tuple(files)


def spoiled(rng: Rng, good: bytes) -> bytes:
    """The file after one to three misfortunes."""
    data = bytearray(good)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        rng.choice(_MISFORTUNES)(rng, data)
    return bytes(data)


def hostile(rng: Rng) -> tuple[str, bytes]:
    """(suffix, bytes) of a good picture with something beside it that is made to harm its reader."""
    return rng.choice(_HOSTILE)(rng)


# --- misfortunes --------------------------------------------------------------------------------------------------


def _flip_bits(rng: Rng, data: bytearray) -> None:
    for _ in range(rng.choice((1, 4, 32, 256))):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _flip_in_header(rng: Rng, data: bytearray) -> None:
    for _ in range(rng.choice((1, 3, 9))):
        if data:
            data[rng.randrange(min(len(data), 200))] = rng.randrange(256)


def _truncate(rng: Rng, data: bytearray) -> None:
    del data[rng.randrange(len(data) + 1) :]


def _cut_out(rng: Rng, data: bytearray) -> None:
    start = rng.randrange(len(data) + 1)
    del data[start : start + rng.randrange(1, 400)]


def _fill(rng: Rng, data: bytearray) -> None:
    start, length = rng.randrange(len(data) + 1), rng.randrange(1, 400)
    data[start : start + length] = bytes([rng.choice((0, 0xFF))]) * length


def _repeat(rng: Rng, data: bytearray) -> None:
    start = rng.randrange(len(data) + 1)
    data[start:start] = data[start : start + rng.randrange(1, 2000)] * rng.choice((1, 2, 50))


def _wear_another_head(rng: Rng, data: bytearray) -> None:
    other = rng.choice(good_files())[1]
    length = rng.choice((4, 8, 12, 64))
    data[:length] = other[:length]


_BEFORE_SIZES = {b"ispe": 8, b"ihdr": 4, b"\xff\x4f\xff\x51": 8}
"""What stands before width and height in AVIF and JPEG 2000, and how far."""


def _be_huge(rng: Rng, data: bytearray) -> None:
    """Write an extreme number where formats keep width and height, and make the checksum right."""
    extreme = rng.choice(_EXTREME)
    if data.startswith(b"\x89PNG"):
        struct.pack_into(">II", data, 16, extreme, rng.choice(_EXTREME))
        struct.pack_into(">I", data, 29, zlib.crc32(data[12:29]))
    elif data.startswith(b"BM"):
        struct.pack_into("<II", data, 18, extreme, rng.choice(_EXTREME))
    elif data.startswith(b"GIF"):
        struct.pack_into("<HH", data, 6, extreme & 0xFFFF, rng.choice(_EXTREME) & 0xFFFF)
    elif data.startswith(b"8BPS"):
        struct.pack_into(">II", data, 14, extreme, rng.choice(_EXTREME))
    elif data.startswith(b"\xff\xd8"):
        at = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2"))
        if at > 0:
            struct.pack_into(">HH", data, at + 5, extreme & 0xFFFF, rng.choice(_EXTREME) & 0xFFFF)
    elif data.startswith((b"II", b"MM")):
        order = "<" if data.startswith(b"II") else ">"
        for tag in (256, 257, 278, 258, 277):
            at = data.find(struct.pack(f"{order}HH", tag, 4))
            at = at if at >= 0 else data.find(struct.pack(f"{order}HH", tag, 3))
            if 0 <= at <= len(data) - 12 and rng.random() < 0.5:
                struct.pack_into(f"{order}II", data, at + 4, 1, rng.choice(_EXTREME))
    elif (at := data.find(b"VP8X")) > 0 and at + 18 <= len(data):
        data[at + 12 : at + 18] = rng.randbytes(6)
    for mark, behind in _BEFORE_SIZES.items():
        if (at := data.find(mark)) >= 0 and at + behind + 8 <= len(data):
            struct.pack_into(">II", data, at + behind, extreme, rng.choice(_EXTREME))


_MISFORTUNES: tuple[Callable[[Rng, bytearray], None], ...] = (
    _flip_bits,
    _flip_in_header,
    _truncate,
    _cut_out,
    _fill,
    _repeat,
    _wear_another_head,
    _be_huge,
    _be_huge,
)


# --- what is made to harm ------------------------------------------------------------------------------------------


def _exif_of_huge_counts(rng: Rng) -> tuple[str, bytes]:
    entries = [(tag, rng.randrange(1, 14), rng.choice(_EXTREME), rng.choice(_EXTREME)) for tag in _SOME_TAGS]
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    tiff = b"II*\0" + struct.pack("<IH", 8, rng.choice((len(entries), 0xFFFF))) + body + struct.pack("<I", 8)
    return _with_exif(rng, b"Exif\0\0" + tiff)


def _exif_that_loops(rng: Rng) -> tuple[str, bytes]:
    """Each directory names itself as the next one, as its EXIF, its GPS and its maker's part."""
    tags = (0x8769, 0x8825, 0xA005, 0x014A, 0x927C)
    body = b"".join(struct.pack("<HHII", tag, 4, 1, 8) for tag in tags)
    tiff = b"II*\0" + struct.pack("<IH", 8, len(tags)) + body + struct.pack("<I", 8)
    return _with_exif(rng, b"Exif\0\0" + tiff)


def _profile_of_noise(rng: Rng) -> tuple[str, bytes]:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for _ in range(rng.choice((1, 10, 200))):
        profile[rng.randrange(len(profile))] = rng.randrange(256)
    if rng.random() < 0.3:
        struct.pack_into(">I", profile, 128, rng.choice(_EXTREME))  # how many tags it has
    if rng.random() < 0.2:
        profile += rng.randbytes(3_000_000)
    kind, suffix = rng.choice((("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("TIFF", "tif"), ("AVIF", "avif")))
    return suffix, _saved(draw_scene("dots", 1, (96, 64)), kind, icc_profile=bytes(profile))


def _png_that_unpacks_to_much(rng: Rng) -> tuple[str, bytes]:
    """A text, a profile or rows of a picture of 100 MB, packed into 100 KB."""
    kind, before = rng.choice(
        ((b"zTXt", b"a\0\0"), (b"iTXt", b"a\0\1\0\0\0"), (b"iCCP", b"a\0\0"), (b"IDAT", b""), (b"eXIf", b""))
    )
    good = _saved(draw_scene("dots", 2, (96, 64)), "PNG")
    chunk = _chunk(kind, before + _packed_nothing(100_000_000, 1))
    return "png", good[:33] + chunk * rng.choice((1, 1, 3)) + good[33:]


def _png_that_is_vast(rng: Rng) -> tuple[str, bytes]:
    """A whole picture of many megapixels of nothing, in some KB."""
    width, height, channels = rng.choice(((12_000, 12_000, 1), (7000, 7000, 4), (50_000, 600, 3), (14_000, 14_000, 4)))
    rows = _packed_nothing(1 + width * channels, height)
    header = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 3: 2, 4: 6}[channels], 0, 0, 0)
    return "png", b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _jpeg_of_many_passes(rng: Rng) -> tuple[str, bytes]:
    data = _saved(draw_scene("rings", 3, (96, 64)), "JPEG", progressive=True)
    start = data.rfind(b"\xff\xda")
    vast = bytearray(data[:-2] + data[start:-2] * rng.choice((10, 1000)) + data[-2:])
    struct.pack_into(">HH", vast, vast.find(b"\xff\xc2") + 5, *rng.choice(((64, 96), (9000, 9000), (65_000, 65_000))))
    return "jpg", bytes(vast)


_SOME_TAGS = (0x0100, 0x0101, 0x010F, 0x0112, 0x0132, 0x0201, 0x0202, 0x8769, 0x8825)
_HOSTILE: tuple[Callable[[Rng], tuple[str, bytes]], ...] = (
    _exif_of_huge_counts,
    _exif_that_loops,
    _profile_of_noise,
    _profile_of_noise,
    _png_that_unpacks_to_much,
    _png_that_is_vast,
    _jpeg_of_many_passes,
)


def _with_exif(rng: Rng, exif: bytes) -> tuple[str, bytes]:
    kind, suffix = rng.choice((("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif")))
    return suffix, _saved(draw_scene("blocks", 4, (96, 64)), kind, exif=exif)


@cache
def _packed_nothing(length: int, times: int) -> bytes:
    packer = zlib.compressobj(6)
    return b"".join(packer.compress(bytes(length)) for _ in range(times)) + packer.flush()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
