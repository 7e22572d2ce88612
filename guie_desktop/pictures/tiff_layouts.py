"""TIFF files in which Pillow shows no picture, or another one than is meant; libvips reads them, a strip at a time."""

import contextlib
import importlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from types import ModuleType
from typing import Any

import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.reduction import reduce
from guie_desktop.pictures.tiff_planes import are_apart, as_pages, number, numbers

SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

_SUBFILE, _WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 254, 256, 257, 258, 259, 262
_OFFSETS, _SAMPLES, _LENGTHS, _PREDICTOR, _COLOUR_MAP = 273, 277, 279, 317, 320
_EXTRA_SAMPLES, _SAMPLE_FORMAT, _PROFILE, _XMP = 338, 339, 34675, 700

_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _PALETTE, _CMYK, _LAB, _ICC_LAB = 0, 1, 2, 3, 5, 8, 9
_COLOURS = {_WHITE_IS_ZERO: 1, _BLACK_IS_ZERO: 1, _RGB: 3, _PALETTE: 3, _CMYK: 4, _LAB: 3, _ICC_LAB: 3}
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}
_UNSIGNED, _SIGNED, _FLOAT = 1, 2, 3
_ASSOCIATED, _UNASSOCIATED = 1, 2
_FULL = {"uchar": 255, "ushort": 65535, "float": 1}
"""What hides nothing, in libvips' kinds of numbers; of signed ones nobody says."""
_REDUCED = 1

_UNCOMPRESSED, _DEFLATE = 1, frozenset({8, 32946})
_READ_BY_LIBTIFF = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32809, 32946, 34676, 34677, 34925, 50000})
"""Compressions; of tiles in any other libvips shows black without a word."""
_MOST_PAGES = 64
_MOST_PIXELS_AT_ONCE = 50_000_000
"""Above, a file is read in strips: Pillow would hold all pixels beside the file, and has a limit of its own."""


