"""Kills every kind of job at random moments, and looks whether the library is whole and the job comes to its end.

python -m tests.benchmarks.kills [--kills 500] [--seed 0] [--only JOB ...]

Each job runs in a process of its own that is killed (SIGKILL) after a random part of the time that it takes. Then
SQLite is asked for its integrity and what was decided is compared; after every few kills the job is left to its end,
and the library must be what it would have been. A job that had ended before it was to be killed counts for none.
The process is a copy of this one, which has loaded what takes long to load; what the job starts itself it starts anew.
(That this is the main module of a package keeps those from loading all of it.)
"""

import argparse
import importlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.kills.jobs import JOBS, index
from tests.benchmarks.kills.place import Place, decided
from tests.marks import MARKS, save_all_marks, sort_marks

KILLS_A_ROUND = 4
"""Before a job is left to its end."""
LOADED_AHEAD = ("torch", "openvino", "usearch.index")
Run = Callable[[Place], None]


def start(job: Run, place: Place) -> int:
    """Run a job in a process of its own, a copy of this one; its number."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    try:
        job(place)
    except BaseException as error:  # noqa: BLE001 - the child has to end here, whatever it was
        print(f"{job.__name__} failed: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def run(job: Run, place: Place) -> float:
    """Leave a job to its end; seconds."""
    began = time.monotonic()
    _, status = os.waitpid(start(job, place), 0)
    assert status == 0, f"it ended with {status}"
    return time.monotonic() - began


def kill(job: Run, place: Place, after: float) -> bool:
    """Start a job and kill it, with all its children; whether it was still at work."""
    pid = start(job, place)
    time.sleep(after)
    for target in (lambda: os.killpg(pid, signal.SIGKILL), lambda: os.kill(pid, signal.SIGKILL)):
        try:
            target()
        except ProcessLookupError:
            continue
    _, status = os.waitpid(pid, 0)
    assert status in (0, signal.SIGKILL), f"it ended with {status}"
    return status != 0


class Trial:
    """One kind of job on a library of its own."""

    def __init__(self, name: str, template: Path, place: Path, rng: random.Random) -> None:
        self.name, self.job, self.rng, self.template, self.place = name, JOBS[name], rng, template, Place(place)
        for _ in range(2):  # the first time, networks are converted
            self._prepare()
            self.seconds = run(self.job.run, self.place)
        self.job.is_right_in_the_end(self.place)

    def _prepare(self) -> None:
        """A fresh library, as the job finds it."""
        shutil.rmtree(self.place.root, ignore_errors=True)
        shutil.copytree(self.template, self.place.root, symlinks=True)
        self.place.before = decided(self.place.paths.catalog)
        self.job.prepare(self.place, self.rng)

    def once(self) -> int:
        """A few kills, and then to the end; how many kills it were."""
        self._prepare()
        kills = 0
        while kills < KILLS_A_ROUND:
            after = self.rng.uniform(0, self.seconds)
            if not kill(self.job.run, self.place, after):
                if not kills:
                    self.seconds = after  # it takes less than was thought
                break
            kills += 1
            self.job.is_right_when_killed(self.place)
        run(self.job.run, self.place)
        self.job.is_right_in_the_end(self.place)
        return kills


def make_template(root: Path) -> None:
    """A library with photos, albums and all that is computed; beside it the photos."""
    place = Place(root)
    networks = root.with_name("networks")  # converted once, for all
    networks.mkdir()
    place.paths.root.mkdir(parents=True)
    place.paths.networks.symlink_to(networks, target_is_directory=True)
    save_all_marks(place.photos)
    run(index, place)
    run(lambda made: sort_marks(made.paths), place)


def main() -> None:
    """Kill, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="+", choices=JOBS, default=list(JOBS))
    chosen = parser.parse_args()
    for name in LOADED_AHEAD:
        importlib.import_module(name)
    rng = random.Random(chosen.seed)
    killed: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kills") as folder:
        # All live at one place in turn, for a library knows where its photos are.
        template, place = Path(folder) / "template", Path(folder) / "library and photos"
        make_template(place)
        place.rename(template)
        trials = [Trial(name, template, place, rng) for name in chosen.only]
        print({trial.name: round(trial.seconds, 2) for trial in trials}, flush=True)
        while killed.total() < chosen.kills:
            for trial in trials:
                try:
                    killed[trial.name] += trial.once()
                except AssertionError as error:
                    error.add_note(f"in {trial.name}, after {killed.total()} kills")
                    shutil.copytree(place, f"{folder} {trial.name}", symlinks=True)
                    raise
            print(f"{killed.total()} kills in {time.monotonic() - began:.0f} s: {dict(killed)}", flush=True)
    print(f"{killed.total()} kills, {len(MARKS)} albums: no decision lost, no file damaged, every job came to its end.")


if __name__ == "__main__":
    main()
