"""What `guie-desktop folder` does."""

import argparse
import os
from pathlib import Path
from typing import Any

from guie_desktop.cli.output import CommandResult
from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.domain import Folder
from guie_desktop.errors import UserError
from guie_desktop.jobs.folder_places import home_now, relocate_folder
from guie_desktop.library.catalog import Catalog
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary


def run_folder_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `folder list|relocate|forget|watch`."""
    if arguments.action == "list":
        with OpenLibrary(paths) as library:
            return _told(library.catalog)
    with WritableLibrary(paths) as writable:
        folder = _known_folder(writable.catalog, arguments.path)
        if arguments.action == "forget":
            writable.catalog.remove_folder(folder.id)
            return _told(writable.catalog)
        if arguments.action == "watch":
            writable.catalog.watch_folder(folder.id, not arguments.off)
            return _told(writable.catalog)
        moved = relocate_folder(writable.catalog, folder, arguments.new)
        answer, lines, status = _told(writable.catalog)
    return {"moved": moved} | answer, [f"{moved} photos moved with their folder.", *lines], status


def folders_as_json(catalog: Catalog) -> list[dict[str, Any]]:
    """The folders and whether they can be reached now, as the JSON answers have them."""
    volumes = mounted_volumes()
    return [
        {
            "path": str(folder.path),
            "online": home_now(catalog, folder, volumes) is not None,
            "photos": folder.photos,
            "watched": folder.watched,
        }
        for folder in catalog.folders()
    ]


def folder_lines(found: list[dict[str, Any]]) -> list[str]:
    """The folders of `folders_as_json`, one a line."""
    return [
        f"{folder['photos']:>8}  {folder['path']}{'' if folder['online'] else '  (not connected)'}"
        f"{'' if folder['watched'] else '  (not watched)'}"
        for folder in found
    ]


def _known_folder(catalog: Catalog, path: Path) -> Folder:
    """The folder of this path, which need not be there any more; UserError where the library has none."""
    names = {Path(os.path.abspath(path)), Path(os.path.realpath(path))}  # noqa: PTH100 - links may be what is meant
    found = next((folder for folder in catalog.folders() if folder.path in names), None)
    if found is None:
        raise UserError(f"The library has no folder {path}.", "See what there is.", "folder list")
    return found


def _told(catalog: Catalog) -> CommandResult:
    found = folders_as_json(catalog)
    return {"folders": found}, folder_lines(found), 0