@dataclass(frozen=True, slots=True)
class OddTiff:
    """A page whose layout Pillow lacks, and its tags."""

    data: bytes
    page: int
    tags: dict[int, Any]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return int(self.tags[_WIDTH]), int(self.tags[_HEIGHT])

    def read(self, factor: int) -> Image.Image:
        """The picture, `factor` times smaller (rounded up), opaque and 8 bits deep, with its profile.

        Raises UnreadablePhoto for a compression that is not known, OSError or ValueError where the file is damaged.
        """
        if number(self.tags, _COMPRESSION, _UNCOMPRESSED) not in _READ_BY_LIBTIFF:
            raise UnreadablePhoto(
                "This TIFF is compressed in a way that the program cannot read, such as JPEG XR or LERC.",
                "Save it anew in the program that it comes from, with LZW or ZIP as its compression.",
            )
        if self.tags[_PHOTOMETRIC] == _PALETTE and number(self.tags, _BITS, 1) > 8:
            raise ValueError("a palette of more than 256 colours")
        if number(self.tags, _BITS, 1) == 64:
            image = reduce(_read_doubles(self.data, self.tags, self.size), factor)
        else:
            image = self._through_vips(factor)
        image.info = {"icc_profile": self.tags.get(_PROFILE)}
        return image

    def _through_vips(self, factor: int) -> Image.Image:
        vips = _vips()
        try:
            image = self._shown(vips)
            if factor > 1:
                image = image.shrink(factor, factor, ceil=True)
            pixels: np.ndarray[Any, Any] = np.atleast_2d(image.numpy())
        except vips.Error as error:
            raise OSError(f"libvips: {error}") from error
        if pixels.dtype != np.uint8:
            pixels = _as_bytes(pixels)
        if self.tags[_PHOTOMETRIC] in {_LAB, _ICC_LAB}:
            # Image.fromarray takes the numbers for those of TIFF's own LAB, in which two channels are signed. Pillow
            # makes colours of all LAB, since its white is that of ICC and of photo editors (D50), not that of libvips.
            return Image.merge("LAB", [Image.fromarray(np.ascontiguousarray(pixels[..., n])) for n in range(3)])
        return Image.fromarray(pixels, _MODES[1 if pixels.ndim == 2 else pixels.shape[2]])

    def _shown(self, vips: ModuleType) -> Any:
        """The colours of the picture on white: bytes, or floats and signed numbers as they are stored."""
        image = self._open(vips)
        photometric = self.tags[_PHOTOMETRIC]
        colours = _COLOURS.get(photometric, image.bands)
        extra = numbers(self.tags, _EXTRA_SAMPLES)
        if photometric == _BLACK_IS_ZERO and image.bands >= 3 and not extra:
            colours = 3  # RGB that is tagged as grey: what else there is would have been declared
        alpha = extra[0] if extra and image.bands > colours else 0
        is_hiding = alpha in {_ASSOCIATED, _UNASSOCIATED} and self._open(vips)[colours].max() > 0
        if is_hiding and image.format == "uint":
            image = (image >> 16).cast("ushort")
        if is_hiding and image.format in _FULL:
            image = self._on_white(image[: colours + 1], is_associated=alpha == _ASSOCIATED)
        elif image.bands > colours:
            image = image[:colours]
        if image.interpretation == "labs":
            return (image[0] >> 7).bandjoin((image[1:] >> 8) + 128).cast("uchar")
        if image.format == "uint" and self._open(vips)[:colours].max() < 1 << 24:
            return image.cast("int")  # numbers that happen to have 32 bits: of what is white they say nothing
        if image.format == "char" and self._open(vips)[:colours].min() >= 0:
            return image.cast("uchar")
        if image.format in {"ushort", "uint"}:
            return (image >> (8 if image.format == "ushort" else 24)).cast("uchar")
        return image if image.format in {"uchar", "float"} else image.cast("int")

    def _on_white(self, image: Any, *, is_associated: bool) -> Any:
        """The colours, of which the last band hides a part."""
        full, form = _FULL[image.format], image.format
        if is_associated and _is_in_planes(self.tags):
            image = image.unpremultiply(max_alpha=full)
        elif is_associated and form == "float" and image.bands == 2:
            # libvips takes alpha out of the colours, here as if white were that of whole numbers.
            image = (image[0] / (65535 if image.interpretation == "grey16" else 255)).bandjoin(image[1])
        white = [0 if self.tags[_PHOTOMETRIC] == _CMYK else full] * (image.bands - 1)
        return image.flatten(background=white, max_alpha=full).cast(form)

    def _open(self, vips: ModuleType) -> Any:
        if not _is_in_planes(self.tags):
            return self._page(vips, self.data, self.page)
        pages = as_pages(self.data, self.tags)
        first, *others = [self._page(vips, pages, page) for page in range(number(self.tags, _SAMPLES, 1))]
        return first.bandjoin(others)

    def _page(self, vips: ModuleType, data: bytes, page: int) -> Any:
        source = vips.Source.new_from_memory(data)  # a buffer would be copied
        return vips.Image.new_from_source(source, "", access="sequential", page=page, fail_on="error")


def odd_tiff(data: bytes) -> OddTiff | None:
    """The picture, where Pillow does not show it as it is meant or would hold too much of it; else None."""
    if not data.startswith(SIGNATURES):
        return None
    # As in images.decode: what is damaged here, its decoder says better.
    with contextlib.suppress(Exception):
        pages = []
        for page in _pages(data):
            pages.append(page)
            if not number(page, _SUBFILE, 0) & _REDUCED:
                break
        # Where all are marked as reduced, the first one is the picture.
        chosen = 0 if number(pages[-1], _SUBFILE, 0) & _REDUCED else len(pages) - 1
        odd = OddTiff(data, chosen, pages[chosen])
        if chosen > 0 or _is_odd(odd.tags, data[:2]) or not _opens_in_pillow(data):
            return odd
    return None


def notes_of(data: bytes, odd: OddTiff) -> Image.Image:
    """A picture without pixels that has the notes of this TIFF."""
    notes = Image.new("1", (1, 1))
    # A TIFF is what EXIF data is made like; it may be too large only to be copied, which this does not.
    notes.info = {"exif": data, "xmp": odd.tags.get(_XMP)}
    return notes


