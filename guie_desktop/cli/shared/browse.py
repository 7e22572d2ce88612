"""`shared browse`: photos of a shared library, newest first."""

import argparse
from datetime import datetime

from guie_desktop.cli.argument_types import positive
from guie_desktop.cli.output import CommandResult
from guie_desktop.cli.shared.narrowing import add_filter, filter_of
from guie_desktop.paths import LibraryPaths

HELP = "list photos of a shared library, the newest first"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which library, and which of its photos."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    add_filter(parser)
    parser.add_argument("--top", type=positive, default=20, metavar="N", help="so many (20)")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """The photos; UserError where the library cannot be read."""
    from guie_desktop.cli.shared.naming import table_of
    from guie_desktop.shared_library.remote_photos import next_page

    photos = next_page(table_of(paths, arguments.known), filter_of(arguments), None, arguments.top).photos
    answer = {
        "photos": [
            {"path": one.path, "taken": one.taken, "width": one.width, "height": one.height, "bytes": one.bytes}
            for one in photos
        ]
    }
    lines = [f"{_day(one.taken)}  {one.path}" for one in photos]
    return answer, lines or ["No photo passes."], 0


def _day(taken: float | None) -> str:
    return "undated   " if taken is None else datetime.fromtimestamp(taken).date().isoformat()
