"""How much memory the window takes while it is used: 30 minutes of a hasty user's, or fewer.

xvfb-run -a -s "-screen 0 1280x800x24" python -m tests.benchmarks.memory_in_use FOLDER [--photos N] [--minutes N]
xvfb-run ... python -m tests.benchmarks.memory_in_use FOLDER --library LIBRARY [--once]

The photos are copied and indexed by a worker first, as far as they are to be seen. Then tiles of all sizes are
scrolled, photos are looked at large, leafed through and zoomed, and looked for by others. With a library they are
added to a copy of that. `--once` does all in turn: all tiles are scrolled in three sizes, 70 searches made, 300 photos
looked at large, every tenth closely.
"""

import argparse
import random
import shutil
import tempfile
import time
from itertools import islice
from pathlib import Path

import psutil
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from guie_desktop.__main__ import start_worker
from guie_desktop.gui.app import make_application
from guie_desktop.gui.backend.worker_link import spawned
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.look.theme import Theme
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import LARGEST_TILE, SMALLEST_TILE, Settings
from tests.benchmarks.scrolling import turn_wheel, wait
from tests.benchmarks.window import wait_until

TOLD_SECONDS = 20


class HastyUser:
    """Does one thing after the other, without looking at any for long."""

    def __init__(self, conductor: Conductor) -> None:
        self._conductor, self._chance = conductor, random.Random(3)
        self.done: dict[str, int] = {}

    def act(self) -> None:
        """One thing."""
        act = self._chance.choice((self.scroll, self.scroll, self.jump, self.resize, self.leaf, self.search))
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1
        act()

    def scroll(self) -> None:
        turn_wheel(self._conductor.window.shown_gallery().grid, 20)

    def jump(self) -> None:
        bar = self._conductor.window.shown_gallery().grid.verticalScrollBar()
        bar.setValue(self._chance.randint(0, bar.maximum()))
        wait(0.5)

    def resize(self) -> None:
        size = self._chance.choice((SMALLEST_TILE, 184, 184, LARGEST_TILE))
        self._conductor.window.shown_gallery().grid.set_tile_size(size)
        wait(0.5)

    def leaf(self) -> None:
        """Open a photo, see the next ones and all pixels of the last one, and go back."""
        conductor, view = self._conductor, self._conductor.window.preview
        gallery = conductor.window.shown_gallery()
        conductor.preview.open(gallery, self._chance.randrange(gallery.photos.rowCount()))
        for _ in range(5):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(view, QKeyEvent(kind, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier))
            wait(0.3)
        view.area.zoom(1.0, QPointF(100, 100))
        wait(0.5)
        conductor.navigation.step_out()
        wait(0.1)

    def scroll_all(self) -> None:
        """From one end to the other, in three sizes."""
        grid = self._conductor.window.shown_gallery().grid
        bar = grid.verticalScrollBar()
        for size in (184, SMALLEST_TILE, LARGEST_TILE):
            grid.set_tile_size(size)
            wait(0.5)
            for top in range(0, bar.maximum() + 1, 3 * grid.viewport().height() // 4):
                bar.setValue(top)
                wait(0.1)
        grid.set_tile_size(184)

    def leaf_far(self, photos: int) -> None:
        """See so many photos large, one after the other, and all pixels of every tenth."""
        conductor, view = self._conductor, self._conductor.window.preview
        conductor.preview.open(conductor.window.shown_gallery(), 0)
        for number in range(photos):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(view, QKeyEvent(kind, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier))
            wait(0.2)
            if number % 10 == 9:
                view.area.zoom(1.0, QPointF(100, 100))
                wait(0.4)
        conductor.navigation.step_out()

    def search(self) -> None:
        """Look for photos like one of them, and leave what was found."""
        conductor = self._conductor
        gallery = conductor.window.browsing
        photo = gallery.photo_at(self._chance.randrange(gallery.photos.rowCount()))
        if photo is not None:
            conductor.search.look_for_photos([photo])
            wait(1.0)
            conductor.navigation.step_out()


def memory() -> str:
    """Of the window: with what it shares with other programs, and without."""
    taken = psutil.Process().memory_full_info()
    proportional = f", its part of all {taken.pss / 2**20:.0f} MB" if hasattr(taken, "pss") else ""
    return f"{taken.rss / 2**20:.0f} MB{proportional}, its own alone {taken.uss / 2**20:.0f} MB"


def main() -> None:
    """Make a library and use it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=1131)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--once", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "photos"
        folder.mkdir()
        files = (path for path in sorted(arguments.folder.rglob("*")) if path.suffix.lower() in {".jpg", ".jpeg"})
        for number, path in enumerate(islice(files, arguments.photos)):
            shutil.copy(path, folder / f"{number:05}.jpg")
        paths = LibraryPaths(Path(work) / "library")
        if arguments.library is not None:
            shutil.copytree(arguments.library, paths.root)
        measure(folder, paths, 0 if arguments.once else arguments.minutes)


def do_all_once(user: HastyUser) -> None:
    """Print what is taken after each thing, and once the user rests."""
    user.scroll_all()
    print(f"scrolled through all: {memory()}", flush=True)
    for _ in range(70):
        user.search()
    print(f"looked for 70: {memory()}", flush=True)
    for times in range(1, 4):
        user.leaf_far(100)
        print(f"looked at {100 * times} large: {memory()}", flush=True)
    wait(15)
    print(f"rested: {memory()}", flush=True)


def measure(folder: Path, paths: LibraryPaths, minutes: float) -> None:
    """Print all figures; where there are no minutes, all is done once."""
    application = make_application(["guie-desktop"])
    theme = Theme(application)
    conductor = Conductor(paths, spawned(start_worker), Settings(), None)
    conductor.window.resize(1280, 800)
    conductor.window.show()
    conductor.start()
    wait_until(lambda: conductor.browsing.overview is not None)
    wait(1.0)
    before = conductor.window.browsing.photos.rowCount()
    print(f"started: {memory()}", flush=True)
    count = len(list(folder.iterdir()))
    conductor.browsing.add_folders((folder,))
    wait_until(lambda: conductor.window.browsing.photos.rowCount() == before + count)
    print(f"all {count} photos are there: {memory()}", flush=True)
    user, began = HastyUser(conductor), time.perf_counter()
    told = began
    if not minutes:
        do_all_once(user)
    while (now := time.perf_counter()) < began + 60 * minutes:
        user.act()
        if now > told + TOLD_SECONDS:
            told = now
            print(f"after {now - began:.0f} s: {memory()}", flush=True)
    print("done:", user.done)
    conductor.window.close()
    conductor.close()
    del theme


if __name__ == "__main__":
    main()
