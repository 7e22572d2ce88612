"""What the window asks of the worker about a file that is shown: its picture, its pixels, the camera's notes."""

from dataclasses import dataclass
from pathlib import Path

from guie_desktop.messages.commands import Question
from guie_desktop.messages.events import FactsRead, PictureReady, PixelsReady


@dataclass(frozen=True, slots=True)
class MakePicture(Question[PictureReady]):
    """Put a picture of a file into the thumbnail cache, `size` pixels long.

    Of a video it is that after so many milliseconds, or else the first that stands for it.
    """

    path: Path
    size: int
    moment: int | None = None


@dataclass(frozen=True, slots=True)
class ReadPixels(Question[PixelsReady]):
    """Write all pixels of a photo into a file, upright and in sRGB; `moment` as in MakePicture."""

    path: Path
    moment: int | None = None


@dataclass(frozen=True, slots=True)
class ReadFacts(Question[FactsRead]):
    """Say what the camera noted in a photo."""

    path: Path
