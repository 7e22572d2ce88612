"""What decoding a picture or a video costs in memory and time, by its header alone."""

from io import BytesIO
from typing import Any

from PIL import ImageFile, JpegImagePlugin, TiffImagePlugin

from guie_desktop.decoding.wire import MOST_OF_ONE, Weight
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.pictures.photo_formats import container_of, decoder_of
from guie_desktop.sentences import Sentence, tr_noop

_SECONDS = 30.0
_SECONDS_A_MEGAPIXEL = 0.5
"""The slowest good file of 1,877 public ones takes 4.6 s; busy machines are slower, and none waits for ever."""

_BYTES_OF_MODE = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16L": 2, "I;16B": 2, "I;16N": 2}
"""Of one pixel in Pillow's memory; all other modes take four."""

_BESIDE = {"JPEG": 0, "PNG": 0, "BMP": 0, "GIF": 4, "TIFF": 0, "WEBP": 12, "AVIF": 12}
"""Bytes that a decoder takes beside Pillow's picture, for each pixel: planes, canvases, a copy to hand over."""
_BESIDE_UNKNOWN = 16
"""HEIC, and formats that nobody has measured."""

_COPIES = 12
"""Bytes for each pixel of the reduced picture: colours, turning, a small picture, views."""

_FULL_HD = 1920 * 1088
_FRAMES_HELD = 20
_LARGE_FRAMES_HELD = 12
"""Pictures that a video's decoder keeps at once, of up to Full HD and of more: references, and those on their way."""
_MOST_STILLS = 2
_OPENED_VIDEO = 48 * 1024**2
"""Bytes beside the pictures: indexes of hours of film, packets, the decoder's own."""
_SECONDS_OF_VIDEO = 300.0
"""For the most that `videos` decodes of one, 4,000 megapixels, at a tenth of what a good core does."""

_UNKNOWN = Weight(MOST_OF_ONE, _SECONDS)


def weigh(data: bytes, smallest_side: int, name: str = "") -> Weight:
    """The cost of `images.decode` with the same arguments; UnreadablePhoto where it is more than MOST_OF_ONE.

    A file whose header cannot be read is taken for the heaviest: its decoder may know better, or says why not.
    """
    try:
        if container := container_of(data, name):
            return _weigh_container(container.size_of(data))
        image = decoder_of(data)(BytesIO(data))
        width, height = image.size
        beside = _beside(image)
        image.draft(None, (smallest_side, smallest_side))
        pixels = image.width * image.height
        factor = max(1, min(image.size) // smallest_side)
        own = _BYTES_OF_MODE.get(image.mode, 4) * pixels
        memory = 2 * len(data) + own + beside + _COPIES * pixels // factor**2
    except UnreadablePhoto:
        raise
    except Exception:  # noqa: BLE001 - decoders raise nearly anything; decoding will tell
        return _UNKNOWN
    if memory > MOST_OF_ONE:
        raise too_heavy(Sentence("The picture of {width} x {height} pixels", width=width, height=height))
    return Weight(memory, _SECONDS + _SECONDS_A_MEGAPIXEL * width * height / 1e6)


def weigh_video(width: int, height: int, bits_a_pixel: int, smallest_side: int) -> Weight:
    """The cost of `videos.read_video`; UnreadablePhoto where it is more than MOST_OF_ONE.

    Codecs refer to up to sixteen earlier pictures, but to fewer the larger they are.
    """
    pixels = width * height
    if not pixels:
        return Weight(MOST_OF_ONE, _SECONDS_OF_VIDEO)
    held = _FRAMES_HELD if pixels <= _FULL_HD else _LARGE_FRAMES_HELD
    reduced = _MOST_STILLS * _COPIES * pixels // max(1, min(width, height) // smallest_side) ** 2
    memory = _OPENED_VIDEO + held * pixels * bits_a_pixel // 8 + reduced
    if memory > MOST_OF_ONE:
        raise too_heavy(Sentence("The video of {width} x {height} pixels", width=width, height=height))
    return Weight(memory, _SECONDS_OF_VIDEO)


_SAVE_SMALLER = tr_noop("Save a smaller copy of it, for example at half its size.")


def too_heavy(what: Sentence, *, transient: bool = False) -> UnreadablePhoto:
    """What to say of a picture or a video, which begins the sentence, that no process may open.

    On Linux it never may; other systems refuse what they have no room for at the time, which is `transient`.
    """
    return UnreadablePhoto(
        Sentence("{what} takes more memory than the program gives to one file.", what=what),
        _SAVE_SMALLER,
        transient=transient,
    )


def _weigh_container(size: tuple[int, int]) -> Weight:
    """Some hold a small picture beside a vast one, so that none is refused by the size that it announces."""
    pixels = size[0] * size[1]
    return Weight(min(_BESIDE_UNKNOWN * pixels, MOST_OF_ONE), _SECONDS + _SECONDS_A_MEGAPIXEL * pixels / 1e6)


def _beside(image: ImageFile.ImageFile) -> int:
    """Bytes that its decoder takes beside the picture; before it is told to reduce it."""
    pixels = image.width * image.height
    if isinstance(image, JpegImagePlugin.JpegImageFile) and "progressive" in image.info:
        return 2 * _samples(image) * pixels // 64
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return _largest_strip(image)
    return _BESIDE.get(image.format or "", _BESIDE_UNKNOWN) * pixels


def _samples(image: JpegImagePlugin.JpegImageFile) -> int:
    """Coefficients of 64 pixels, all of which a progressive JPEG holds until its last pass; two bytes each."""
    layers: list[tuple[Any, ...]] = image.layer
    widest, highest = max(layer[1] for layer in layers), max(layer[2] for layer in layers)
    return 64 * sum(int(layer[1] * layer[2]) for layer in layers) // int(widest * highest)


def _largest_strip(image: TiffImagePlugin.TiffImageFile) -> int:
    """Bytes of what libtiff unpacks at once: a strip or a tile."""
    tags = image.tag_v2
    bits: tuple[int, ...] = tags.get(TiffImagePlugin.BITSPERSAMPLE, (1,))
    pixel: float = sum(bits) * (1 if len(bits) > 1 else tags.get(TiffImagePlugin.SAMPLESPERPIXEL, 1)) / 8
    rows: int = min(tags.get(TiffImagePlugin.ROWSPERSTRIP, image.height), image.height)
    tile: int = tags.get(TiffImagePlugin.TILEWIDTH, 0) * tags.get(TiffImagePlugin.TILELENGTH, 0)
    return round(pixel * (tile or rows * image.width))
