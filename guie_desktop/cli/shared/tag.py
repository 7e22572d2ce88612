"""`shared tag`: name the present state of a shared library."""

import argparse

from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "name the present state of a shared library, to go back to it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which library, and the name."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument("name", metavar="NAME", help="such as before-the-move")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Make the tag."""
    from guie_desktop.cli.shared.naming import address_of
    from guie_desktop.cluster.projecting import tag_library

    version = tag_library(address_of(paths, arguments.known), arguments.name)
    return {"tag": arguments.name, "version": version}, [f"{arguments.name} is version {version}"], 0
