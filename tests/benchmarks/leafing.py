"""How long the large view takes from a key to the sharp picture, and from a double click to all pixels.

xvfb-run -a python -m tests.benchmarks.leafing [FOLDER]

Without a folder 70 JPEGs of 12 megapixels are made. It leafs through 30 of them as somebody does who looks at each for
half a second, then as fast as sharp pictures come, then back; the window has a worker of its own, as it always has.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import psutil
from PIL import Image
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from guie_desktop.__main__ import start_worker
from guie_desktop.gui.app import make_application
from guie_desktop.gui.backend.worker_link import spawned
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.look.theme import Theme
from guie_desktop.messages import JobEnded
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings
from tests.benchmarks.window import Pause, wait_until

LEAFED = 30
SIZE = 4000, 3000
LOOK_SECONDS = 0.5


def make_photos(folder: Path, count: int) -> None:
    """Pictures with detail at all scales, so that their JPEGs are as large as a camera's."""
    random = np.random.default_rng(5)
    for number in range(count):
        picture = np.zeros((SIZE[1], SIZE[0], 3), np.float32)
        for cells in (8, 60, 400):
            coarse = random.integers(0, 256, (cells * 3 // 4, cells, 3), dtype=np.uint8)
            picture += np.asarray(Image.fromarray(coarse).resize(SIZE, Image.Resampling.BICUBIC), np.float32) / 3
        buffer = BytesIO()
        Image.fromarray(picture.astype(np.uint8)).save(buffer, "JPEG", quality=92)
        (folder / f"photo {number:03}.jpg").write_bytes(buffer.getvalue())


def press(conductor: Conductor, key: Qt.Key) -> float:
    """From the key to the sharp picture on the screen, in ms."""
    view = conductor.window.preview
    start = time.perf_counter()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(view, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))
    while not view.area.has_large_picture:
        QApplication.processEvents()
        time.sleep(0.0005)
    view.area.repaint()
    return (time.perf_counter() - start) * 1000


def leaf(conductor: Conductor, key: Qt.Key, look: float) -> list[float]:
    """Through the photos, looking at each for so many seconds."""
    times = []
    for _ in range(LEAFED):
        times.append(press(conductor, key))
        if look:
            wait_until(Pause(look))
    return times


def told(what: str, times: Sequence[float]) -> None:
    """One line of figures."""
    median, late = np.percentile(times, [50, 90])
    print(f"{what:<46} median {median:5.0f} ms, 90 % {late:5.0f} ms, longest {max(times):5.0f} ms")


def main() -> None:
    """Make a library, open its first photo, and leaf."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as made:
        if folder is None:
            folder = Path(made) / "photos"
            folder.mkdir()
            make_photos(folder, 2 * LEAFED + 10)
        application = make_application(sys.argv[:1])
        theme = Theme(application)
        conductor = Conductor(LibraryPaths(Path(made) / "library"), spawned(start_worker), Settings(), None)
        ended: list[JobEnded] = []
        conductor.client.on(JobEnded, ended.append)
        conductor.window.resize(1280, 800)
        conductor.window.show()
        conductor.start()
        wait_until(lambda: bool(ended))
        ended.clear()
        conductor.browsing.add_folders((folder,))
        wait_until(lambda: bool(ended) and conductor.window.browsing.photos.rowCount() > 2 * LEAFED)
        measure(conductor)
        conductor.close()
        del theme


def measure(conductor: Conductor) -> None:
    """Print all figures."""
    view = conductor.window.preview
    conductor.preview.open(conductor.window.browsing, 0)
    wait_until(lambda: view.area.has_large_picture)
    wait_until(Pause(LOOK_SECONDS))
    told(f"leafing, {LOOK_SECONDS} s at each, nothing cached", leaf(conductor, Qt.Key.Key_PageDown, LOOK_SECONDS))
    told("on, as fast as sharp ones come, nothing cached", leaf(conductor, Qt.Key.Key_PageDown, 0))
    told("back, as fast as sharp ones come", leaf(conductor, Qt.Key.Key_PageUp, 0))
    times = []
    for _ in range(5):
        press(conductor, Qt.Key.Key_PageDown)
        start = time.perf_counter()
        view.area.zoom(1.0, QPointF(100, 100))
        wait_until(lambda: view.area.has_pixels, 60)
        times.append((time.perf_counter() - start) * 1000)
    told("from a double click to all pixels", times)
    memory = psutil.Process().memory_full_info()
    print(f"memory of the window: {memory.rss / 1e6:.0f} MB, of that its own {memory.uss / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
