"""Compares what the program shows of every file in a folder with what a second decoder shows, and says why they differ.

Usage: python -m tests.benchmarks.second_decoder FOLDER [--all]

Second decoders are libvips, for HEIC libheif without our steps, and for BMP Pillow without them. The corpus is that of
Pillow's source distribution (`pip download --no-deps --no-binary :all: pillow`, its Tests/images), or of pi-heif's or
imagecodecs'; those of rawpy, tifffile and pyvips hold no pictures.
"""

import re
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pi_heif
import pyvips
from numpy.typing import NDArray
from PIL import Image, ImageOps

from guie_desktop.errors import UnreadablePhoto
from guie_desktop.file_kinds import PHOTO_SUFFIXES
from guie_desktop.pictures.images import decode

Pixels = NDArray[np.uint8]

AT_MOST = 12
"""Mean difference, in levels, of pictures that are the same: chroma is upsampled in more than one way."""

MEANT = {
    r"(^|/)rgb32bf-abgr\.bmp$": "an alpha channel of zeros is shown as opaque",
    r"cmyk|rgba\.u1\.jpg$": "libvips has a press's profile for CMYK without one, we have none",
    r"orientation.*\.(png|avif)$": "libvips does not turn these by their EXIF or XMP data",
    r"(16_bit_binary_pgm\.tiff|hopper_unknown_pixel_mode\.tif)$": "libvips takes numbers of 32 bits for bytes",
    r"8bit\.s\.tif$|gray(\.one)?\.([iu]4|i[12])\.tif$": "numbers of which nobody says what white is",
    r"gray(\.one|\.tiled)?\.f[24]\.tif$": "libvips takes floats up to 1 for those up to 255 or 65,535",
    r"gray\.(contig|separate)\.u1\.tif$": "libvips takes five greys for colours, and rows that lie apart for others",
    r"(lzma|zstd)(\.u1)?\.tif$|tiff_overflow_rows_per_strip\.tif$": "libvips shows black where it cannot read",
    r"(^|/)heif/L_1[02]_": "Pillow clips 16-bit grey, which libheif by itself gives",
}
"""Pattern of a file's path to why the second decoder shows something else."""


def second(data: bytes, suffix: str) -> Pixels:
    """What another decoder shows, upright, in sRGB and on white."""
    if suffix in {".heic", ".heif", ".hif"}:
        return on_white(pi_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True).to_pillow())
    if suffix == ".bmp":
        return on_white(Image.open(BytesIO(data)))
    image = pyvips.Image.new_from_buffer(data, "").autorot()
    if image.hasalpha() and image.format in {"uchar", "ushort"}:
        full = 255 if image.format == "uchar" else 65535
        image = image.flatten(background=[full] * (image.bands - 1), max_alpha=full).cast(image.format)
    if image.format == "ushort" and image.bands in {1, 3}:
        image = (image >> 8).cast("uchar").copy(interpretation="srgb" if image.bands == 3 else "b-w")
    if image.get_typeof("icc-profile-data"):
        image = image.icc_transform("srgb", embedded=True, intent="relative")
    elif image.interpretation != "multiband":
        image = image.colourspace("srgb")
    pixels: Pixels = image.cast("uchar").numpy()
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[..., np.newaxis], 3, axis=2)
    return pixels[..., :3] if pixels.shape[2] >= 3 else np.repeat(pixels[..., :1], 3, axis=2)


def on_white(image: Image.Image) -> Pixels:
    """An opened picture, upright, as RGB."""
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    white = Image.new("RGBA", upright.size, "white")
    white.alpha_composite(upright)
    return np.asarray(white.convert("RGB"))


def verdict(path: Path) -> tuple[str, str]:
    """What came of a file, in a few words, and more about it."""
    data = path.read_bytes()
    try:
        picture = decode(data, 100_000)
    except UnreadablePhoto as error:
        return "refused with a reason", error.title
    if picture.cut_off:
        return "shown as far as it is there", f"{picture.width} x {picture.height}"
    shown = np.asarray(picture.image)
    try:
        other = second(data, path.suffix.lower())
    # Whatever a decoder raises, it is no second opinion.
    except Exception as error:  # noqa: BLE001
        return "shown, the other cannot", " ".join(str(error).split())[:60]
    if other.shape != shown.shape:
        return "differs", f"{shown.shape[1]} x {shown.shape[0]}, not {other.shape[1]} x {other.shape[0]}"
    difference = float(np.abs(shown.astype(np.int16) - other).mean())
    return ("the same" if difference <= AT_MOST else "differs"), f"{difference:.1f} levels"


def main(arguments: Sequence[str]) -> None:
    """Print what is not the same, and the counts."""
    warnings.simplefilter("ignore")
    folder = Path(arguments[0])
    counts: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in PHOTO_SUFFIXES:
            continue
        name = path.relative_to(folder).as_posix()
        word, more = verdict(path)
        meant = next((why for pattern, why in MEANT.items() if re.search(pattern, name)), "")
        if word == "differs" and meant:
            word, more = "differs as is meant", f"{more}; {meant}"
        counts[word] += 1
        if word != "the same" or "--all" in arguments:
            print(f"{word:28}{name:60} {more}")
    for word, count in counts.most_common():
        print(f"{count:6} {word}")


if __name__ == "__main__":
    main(sys.argv[1:])
