"""What a library holds is on screen before its worker is ready; what is wrong with it is left to the worker."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from multiprocessing.connection import Connection

import pytest
from pytestqt.qtbot import QtBot

from guie_desktop.gui.backend.worker_link import Launch
from guie_desktop.gui.conductor import Conductor
from guie_desktop.library.migrations import SCHEMA_VERSION
from guie_desktop.messages import Failed, Ready
from guie_desktop.paths import LibraryPaths
from tests.gui.conftest import Start
from tests.gui.driving import WORKER_MS, all_pictures_in


class Silent:
    """A worker that says only what a test has it say."""

    def __init__(self) -> None:
        self._ends: list[Connection] = []

    def launch(self, connection: Connection, _: LibraryPaths) -> "Silent":
        self._ends.append(connection)
        return self

    def say(self, event: Ready | Failed) -> None:
        self._ends[-1].send(event)

    def join(self, timeout: float | None = None) -> None:
        """Nothing runs."""

    def is_alive(self) -> bool:
        return False

    def terminate(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        for end in self._ends:
            end.close()


@pytest.fixture
def silent() -> Iterator[Silent]:
    worker = Silent()
    yield worker
    worker.close()


@pytest.fixture
def launch(silent: Silent) -> Launch:
    return silent.launch


def begin(conductor: Conductor, qtbot: QtBot) -> None:
    """Start, and let everything that is read by then have been read."""
    conductor.start()
    for _ in range(2):  # it is opened, and then read
        done: list[None] = []
        for _thread in range(2):
            conductor.background.run(lambda: None, done.append, conductor.reporter.report)
        qtbot.waitUntil(partial(_are_two, done), timeout=WORKER_MS)


def _are_two(done: list[None]) -> bool:
    return len(done) == 2


def test_photos_are_there_before_the_worker(start: Start, library: LibraryPaths, silent: Silent, qtbot: QtBot) -> None:
    conductor = start(library, reads=False)
    # Their page is on screen already, so that they are laid out once, for the width that it has there.
    assert conductor.window.pages.currentWidget() is conductor.window.browsing
    assert conductor.window.focusWidget() is conductor.window.browsing.grid
    conductor.start()
    qtbot.waitUntil(
        lambda: conductor.window.browsing.photos.rowCount() > 0 and all_pictures_in(conductor), timeout=WORKER_MS
    )
    read: list[object] = []
    conductor.reader.overview_read.connect(read.append)
    silent.say(Ready("lite0"))  # which it says when it has made the files whole, so that all is read once more
    qtbot.waitUntil(lambda: bool(read), timeout=WORKER_MS)
    assert all_pictures_in(conductor)


def test_another_start_reads_no_more_than_what_has_changed(
    start: Start, library: LibraryPaths, silent: Silent, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guie_desktop.library.kept_photos.WORTH_KEEPING", 0)
    first = start(library, reads=False)
    first.start()
    qtbot.waitUntil(lambda: first.window.browsing.photos.rowCount() > 0, timeout=WORKER_MS)
    shown = first.window.browsing.photos.ids
    first.close()
    with closing(sqlite3.connect(library.catalog)) as connection, connection:
        connection.execute("UPDATE photos SET missing_since = 1 WHERE id = ?", (shown[0],))
    monkeypatch.delattr("guie_desktop.library.catalog.read_in_order")
    second = start(library, reads=False)
    second.start()
    qtbot.waitUntil(lambda: second.window.browsing.photos.rowCount() > 0, timeout=WORKER_MS)
    assert second.window.browsing.photos.ids == shown[1:]


def test_what_was_not_read_is_not_kept(start: Start, library: LibraryPaths, silent: Silent, qtbot: QtBot) -> None:
    conductor = start(library, reads=False)
    with qtbot.waitSignal(conductor.reader.opened, timeout=WORKER_MS):
        conductor.start()
    conductor.close()
    assert not library.grid.exists()


def test_what_is_damaged_is_told_by_the_worker_alone(start: Start, library: LibraryPaths, qtbot: QtBot) -> None:
    with closing(sqlite3.connect(library.catalog)) as connection:
        connection.execute("DROP TABLE folders")
    conductor = start(library, reads=False)
    begin(conductor, qtbot)
    assert conductor.browsing.overview is None
    assert not conductor.window.banner.isVisible()


def test_an_earlier_library_waits_for_the_worker(start: Start, library: LibraryPaths, qtbot: QtBot) -> None:
    with closing(sqlite3.connect(library.catalog)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION - 1}")
    conductor = start(library, reads=False)
    begin(conductor, qtbot)
    assert conductor.browsing.overview is None
    assert conductor.window.notice.title.text() == "Your library is being brought up to date…"
