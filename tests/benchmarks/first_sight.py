"""How soon photos are to be seen in the real window on the very first start, from *Add folder* on.

xvfb-run -a python -m tests.benchmarks.first_sight FOLDER [--shots DIRECTORY] [--seconds N] [--dark]

The library is new and its network not yet converted. With `--shots` a picture of the window is kept every half second.
"""

import argparse
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--seconds", type=float, default=30.0, help="how long the window is watched")
    arguments = parser.parse_args()
    # Late: the worker and its decoders import this module anew, and need not wait for Qt in the real program.
    from guie_desktop.paths import LibraryPaths
    from tests.benchmarks.first_sight_window import measure

    with tempfile.TemporaryDirectory() as work:
        measure(arguments.folder, LibraryPaths(Path(work) / "library"), arguments.shots, arguments.seconds)


if __name__ == "__main__":
    main()
