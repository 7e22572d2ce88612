"""Makes small videos of pictures, in any container and codec that libav writes."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.stream import Disposition
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from guie_desktop.pictures import videos
from guie_desktop.pictures.video_files import VideoFile
from guie_desktop.pictures.videos import Video

FRAMES_A_SECOND = 10

_FAST = {
    "libx264": {"preset": "ultrafast"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none"},
    "libvpx": {"deadline": "realtime", "cpu-used": "8"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    "libsvtav1": {"preset": "12", "svtav1-params": "log_level=-1"},
}
_CODEC = {".avi": "mpeg4", ".webm": "libvpx-vp9"}
"""Of a container, where it is not H.264."""

COLOURS = ("red", "lime", "blue", "yellow", "magenta", "cyan", "white", "orange", "navy", "olive", "teal", "pink")


def picture_of(index: int, size: tuple[int, int] = (160, 120)) -> Image.Image:
    """A picture of two colours that tell its number, below 132, under any compression: the left and the right half.

    `number_of` reads it again.
    """
    left, right = _PAIRS[index]
    image = Image.new("RGB", size, COLOURS[left])
    image.paste(Image.new("RGB", (size[0] - size[0] // 2, size[1]), COLOURS[right]), (size[0] // 2, 0))
    return image


def number_of(image: Image.Image) -> int:
    """The number of the picture that this looks most like, whatever its size."""
    halves = np.asarray(image.resize((8, 2), Image.Resampling.BOX), np.float64)[:, [1, 6]].mean(axis=0)
    return _PAIRS.index((_nearest(halves[0]), _nearest(halves[1])))


def write_video(
    path: Path,
    pictures: Sequence[Image.Image],
    seconds_each: float = 1.0,
    *,
    rate: int | Fraction = FRAMES_A_SECOND,
    codec: str | None = None,
    pixels: str = "yuv420p",
    options: Mapping[str, str] | None = None,
    keyframes_every: int = 10,
    turned: int = 0,
    flips: tuple[bool, bool] = (False, False),
    aspect: Fraction | None = None,
    matrix: Colorspace = Colorspace.ITU601,
    levels: ColorRange = ColorRange.MPEG,
    points: tuple[int, int] | None = None,
    starts_at: float = 0.0,
    notes: Mapping[str, str] | None = None,
    container_options: Mapping[str, str] | None = None,
) -> Path:
    """Write a video that shows each picture for so many seconds, and give its path.

    The end of its name decides on the container. `turned` are the degrees, counter-clockwise, by which a player turns
    it, and `flips` whether it is mirrored then, left to right and top to bottom; `points` its primaries and transfer as
    H.273 numbers them; `notes` what the container says of it.
    """
    name = codec or _CODEC.get(path.suffix.lower(), "libx264")
    with _no_more_urgent(), av.open(str(path), "w", container_options=dict(container_options or {})) as container:
        container.metadata.update(notes or {})
        stream: Any = container.add_stream(name, rate=rate, options=_FAST.get(name, {}) | dict(options or {}))
        stream.width, stream.height = pictures[0].size
        stream.pix_fmt = pixels
        stream.gop_size = keyframes_every
        if aspect is not None:
            stream.sample_aspect_ratio = aspect
        if turned or any(flips):
            stream.set_display_rotation(turned, *flips)
        stream.colorspace, stream.color_range = _MATRIX_NUMBER[matrix], int(levels)
        if points is not None:
            stream.color_primaries, stream.color_trc = points
        time_base = 1 / Fraction(rate)
        at = round(starts_at / time_base)
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(*_array_of(picture)).reformat(
                format=pixels, dst_colorspace=matrix, src_color_range=ColorRange.JPEG, dst_color_range=levels
            )
            frame.time_base = time_base
            for _ in range(max(1, round(seconds_each / time_base))):
                frame.pts = at
                container.mux(stream.encode(frame))
                at += 1
        container.mux(stream.encode(None))
    return path


@contextmanager
def _no_more_urgent() -> Iterator[None]:
    """SVT-AV1 makes root's thread that uses it a real-time one, for good; it would starve all others."""
    if not hasattr(os, "sched_getscheduler"):
        yield
        return
    policy, parameters = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, parameters)


def read_video(path: Path, smallest_side: int, moment: int | None = None) -> Video:
    """What a decoder process makes of the file."""
    with path.open("rb") as file, VideoFile(file) as opened:
        return videos.read_video(opened, path.name, smallest_side, moment)


def write_sound(path: Path, seconds: float = 1.0, cover: Image.Image | None = None) -> Path:
    """Write a file of silence without a video, perhaps with the picture on the album's cover, and give its path."""
    with av.open(str(path), "w") as container:
        sound: Any = container.add_stream("aac", rate=8000, layout="mono")
        art: Any = None
        if cover is not None:
            art = container.add_stream("png", rate=1)
            art.width, art.height, art.pix_fmt = *cover.size, "rgb24"
            art.disposition = Disposition.attached_pic
        silence = av.AudioFrame.from_ndarray(np.zeros((1, round(8000 * seconds)), np.float32), "fltp", "mono")
        silence.sample_rate = 8000
        if cover is not None:
            container.mux(art.encode(av.VideoFrame.from_image(cover)))
            container.mux(art.encode(None))
        container.mux(sound.encode(silence))
        container.mux(sound.encode(None))
    return path


_PAIRS = [(left, right) for left in range(len(COLOURS)) for right in range(len(COLOURS)) if left != right]

_MATRIX_NUMBER = {Colorspace.ITU709: 1, Colorspace.ITU601: 6, Colorspace.BT2020: 9}


def _array_of(picture: Image.Image) -> tuple[Any, str]:
    mode, layout = ("RGBA", "rgba") if picture.mode == "RGBA" else ("RGB", "rgb24")
    return np.asarray(picture.convert(mode)), layout


def _nearest(colour: Any) -> int:
    known = np.array([Image.new("RGB", (1, 1), one).getpixel((0, 0)) for one in COLOURS], np.float64)
    return int(((known - colour) ** 2).sum(axis=1).argmin())
