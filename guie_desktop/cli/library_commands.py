"""What `cache` does: how much of the disk a library takes, and letting go of what is made again."""

import argparse
from dataclasses import asdict

from guie_desktop.cli.output import CommandResult
from guie_desktop.errors import UserError
from guie_desktop.language import size_text
from guie_desktop.library.disk_use import disk_use
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary


def run_cache_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `cache`, `cache --clear`."""
    if not paths.catalog.exists():
        raise UserError(f"There is no library in {paths.root} yet.", "Add a folder to make one.", "index FOLDER")
    if arguments.clear:
        with WritableLibrary(paths) as library:
            library.clear_pictures()
    used = disk_use(paths)
    lines = [
        f"{size_text(used.pictures):>8}  small pictures, made again when they are seen",
        f"{size_text(used.models):>8}  models",
        f"{size_text(used.search_index):>8}  search index",
        f"{size_text(used.catalog):>8}  catalog and its copies",
    ]
    return asdict(used), lines, 0
