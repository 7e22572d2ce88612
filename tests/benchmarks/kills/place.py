"""A library that a job is killed on, and what must be true of it afterwards."""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.marks import COUNT
from tests.old_catalogs import columns_of

Decisions = Counter[tuple[str, bytes, str]]
"""What was decided, by album, content and verdict."""


@dataclass(slots=True)
class Place:
    """A library and its photos, as a job finds them."""

    root: Path
    before: Decisions = field(default_factory=Counter)

    @property
    def paths(self) -> LibraryPaths:
        """The library."""
        return LibraryPaths(self.root / "library")

    @property
    def photos(self) -> Path:
        """The folder that it has."""
        return self.root / "photos"

    @property
    def acknowledged(self) -> Path:
        """Where a job writes what it was told to be decided: a line for each."""
        return self.root / "acknowledged"


def nothing(_place: Place, _rng: random.Random) -> None:
    """The job finds the library as it is."""


def decisions_are_there(place: Place) -> None:
    """The catalog is whole, and has all that was decided before."""
    if place.paths.catalog.exists():
        has_all(place.paths.catalog, place.before)


def library_is_complete(place: Place) -> None:
    """All that is computed is there for each photo."""
    decisions_are_there(place)
    with WritableLibrary(place.paths) as library:
        counts = library.catalog.counts()
        assert (counts.photos, counts.failed) == (COUNT, 0), counts
        assert library.catalog.embedded_count(library.backbone.key) == COUNT
        assert library.catalog.pending_count(library.backbone.key) == 0
        hashes = list(library.catalog.content_hashes())
        assert library.thumbnails.lacking(hashes) == set()
        assert len(library.backbone.space.index) == len(hashes)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that takes long enough to be killed."""

    run: Callable[[Place], None]
    prepare: Callable[[Place, random.Random], None] = nothing
    """Make of a library that has everything what the job finds."""
    is_right_when_killed: Callable[[Place], None] = decisions_are_there
    is_right_in_the_end: Callable[[Place], None] = library_is_complete


def decided(catalog: Path) -> Decisions:
    """What was decided; fails where SQLite finds the file damaged."""
    with closing(sqlite3.connect(catalog)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    columns = columns_of(catalog)
    if "album_photos" not in columns:
        return Counter()  # of a schema that knew no albums, or of a file that has just been made
    content = "coalesce(former_hash, content_hash)" if "former_hash" in columns["photos"] else "content_hash"
    query = (
        f"SELECT albums.name, {content}, verdict FROM album_photos "
        "JOIN photos ON photos.id = photo_id JOIN albums ON albums.id = album_id"
    )
    with closing(sqlite3.connect(catalog)) as connection:
        return Counter(connection.execute(query).fetchall())


def has_all(catalog: Path, before: Decisions) -> None:
    """Fails where some of these decisions are not in it, or it is damaged."""
    lost = before - decided(catalog)
    assert not lost, f"{len(lost)} decisions were lost in {catalog.name}, such as {next(iter(lost))}"
