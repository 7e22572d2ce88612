"""`shared take`: photos of a shared library into an album of one's own."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from guie_desktop.cli.output import CommandResult
from guie_desktop.errors import UserError
from guie_desktop.paths import LibraryPaths

if TYPE_CHECKING:
    from guie_desktop.shared_library.shared_table import SharedTable

HELP = "put photos of a shared library into an album; they are known here from then on, and nothing is written there"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which library, which of its photos, which album."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument("photos", nargs="+", metavar="PATH", help="paths of photos, as `shared browse` says them")
    parser.add_argument("--album", required=True, metavar="NAME", help="one that there is, or a new one")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """How many photos the album has then; UserError where the shared library has no such photo."""
    from guie_desktop.cli.shared.naming import address_among
    from guie_desktop.library.shared_libraries import SharedLibraries
    from guie_desktop.library.taking_in import take_in
    from guie_desktop.shared_library.remote_photos import copies_of
    from guie_desktop.shared_library.shared_table import SharedTable
    from guie_desktop.workspace.open_library import WritableLibrary

    with WritableLibrary(paths) as library:
        table = SharedTable.open(address_among(SharedLibraries(library.choices), arguments.known))
        copies = copies_of(table, list(_rows(table, arguments.photos)), library.backbone.key)
        features = library.backbone.features
        photos = take_in(library.catalog, features, library.thumbnails, table.address.uri, copies)
        for _ in library.backbone.space.catch_up():
            pass  # else the search's index lacks them until the next search, and doctor takes it for damaged
        album = library.catalog.album_named(arguments.album)
        if album is None:
            album_id = library.albums.create(arguments.album, photos)
        else:
            album_id = album.id
            library.albums.decide(album_id, photos, "member")
        album = library.catalog.album(album_id)
    answer = {"album": album.name, "photos": album.photos, "taken": len(photos)}
    return answer, [f"{album.photos:>8}  {album.name}"], 0


def _rows(table: "SharedTable", wanted: Sequence[str]) -> Iterable[int]:
    there = table.rows_at(wanted)
    for path in wanted:
        if path not in there:
            raise UserError(
                f"The shared library has no photo {PurePosixPath(path).name} at that path.",
                "See what there is.",
                "shared browse LIBRARY",
            )
        yield there[path]
