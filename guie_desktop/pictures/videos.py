"""A video as a few pictures that stand for it, or as the one that it shows at a moment."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from av.video.frame import VideoFrame
from PIL import Image

from guie_desktop.domain import DateSource
from guie_desktop.pictures.dates import video_taken_at
from guie_desktop.pictures.video_files import VideoFile, no_picture, saying_what_is_wrong
from guie_desktop.pictures.video_frames import picture_of, size_of

_SECONDS_EACH = 10.0
_MOST = 12
"""Pictures of a video: a scene lasts some ten seconds, and each costs as much to embed, keep and search as a photo, so
that a film of two hours does not count for more than a dozen of them."""

_NEAR = 0.25
"""Of the distance between two of them: a picture that stands for itself is taken from so far before the time wanted."""

_MOST_DECODED = 4_000_000_000
"""Pixels of all that is decoded for one video: 30 s or so of Full HD; beyond, what was reached has to do."""
_LEAST_COUNTED = 100_000
"""Pixels that a tiny picture counts as, since it takes time as well."""

_ONE_COLOUR = 4.0
"""Levels of 255 by which the colours of a picture vary that shows nothing: black before a film begins, fades."""
_PROBE = (32, 32)


@dataclass(frozen=True, slots=True)
class Moment:
    """A picture of a video: RGB, upright, sRGB, perhaps reduced; and when it is shown."""

    image: Image.Image
    at: int
    """Milliseconds from the beginning."""


@dataclass(frozen=True, slots=True)
class Video:
    """An opened video; `width` and `height` are those of the upright picture in full size, in square pixels."""

    width: int
    height: int
    seconds: float
    taken: float | None
    """When it was taken, in seconds since the epoch, and what said so."""
    taken_from: DateSource | None
    cut_off: bool
    """Whether only a part of it is there, and the seconds those of the part."""
    moments: tuple[Moment, ...]
    """By time; the first one stands for all of it."""


def read_video(opened: VideoFile, name: str, smallest_side: int, moment: int | None = None) -> Video:
    """A few pictures of it, evenly spread, or the one that is shown after `moment` milliseconds.

    Their short side has `smallest_side` pixels, as far as the video has them. The file's `name` may say when it was
    taken. Raises UnreadablePhoto; OSError where the disk fails.
    """
    with saying_what_is_wrong():
        seconds, is_cut = opened.length()
        frames = _spread(opened, seconds) if moment is None else _shown(opened, moment)
        aspect = opened.stream.sample_aspect_ratio
        moments: list[Moment] = []
        size = 0, 0
        for frame in frames:
            size = size if moments else size_of(frame, aspect)
            moments.append(Moment(picture_of(frame, smallest_side, aspect), opened.moment_of(frame)))
        if not moments:
            raise no_picture()
        telling = [one for one in moments if not _shows_nothing(one.image)]
        taken = video_taken_at(opened.notes, name)
        at, source = (None, None) if taken is None else (taken.at, taken.source)
        return Video(*size, seconds, at, source, is_cut, tuple(telling or moments))


def _spread(opened: VideoFile, seconds: float) -> Iterator[VideoFrame]:
    count = max(1, min(math.ceil(seconds / _SECONDS_EACH), _MOST))
    distance = 1000 * seconds / count
    last = -1
    for index in range(count):
        wanted = distance * (index + 0.5)
        earliest = opened.time_of(wanted - distance * _NEAR)
        found = None
        for found in _affordable(opened, opened.time_of(wanted), _MOST_DECODED // count):
            if found.pts is None or found.pts >= earliest:
                break
        if found is not None and opened.moment_of(found) > last:
            last = opened.moment_of(found)
            yield found


def _shown(opened: VideoFile, moment: int) -> Iterator[VideoFrame]:
    shown = None
    for frame in _affordable(opened, opened.time_of(moment), _MOST_DECODED):
        if shown is not None and opened.moment_of(frame) > moment:
            break
        shown = frame
    if shown is not None:
        yield shown


def _affordable(opened: VideoFile, at: int, most: int) -> Iterator[VideoFrame]:
    """The pictures from then on, until so many pixels are decoded."""
    for frame in opened.frames_from(at):
        yield frame
        most -= max(frame.width * frame.height, _LEAST_COUNTED)
        if most <= 0:
            return


def _shows_nothing(image: Image.Image) -> bool:
    small = np.asarray(image.resize(_PROBE, Image.Resampling.BOX), np.float32)
    return bool(small.std(axis=(0, 1)).max() < _ONE_COLOUR)
