"""What the window asks of the worker about albums, ratings and flags; the type in brackets is that of the answer."""

from dataclasses import dataclass
from pathlib import Path

from guie_desktop.domain import MarkKind, Verdict
from guie_desktop.former import Former
from guie_desktop.messages.commands import Command, Question
from guie_desktop.messages.events import AlbumMade, AlbumRenamed, Changed, Done, Marked, Suggested


@dataclass(frozen=True, slots=True)
class CreateAlbum(Command[AlbumMade]):
    """Make an album with these photos in it; Failed where the name is taken."""

    name: str
    photos: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RenameAlbum(Command[AlbumRenamed]):
    """Give an album another name."""

    album_id: int
    name: str


@dataclass(frozen=True, slots=True)
class RemoveAlbum(Command[Done]):
    """Remove an album; what was decided about photos is kept, so that `restore` brings it back."""

    album_id: int
    restore: bool = False


@dataclass(frozen=True, slots=True)
class Decide(Command[Changed]):
    """Put photos into an album, say that they are "not this", or (None) take back what was said."""

    album_id: int
    photos: tuple[int, ...]
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class ReadDecisions(Question[Changed]):
    """Say what is decided of these photos now, for `PutBack`, and change nothing."""

    photos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PutBack(Command[Changed]):
    """Let all be so again; the answer has what was so until then, which can be put back as well.

    Folders are scanned from then on, where these changed.
    """

    former: Former


@dataclass(frozen=True, slots=True)
class ImportAlbums(Command[Changed]):
    """Add a folder, index what is new in it, and make each folder with photos an album of its name.

    Changed when the library has the folder; the albums follow, and AlbumsImported then.
    """

    folder: Path


@dataclass(frozen=True, slots=True)
class ExpectInAlbum(Command[Done]):
    """Put what lies at these paths, files or folders of the library, into an album as soon as it is read.

    Done when that is kept; all folders are scanned from then on.
    """

    album_id: int
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ExpectNoMore(Command[Changed]):
    """Take back what `ExpectInAlbum` asked for: wait no longer, and take out what has joined since then."""

    album_id: int
    paths: tuple[Path, ...]
    since: float
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Suggest(Question[Suggested]):
    """Find photos that belong to an album and are not in it."""

    album_id: int
    most: int = 60


@dataclass(frozen=True, slots=True)
class Mark(Command[Marked]):
    """Give photos, and with them all their copies, so many stars, or a flag (1) or none (0)."""

    photos: tuple[int, ...]
    kind: MarkKind
    value: int
