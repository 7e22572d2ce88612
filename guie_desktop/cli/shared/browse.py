"""`shared browse`: photos of a shared library, newest first."""

import argparse
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from guie_desktop.cli.argument_types import any_day, positive
from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

if TYPE_CHECKING:
    from guie_desktop.asking import SharedFilter

HELP = "list photos of a shared library, the newest first"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which library, and which of its photos."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument("--from", type=any_day, dest="since", metavar="DATE", help="taken on this day or later")
    parser.add_argument("--to", type=any_day, dest="until", metavar="DATE", help="taken on this day or earlier")
    parser.add_argument("--folder", default="", metavar="PATH", help="in this folder of the server, or deeper")
    parser.add_argument("--text", default="", metavar="TEXT", help="with this in the path")
    parser.add_argument("--top", type=positive, default=20, metavar="N", help="so many (20)")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """The photos; UserError where the library cannot be read."""
    from guie_desktop.cli.shared.naming import table_of
    from guie_desktop.shared_library.remote_photos import next_page

    photos = next_page(table_of(paths, arguments.known), _filter(arguments), None, arguments.top).photos
    answer = {
        "photos": [
            {"path": one.path, "taken": one.taken, "width": one.width, "height": one.height, "bytes": one.bytes}
            for one in photos
        ]
    }
    lines = [f"{_day(one.taken)}  {one.path}" for one in photos]
    return answer, lines or ["No photo passes."], 0


def _filter(arguments: argparse.Namespace) -> "SharedFilter":
    from guie_desktop.asking import SharedFilter

    since, until, midnight = arguments.since, arguments.until, time()
    return SharedFilter(
        since=None if since is None else datetime.combine(since, midnight).timestamp(),
        until=None if until is None else datetime.combine(until + timedelta(days=1), midnight).timestamp(),
        folder=arguments.folder,
        text=arguments.text,
    )


def _day(taken: float | None) -> str:
    return "undated   " if taken is None else datetime.fromtimestamp(taken).date().isoformat()
