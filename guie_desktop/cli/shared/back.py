"""`shared back`: have a shared library be as it was when it was tagged."""

import argparse

from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "have a shared library be as it was at a tag: rows, heads and the choice among these"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which library, and the tag."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument("name", metavar="NAME", help="as in: shared tags")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Go back."""
    from guie_desktop.cli.shared.naming import address_of
    from guie_desktop.cluster.kept_states import go_back

    version = go_back(address_of(paths, arguments.known), arguments.name)
    return (
        {"tag": arguments.name, "version": version},
        [f"The library is as it was at {arguments.name}; that is version {version} now"],
        0,
    )
