"""Files that are to join an album as soon as they are read: remembered until then, whoever reads them."""

import os
from collections.abc import Set
from pathlib import Path

from guie_desktop.errors import UserError
from guie_desktop.former import Former
from guie_desktop.workspace.open_library import WritableLibrary


def expect_in_album(library: WritableLibrary, album_id: int, paths: tuple[Path, ...]) -> None:
    """Remember that what lies at these paths, files or folders, belongs to the album. UserError where that is gone."""
    library.catalog.album(album_id)
    library.choices.expect({(album_id, path) for path in _real(paths)})


def expect_no_more(library: WritableLibrary, album_id: int, paths: tuple[Path, ...], since: float) -> Former:
    """Wait for them no longer, and take out those that joined since then; returns what was said of them until now."""
    library.choices.end_expecting({(album_id, path) for path in _real(paths)})
    there = {photo for path in _real(paths) for photo in _photos_at(library, path)}
    former = library.albums.former(sorted(there))
    joined = {
        one.photo_id
        for one in former.decisions
        if one.album_id == album_id and one.verdict == "member" and one.decided_at >= since
    }
    library.albums.decide(album_id, sorted(joined & there), None)
    return former


def let_expected_join(library: WritableLibrary, expected: Set[tuple[int, Path]]) -> int:
    """All folders were looked at and read since these were expected: they join their albums; how many photos did.

    What was taken back meanwhile does not. What is in the library by now and was not found is waited for no longer,
    and what is away still is.
    """
    catalog, joined = library.catalog, 0
    folders = catalog.folders()
    for album_id, path in sorted(expected & library.choices.expected):
        above = next((folder for folder in folders if path.is_relative_to(folder.path)), None)
        if above is not None and not above.online:
            continue
        found = _photos_at(library, path)
        try:
            decided = catalog.verdicts(album_id)
            lacking = [one for one in found if one not in decided]
            library.albums.decide(album_id, lacking, "member")
            joined += len(lacking)
        except UserError:
            pass  # the album was removed meanwhile
        library.choices.end_expecting({(album_id, path)})
    return joined


def _real(paths: tuple[Path, ...]) -> list[Path]:
    return [Path(os.path.realpath(path.parent), path.name) for path in paths]


def _photos_at(library: WritableLibrary, path: Path) -> list[int]:
    """The photo of this file, or those of this folder."""
    photo = library.catalog.photo_at(path)
    if photo is not None:
        return [photo.id]
    return [one for ids in library.catalog.photos_by_directory(path).values() for one in ids]
