"""`shared tags`: the states of a shared library that have names."""

import argparse

from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "say which states of a shared library have names"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which library."""
    parser.add_argument("address", metavar="ADDRESS", help="of the library: a folder, or s3://bucket/prefix")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """List them."""
    from guie_desktop.cluster.projecting import tags_of
    from guie_desktop.shared_library.address import Address

    del paths
    tags = tags_of(Address.parse(arguments.address))
    return {"tags": tags}, [f"{name}: version {version}" for name, version in tags.items()] or ["There are none."], 0
