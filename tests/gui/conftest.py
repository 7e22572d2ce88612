"""A library made by the real indexer, and a whole window on it; the worker runs in a thread of this process."""

import gc
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from guie_desktop.gui.backend.worker_link import Launch, spawned
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.look.theme import Theme
from guie_desktop.gui.shell.geometry import restore_geometry
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.messages import JobEnded
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings
from guie_desktop.worker.process import run_worker
from tests.gui.driving import WORKER_MS, all_pictures_in, end_drag, wait_for_answers
from tests.gui.in_process import in_process
from tests.gui.library_photos import draw_photos
from tests.gui.pretending import Pretender
from tests.gui.stage import Stage
from tests.running import index_folder

PLAIN = (Qt.WindowType.Widget, Qt.WindowType.Window)


class PatientBot(QtBot):
    """Waits for what must come, where nothing else is said, as long as for the worker."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = WORKER_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: SignalInstance, **how: Any) -> SignalBlocker:
        return super().waitSignal(signal, **{"timeout": WORKER_MS, **how})


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="module")
def stage(qapp: QApplication) -> Iterator[Stage]:
    """One window for all scenes, light again when it goes."""
    stage = Stage(Theme(qapp))
    yield stage
    stage.close()
    stage.dress(Qt.ColorScheme.Light)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def photo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_photos(tmp_path_factory.mktemp("photos"))


@pytest.fixture(scope="session")
def indexed(photo_folder: Path, tmp_path_factory: pytest.TempPathFactory, models_folder: Path) -> Path:
    root = tmp_path_factory.mktemp("indexed")
    paths = LibraryPaths(root)
    paths.networks.symlink_to(models_folder, target_is_directory=True)
    index_folder(paths, *sorted(photo_folder.iterdir()))
    # What torch brought along stays: the collections at the end of each test need not look at it.
    gc.freeze()
    return root


@pytest.fixture
def library(indexed: Path, tmp_path: Path) -> LibraryPaths:
    """A copy of the indexed library, for one test to change."""
    shutil.copytree(indexed, tmp_path / "library", symlinks=True)
    return LibraryPaths(tmp_path / "library")


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """Offscreen, Qt keeps the clipboard until the process ends, and deletes then what Python made, without Python.

    In the beginning there is nothing in it, not even what a test could look into.
    """
    QGuiApplication.clipboard().setText("")
    yield
    QGuiApplication.clipboard().clear()


class Strays(QObject):
    """Notes widgets that are shown before they have a parent: on a desktop they flash up and take the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched.windowType() in PLAIN
            and not isinstance(watched, MainWindow)
        ):
            self.seen.append(repr(watched))
        return False


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[None]:
    noting = Strays()
    qapp.installEventFilter(noting)
    yield
    qapp.removeEventFilter(noting)
    assert not noting.seen


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def launch() -> Launch:
    """How the window's worker is started; a test of the process itself asks for `worker_process`."""
    return in_process


@pytest.fixture
def worker_process() -> Launch:
    return spawned(run_worker)


Start = Callable[..., Conductor]
"""With the paths of a library and, where they matter, the settings that were remembered."""


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, strays: None, launch: Launch, tmp_path: Path) -> Iterator[Start]:
    """Opens a window with a worker; at the end of the test both are closed, and then `tmp_path` goes."""
    opened: list[Conductor] = []

    def open_window(paths: LibraryPaths, settings: Settings = Settings(), *, reads: bool = True) -> Conductor:
        conductor = Conductor(paths, launch, settings, paths.root)
        opened.append(conductor)
        if settings.geometry:
            restore_geometry(conductor.window, settings.geometry)
        else:
            conductor.window.resize(1180, 780)
        conductor.window.show()
        conductor.window.activateWindow()
        qtbot.waitUntil(conductor.window.isActiveWindow, timeout=WORKER_MS)
        conductor.window.set_sidebar_width(232)
        # What was done is told until a test has looked, and not for some seconds.
        conductor.window.status.tasks._message_timer.setInterval(WORKER_MS)
        if not reads:
            return conductor
        ended: list[JobEnded] = []
        conductor.client.on(JobEnded, ended.append)
        conductor.start()
        # The scan at every start ends the message that stands on the line of tasks.
        qtbot.waitUntil(lambda: bool(ended) and conductor.browsing.overview is not None, timeout=WORKER_MS)
        wait_for_answers(conductor, qtbot)
        return conductor

    yield open_window
    for conductor in opened:
        end_drag(conductor.window)
        conductor.window.close()
        conductor.close()
        conductor.window.deleteLater()
        conductor.deleteLater()
    # Now, and not when the interpreter ends: by then Qt has gone, and deleting a window crashes.
    opened.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def conductor(start: Start, library: LibraryPaths, qtbot: QtBot) -> Conductor:
    """A window on the indexed library, with its photos on screen."""
    conductor = start(library)
    grid = conductor.window.browsing.grid
    qtbot.waitUntil(lambda: grid.model().rowCount() > 0 and all_pictures_in(conductor), timeout=WORKER_MS)
    return conductor


@pytest.fixture
def worker(conductor: Conductor, qtbot: QtBot) -> Pretender:
    """Answers what this test wants answered; what the real worker was asked before it has answered."""
    wait_for_answers(conductor, qtbot)
    return Pretender(conductor)
