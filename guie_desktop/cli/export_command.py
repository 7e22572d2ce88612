"""What `guie-desktop export` does."""

import argparse

from guie_desktop.cli.album_commands import known_album, photos_at
from guie_desktop.cli.output import CommandResult, run_to_end
from guie_desktop.errors import UserError
from guie_desktop.filing import ExportChoices
from guie_desktop.jobs.exporting import Export
from guie_desktop.paths import LibraryPaths
from guie_desktop.wording.filing import exported_lines
from guie_desktop.workspace.open_library import OpenLibrary


def run_export_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Copy photos of the library to a folder; the status is 1 where not all that was asked for is there."""
    with OpenLibrary(paths) as library:
        title = arguments.album or ""
        if arguments.album:
            ids = list(library.catalog.photo_ids(album_id=known_album(library.catalog, title).id))
        else:
            ids = []
        ids = list(dict.fromkeys([*ids, *photos_at(library.catalog, arguments.paths)]))
        if not ids:
            raise UserError("There is nothing to export.", "Name photos or folders of the library, or --album NAME.")
        choices = ExportChoices(
            folder=arguments.folder.absolute(),
            size=arguments.size,
            quality=arguments.quality,
            names=arguments.names,
            title=title,
            where_taken=arguments.if_taken,
            with_companions=not arguments.alone,
            with_notes=arguments.notes,
        )
        done = run_to_end(Export(library, ids, choices).run())
    answer = {
        "folder": str(done.folder),
        "copied": done.copied,
        "skipped": done.skipped,
        "remaining": done.remaining,
        "trouble": done.trouble,
        "left": [{"path": str(one.path), "reason": one.reason} for one in done.left],
    }
    return answer, exported_lines(done), 1 if done.left or done.remaining else 0
