"""What `guie-desktop rate` and `guie-desktop flag` do."""

import argparse

from guie_desktop.cli.album_commands import photos_at
from guie_desktop.cli.output import CommandResult
from guie_desktop.domain import MarkKind
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary


def run_rate_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Give photos so many stars."""
    return _mark(paths, arguments, "rating", arguments.stars)


def run_flag_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Flag photos, or take their flags away."""
    return _mark(paths, arguments, "flag", int(not arguments.off))


def _mark(paths: LibraryPaths, arguments: argparse.Namespace, kind: MarkKind, value: int) -> CommandResult:
    with WritableLibrary(paths) as library:
        ids = list(dict.fromkeys(photos_at(library.catalog, arguments.paths)))
        before = library.marks.mark(ids, kind, value)
        photos = library.catalog.photos(ids)
    changed = sum(map(len, before.values()))
    told = [
        {"path": str(photo.path), "rating": photo.rating, "flagged": photo.flagged}
        for photo in (photos[number] for number in ids)
    ]
    return {"changed": changed, "photos": told}, [f"{len(ids)} photos, {changed} of them changed"], 0
