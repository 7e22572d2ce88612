"""How the real window feels while it indexes a folder: gaps of its event loop, seconds from a copy to its hit.

xvfb-run -a python -m tests.benchmarks.window FOLDER

The photos are copied to a temporary folder first, because one is added and one is deleted. Half of the time the window
is left alone; in the other half its grid is scrolled and searches are made, as a user would who cannot wait.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from guie_desktop.__main__ import start_worker
from guie_desktop.gui.app import make_application
from guie_desktop.gui.backend.worker_link import spawned
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.look.theme import Theme
from guie_desktop.messages import JobEnded
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings

TICK_MS = 1


class Heartbeat(QObject):
    """A timer in the window's thread that notes how far apart its ticks come."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> list[float]:
        """Gaps since the start, in ms."""
        self._timer.stop()
        gaps, self.gaps = self.gaps, []
        return gaps

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


class ImpatientUser(QObject):
    """Scrolls through the photos and searches, from half of the run on."""

    def __init__(self, conductor: Conductor, total: int) -> None:
        super().__init__()
        self.searches = 0
        self._conductor, self._total, self._beat = conductor, total, 0
        self._timer = QTimer(self, interval=100)
        self._timer.timeout.connect(self._act)
        self._timer.start()

    def _act(self) -> None:
        gallery = self._conductor.window.browsing
        if gallery.photos.rowCount() < self._total // 2:
            return
        self._beat += 1
        if self._beat % 50 == 0:
            photo = gallery.photo_at(gallery.photos.rowCount() // 2)
            if photo is not None:
                self.searches += 1
                self._conductor.search.look_for_photos([photo])
        elif self._beat % 50 == 20:
            self._conductor.navigation.step_out()
        else:
            bar = self._conductor.window.shown_gallery().grid.verticalScrollBar()
            bar.setValue((bar.value() + 180) % max(1, bar.maximum()))


def wait_until(holds: Callable[[], bool], seconds: float = 1200) -> float:
    """Run the event loop until `holds`; returns the seconds it took."""
    loop, start = QEventLoop(), time.perf_counter()
    poll = QTimer(interval=10)
    poll.timeout.connect(lambda: loop.quit() if holds() else None)
    poll.start()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    if not holds():
        loop.exec()
    poll.stop()
    if not holds():
        raise SystemExit(f"not seen within {seconds:.0f} s")
    return time.perf_counter() - start


def seconds_until_found(conductor: Conductor, photo: Path, expected: Path) -> float:
    """Search by `photo` again and again until `expected` is the best hit; seconds since the call."""
    start = time.perf_counter()
    while True:
        conductor.search.answer = None
        conductor.search.look_for_files([photo], add=False)
        wait_until(lambda: conductor.search.answer is not None, 30)
        answer = conductor.search.answer
        assert answer is not None
        if any(hit.path == expected and hit.score > 0.999 for hit in answer.hits):
            return time.perf_counter() - start
        wait_until(Pause(0.05))


class Pause:
    """Holds once the time is over."""

    def __init__(self, seconds: float) -> None:
        self._until = time.perf_counter() + seconds

    def __call__(self) -> bool:
        return time.perf_counter() > self._until


def tell_gaps(gaps: list[float], seconds: float) -> None:
    p50, p99, p999 = np.percentile(gaps, (50, 99, 99.9))
    late = sum(gap > 16 for gap in gaps)
    print(
        f"event loop: {len(gaps)} gaps in {seconds:.0f} s; median {p50:.1f}, 99 % {p99:.1f}, 99.9 % {p999:.1f}, "
        f"largest {max(gaps):.1f} ms; {late} over 16 ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--idle", action="store_true", help="leave the window alone all the time")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        photos = Path(work) / "photos"
        shutil.copytree(arguments.folder, photos)
        measure(photos, LibraryPaths(Path(work) / "library"), idle=arguments.idle)


def measure(photos: Path, paths: LibraryPaths, *, idle: bool) -> None:
    files = sorted(path for path in photos.rglob("*") if path.is_file())
    kept, copied = files[0], photos / "copied while open.jpg"
    spare = files.pop()
    outside = paths.root.parent / f"spare{spare.suffix}"
    spare.rename(outside)
    application = make_application(["guie-desktop"])
    theme = Theme(application)
    conductor = Conductor(paths, spawned(start_worker), Settings(), None)
    ended: list[JobEnded] = []

    conductor.client.on(JobEnded, lambda event: ended.append(event) if event.report is not None else None)
    conductor.window.show()
    heart = Heartbeat()
    conductor.start()
    heart.start()
    ready = wait_until(lambda: conductor.browsing.overview is not None)
    tell_gaps(heart.stop(), ready)
    ended.clear()
    user = None if idle else ImpatientUser(conductor, len(files))
    conductor.browsing.add_folders((photos,))
    heart.start()
    seconds = wait_until(lambda: any(event.report and event.report.added for event in ended))
    tell_gaps(heart.stop(), seconds)
    report = next(event.report for event in ended if event.report and event.report.added)
    print(f"added {report.added}, failed {len(report.failed)}, {report.added / seconds:.1f} photos/s")
    if user is not None:
        print(f"{user.searches} searches meanwhile")
        user.deleteLater()
    shutil.copy(outside, copied)
    print(f"copied file found after {seconds_until_found(conductor, outside, copied):.2f} s")
    conductor.navigation.step_out()
    photos_shown = conductor.window.browsing.photos.rowCount
    wait_until(lambda: photos_shown() == len(files) + 1, 60)
    kept.unlink()
    gone = wait_until(lambda: photos_shown() == len(files), 60)
    print(f"deleted file gone from the window after {gone:.2f} s")
    conductor.window.close()
    conductor.close()
    del theme


if __name__ == "__main__":
    main()
