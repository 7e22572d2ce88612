"""Runs before the frozen program: what its surroundings must be like."""

import os
import sys

if sys.platform.startswith("linux"):
    # The starter put our libraries before the system's. Programs that we open photos with want the system's; our own
    # processes get ours from the starter again.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
