"""From the click on *Learn my albums* to the new ranking, in a library of any size, with searches all the while.

python -m tests.benchmarks.learning LIBRARY [--photos 100000]

LIBRARY has photos and albums. It is copied and filled up with photos that do not exist: their features are mixtures of
real ones with noise. A real worker process is asked to learn, and for look-alikes until it is done.
"""

import argparse
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np
import psutil

from guie_desktop.asking import Query
from guie_desktop.jobs.refitting import fill, refresh_general_head
from guie_desktop.messages import Learn, Learned, Progress, Search
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.running import finish
from tests.worker_end import WorkerEnd


def fill_up(paths: LibraryPaths, photos: int) -> None:
    """Add made-up photos until there are so many, on a folder that cannot be reached, as on an unplugged drive."""
    rng = np.random.default_rng(0)
    with WritableLibrary(paths) as library:
        key = library.backbone.key
        present = library.catalog.counts().photos
        real = library.backbone.features.sample(4096).astype(np.float32)
    with sqlite3.connect(paths.catalog) as connection:
        connection.execute("INSERT INTO folders (path, online, added_at) VALUES (?, 0, 0)", (b"/unplugged",))
        (folder,) = connection.execute("SELECT id FROM folders WHERE path = ?", (b"/unplugged",)).fetchone()
        for start in range(present, photos, 1000):
            count = min(1000, photos - start)
            one, other = real[rng.integers(len(real), size=(2, count))]
            mixed = one + other * rng.random((count, 1), np.float32)
            mixed += rng.standard_normal(mixed.shape, np.float32) * mixed.std(axis=1, keepdims=True) * 0.3
            hashes = [os.urandom(32) for _ in range(count)]
            connection.executemany(
                "INSERT INTO features (backbone, content_hash, vector) VALUES (?, ?, ?)",
                [(key, content, row.astype("<f2").tobytes()) for content, row in zip(hashes, mixed, strict=True)],
            )
            connection.executemany(
                "INSERT INTO photos (folder_id, directory, name, bytes, mtime_ns, inode, state, content_hash, width,"
                " height, taken, passing, crashes) VALUES (?, ?, ?, 1, 1, 0, 'ready', ?, 100, 100, 0, 0, 0)",
                [(folder, b"/unplugged", f"{start + n}.jpg".encode(), content) for n, content in enumerate(hashes)],
            )
    connection.close()
    with WritableLibrary(paths) as library:
        finish(library_ready(library))


def library_ready(library: WritableLibrary) -> Generator[Progress, None, None]:
    """The general head fitted to all, and its index complete."""
    yield from refresh_general_head(library.backbone, is_settled=True)
    yield from fill(library.backbone.space)


def measure(paths: LibraryPaths, pause: float) -> None:
    worker = WorkerEnd(paths)
    with OpenLibrary(paths) as library:
        asked = list(library.catalog.photo_ids())[:: max(1, len(library.catalog.photo_ids()) // 50)][:50]

    def query(number: int) -> Query:
        return Query(photos=(asked[number % len(asked)],), top=200)

    for number in range(20):  # until the scan at the start is over
        worker.ask(Search(query(number)))
    before = []
    for number in range(60):
        started = time.perf_counter()
        worker.ask(Search(query(number)))
        before.append(time.perf_counter() - started)
    held = memory_of(worker)
    clicked = time.perf_counter()
    learning = worker.send(Learn())
    latencies: list[float] = []
    number = 1000
    while learning not in worker.replies:
        started = time.perf_counter()
        worker.ask(Search(query(number)))
        latencies.append(time.perf_counter() - started)
        next_at = time.perf_counter() + pause
        while learning not in worker.replies and worker.receive(max(0, next_at - time.perf_counter())):
            pass
        number += 1
    live = time.perf_counter() - clicked
    learned = worker.reply(learning)
    if not isinstance(learned, Learned):
        raise SystemExit(str(learned))
    report = learned.report
    assert worker.ask(Search(query(number))).answer.head != "general"
    milliseconds = np.array(latencies) * 1000
    print(f"accepted: {report.accepted}; {report.reason}")
    print(f"from the click to the new ranking: {live:.1f} s ({report.photos} photos in {report.albums} albums)")
    print(
        f"{len(latencies)} searches meanwhile: median {np.median(milliseconds):.0f}, "
        f"95 % {np.quantile(milliseconds, 0.95):.0f}, largest {milliseconds.max():.0f} ms "
        f"(before: median {1000 * np.median(before):.0f} ms)"
    )
    print(f"the worker holds {memory_of(worker)} MB, before it was {held} MB")
    worker.end()


def memory_of(worker: WorkerEnd) -> int:
    """In megabytes, of its own and with what it shares with others."""
    return int(psutil.Process(worker.process.pid).memory_info().rss) >> 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--pause", type=float, default=0.25, help="seconds between an answer and the next search")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        paths = LibraryPaths(Path(work) / "library")
        shutil.copytree(arguments.library, paths.root)
        fill_up(paths, arguments.photos)
        measure(paths, arguments.pause)


if __name__ == "__main__":
    main()
