"""Start: arguments, then the window or a command; the only file that knows both window and worker."""

import multiprocessing
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from guie_desktop.loading import loading

if TYPE_CHECKING:
    from guie_desktop.paths import LibraryPaths


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status: 0 done, 1 something outside the program is wrong, 2 wrong usage."""
    multiprocessing.freeze_support()
    # Late: all processes that the program starts import this module, and most read no arguments.
    with loading():
        from guie_desktop.cli.arguments import parse
        from guie_desktop.paths import library_paths

    chosen = parse(sys.argv[1:] if arguments is None else arguments)
    if chosen.command in (None, "find"):
        # Named by its importable module: run with -m, this one is called __main__, which a spawned process is not.
        from guie_desktop.__main__ import start_worker as start

        with loading():
            from guie_desktop.gui.app import run_window

        images = [path.absolute() for path in getattr(chosen, "images", [])]
        return run_window(lambda: library_paths(chosen.library), start, images)
    with loading():
        from guie_desktop.cli.commands import run_command

    return run_command(chosen)


def start_worker(connection: Connection, paths: "LibraryPaths") -> None:
    """The worker process' own start; the window's process never runs it."""
    from guie_desktop.worker.priority import yield_to_the_desktop

    yield_to_the_desktop()  # before all else: the window loads at the same time
    with loading():
        from guie_desktop.worker.process import run_worker
    run_worker(connection, paths)


if __name__ == "__main__":
    sys.exit(main())
