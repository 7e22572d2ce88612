"""What was so until something was done, by which it can be put back."""

from dataclasses import dataclass
from pathlib import Path

from guie_desktop.domain import Verdict


@dataclass(frozen=True, slots=True)
class KeptFolder:
    """All that is kept of a folder."""

    id: int
    path: Path
    online: bool
    device: int | None
    added_at: float
    volume: str | None
    volume_path: Path | None
    watched: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user decided of a photo and an album, and when (seconds since the epoch)."""

    album_id: int
    photo_id: int
    verdict: Verdict
    decided_at: float
    said_of: int | None = None
    """The photo for which this one stood then."""


@dataclass(frozen=True, slots=True)
class Former:
    """What the user had said until something was done, so that it can be put back."""

    photos: tuple[int, ...]
    """Those of which it was decided, copies among them; of others nothing is put back."""
    decisions: tuple[Decision, ...]
    folders: tuple[KeptFolder, ...] | None = None
    """The folders of the library, where these changed."""
