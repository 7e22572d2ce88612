"""`shared add`: remember a shared library by a name, once it has answered."""

import argparse

from guie_desktop.cli.output import CommandResult
from guie_desktop.paths import LibraryPaths

HELP = "remember a shared library by its address, and read it from then on"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which, and under what name."""
    parser.add_argument("address", metavar="ADDRESS", help="a folder, or a place such as s3://bucket/photos")
    parser.add_argument("--name", metavar="NAME", help="what it is to be called; else as the end of its address")


def run(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Open it, then remember it; UserError where nothing can be read there, or the name is another's."""
    from guie_desktop.library.shared_libraries import SharedLibraries
    from guie_desktop.shared_library.address import Address
    from guie_desktop.shared_library.shared_table import SharedTable
    from guie_desktop.workspace.open_library import WritableLibrary

    with WritableLibrary(paths) as library:
        table = SharedTable.open(Address.parse(arguments.address))
        photos, address = table.count(), table.address.uri
        known = SharedLibraries(library.choices)
        name = arguments.name or known.name_of(address) or known.free_name(table.name)
        added = known.add(name, address)
    answer = {"name": added.name, "address": added.address, "photos": photos}
    return answer, [f"{added.name}: {photos:,} photos at {added.address}"], 0
