"""The whole drill: noise at every 4 KB of a catalog in turn, and what each command and the window make of it.

    python -m tests.benchmarks.damage [--every N]

It prints a line for each command, and all that is no answer and no sentence.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from guie_desktop.jobs.learning import learn
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.library.backups import make_copy
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.damage_drill import drill, offsets_in, whole_answers
from tests.marks import save_all_marks, sort_marks
from tests.running import finish, index_folder


def main() -> None:
    """Make a library, damage it, count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try each Nth offset only")
    every = parser.parse_args().every
    with tempfile.TemporaryDirectory() as folder:
        paths = LibraryPaths(Path(folder) / "library")
        save_all_marks(paths.root.parent / "photos")
        index_folder(paths, paths.root.parent / "photos")
        sort_marks(paths)
        with WritableLibrary(paths) as library:
            finish(learn(library, Recipe()))
        make_copy(paths)
        photo = next((paths.root.parent / "photos" / "red").iterdir())
        answers = whole_answers(paths, photo)
        counts: Counter[tuple[str, str]] = Counter()
        started, longest = time.monotonic(), 0.0
        offsets = offsets_in(paths.catalog)[::every]
        for offset in offsets:
            begun = time.monotonic()
            for outcome in drill(paths, photo, offset, answers):
                counts[outcome.command, outcome.kind] += 1
                if outcome.kind in ("traceback", "other answer"):
                    print(f"--- {offset}: {outcome.command}: {outcome.kind}\n{outcome.said}", flush=True)
            longest = max(longest, time.monotonic() - begun)
        for (command, kind), count in sorted(counts.items()):
            print(f"{command:<16} {kind:<13} {count:>5}")
        print(f"{len(offsets)} offsets in {time.monotonic() - started:.0f} s; the longest took {longest:.1f} s")


if __name__ == "__main__":
    main()
