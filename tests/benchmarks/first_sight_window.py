"""The window of first_sight.py, watched from *Add folder* on."""

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from guie_desktop.__main__ import start_worker
from guie_desktop.gui.app import make_application
from guie_desktop.gui.backend.worker_link import spawned
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.look.theme import Theme
from guie_desktop.messages import JobEnded, Progress
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings
from tests.benchmarks.window import wait_until

_SHOT_EVERY_MS = 500


def tiles_with_pictures(conductor: Conductor) -> int:
    """Tiles in view that show their photo."""
    gallery = conductor.window.browsing
    ids = [gallery.photos.ids[row] for row in gallery.grid.rows_in_view()]
    photos = [photo for photo_id in ids if (photo := conductor.loader.photo(photo_id)) is not None]
    return sum(conductor.loader.picture(photo) is not None for photo in photos)


def measure(folder: Path, paths: LibraryPaths, shots: Path | None, seconds: float) -> None:
    """Print when stages began, when the first tile had its picture, and how many photos were there when."""
    application = make_application(["guie-desktop"])
    theme = Theme(application)
    conductor = Conductor(paths, spawned(start_worker), Settings(), None)
    window = conductor.window
    window.resize(1280, 800)
    window.show()
    conductor.start()
    ended: list[JobEnded] = []
    conductor.client.on(JobEnded, ended.append)
    wait_until(lambda: conductor.browsing.overview is not None and bool(ended))
    print("stages, with the seconds at which each began:")
    started, stages = time.perf_counter(), list[str]()

    def note(progress: Progress) -> None:
        if stages[-1:] != [progress.stage]:
            stages.append(progress.stage)
            print(f"  {progress.stage} {time.perf_counter() - started:.2f}")

    def shoot() -> None:
        if shots is not None:
            window.grab().save(str(shots / f"{time.perf_counter() - started:05.1f}.png"))

    conductor.client.on(Progress, note)
    camera = QTimer(window, interval=_SHOT_EVERY_MS)
    camera.timeout.connect(shoot)
    camera.start()
    conductor.browsing.add_folders((folder,))
    wait_until(lambda: tiles_with_pictures(conductor) > 0, 120)
    print(f"first tile after {time.perf_counter() - started:.2f} s")
    shown = conductor.window.browsing.photos.rowCount

    def is_time(photos: int) -> bool:
        return shown() >= photos or time.perf_counter() - started > seconds

    for photos in (100, 500, 1000, 2000):
        left = seconds - (time.perf_counter() - started)
        if left <= 0:
            break
        wait_until(partial(is_time, photos))
        print(f"  {shown():,} photos after {time.perf_counter() - started:.2f} s")
    wait_until(lambda: time.perf_counter() - started > seconds, seconds + 5)
    closing = time.perf_counter()
    window.close()
    conductor.close()
    print(f"closed within {time.perf_counter() - closing:.2f} s")
    del theme
