"""`shared forget`: read a shared library no more."""

import argparse

from guie_desktop.cli.output import CommandResult
from guie_desktop.cli.shared.list import told
from guie_desktop.paths import LibraryPaths

HELP = "read a shared library no more; photos that were taken in stay"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which."""
    parser.add_argument("known", metavar="LIBRARY", help="its name or address, as `shared list` says them")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Those that are left; UserError where there is none of that name."""
    from guie_desktop.library.shared_libraries import SharedLibraries
    from guie_desktop.workspace.open_library import WritableLibrary

    with WritableLibrary(paths) as library:
        known = SharedLibraries(library.choices)
        known.forget(known.named(arguments.known))
        return told(known.all())
