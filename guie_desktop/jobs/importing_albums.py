"""Making albums of folders: each directory that holds photos becomes an album of its name."""

import os
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.domain import Album, Failure, IndexReport
from guie_desktop.errors import UserError
from guie_desktop.jobs.folder_places import add_folder
from guie_desktop.jobs.indexing import IndexJob, index_library, show_photos
from guie_desktop.jobs.joining_albums import let_expected_join
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.album_names import name_key, names_of_folders
from guie_desktop.messages import Progress
from guie_desktop.sentences import Sentence
from guie_desktop.workspace.open_library import WritableLibrary


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The albums that the folder stands for, how many photos were put into them, and the files left out."""

    folder: Path
    albums: tuple[Album, ...]
    added: int
    failed: tuple[Failure, ...]
    index: IndexReport
    made: tuple[int, ...]
    """The ids of the albums that are new."""
    filled: tuple[tuple[int, tuple[int, ...]], ...]
    """Those of the others, each with the photos that were put into it."""


def import_albums(library: WritableLibrary, folder: Path) -> Generator[Progress, None, ImportReport]:
    """Add the folder, index what is new, and put the photos of each directory into the album of its name.

    Albums that are there get what they lack, but no photo that was refused for them. UserError where the folder holds
    no photo that can be read.
    """
    moved = plan_albums(library, folder)
    index = yield from index_library(library, moved=moved)
    return (yield from _make_albums(library, Path(os.path.realpath(folder)), index))


def plan_albums(library: WritableLibrary, folder: Path) -> int:
    """Add a folder whose folders become albums when its photos are read, whoever reads them; how many photos moved."""
    moved = add_folder(library.catalog, folder, mounted_volumes())
    library.choices.plan_albums(Path(os.path.realpath(folder)))
    return moved


def show_photos_and_make_albums(
    library: WritableLibrary,
    tell: Callable[[ImportReport], None] = lambda _: None,
    *,
    retry: bool = False,
    moved: int = 0,
    confirm_for: float | None = None,
    gives_way: Callable[[], bool] = lambda: False,
    only_watched: bool = False,
) -> IndexJob:
    """Show the photos of the whole library as `show_photos` does, then make the albums that were planned before.

    Albums are made, and joined by what was dropped on them, when all photos are there: what is left to a later run is
    left with it. `tell` hears of those of each folder.
    """
    planned, expected = library.choices.planned_albums, library.choices.expected
    index = yield from show_photos(
        library, retry=retry, moved=moved, confirm_for=confirm_for, gives_way=gives_way, only_watched=only_watched
    )
    if library.catalog.is_pending():
        return index
    for root in planned:
        folders = [one for one in library.catalog.folders() if root.is_relative_to(one.path)]
        if not folders:
            library.choices.end_planned_albums(root)  # the user took it out of the library meanwhile
        elif folders[0].online:
            tell((yield from _make_albums(library, root, index)))
    let_expected_join(library, expected)
    return index


def _make_albums(library: WritableLibrary, root: Path, index: IndexReport) -> Generator[Progress, None, ImportReport]:
    failed = tuple(failure for failure in index.failed if root in (failure.path, *failure.path.parents))
    photos = library.catalog.photos_by_directory(root)
    if not photos:
        library.choices.end_planned_albums(root)
        none_read = Sentence("None of the photos in {folder} can be read.", folder=root)
        nothing = none_read if failed else Sentence("There are no photos in {folder}.", folder=root)
        raise UserError(nothing, "Choose a folder with photos sorted into folders.")
    albums = {name_key(album.name): album.id for album in library.catalog.albums()}
    pace, added = Pace("albums", len(photos)), 0
    made: list[int] = []
    filled: list[tuple[int, tuple[int, ...]]] = []
    for directory, name in names_of_folders(photos).items():
        key = name_key(name)
        decided = library.catalog.verdicts(albums[key]) if key in albums else {}
        lacking = [photo for photo in photos[directory] if photo not in decided]
        if key in albums:
            library.albums.decide(albums[key], lacking, "member")
            filled.append((albums[key], tuple(lacking)))
        else:
            albums[key] = library.albums.create(name, lacking)
            made.append(albums[key])
        added += len(lacking)
        pace.advance()
        yield pace.progress(detail=name)
    library.choices.end_planned_albums(root)
    return ImportReport(
        folder=root,
        albums=tuple(album for album in library.catalog.albums() if album.id in {*made, *dict(filled)}),
        added=added,
        failed=failed,
        index=index,
        made=tuple(made),
        filled=tuple(filled),
    )
