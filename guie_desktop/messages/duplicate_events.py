"""What comes of looking for duplicates, and of what is decided of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from guie_desktop.domain import ContentHash, MarkKind
from guie_desktop.former import Former


@dataclass(frozen=True, slots=True)
class DuplicatesFound:
    """Duplicates were looked for; what was found is in the catalog."""

    groups: int
    uncompared: int
    """Photos that have no small picture, so that only exact copies of them are found."""


@dataclass(frozen=True, slots=True)
class Parted:
    """Contents count as no duplicates; `pairs` are those of which that was not so before."""

    pairs: tuple[frozenset[ContentHash], ...]


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What was said of photos that go was given to those that stay, of which this was said until then."""

    former: Former
    marks: Mapping[MarkKind, Mapping[int, tuple[int, ...]]]
    """Per kind, what was said before, to the photos of which it was."""
