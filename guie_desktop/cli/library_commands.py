"""What `library` and `cache` do: where a library lies, what it takes there, letting go of what is made again."""

import argparse
from dataclasses import asdict

from guie_desktop.cli.output import CommandResult
from guie_desktop.errors import UserError
from guie_desktop.language import size_text
from guie_desktop.library.disk_use import disk_use
from guie_desktop.library.new_place import check_new_place, move_library
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary


def run_library_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `library`, `library --move FOLDER`."""
    if arguments.move is None:
        return {"library": str(paths.root)}, [str(paths.root)], 0
    if not paths.is_found:
        raise UserError(
            "A library whose folder is named cannot be moved by the program.",
            "Move the folder, and name its new place with --library or GUIE_LIBRARY.",
        )
    target = arguments.move.absolute()
    with OpenLibrary(paths) as library:
        check_new_place(paths, target, [folder.path for folder in library.catalog.folders()])
    move_library(paths, target)
    return {"library": str(target)}, [f"The library lies in {target} now."], 0


def run_cache_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `cache`, `cache --clear`."""
    if not paths.catalog.exists():
        raise UserError(f"There is no library in {paths.root} yet.", "Add a folder to make one.", "index FOLDER")
    if arguments.clear:
        with WritableLibrary(paths) as library:
            library.clear_pictures()
    used = disk_use(paths)
    lines = [
        f"{size_text(used.pictures):>8}  thumbnails, made again when they are seen",
        f"{size_text(used.models):>8}  models",
        f"{size_text(used.search_index):>8}  search index",
        f"{size_text(used.catalog):>8}  catalog and its copies",
    ]
    return asdict(used), lines, 0
