"""What `guie-desktop duplicates` does."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from guie_desktop.asking import Filter
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.duplicates import ContentGroup
from guie_desktop.errors import UserError
from guie_desktop.jobs.finding_duplicates import find_duplicates
from guie_desktop.library.catalog import Catalog
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary

_WORDS = {"exact": "Copies of one file", "same": "The same picture", "burst": "Taken in a burst"}


def run_duplicates_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """List groups of duplicates; nothing is done to any file."""
    with WritableLibrary(paths) as library:
        folder = None if arguments.folder is None else Path(os.path.realpath(arguments.folder))
        if not library.catalog.has_photos(Filter(folder=folder)):
            raise UserError(
                f"The library has no photos in {folder}." if folder else "The library has no photos.",
                "Add the folder, or choose another one.",
                "index FOLDER",
            )
        found = run_to_end(find_duplicates(library, near=arguments.near, folder=folder))
        groups = [(group, _files(library.catalog, group, folder)) for group in found.groups]
    answer = {
        "groups": [{"kind": group.kind, "photos": [str(path) for path in files]} for group, files in groups],
        "uncompared": found.uncompared,
    }
    lines = [line for group, files in groups for line in (f"{_WORDS[group.kind]}:", *(f"  {path}" for path in files))]
    lines.append(f"{len(groups)} groups of {sum(len(files) for _, files in groups)} photos")
    if found.uncompared:
        lines.append(f"{found.uncompared} photos were compared by their content alone: they have no small picture yet.")
    return answer, lines, 0


def _files(catalog: Catalog, group: ContentGroup, folder: Path | None) -> Sequence[Path]:
    places = catalog.places(group.contents)
    listed = [path for content in group.contents for path in places.get(content, ())]
    return [path for path in listed if folder is None or folder in path.parents]
