"""How a library of 100,000 photos scrolls from end to end, and how much memory the window takes for it.

xvfb-run -a -s "-screen 0 1280x800x24" python -m tests.benchmarks.scrolling FOLDER [--photos N] [--shot FILE]

The small pictures are those of the photos in FOLDER, each of them for many rows, with dates over fifteen years. There
is no worker. What is timed is each painting of the grid, with its headings, as Qt asks for it.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert

from guie_desktop.gui.app import make_application
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.look.theme import Theme
from guie_desktop.gui.photos.photo_grid import PhotoGrid
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.database import open_database, writing
from guie_desktop.library.migrations import take_steps
from guie_desktop.library.ordered_photos import Order
from guie_desktop.library.photo_orders import ORDERS
from guie_desktop.library.tables import folders, photos
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.pictures.small_pictures import make_thumbnail
from guie_desktop.settings import LARGEST_TILE, SMALLEST_TILE

Row = dict[str, Any]
STEPS = 1000
"""Of the scrubber, from one end to the other."""
NOTCHES = 600
"""Of the wheel, three at a time."""
FRAME = 1 / 60
FIFTEEN_YEARS = 15 * 365 * 86_400


class TimedPainting:
    """Milliseconds that each painting of views of a kind took: by the clock; without what it waited for a processor,
    as other programs want one as well; and of a processor. The last two differ by what it waited for Python's lock.
    """

    def __init__(self, kind: type[PhotoGrid]) -> None:
        self.taken: list[float] = []
        self.alone: list[float] = []
        self.worked: list[float] = []
        paint = kind.paintEvent

        def timed(grid: PhotoGrid, event: QPaintEvent) -> None:
            queued, start, worked = queueing(), time.perf_counter(), time.thread_time()
            paint(grid, event)
            worked, taken = time.thread_time() - worked, time.perf_counter() - start
            queued = queueing() - queued
            self.taken.append(taken * 1000)
            self.alone.append(max(worked, taken - queued) * 1000)
            self.worked.append(worked * 1000)

        setattr(kind, "paintEvent", timed)  # noqa: B010 - before any grid is made

    def tell(self, what: str) -> None:
        print(f"{what}: {len(self.taken)} paintings;", memory())
        kinds = {"by the clock": self.taken, "without queueing": self.alone, "of a processor": self.worked}
        for kind, times in kinds.items():
            p50, p99 = np.percentile(times, (50, 99))
            print(f"    {kind}: median {p50:.1f}, 99 % {p99:.1f}, longest {max(times):.1f} ms")
        self.forget()

    def forget(self) -> None:
        self.taken, self.alone, self.worked = [], [], []


def queueing() -> float:
    """Seconds that this thread has waited for a processor."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


def memory() -> str:
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return "; ".join(f"{name} {int(told[name].split()[0]) / 1024:.0f} MB" for name in ("VmRSS", "VmHWM"))


