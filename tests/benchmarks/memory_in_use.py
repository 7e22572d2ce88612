"""How much memory the program takes while it is used: an hour of a user's who in time does all that can be done.

xvfb-run -a -s "-screen 0 1280x800x24" python -m tests.benchmarks.memory_in_use FOLDER OUTSIDE [--library LIBRARY]
    [--photos N] [--minutes N] [--pace P] [--table FILE] [--once]

The photos are copied and indexed by a worker first, as far as they are to be seen; with a library they are added to a
copy of that. Photos from OUTSIDE are dropped on the window. A `--pace` of 0.5 is twice as fast as a person. Every ten
seconds the table (tab-separated) gets a line for each process: seconds, what is done, who, and in MB what it takes with
all that it shares, in proportion, alone, and of anonymous memory. `--once` does all in turn: all tiles are scrolled in
three sizes, 70 searches made, 300 photos looked at large, every tenth closely.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil
from PySide6.QtCore import QTimer

from guie_desktop.__main__ import start_worker
from guie_desktop.gui.app import make_application
from guie_desktop.gui.backend.worker_link import spawned
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.look.theme import Theme
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings
from tests.benchmarks.thorough_user import ThoroughUser
from tests.benchmarks.window import Pause, wait_until

EVERY = 10
REST = 60
_KINDS = ("Rss", "Pss", "Private_Clean", "Private_Dirty", "Anonymous")


def taken(pid: int) -> tuple[float, float, float, float]:
    """MB of a process: all, in proportion, its own alone, anonymous."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    told = {name: int(value.split()[0]) / 1024 for name, value in (line.split(":") for line in lines)}
    whole, proportion, clean, dirty, anonymous = (told[kind] for kind in _KINDS)
    return whole, proportion, clean + dirty, anonymous


def processes() -> Iterator[tuple[str, int]]:
    """The window and all below it: the worker, its decoders and what else is spawned, by number."""
    window = psutil.Process()
    yield "window", window.pid
    for child in window.children():
        yield "worker or helper", child.pid
        yield from (("decoder or helper", below.pid) for below in child.children(recursive=True))


class Table:
    """What each process takes, every ten seconds."""

    def __init__(self, file: Path, user: ThoroughUser) -> None:
        self._out, self._user, self._began = file.open("w", buffering=1), user, time.perf_counter()
        self._timer = QTimer(interval=1000 * EVERY)
        self._timer.timeout.connect(self.add)
        self._timer.start()

    def add(self) -> None:
        seconds = time.perf_counter() - self._began
        for who, pid in processes():
            try:
                figures = (f"{one:.1f}" for one in taken(pid))
                self._out.write("\t".join([f"{seconds:.0f}", self._user.doing, who, str(pid), *figures]) + "\n")
            except OSError:
                continue  # it has ended meanwhile

    def close(self) -> None:
        self._timer.stop()
        self._out.close()


def memory() -> str:
    whole, proportion, own, _ = taken(psutil.Process().pid)
    return f"{whole:.0f} MB, its part of all {proportion:.0f} MB, its own alone {own:.0f} MB"


def photos_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in {".jpg", ".jpeg"}]


def main() -> None:
    """Make a library and use it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("outside", type=Path)
    parser.add_argument("--photos", type=int, default=1131)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--pace", type=float, default=1)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--table", type=Path, default=Path("memory.tsv"))
    parser.add_argument("--once", action="store_true")
    arguments = parser.parse_args()
    # Else the worker and its decoders would import all of this as well, which they do not in the program.
    started = sys.modules["__main__"]
    started.__spec__, started.__file__ = None, None
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "photos"
        folder.mkdir()
        for number, path in enumerate(islice(photos_in(arguments.folder), arguments.photos)):
            shutil.copy(path, folder / f"{number:05}.jpg")
        paths = LibraryPaths(Path(work) / "library")
        if arguments.library is not None:
            shutil.copytree(arguments.library, paths.root)
        measure(folder, paths, arguments)


def measure(folder: Path, paths: LibraryPaths, arguments: argparse.Namespace) -> None:
    """Print what the window takes after each part."""
    application = make_application(["guie-desktop"])
    theme = Theme(application)
    conductor = Conductor(paths, spawned(start_worker), Settings(), None)
    conductor.window.resize(1280, 800)
    conductor.window.show()
    conductor.start()
    wait_until(lambda: conductor.browsing.overview is not None)
    wait_until(Pause(1))
    user = ThoroughUser(conductor, photos_in(arguments.outside), arguments.pace)
    table = Table(arguments.table, user)
    before, count = conductor.window.browsing.photos.rowCount(), len(list(folder.iterdir()))
    print(f"started: {memory()}", flush=True)
    if count:
        conductor.browsing.add_folders((folder,))
        wait_until(lambda: conductor.window.browsing.photos.rowCount() == before + count)
    print(f"all {count} photos are there: {memory()}", flush=True)
    if arguments.once:
        do_all_once(user)
    else:
        use(user, arguments.minutes)
    user.doing = "rest"
    wait_until(Pause(REST))
    print(f"rested: {memory()}", flush=True)
    print("done:", user.done)
    table.close()
    conductor.window.close()
    conductor.close()
    del theme


def use(user: ThoroughUser, minutes: float) -> None:
    """All things in any order; halfway the albums are learned."""
    user.do(user.import_albums)
    began, learned = time.perf_counter(), False
    while (now := time.perf_counter()) < began + 60 * minutes:
        if now > began + 30 * minutes and not learned:
            learned = True
            user.do(user.learn)
        user.act()
    print(f"after {minutes:.0f} minutes: {memory()}", flush=True)


def do_all_once(user: ThoroughUser) -> None:
    user.do(user.scroll_all)
    print(f"scrolled through all: {memory()}", flush=True)
    for _ in range(24):
        user.do(user.search)
    print(f"looked for 72: {memory()}", flush=True)
    for times in range(1, 4):
        user.leaf_far(100)
        print(f"looked at {100 * times} large: {memory()}", flush=True)


if __name__ == "__main__":
    main()
