"""Kills every kind of job at random moments, and looks whether the library is whole and the job comes to its end.

python -m tests.benchmarks.kills [--kills 500] [--seed 0]

Each job runs in a process of its own that is killed (SIGKILL) after a random part of the time that it takes. Then
SQLite is asked for its integrity and what was decided is compared; after every few kills the job is left to its end,
and the library must be what it would have been.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from guie_desktop.jobs.doctor import examine
from guie_desktop.jobs.importing_albums import import_albums
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.learning import learn
from guie_desktop.jobs.switching import switch_model
from guie_desktop.jobs.verifying import verify_library
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.marks import COUNT, MARKS, save_all_marks, sort_marks
from tests.running import finish

KILLS_A_ROUND = 4
"""Before a job is left to its end."""
Job = Callable[[LibraryPaths, Path], None]


def index(paths: LibraryPaths, photos: Path) -> None:
    """The first reading of a folder."""
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(photos)
        finish(index_library(library))


def swap_and_index(paths: LibraryPaths, photos: Path) -> None:
    """What changed on the disk; photos are read, rows go where their content went."""
    with WritableLibrary(paths) as library:
        finish(index_library(library))


def learn_albums(paths: LibraryPaths, _photos: Path) -> None:
    """Test, train, keep."""
    with WritableLibrary(paths) as library:
        finish(learn(library, Recipe()))


def switch(paths: LibraryPaths, _photos: Path) -> None:
    """All photos with the other backbone that comes with the program."""
    with WritableLibrary(paths) as library:
        finish(switch_model(library, "efficientnet-lite0"))


def import_folders(paths: LibraryPaths, photos: Path) -> None:
    """Folders become albums."""
    with WritableLibrary(paths) as library:
        finish(import_albums(library, photos))


def make_thumbnails(paths: LibraryPaths, _photos: Path) -> None:
    """All small pictures are gone, and made again."""
    for part in paths.root.glob("thumbnails.sqlite*"):
        part.unlink()
    with WritableLibrary(paths) as library:
        finish(examine(library, repair=True))


def check(paths: LibraryPaths, _photos: Path) -> None:
    """All files against their hashes."""
    with WritableLibrary(paths) as library:
        finish(verify_library(library))


JOBS: dict[str, Job] = {
    "index": index,
    "changes": swap_and_index,
    "learn": learn_albums,
    "switch": switch,
    "import": import_folders,
    "thumbnails": make_thumbnails,
    "check": check,
}


def start(job: Job, paths: LibraryPaths, photos: Path) -> int:
    """Run a job in a process of its own, a copy of this one; its number."""
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    sys.stdout.flush()
    try:
        job(paths, photos)
    except BaseException as error:  # noqa: BLE001 - the child has to end here, whatever it was
        print(f"{job.__name__} failed: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def run(job: Job, paths: LibraryPaths, photos: Path) -> float:
    """Leave a job to its end; seconds."""
    began = time.monotonic()
    _, status = os.waitpid(start(job, paths, photos), 0)
    assert status == 0, f"{job.__name__} ended with {status}"
    return time.monotonic() - began


def kill(job: Job, paths: LibraryPaths, photos: Path, after: float) -> None:
    """Start a job and kill it, with all its children."""
    pid = start(job, paths, photos)
    time.sleep(after)
    for target in (lambda: os.killpg(pid, signal.SIGKILL), lambda: os.kill(pid, signal.SIGKILL)):
        try:
            target()
        except ProcessLookupError:
            continue
    os.waitpid(pid, 0)


def decided(paths: LibraryPaths) -> Counter[tuple[str, bytes, str]]:
    """What was decided, by album and content; fails where SQLite finds the file damaged."""
    with sqlite3.connect(paths.catalog) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        query = (
            "SELECT albums.name, coalesce(photos.former_hash, photos.content_hash), verdict FROM album_photos "
            "JOIN photos ON photos.id = photo_id JOIN albums ON albums.id = album_id"
        )
        found = Counter(connection.execute(query).fetchall())
    connection.close()
    return found


def change_files(photos: Path, rng: random.Random) -> None:
    """Swap, edit and rename some, as a user does."""
    files = sorted(photos.rglob("*.jpg"))
    a, b, c = rng.sample(files, 3)
    aside = a.with_name("aside")
    a.rename(aside)
    b.rename(a)
    aside.rename(b)
    c.rename(c.with_name(f"renamed {rng.random()}.jpg"))


class Trial:
    """One kind of job on a library of its own."""

    def __init__(self, name: str, template: Path, place: Path, rng: random.Random) -> None:
        self.name, self.job, self.rng, self.template, self.place = name, JOBS[name], rng, template, place
        self.paths, self.photos = LibraryPaths(place / "library"), place / "photos"
        self.prepare()
        self.seconds = run(self.job, self.paths, self.photos)

    def prepare(self) -> None:
        """A fresh library, as the job finds it."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.template, self.place, symlinks=True)
        if self.name == "index":
            for part in self.paths.root.glob("catalogue.sqlite*"):
                part.unlink()
        elif self.name == "changes":
            change_files(self.photos, self.rng)
        self.before = decided(self.paths) if self.paths.catalog.exists() else Counter()

    def once(self) -> None:
        """A few kills, and then to the end."""
        for _ in range(KILLS_A_ROUND):
            kill(self.job, self.paths, self.photos, self.rng.uniform(0, self.seconds))
            if self.paths.catalog.exists():
                self._compare()
        run(self.job, self.paths, self.photos)
        self._compare()
        self._is_as_it_should_be()

    def _compare(self) -> None:
        now = decided(self.paths)
        lost = self.before - now
        assert not lost, f"{self.name}: {len(lost)} decisions were lost, such as {next(iter(lost))}"

    def _is_as_it_should_be(self) -> None:
        with WritableLibrary(self.paths) as library:
            counts = library.catalog.counts()
            assert (counts.photos, counts.failed) == (COUNT, 0), counts
            assert library.catalog.embedded_count(library.backbone.key) == COUNT
            assert library.catalog.pending_count(library.backbone.key) == 0
            hashes = list(library.catalog.content_hashes())
            assert library.thumbnails.lacking(hashes) == set()
            assert len(library.backbone.space.index) == len(hashes)
        Thumbnails(self.paths.thumbnails, read_only=True).close()


def make_template(place: Path) -> None:
    """A library with photos, albums and all that is computed; beside it the photos."""
    paths = LibraryPaths(place / "library")
    networks = place.with_name("networks")  # converted once, for all
    networks.mkdir()
    paths.root.mkdir(parents=True)
    paths.networks.symlink_to(networks, target_is_directory=True)
    save_all_marks(place / "photos")
    run(index, paths, place / "photos")
    run(lambda where, _photos: sort_marks(where), paths, place / "photos")


def main() -> None:
    """Kill, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    rng = random.Random(chosen.seed)
    killed: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="kills") as folder:
        # All live at one place in turn, for a library knows where its photos are.
        template, place = Path(folder) / "template", Path(folder) / "library and photos"
        make_template(place)
        place.rename(template)
        trials = [Trial(name, template, place, rng) for name in JOBS]
        while killed.total() < chosen.kills:
            trial = trials[killed.total() // KILLS_A_ROUND % len(trials)]
            trial.prepare()
            trial.once()
            killed[trial.name] += KILLS_A_ROUND
            print(f"{killed.total()} kills: {dict(killed)}", flush=True)
    print(f"{killed.total()} kills, {len(MARKS)} albums: no decision lost, no file damaged, every job came to its end.")


if __name__ == "__main__":
    main()