def _pages(data: bytes) -> Iterator[dict[int, Any]]:
    file = BytesIO(data)
    directory = ImageFileDirectory_v2(file.read(16 if data[2:3] == b"+" or data[3:4] == b"+" else 8))
    seen: set[int] = set()
    while directory.next and directory.next not in seen and len(seen) < _MOST_PAGES:
        seen.add(directory.next)
        file.seek(directory.next)
        directory.load(file)
        yield dict(directory)


def _is_in_planes(tags: dict[int, Any]) -> bool:
    return are_apart(tags) and tags[_PHOTOMETRIC] in {_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _CMYK}


def _opens_in_pillow(data: bytes) -> bool:
    try:
        TiffImageFile(BytesIO(data))
    except SyntaxError:
        return False
    return True


def _is_odd(tags: dict[int, Any], order: bytes) -> bool:
    photometric = tags[_PHOTOMETRIC]
    bits, samples = number(tags, _BITS, 1), number(tags, _SAMPLES, 1)
    kind = number(tags, _SAMPLE_FORMAT, _UNSIGNED)
    if photometric not in _COLOURS:
        return False
    surplus = samples - _COLOURS[photometric] if photometric != _PALETTE else samples - 1
    # libtiff gives the numbers in the order of this machine, and Pillow turns them around once more.
    is_turned_twice = order == b"MM" and number(tags, _COMPRESSION, _UNCOMPRESSED) != _UNCOMPRESSED
    return (
        (photometric == _WHITE_IS_ZERO and (bits > 8 or surplus > 0))
        or (photometric == _BLACK_IS_ZERO and (surplus > 1 or (surplus == 1 and bits > 8) or bits == 32 > kind * 16))
        or (photometric == _PALETTE and (bits > 8 or max(tags.get(_COLOUR_MAP, (256,))) < 256))
        or (photometric == _RGB and (surplus > 1 or bits == 32))
        or _is_in_planes(tags)
        or (kind == _SIGNED and bits == 8)
        or (kind != _UNSIGNED and bits > 8 and is_turned_twice)
        or (photometric == _LAB and bits == 16)
        or photometric == _ICC_LAB
        or (kind == _FLOAT and (bits != 32 or samples > 1 or number(tags, _PREDICTOR, 1) == 3))
        or (tags[_WIDTH] * tags[_HEIGHT] > _MOST_PIXELS_AT_ONCE and photometric != _LAB)
    )


def _as_bytes(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Floats or integers (H, W) or (H, W, C) as bytes, all channels alike, as Pillow's pictures of them are shown."""
    flat = Image.fromarray(values.reshape(values.shape[0], -1))
    return np.asarray(reduce(flat, 1)).reshape(values.shape)


def _read_doubles(data: bytes, tags: dict[int, Any], size: tuple[int, int]) -> Image.Image:
    """Numbers of 64 bits, which libvips does not take, as a picture of floats or, of three, as RGB."""
    compression, samples = number(tags, _COMPRESSION, _UNCOMPRESSED), number(tags, _SAMPLES, 1)
    if number(tags, _SAMPLE_FORMAT, _UNSIGNED) != _FLOAT or number(tags, _PREDICTOR, 1) != 1:
        raise ValueError("64-bit samples of a rare kind")
    strips = [
        data[offset : offset + length]
        for offset, length in zip(numbers(tags, _OFFSETS), numbers(tags, _LENGTHS), strict=True)
    ]
    if compression in _DEFLATE:
        width, height = size
        strips = [zlib.decompressobj().decompress(strip, width * height * samples * 8) for strip in strips]
    elif compression != _UNCOMPRESSED:
        raise ValueError("64-bit samples under a rare compression")
    values = np.frombuffer(b"".join(strips), "<f8" if data[:2] == b"II" else ">f8").astype(np.float32)
    width, height = size
    if are_apart(tags):
        channels = values.reshape(samples, height, width).transpose(1, 2, 0)
    else:
        channels = values.reshape(height, width, samples)
    if samples < 3:
        return Image.fromarray(np.ascontiguousarray(channels[..., 0]))
    return Image.fromarray(_as_bytes(np.ascontiguousarray(channels[..., :3])))


@cache
def _vips() -> ModuleType:
    """libvips, loaded when the first such file comes; without a memory of earlier files, whose bytes it would keep."""
    vips = importlib.import_module("pyvips")
    vips.cache_set_max(0)
    vips.concurrency_set(1)
    return vips
