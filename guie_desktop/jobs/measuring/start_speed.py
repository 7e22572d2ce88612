"""How long the program takes to start, and what window and worker hold in memory then, seen from outside."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

from guie_desktop.jobs.measuring.figures import Figure, median_of
from guie_desktop.paths import LibraryPaths

_TIMES = 3
_AT_MOST = 120.0
_LOOK_AGAIN = 0.02
_SETTLED = 3.0
"""Seconds after which what a start has loaded is in memory."""
_MB = 2**20
_BARE = "the program saying its version"
_AIM = "what it is to keep below in use"
_MOST_OF_WINDOW, _MOST_OF_WORKER = 250.0, 350.0


def measure_start(paths: LibraryPaths, photo: Path) -> list[Figure]:
    """Of the program on a closed library: commands, and the window, which is drawn and not shown."""
    program = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "guie_desktop"])]
    # What the window keeps of itself is not to be the user's own.
    environment = os.environ | {f"XDG_{kind}_HOME": str(paths.root.parent) for kind in ("CONFIG", "CACHE", "STATE")}
    library = [*program, "--library", str(paths.root)]
    bare = _seconds([*program, "--version"], environment)
    found = [
        Figure("start", f"command {name}", _seconds([*library, *words], environment), "s", _BARE, bare)
        for name, words in (("status", ["status"]), ("search FILE", ["search", str(photo)]))
    ]
    return [*found, *_window(library, environment | {"QT_QPA_PLATFORM": "offscreen"}, bare)]


def _seconds(command: list[str], environment: Mapping[str, str]) -> float:
    taken = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    return median_of(taken)


def _window(command: list[str], environment: Mapping[str, str], bare: float) -> list[Figure]:
    """Nothing where the window does not start, as where there is nothing to draw with."""
    taken, window_mb, worker_mb = [], 0.0, 0.0
    for number in range(_TIMES):
        started = time.perf_counter()
        window = psutil.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            worker = _busy_worker(window)
            if worker is None:
                return []
            taken.append(time.perf_counter() - started)
            if number == _TIMES - 1:
                time.sleep(_SETTLED)
                window_mb, worker_mb = (process.memory_info().rss / _MB for process in (window, worker))
        except psutil.Error:
            return []
        finally:
            _end(window)
    return [
        Figure("start", "window, worker at work", median_of(taken), "s", _BARE, bare),
        Figure("memory", "window, after its start", window_mb, "MB", _AIM, _MOST_OF_WINDOW),
        Figure("memory", "worker, after its start", worker_mb, "MB", _AIM, _MOST_OF_WORKER),
    ]


def _busy_worker(window: psutil.Popen) -> psutil.Process | None:
    """The worker, once it has begun to start decoders, which it does as soon as it can answer."""
    latest = time.monotonic() + _AT_MOST
    while window.poll() is None and time.monotonic() < latest:
        for child in window.children():
            with suppress(psutil.NoSuchProcess):
                if child.children():
                    return child
        time.sleep(_LOOK_AGAIN)
    return None


def _end(window: psutil.Popen) -> None:
    """At once, so that nothing is kept of it."""
    started = [window, *window.children(recursive=True)] if window.poll() is None else []
    for process in started:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(started, _AT_MOST)
    window.wait()
