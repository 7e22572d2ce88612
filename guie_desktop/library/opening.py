"""Opening the catalog of a library to read it, whatever version of the program wrote it."""

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.migrations import is_older
from guie_desktop.library.writer_lock import lock_library
from guie_desktop.paths import LibraryPaths


def open_to_read(paths: LibraryPaths) -> Catalog:
    """The catalog of an existing library, to be read; the steps to this version's schema are taken where they miss.

    UserError where they do and somebody else writes to the library, such as the window of an earlier version.
    """
    catalog = Catalog.open_read_only(paths.catalog)
    if is_older(catalog.database):
        catalog.close()
        lock = lock_library(paths)
        try:
            CatalogWriter.open(paths.catalog).close()
        finally:
            lock.release()
        catalog = Catalog.open_read_only(paths.catalog)
    return catalog
