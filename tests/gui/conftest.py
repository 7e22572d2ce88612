"""A library made by the real indexer, and a whole window on it with a real worker process."""

import gc
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import skimage
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.theme import Theme
from guie_desktop.gui.window import MainWindow
from guie_desktop.messages import JobEnded
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings
from guie_desktop.worker.process import run_worker
from tests.gui.pretending import Pretender

PICTURES = Path(skimage.__file__).parent / "data"
WORKER_MS = 300_000
"""Patience that only a program that hangs uses up: other programs may take nine tenths of the machine meanwhile."""
EXIT_STATUS = pytest.StashKey[int]()
PLAIN = (Qt.WindowType.Widget, Qt.WindowType.Window)
ODD_NAME = b"caf\xe9 \xff.jpg"


def draw_photos(root: Path) -> Path:
    """A dozen crops of four pictures in two folders, one name that is not UTF-8, one file that is broken."""
    for number, name in enumerate(("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")):
        with Image.open(PICTURES / name) as opened:
            picture = opened.convert("RGB")
        width, height = picture.size
        for part in range(3):
            folder = root / ("Holidays" if part else "Family")
            folder.mkdir(parents=True, exist_ok=True)
            shift = part * 30
            path = folder / f"{Path(name).stem} {part}.jpg"
            picture.crop((shift, shift, width - shift, height - shift)).save(path)
            taken = 1_600_000_000 + number * 86_400 * 30 + part * 3600
            os.utime(path, (taken, taken))
    if sys.platform == "linux":
        shutil.copy(root / "Family" / "chelsea 0.jpg", os.fsencode(root / "Family") + b"/" + ODD_NAME)
    (root / "Family" / "line\nbreak.jpg").write_bytes((root / "Family" / "rocket 0.jpg").read_bytes())
    (root / "Family" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing more")
    return root


@pytest.fixture(scope="session")
def photo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_photos(tmp_path_factory.mktemp("photos"))


@pytest.fixture(scope="session")
def indexed(photo_folder: Path, tmp_path_factory: pytest.TempPathFactory, models_folder: Path) -> Path:
    root = tmp_path_factory.mktemp("indexed")
    LibraryPaths(root).models.symlink_to(models_folder, target_is_directory=True)
    command = [sys.executable, "-m", "guie_desktop", "--library", str(root), "index"]
    subprocess.run([*command, *map(str, sorted(photo_folder.iterdir()))], check=True, capture_output=True)
    return root


@pytest.fixture
def library(indexed: Path, tmp_path: Path) -> LibraryPaths:
    """A copy of the indexed library, for one test to change."""
    shutil.copytree(indexed, tmp_path / "library", symlinks=True)
    return LibraryPaths(tmp_path / "library")


class Strays(QObject):
    """Notes widgets that are shown before they have a parent: on a desktop they flash up and take the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and watched.windowType() in PLAIN and not isinstance(watched, MainWindow):
            self.seen.append(repr(watched))
        return False


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[None]:
    noting = Strays()
    qapp.installEventFilter(noting)
    yield
    qapp.removeEventFilter(noting)
    assert not noting.seen


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, strays: None) -> Iterator[Callable[[LibraryPaths], Conductor]]:
    """Opens a window with a worker; at the end of the test both are closed."""
    opened: list[Conductor] = []

    def open_window(paths: LibraryPaths) -> Conductor:
        conductor = Conductor(paths, run_worker, Settings(), paths.root)
        opened.append(conductor)
        conductor.window.resize(1180, 780)
        conductor.window.show()
        conductor.window.activateWindow()
        qtbot.waitUntil(conductor.window.isActiveWindow, timeout=WORKER_MS)
        conductor.window.set_sidebar_width(232)
        received = conductor.client.received
        # The scan at every start ends the message that stands on the line of tasks.
        with qtbot.waitSignal(received, timeout=WORKER_MS, check_params_cb=lambda event: isinstance(event, JobEnded)):
            conductor.start()
        qtbot.waitUntil(lambda: conductor.browse.overview is not None, timeout=WORKER_MS)
        return conductor

    yield open_window
    for conductor in opened:
        conductor.window.close()
        conductor.close()
        conductor.window.deleteLater()
        conductor.deleteLater()
    # Now, and not when the interpreter ends: by then Qt has gone, and deleting a window crashes.
    opened.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def conductor(start: Callable[[LibraryPaths], Conductor], library: LibraryPaths, qtbot: QtBot) -> Conductor:
    """A window on the indexed library, with its photos on screen."""
    conductor = start(library)
    grid = conductor.window.browsing.grid
    qtbot.waitUntil(lambda: grid.model().rowCount() > 0 and all_pictures_in(conductor), timeout=WORKER_MS)
    return conductor


@pytest.fixture
def worker(conductor: Conductor, qtbot: QtBot) -> Pretender:
    """Answers what this test wants answered; what the real worker was asked before is answered by it."""
    qtbot.waitUntil(lambda: bool(conductor.teaching.heads.heads and conductor.models.models), timeout=WORKER_MS)
    return Pretender(conductor)


def all_pictures_in(conductor: Conductor) -> bool:
    """Whether every tile on screen has its picture."""
    gallery = conductor.window.shown_gallery()
    rows = gallery.grid.rows_in_view()
    photos = [gallery.photos.photo(row) for row in rows]
    return bool(photos) and all(photo is not None and conductor.loader.picture(photo) is not None for photo in photos)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[EXIT_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave without taking Qt apart: after many windows PySide crashes in the interpreter's own last steps.

    All results are told by then, and the status is pytest's. To be mended: find what outlives QApplication.
    """
    if EXIT_STATUS in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[EXIT_STATUS])
