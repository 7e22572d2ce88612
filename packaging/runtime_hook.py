"""Runs before the frozen program: what its surroundings must be like."""

import os
import sys
from pathlib import Path

if sys.platform.startswith("linux"):
    # The starter put our libraries before the system's. Programs that we open photos with want the system's.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    # Our own processes get ours from the starter again, but only if it does not take them for parts of this one.
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"

if sys.stdout is None:
    # The program without a console, on Windows: libraries that say something there would fail.
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- as long as the program runs
