"""The shared library that a user names: as it is remembered, or by any address."""

from pathlib import Path

from guie_desktop.errors import UserError
from guie_desktop.library.shared_libraries import SharedLibraries
from guie_desktop.paths import LibraryPaths
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.shared_table import SharedTable
from guie_desktop.workspace.open_library import OpenLibrary


def table_of(paths: LibraryPaths, name: str, at: str | None = None) -> SharedTable:
    """The table as it is now, or as it was when it was tagged so; UserError where it cannot be read."""
    return SharedTable.open(address_of(paths, name), at)


def address_of(paths: LibraryPaths, name: str) -> Address:
    """The address of the one that is remembered by this name, or else what is meant by it as an address."""
    if paths.has_library:
        with OpenLibrary(paths) as library:
            return address_among(SharedLibraries(library.choices), name)
    return Address.parse(name)


def address_among(known: SharedLibraries, name: str) -> Address:
    """The same where the library is open; UserError where a name is neither remembered nor that of a folder here."""
    try:
        return Address(known.named(name).address)
    except UserError:
        if "/" not in name and "\\" not in name and not Path(name).is_dir():
            raise
    return Address.parse(name)
