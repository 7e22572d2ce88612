"""A library that another version of the program wrote: an earlier one is brought up to date, a later one left alone."""

import sqlite3
from contextlib import closing

from pytestqt.qtbot import QtBot

from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.copies import copies_before_updates
from guie_desktop.library.migrations import SCHEMA_VERSION
from guie_desktop.paths import LibraryPaths
from tests.albums import make_album
from tests.gui.conftest import Start
from tests.gui.driving import WORKER_MS
from tests.old_catalogs import as_written_in

FEATURES = "SELECT backbone, count(*), max(id) FROM features GROUP BY backbone"


def test_a_later_library_is_told_and_left_as_it_is(start: Start, library: LibraryPaths, qtbot: QtBot) -> None:
    with closing(sqlite3.connect(library.catalog)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    before = library.catalog.read_bytes()
    conductor = start(library, reads=False)
    banner = conductor.window.banner
    conductor.start()
    qtbot.waitUntil(banner.isVisible, timeout=WORKER_MS)
    assert "was written by a newer version of guie-desktop" in banner.title.text()
    assert banner.remedy.text() == "Install the newer version, or open another library folder."
    assert banner.button.text() == "Try again"
    assert library.catalog.read_bytes() == before


def test_an_earlier_library_keeps_its_photos_albums_and_features(start: Start, library: LibraryPaths) -> None:
    catalog = CatalogWriter.open(library.catalog)
    photos = catalog.photo_ids()
    make_album(catalog, "Some", list(photos[:3]))
    catalog.close()
    former = library.catalog.rename(library.root / "catalogue-now.sqlite")
    as_written_in(4, former, library.catalog)
    conductor = start(library)
    overview = conductor.browsing.overview
    assert overview is not None
    assert overview.counts.photos == len(photos)
    assert [(album.name, album.photos) for album in overview.albums] == [("Some", 3)]
    assert [copy.before_schema for copy in copies_before_updates(library)] == [5]
    with closing(sqlite3.connect(library.catalog)) as now, closing(sqlite3.connect(former)) as before:
        assert now.execute(FEATURES).fetchall() == before.execute(FEATURES).fetchall()  # nothing was embedded again
