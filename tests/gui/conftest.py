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
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.theme import Theme
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings
from guie_desktop.worker.process import run_worker

PICTURES = Path(skimage.__file__).parent / "data"
WORKER_MS = 60_000
EXIT_STATUS = pytest.StashKey[int]()
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
def indexed(photo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("indexed")
    command = [sys.executable, "-m", "guie_desktop", "--library", str(root), "index"]
    subprocess.run([*command, *map(str, sorted(photo_folder.iterdir()))], check=True, capture_output=True)
    return root


@pytest.fixture
def library(indexed: Path, tmp_path: Path) -> LibraryPaths:
    """A copy of the indexed library, for one test to change."""
    shutil.copytree(indexed, tmp_path / "library")
    return LibraryPaths(tmp_path / "library")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def start(qtbot: QtBot, theme: Theme) -> Iterator[Callable[[LibraryPaths], Conductor]]:
    """Opens a window with a worker; at the end of the test both are closed."""
    opened: list[Conductor] = []

    def open_window(paths: LibraryPaths) -> Conductor:
        conductor = Conductor(paths, run_worker, Settings(), paths.root)
        opened.append(conductor)
        conductor.window.resize(1180, 780)
        conductor.window.show()
        conductor.window.set_sidebar_width(232)
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