def small_pictures(folder: Path, most: int) -> Iterator[tuple[bytes, bytes, int, int]]:
    """Content hash, JPEG, width and height of the photos in a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in {".jpg", ".jpeg", ".png"})
    for number, path in enumerate(islice(files, most)):
        with Image.open(path) as opened:
            opened.draft("RGB", (640, 640))
            width, height = opened.size
            picture = ImageOps.exif_transpose(opened).convert("RGB")
        if (picture.width > picture.height) != (width > height):
            width, height = height, width
        yield b"%016d" % number, make_thumbnail(picture), width * 4, height * 4


def make_library(root: Path, folder: Path, count: int) -> None:
    thumbnails = Thumbnails(root / "thumbnails.sqlite")
    made = list(small_pictures(folder, 3000))
    thumbnails.put((content, jpeg) for content, jpeg, _, _ in made)
    thumbnails.close()
    database, chance = open_database(root / "catalogue.sqlite"), random.Random(1)
    take_steps(database)
    with writing(database) as connection:
        connection.execute(insert(folders), [{"id": 1, "path": Path("/photos"), "online": True, "added_at": 0.0}])
        for start in range(0, count, 10_000):
            rows = [row_of(number, made, chance) for number in range(start, min(count, start + 10_000))]
            connection.execute(insert(photos), rows)
    database.dispose()


def row_of(number: int, made: Sequence[tuple[bytes, bytes, int, int]], chance: random.Random) -> Row:
    content, _, width, height = made[chance.randrange(len(made))]
    return {
        "id": number + 1,
        "folder_id": 1,
        "directory": Path(f"/photos/{number // 500:05}"),
        "name": Path(f"IMG_{number}.jpg"),
        "bytes": chance.randrange(10_000_000),
        "mtime_ns": 0,
        "inode": number,
        "state": "ready",
        "content_hash": content,
        "width": width,
        "height": height,
        "taken": 1.2e9 + chance.random() * FIFTEEN_YEARS,
        "passing": False,
        "crashes": 0,
    }


def wait(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()
        time.sleep(0.001)


def turn_wheel(grid: PhotoGrid, notches: int) -> None:
    middle = QPointF(grid.viewport().rect().center())
    where = QPointF(grid.viewport().mapToGlobal(middle.toPoint()))
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    for _ in range(notches):
        turned = QPoint(0, -360)
        event = QWheelEvent(middle, where, QPoint(), turned, buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(grid.viewport(), event)
        wait(FRAME)


def drag_scrubber(grid: PhotoGrid, steps: int) -> None:
    bar = grid.verticalScrollBar()
    bar.setSliderDown(True)
    for step in range(steps + 1):
        bar.setSliderPosition(bar.maximum() * step // steps)
        wait(FRAME)
    bar.setSliderDown(False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--kept", type=Path, help="a folder in which the library is made once and kept")
    parser.add_argument("--shot", type=Path, help="a file for a picture of the window")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        root = arguments.kept or Path(work)
        if not (root / "catalogue.sqlite").exists():
            root.mkdir(parents=True, exist_ok=True)
            # In a process of its own, as the memory that it takes is not the window's.
            maker = get_context("spawn").Process(target=make_library, args=(root, arguments.folder, arguments.photos))
            maker.start()
            maker.join()
        measure(root, arguments.shot)


def measure(root: Path, shot: Path | None) -> None:
    timed = TimedPainting(PhotoGrid)
    application = make_application(["guie-desktop"])
    theme = Theme(application)
    catalog = Catalog.open_read_only(root / "catalogue.sqlite")
    thumbnails = Thumbnails(root / "thumbnails.sqlite", read_only=True)
    for name in ORDERS:
        start = time.perf_counter()
        ordered = catalog.ordered(Order(name))
        print(f"read by {name}: {time.perf_counter() - start:.2f} s")
    ordered = catalog.ordered(Order())
    loader = TileLoader(FailureReporter())
    loader.open(catalog.photos, thumbnails.get)
    window = MainWindow(None, loader, 184, None)  # type: ignore[arg-type]  # nothing is looked at large
    grid = window.browsing.grid
    window.resize(1280, 800)
    window.show_page(window.browsing)
    window.show()
    wait(0.5)
    print("window:", memory())
    start = time.perf_counter()
    window.browsing.show_ordered(ordered)
    print(f"laid out in {(time.perf_counter() - start) * 1000:.0f} ms, {grid.geometry_now.height:,} pixels high")
    wait(1.0)
    for size in (184, SMALLEST_TILE, LARGEST_TILE):
        grid.set_tile_size(size)
        grid.verticalScrollBar().setValue(0)
        wait(1.0)
        timed.forget()
        turn_wheel(grid, NOTCHES)
        timed.tell(f"tiles of {size}, wheel")
        drag_scrubber(grid, STEPS)
        timed.tell(f"tiles of {size}, scrubber")
    grid.set_tile_size(184)
    wait(2.0)
    print("at the end:", memory())
    if shot is not None:
        window.grab().save(str(shot))
    loader.close()
    window.close()
    del theme


if __name__ == "__main__":
    main()
