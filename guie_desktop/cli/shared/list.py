"""`shared list`: the shared libraries that are remembered."""

import argparse
from collections.abc import Iterable

from guie_desktop.cli.output import CommandResult
from guie_desktop.domain import SharedLibrary
from guie_desktop.paths import LibraryPaths

HELP = "say which shared libraries are remembered"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """None: none of them is asked."""


def run(paths: LibraryPaths, _arguments: argparse.Namespace) -> CommandResult:
    """By name."""
    from guie_desktop.library.shared_libraries import SharedLibraries
    from guie_desktop.workspace.open_library import OpenLibrary

    with OpenLibrary(paths) as library:
        return told(SharedLibraries(library.choices).all())


def told(libraries: Iterable[SharedLibrary]) -> CommandResult:
    """These, for JSON and for people."""
    libraries = list(libraries)
    answer = {"libraries": [{"name": one.name, "address": one.address} for one in libraries]}
    return answer, [f"{one.name}  {one.address}" for one in libraries], 0
