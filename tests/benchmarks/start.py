"""How long the start takes, as the screen shows it: until the window, until photos, until the first hit.

DIR=$(mktemp -d); xvfb-run -a -s "-screen 0 1280x800x24 -fbdir $DIR" \
    python -m tests.benchmarks.start LIBRARY $DIR/Xvfb_screen0 [--find PHOTO] [--times N] [--beside CHECKOUT]

The program opens a copy of the library in a process of its own, N times, and so does another checkout of it, in turns.
What is on the screen is read from the memory of the X server, which the program does not notice. All figures are
seconds after exec, best and median: by the clock, and of processor time that the window's process has used by then.
Each is looked for once the one before was seen, so a worker that is ready before there is a photo counts from then.
"""

import argparse
import os
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

_POLL_SECONDS = 0.01
_COLOURS_OF_PHOTOS = 1000
"""In the middle of the screen, where letters and lines have some hundred."""
_NEARLY_ALL = 0.95
_AT_MOST = 240.0
_SETTLED_SECONDS = 8.0
"""In which a start that is not measured has shown all that it will."""
CHECKOUT = Path(__file__).parents[2]

Figures = dict[str, tuple[float, float]]
"""What was seen, and when: by the clock and of the window's processor time."""


class Screen:
    """What an X server shows, in a file that it maps (XWD)."""

    def __init__(self, file: Path) -> None:
        header = np.fromfile(file, ">u4", 25)
        length, width, height, line, colours = (int(header[field]) for field in (0, 4, 5, 12, 19))
        self._pixels: NDArray[np.uint32] = np.memmap(file, "<u4", "r", length + 12 * colours, (height, line // 4))
        self._middle = self._pixels[height // 3 : height - 60, width // 3 : width - 40]
        self._empty, self._found = np.array(self._pixels), np.array(self._middle)

    def shows_a_window(self) -> bool:
        """Whether most of it is not what it was."""
        return bool(np.mean(self._pixels[::8, ::8] != self._empty[::8, ::8]) > 0.5)

    def remember(self) -> None:
        """What is shown now is what is waited for from now on: what was found, all of which has been painted."""
        self._found = np.array(self._middle)

    def shows_what_was_found(self) -> bool:
        """Whether nearly all of the middle is as it was remembered."""
        return bool(np.mean(self._middle == self._found) > _NEARLY_ALL)

    def shows_photos(self) -> bool:
        """Whether there is one in the middle."""
        return len(np.unique(self._middle[::4, ::4])) > _COLOURS_OF_PHOTOS


class Start:
    """One start of the program, watched from outside."""

    def __init__(self, checkout: Path, library: Path, images: list[Path]) -> None:
        arguments = ["find", *map(str, images)] if images else []
        command = [sys.executable, "-m", "guie_desktop", "--library", str(library), *arguments]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self._began = time.perf_counter()
        self._process = psutil.Popen(command, cwd=checkout, env=environment | {"PYTHONPATH": str(checkout)})

    def until(self, holds: Callable[[], bool]) -> tuple[float, float]:
        """When this holds for the first time."""
        while not holds():
            if time.perf_counter() > self._began + _AT_MOST:
                raise SystemExit("not seen within four minutes")
            time.sleep(_POLL_SECONDS)
        taken = self._process.cpu_times()
        return time.perf_counter() - self._began, taken.user + taken.system

    def worker_is_ready(self) -> bool:
        """Whether the worker has begun to start decoders, which comes right after it said so."""
        return any(_children(child) for child in _children(self._process.pid))

    def end(self) -> None:
        """Close the window, and wait for all that it has started."""
        started = self._process.children(recursive=True)
        self._process.send_signal(signal.SIGINT)
        self._process.wait(20)
        psutil.wait_procs(started, 20)


def _children(process: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def measure(checkout: Path, library: Path, screen: Screen, images: list[Path]) -> Figures:
    """Start once."""
    start = Start(checkout, library, images)
    seen = {"window": start.until(screen.shows_a_window)}
    seen["first photo"] = start.until(screen.shows_photos)
    seen["worker ready"] = start.until(start.worker_is_ready)
    if images:
        seen["all hits"] = start.until(screen.shows_what_was_found)
    start.end()
    return seen


def prepare(checkout: Path, library: Path, screen: Screen, images: list[Path]) -> None:
    """Start for what is done once, such as compiling, and to see what will be seen."""
    start = Start(checkout, library, images)
    start.until(start.worker_is_ready)
    time.sleep(_SETTLED_SECONDS)
    screen.remember()
    start.end()


def tell(name: str, figures: list[Figures]) -> None:
    """Best and median of each."""
    print(name)
    for what in figures[0]:
        clock, processor = ([seen[what][which] for seen in figures] for which in (0, 1))
        print(
            f"  {what:13} best {min(clock):.2f}, median {statistics.median(clock):.2f} s; "
            f"processor best {min(processor):.2f}, median {statistics.median(processor):.2f} s"
        )


def main() -> None:
    """Measure as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("screen", type=Path)
    parser.add_argument("--find", type=Path, action="append", default=[], metavar="PHOTO")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--beside", type=Path, action="append", default=[], metavar="CHECKOUT")
    arguments = parser.parse_args()
    screen, images = Screen(arguments.screen), [path.absolute() for path in arguments.find]
    checkouts = [*(path.absolute() for path in arguments.beside), CHECKOUT]
    with tempfile.TemporaryDirectory() as work:
        os.environ |= {f"XDG_{kind}_HOME": work for kind in ("CONFIG", "DATA", "CACHE")}
        libraries = {checkout: Path(work) / f"library {number}" for number, checkout in enumerate(checkouts)}
        for checkout, library in libraries.items():
            shutil.copytree(arguments.library, library)
            prepare(checkout, library, screen, images)
        rounds = [
            {checkout: measure(checkout, library, screen, images) for checkout, library in libraries.items()}
            for _ in range(arguments.times)
        ]
    for checkout in checkouts:
        tell(str(checkout), [seen[checkout] for seen in rounds])


if __name__ == "__main__":
    main()
