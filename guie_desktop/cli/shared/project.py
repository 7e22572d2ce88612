"""`shared project`: give a shared library another head."""

import argparse

from guie_desktop.cli.argument_types import path
from guie_desktop.cli.given_files import check_there
from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "have a shared library searched with a general head; no photo is opened"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which library, and the head's file."""
    parser.add_argument("known", metavar="LIBRARY", help="its name, as `shared list` says it, or any address")
    parser.add_argument(
        "--head", type=path, required=True, metavar="FILE", help="a general head, as study train writes"
    )
    parser.add_argument("--backbone", metavar="KEY", help="of the features that it takes, where several would fit")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Add the column of its embeddings, where it is not there, and choose it."""
    from dataclasses import asdict

    from guie_desktop.cli.shared.naming import address_of
    from guie_desktop.cluster.projecting import project_library

    check_there(arguments.head)
    made = project_library(address_of(paths, arguments.known), arguments.head.read_bytes(), arguments.backbone)
    done = "was there already" if made.was_there else f"{made.rows} photos projected to {made.dimension} numbers"
    return asdict(made), [f"head {made.head_id}: {done}; whoever has taught nothing searches with it from now on"], 0
