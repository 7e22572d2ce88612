"""The nouns of duplicates: groups of photos that are one picture or one burst, and how one of them is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guie_desktop.domain import ContentHash, Photo

DuplicateKind = Literal["exact", "same", "burst"]
"""Files of one content; one picture at another size, format, quality, turn or crop; photos taken within seconds."""

KeepRule = Literal["largest", "sharpest", "oldest", "folder"]
KEEP_RULES: tuple[KeepRule, ...] = ("largest", "sharpest", "oldest", "folder")
"""Which photo of a group stays: that of most pixels, with most detail, taken first, or in the best folder."""


@dataclass(frozen=True, slots=True)
class ContentGroup:
    """The contents of a group, the largest first; a single one of which there are several files is an exact group."""

    kind: DuplicateKind
    contents: tuple[ContentHash, ...]


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """The present photos of a group, those of one content side by side."""

    kind: DuplicateKind
    photos: tuple[Photo, ...]

    @property
    def contents(self) -> tuple[ContentHash, ...]:
        """What they hold, each once."""
        return tuple(dict.fromkeys(photo.content_hash for photo in self.photos))


@dataclass(frozen=True, slots=True)
class KeepChoices:
    """How the photos that stay are chosen."""

    rule: KeepRule = "largest"
    best: tuple[Path, ...] = ()
    """Folders, the best one first, for the rule "folder"."""
    protected: tuple[Path, ...] = ()
    """Folders of which nothing is ever suggested to go."""

    def is_protected(self, photo: Photo) -> bool:
        """Whether it lies in a protected folder, or deeper."""
        return _place_among(photo.path, self.protected) < len(self.protected)

    def staying(self, photos: Sequence[Photo], detail: Mapping[ContentHash, float]) -> frozenset[int]:
        """Ids of those of a group that stay, one at least: all that are protected, or else the best by the rule.

        What the rule does not tell apart is told by size, then by the older file.
        """
        protected = frozenset(photo.id for photo in photos if self.is_protected(photo))
        if protected:
            return protected

        def merit(photo: Photo) -> tuple[float, ...]:
            pixels, size = photo.width * photo.height, photo.bytes
            first: float = {
                "largest": 0.0,
                "sharpest": detail.get(photo.content_hash, 0.0),
                "oldest": -photo.taken,
                "folder": -_place_among(photo.path, self.best),
            }[self.rule]
            return first, pixels, size, -photo.mtime_ns, -photo.id

        return frozenset({max(photos, key=merit).id})


@dataclass(frozen=True, slots=True)
class FoundLast:
    """The duplicates that were found last."""

    groups: tuple[DuplicateGroup, ...]
    detail: Mapping[ContentHash, float]
    """How sharp each content is, next to others of its group."""
    choices: KeepChoices
    """How the photos that stay are chosen."""


def _place_among(path: Path, folders: Sequence[Path]) -> int:
    """The place of the first of the folders that holds the file; behind all where none does."""
    return next((place for place, folder in enumerate(folders) if folder in path.parents), len(folders))
