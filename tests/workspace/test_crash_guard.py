"""A photo whose decoder takes the process along is found out, and a process that is merely killed blames nobody."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from guie_desktop.jobs.scanning import Scanner, Tally
from guie_desktop.library.volumes import mounted_volumes
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.crash_guard import CrashGuard, suspects_of_last_crash
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.running import finish, index_folder

_DIE = """
import os, sys
from pathlib import Path
from guie_desktop.workspace.crash_guard import CrashGuard, report_crashes_to
root = Path(sys.argv[1])
report_crashes_to(root / "crash.txt")
with CrashGuard(root / "being-read").reading(42):
    os.kill(os.getpid(), int(sys.argv[2]))
"""


def die(root: Path, kind: signal.Signals) -> None:
    root.mkdir(exist_ok=True)
    done = subprocess.run([sys.executable, "-c", _DIE, str(root), str(int(kind))], check=False)
    assert done.returncode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_crash_names_the_photo_once(tmp_path: Path) -> None:
    die(tmp_path, signal.SIGSEGV)
    assert suspects_of_last_crash(LibraryPaths(tmp_path)) == [42]
    assert suspects_of_last_crash(LibraryPaths(tmp_path)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_killed_process_blames_no_photo(tmp_path: Path) -> None:
    die(tmp_path, signal.SIGKILL)
    assert suspects_of_last_crash(LibraryPaths(tmp_path)) == []


def test_what_was_read_to_the_end_is_no_suspect(tmp_path: Path) -> None:
    guard = CrashGuard(tmp_path / "being-read")
    with guard.reading(7):
        pass
    guard.close()
    (tmp_path / "crash.txt").write_text("Fatal Python error")
    assert suspects_of_last_crash(LibraryPaths(tmp_path)) == []


@pytest.mark.slow
def test_a_photo_that_crashed_twice_is_left_out_until_asked(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 3)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        finish(Scanner(library, mounted_volumes(), Tally()).scan_all())
        suspect = library.catalog.pending(5, library.backbone.key)[1]
        for _ in range(2):
            library.catalog.count_crash([suspect.id])
    report = index_folder(paths)
    assert [failure.path for failure in report.failed] == [suspect.path]
    assert "crash" in report.failed[0].reason
    assert report.added == len(photos) - 1
    assert index_folder(paths, retry=True).failed == ()
