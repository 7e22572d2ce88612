"""Folders that a catalog takes in without a network: what a file holds is its content."""

from pathlib import Path

import numpy as np

from guie_desktop.disk.scan import compare, list_directory
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.photo_rows import Reading

BACKBONE = "test-backbone"


def scan(catalog: CatalogWriter, folder_id: int, directory: Path) -> None:
    """Record how one directory differs from the catalog."""
    listing = list_directory(directory)
    catalog.apply(folder_id, [compare(listing, catalog.known_files(directory, retry=False))])


def read_all(catalog: CatalogWriter) -> int:
    """Read what waits, a file's bytes being its content; how many rows had moved."""
    store = FeatureStore(catalog, BACKBONE)
    pending = catalog.pending(BACKBONE)
    readings = [Reading(photo, photo.path.read_bytes().ljust(16, b"."), 4, 3, None) for photo in pending]
    vectors = {reading.content_hash: np.ones(8, np.float32) for reading in readings}
    return len(catalog.record(readings, vectors, store))
