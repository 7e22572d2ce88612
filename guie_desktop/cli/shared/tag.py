"""`shared tag`: name the present state of a shared library, or take a name away."""

import argparse

from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "name the present state of a shared library, to go back to it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which library, and the name."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument("name", metavar="NAME", help="such as before-the-move")
    parser.add_argument("--remove", action="store_true", help="take the name away; the state is kept for two weeks")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Make the tag, or remove it."""
    from guie_desktop.cli.shared.naming import address_of
    from guie_desktop.cluster.kept_states import tag_library, untag_library

    address = address_of(paths, arguments.known)
    if arguments.remove:
        version = untag_library(address, arguments.name)
        return {"tag": None, "version": version}, [f"version {version} has no such name any more"], 0
    version = tag_library(address, arguments.name)
    return {"tag": arguments.name, "version": version}, [f"{arguments.name} is version {version}"], 0
