"""From a decoded picture of a video, in the colours of its codec, to an upright one in sRGB."""

import math
import struct
from fractions import Fraction

from av.sidedata.sidedata import SideData
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from PIL import Image

from guie_desktop.pictures.colour import to_srgb

_TURNS = {
    (-1, 0, 0, 1): Image.Transpose.FLIP_LEFT_RIGHT,
    (-1, 0, 0, -1): Image.Transpose.ROTATE_180,
    (1, 0, 0, -1): Image.Transpose.FLIP_TOP_BOTTOM,
    (0, 1, 1, 0): Image.Transpose.TRANSPOSE,
    (0, 1, -1, 0): Image.Transpose.ROTATE_270,
    (0, -1, -1, 0): Image.Transpose.TRANSVERSE,
    (0, -1, 1, 0): Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by the signs in its display matrix: of x to x and y, and of y to x and y."""
_MATRIX = struct.Struct("=9i")

_WIDEST = 8
"""Pixels are never wider or narrower than so many times their height; what says otherwise is damaged."""

_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
"""What makes RGB of brightness and two colours, by H.273's numbers."""
_LINES_OF_HD = 720
"""From here on, what says nothing of its colours has those of BT.709, as all players take it."""

_UNSPECIFIED, _BT709, _BT2020 = 2, 1, 9
_OF_HDR = (16, 18)

_EXACTLY = Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT


def size_of(frame: VideoFrame, aspect: Fraction | None) -> tuple[int, int]:
    """Width and height of the upright picture in full size, in pixels that are square."""
    width, height = max(1, round(frame.width * _aspect(aspect))), frame.height
    return (height, width) if _is_on_its_side(frame) else (width, height)


def picture_of(frame: VideoFrame, smallest_side: int, aspect: Fraction | None) -> Image.Image:
    """The picture, RGB, upright and in sRGB, its short side `smallest_side` pixels, as far as it has them.

    `aspect` is the width of a pixel in its heights.
    """
    width, height = max(1, round(frame.width * _aspect(aspect))), frame.height
    scale = min(Fraction(1), Fraction(smallest_side, min(width, height)))
    width, height = math.ceil(width * scale), math.ceil(height * scale)
    has_alpha = any(component.is_alpha for component in frame.format.components)
    matrix = _MATRICES.get(frame.colorspace) or (
        Colorspace.ITU709 if frame.height >= _LINES_OF_HD else Colorspace.ITU601
    )
    is_full = frame.color_range == ColorRange.JPEG or frame.format.is_rgb or frame.format.name.startswith("yuvj")
    small = frame.reformat(
        width,
        height,
        "rgba" if has_alpha else "rgb24",
        src_colorspace=matrix,
        dst_colorspace=matrix,
        interpolation=(Interpolation.AREA if scale < 1 else Interpolation.BICUBIC) | _EXACTLY,
        src_color_range=ColorRange.JPEG if is_full else ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
        threads=1,
    )
    plane = small.planes[0]
    mode = "RGBA" if has_alpha else "RGB"
    image = Image.frombuffer(mode, (width, height), bytes(plane), "raw", mode, plane.line_size, 1)
    image.info["coding_points"] = _coding_points(frame)
    upright = to_srgb(image, 1)
    turn = _TURNS.get(_signs(frame))
    return upright if turn is None else upright.transpose(turn)


def _aspect(said: Fraction | None) -> Fraction:
    return said if said and Fraction(1, _WIDEST) <= said <= _WIDEST else Fraction(1)


def _coding_points(frame: VideoFrame) -> tuple[int, int]:
    primaries, transfer = frame.color_primaries, frame.color_trc
    if primaries == _UNSPECIFIED:
        primaries = _BT2020 if transfer in _OF_HDR else _BT709
    return primaries, _BT709 if transfer == _UNSPECIFIED else transfer


def _is_on_its_side(frame: VideoFrame) -> bool:
    return _signs(frame)[0] == 0


def _signs(frame: VideoFrame) -> tuple[int, int, int, int]:
    """How a player turns the picture: by which quarter, and whether mirrored."""
    matrix = frame.side_data.get("DISPLAYMATRIX")
    data = bytes(matrix) if isinstance(matrix, SideData) else b""
    if len(data) != _MATRIX.size:
        return 1, 0, 0, 1
    a, b, _, c, d, *_ = _MATRIX.unpack(data)
    if abs(a) >= abs(b):
        return (_sign(a), 0, 0, _sign(d))
    return (0, _sign(b), _sign(c), 0)


def _sign(number: int) -> int:
    return -1 if number < 0 else 1
