"""Worker and whole program killed at random moments while indexing: the library stays whole and nothing is done twice.

Of one's own photos: GUIE_KILL_PHOTOS=FOLDER GUIE_KILL_SEED=7 python -m pytest tests/worker/test_kills.py
"""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.drawing import save_photos
from tests.running import index_folder
from tests.worker_end import PATIENCE

KILLS = 20


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker through /proc")
def test_killed_twenty_times_the_library_is_whole_in_the_end(paths: LibraryPaths, tmp_path: Path) -> None:
    rng = random.Random(int(os.environ.get("GUIE_KILL_SEED", "0")))
    own = os.environ.get("GUIE_KILL_PHOTOS")
    folder = Path(own) if own else tmp_path / "photos"
    if own is None:
        save_photos(folder, 400)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(folder)
        library.backbone.embedder()  # converted before, so that the kills fall into the reading

    moment = time_of_a_start(paths)
    done = [run_and_kill(paths, rng, moment) for _ in range(KILLS)]
    connection = sqlite3.connect(paths.catalog)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    assert done[-1] > done[0], "the runs between the kills got nowhere"

    report = index_folder(paths)
    assert report.failed == ()
    with OpenLibrary(paths) as library:
        present, embedded = library.catalog.counts().photos, library.catalog.embedded_count(library.backbone.key)
        on_disk = sum(1 for _ in folder.rglob("*.jpg"))
        assert (present, embedded) == (on_disk, on_disk)
        assert len(library.backbone.features.live_ids()) == len(
            library.catalog.database.connect().exec_driver_sql("SELECT DISTINCT content_hash FROM photos").all()
        )
        assert len(library.backbone.space.index) == len(library.backbone.features.live_ids())


def time_of_a_start(paths: LibraryPaths) -> float:
    """Seconds from a start to the first photo that is read, as fast as this machine is now; then all is killed."""
    began = time.monotonic()
    with a_window(paths), OpenLibrary(paths) as library:
        while not library.catalog.counts().photos:
            assert time.monotonic() < began + PATIENCE
            time.sleep(0.05)
    return time.monotonic() - began


def run_and_kill(paths: LibraryPaths, rng: random.Random, moment: float) -> int:
    """Open the window, let it index for some moments, kill the worker or all; photos read and embedded after that.

    On a slow machine none is embedded in this time, as all photos are shown first.
    """
    with a_window(paths) as window:
        time.sleep(moment * rng.uniform(0.1, 2.0))
        if rng.random() < 0.5:
            for child in children_of(window.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(moment * rng.uniform(0.05, 0.8))
    # The worker may still be dying; its lock is free once the system has cleared it away.
    with FileLock(paths.writer_lock).acquire(timeout=PATIENCE):
        pass
    with OpenLibrary(paths) as library:
        return library.catalog.counts().photos + library.catalog.embedded_count(library.backbone.key)


@contextlib.contextmanager
def a_window(paths: LibraryPaths) -> Iterator[subprocess.Popen[bytes]]:
    """The program; in the end it is killed with all its processes."""
    window = subprocess.Popen(
        [sys.executable, "-m", "guie_desktop", "--library", str(paths.root)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield window
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(window.pid, signal.SIGKILL)
        window.wait()


def children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
