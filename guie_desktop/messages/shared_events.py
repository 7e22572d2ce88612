"""What the worker answers about shared libraries."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.domain import RemotePhoto, SharedLibrary

PageEnd = tuple[float | None, str]
"""The photo after which the next page begins: when it was taken, and its path."""


@dataclass(frozen=True, slots=True)
class SharedOpened:
    """A shared library answers, and is remembered."""

    library: SharedLibrary
    photos: int
    """How many it has."""
    has_features: bool
    """Whether some are of the model in use, so that it can be searched and photos of it can be taken in."""


@dataclass(frozen=True, slots=True)
class SharedPage:
    """Some photos of a shared library: the next ones, newest first, or what was found, best first."""

    photos: tuple[RemotePhoto, ...]
    pictures: Mapping[int, bytes]
    """Row to the small picture as a JPEG, of those that have one."""
    after: PageEnd | None = None
    """Where to go on; None where there are no more."""
    cutoff: float | None = None
    """The score from which on what was found counts as similar; None where that is not known."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Photos of a shared library have rows in the catalog."""

    photos: tuple[int, ...]
    """Their ids, in the order in which they were asked for."""


@dataclass(frozen=True, slots=True)
class SharedOriginal:
    """The file of a photo of a shared library, there or fetched."""

    file: Path
