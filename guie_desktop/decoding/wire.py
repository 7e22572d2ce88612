"""What crosses the pipe between the program and a decoder process.

The decoder says READY once. Then, for each Task, in turn: it sends ContentRead, is answered whether to go on, sends the
Weight, is told when there is room, and sends what it Decoded. In place of any of these it may send a UserError. Of a
large file it sends StillReading now and then, before ContentRead. A FactsTask is answered by PhotoFacts at once, a
NotesTask by PhotoNotes. What is Decoded comes as messages_with_arrays sends it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from guie_desktop.arrays import ViewPixels
from guie_desktop.embedding.view_preparation import ViewPreparation
from guie_desktop.errors import UserError
from guie_desktop.file_kinds import VIDEO_SUFFIXES
from guie_desktop.noted import PhotoFacts, PhotoNotes

if TYPE_CHECKING:  # each decoder would load much else with them
    from guie_desktop.asking import Colour
    from guie_desktop.domain import DateSource, Region

READY = "ready"

MOST_OF_ONE = 896 * 1024**2
"""Bytes that decoding one picture may take, so that its process stays below 1 GB."""

_SMALLEST_PART = 0.05
"""Of a side: a region that is narrower is enlarged, rather than having all of a picture decoded in full."""


_ALL = 1 << 24
"""More pixels than any side has."""


@dataclass(frozen=True, slots=True)
class FactsTask:
    """What a camera noted in a photo is wanted, and nothing of the picture."""

    path: Path

    @property
    def is_of_video(self) -> bool:
        """As in Task."""
        return self.path.suffix.lower() in VIDEO_SUFFIXES


@dataclass(frozen=True, slots=True)
class NotesTask(FactsTask):
    """What a photo and the files of notes beside it say in words is wanted, and nothing of the picture."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file, and what is wanted of it."""

    path: Path
    views: ViewPreparation | None = None
    """For the network."""
    jpeg: int | None = None
    """Long side in pixels of a small picture."""
    quality: int | None = None
    """Of that picture, from 1 to 100, where it is to be a copy for others and not a tile's."""
    region: "Region | None" = None
    """The part that is meant; all of it where there is none."""
    moment: int | None = None
    """Of a video, the milliseconds after which a picture is meant; without it, the few that stand for all of it."""
    whole: Path | None = None
    """Where all pixels are to be written: RGB, a byte each, row by row from the top left."""
    most_pixels: int = 0
    """Of `whole`; a larger picture comes at half its size, or a third. 0 for all there are."""
    shape: tuple[int, int] | None = None
    """Width and height as the library knows them, so that no more is decoded than is wanted."""
    previews: bool = False
    """Whether for the small picture a preview will do that the file brings along; then there are no views."""
    keeps_views: bool = True
    """Whether views are made; without them it is decoded as for them, so that the small picture is the same."""
    notes: bool = False
    """Whether what it says of itself in words is wanted, too."""

    @property
    def is_of_video(self) -> bool:
        """Whether the file is one of those that are not read into memory, by its name."""
        return self.path.suffix.lower() in VIDEO_SUFFIXES

    @property
    def smallest_side(self) -> int:
        """Short side in pixels that the decoded picture should have."""
        views = 1 if self.views is None else self.views.smallest_side
        if self.region is not None:
            # A crop of a reduced picture must still have the pixels that the network wants.
            views = round(views / max(min(self.region[2:]), _SMALLEST_PART))
        return max(views, self._side_of_jpeg, self._side_of_whole)

    @property
    def _side_of_jpeg(self) -> int:
        if self.jpeg is None or self.shape is None:
            return self.jpeg or 1
        return max(1, math.ceil(self.jpeg * min(self.shape) / max(self.shape)))

    @property
    def _side_of_whole(self) -> int:
        if self.whole is None:
            return 1
        if self.shape is None:
            return _ALL
        pixels = self.shape[0] * self.shape[1]
        reduction = math.ceil(math.sqrt(pixels / self.most_pixels)) if self.most_pixels else 1
        return max(1, min(self.shape) // max(1, reduction))


@dataclass(frozen=True, slots=True)
class StillReading:
    """The file is not read to its end, and its drive answers."""


@dataclass(frozen=True, slots=True)
class ContentRead:
    """The file was read, and this is its content hash."""

    content_hash: bytes


@dataclass(frozen=True, slots=True)
class Weight:
    """What decoding a picture costs at most: bytes of memory, and seconds of computing before it counts as hung."""

    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Still:
    """A picture of a file, each part as it was asked for."""

    jpeg: bytes | None
    views: ViewPixels | None
    moment: int = 0
    """Milliseconds from the beginning of a video."""
    size: tuple[int, int] = (0, 0)
    """Width and height of what was decoded, and written where that was wanted."""
    colours: "Mapping[Colour, int]" = field(default_factory=dict)
    """What a tile's picture shows, with shares in percent."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What was made of a file; sizes are those of the whole upright picture, in pixels."""

    content_hash: bytes
    width: int
    height: int
    taken: float | None
    """When it was taken, in seconds since the epoch."""
    taken_from: "DateSource | None"
    cut_off: bool
    """Whether it is only the part of the picture that is there."""
    is_motion: bool
    """Whether a video follows the picture."""
    stills: tuple[Still, ...]
    """The picture; of a video a few, by time, the first of which stands for it."""
    seconds: float | None = None
    """How long a video lasts."""
    is_preview: bool = False
    """Whether its small picture is a preview that the file brought along."""
    notes: PhotoNotes | None = None
    """What it says of itself, where that was wanted."""


FromDecoder = str | StillReading | ContentRead | Weight | Decoded | PhotoFacts | PhotoNotes | UserError
