"""Files that are to join an album as soon as they are read: remembered until then, whoever reads them."""

import os
from collections.abc import Set
from pathlib import Path

from guie_desktop.errors import UserError
from guie_desktop.workspace.open_library import WritableLibrary


def expect_in_album(library: WritableLibrary, album_id: int, paths: tuple[Path, ...]) -> None:
    """Remember that what lies at these paths, files or folders, belongs to the album. UserError where that is gone."""
    library.catalog.album(album_id)
    library.choices.expect({(album_id, Path(os.path.realpath(path.parent), path.name)) for path in paths})


def let_expected_join(library: WritableLibrary, expected: Set[tuple[int, Path]]) -> int:
    """All folders were looked at and read since these were expected: they join their albums; how many photos did.

    What is in the library by now and was not found is waited for no longer, and what is away still is.
    """
    catalog, joined = library.catalog, 0
    folders = catalog.folders()
    for album_id, path in sorted(expected):
        above = next((folder for folder in folders if path.is_relative_to(folder.path)), None)
        if above is not None and not above.online:
            continue
        photo = catalog.photo_at(path)
        found = (
            [photo.id]
            if photo is not None
            else [one for ids in catalog.photos_by_directory(path).values() for one in ids]
        )
        try:
            decided = catalog.verdicts(album_id)
            lacking = [one for one in found if one not in decided]
            library.albums.decide(album_id, lacking, "member")
            joined += len(lacking)
        except UserError:
            pass  # the album was removed meanwhile
        library.choices.end_expecting({(album_id, path)})
    return joined
