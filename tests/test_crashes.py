"""What a command was at when a fatal signal ended it is kept in its library, and nothing where there is none."""

import faulthandler
import os
import subprocess
import sys
from pathlib import Path

import pytest

from guie_desktop.crashes import last_crash, recording_crashes
from guie_desktop.paths import LibraryPaths

ROOT = Path(__file__).parent.parent
CRASH = """
import faulthandler, sys
from guie_desktop.__main__ import main
from guie_desktop.cli import commands

def at_work(*_):
    faulthandler._sigsegv()

commands._COMMANDS["status"] = at_work
main(["--library", sys.argv[1], "status"])
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize("is_there", [True, False])
def test_a_command_that_crashes_leaves_its_stack_in_the_library(tmp_path: Path, is_there: bool) -> None:
    paths = LibraryPaths(tmp_path / "library")
    if is_there:
        paths.create()
    done = subprocess.run([sys.executable, "-c", CRASH, str(paths.root)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode < 0
    assert paths.root.exists() == is_there
    crash = last_crash(paths.crash_of("command"))
    assert (crash is not None and "in at_work" in crash.stack) == is_there


def test_what_happens_later_is_not_recorded(tmp_path: Path) -> None:
    with recording_crashes(tmp_path / "crashes"):
        assert faulthandler.is_enabled()
    assert not faulthandler.is_enabled()
    assert not any(tmp_path.iterdir())
