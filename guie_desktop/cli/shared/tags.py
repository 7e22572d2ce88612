"""`shared tags`: the states of a shared library that have names."""

import argparse

from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "say which states of a shared library have names"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which library."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """List them."""
    from guie_desktop.cli.shared.naming import address_of
    from guie_desktop.cluster.kept_states import tags_of

    tags = tags_of(address_of(paths, arguments.known))
    return {"tags": tags}, [f"{name}: version {version}" for name, version in tags.items()] or ["There are none."], 0
