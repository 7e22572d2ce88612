"""What the worker hears of: also of folders that cannot be watched, and of drives that come and go."""

import contextlib
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from guie_desktop.disk.file_systems import FolderIdentity, folder_identity
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.messages import AddFolder, Changed, JobEnded, Rescan, WatchFolder
from guie_desktop.paths import LibraryPaths
from guie_desktop.worker.watching import FolderChanges
from tests.drawing import draw_scene, save_photos
from tests.worker_end import Start, answer

PATIENCE = 60
"""Seconds that only a watch that hears nothing uses up."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    return made


@contextlib.contextmanager
def watching(folder: Path, most_watches: int | None = None) -> Iterator[FolderChanges]:
    with contextlib.closing(FolderChanges(most_watches, poll_every=0.2, roots_every=0.05)) as changes:
        changes.watch([SkipRules(folder)])
        yield changes


def becomes(wanted: Callable[[], bool]) -> bool:
    """Wait, within reason, until it is so."""
    until = time.monotonic() + PATIENCE
    while not (found := wanted()) and time.monotonic() < until:
        time.sleep(0.02)
    return found


def test_a_drive_that_comes_and_goes_asks_for_a_scan_each_time_and_is_watched_again(folder: Path) -> None:
    with watching(folder) as changes:
        assert not changes.need_full_scan()
        folder.rename(folder.with_name("away"))
        assert becomes(changes.need_full_scan)
        changes.watch([SkipRules(folder)])
        folder.with_name("away").rename(folder)
        assert becomes(changes.need_full_scan)
        changes.watch([SkipRules(folder)])
        (folder / "a.jpg").write_bytes(b"x")
        assert becomes(lambda: folder in changes.settled_directories())
        assert not changes.need_full_scan()


def test_a_drive_that_does_not_answer_holds_up_nothing_and_is_scanned_once_it_does(tmp_path: Path) -> None:
    silent, other = tmp_path / "silent", tmp_path / "other"
    may_end = threading.Event()

    def sight(root: Path) -> FolderIdentity | None:
        if root == silent:
            assert may_end.wait(PATIENCE)
        return folder_identity(root)

    for folder in (silent, other):
        folder.mkdir()
    with contextlib.closing(FolderChanges(roots_every=0.05, sight=sight)) as changes:
        changes.watch([SkipRules(silent), SkipRules(other)])
        assert not changes.need_full_scan()
        (other / "a.jpg").write_bytes(b"x")
        assert becomes(lambda: other in changes.settled_directories())
        may_end.set()
        assert becomes(changes.need_full_scan)
        changes.watch([SkipRules(silent), SkipRules(other)])
        (silent / "a.jpg").write_bytes(b"x")
        assert becomes(lambda: silent in changes.settled_directories())


def test_what_a_scan_is_to_find_anyway_asks_for_no_other(folder: Path) -> None:
    looks: list[FolderIdentity | None] = []

    def sight(root: Path) -> FolderIdentity | None:
        looks.append(folder_identity(root))
        return looks[-1]

    with contextlib.closing(FolderChanges(roots_every=0.02, sight=sight)) as changes:

        def asks_once() -> None:
            assert becomes(changes.need_full_scan)
            changes.watch([SkipRules(folder)])
            looked = len(looks)
            assert becomes(lambda: len(looks) >= looked + 3)
            assert not changes.need_full_scan()

        changes.watch([SkipRules(folder)])
        folder.rename(folder.with_name("away"))
        asks_once()
        folder.with_name("away").rename(folder)
        asks_once()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a watch takes in all that lies below")
def test_folders_without_a_watch_are_told_of_once_and_all_changes_there_are_noticed(folder: Path) -> None:
    directories = {folder / f"{number}" for number in range(60)}
    for directory in directories:
        directory.mkdir()
    with watching(folder, most_watches=30) as changes:
        complaints: list[UserError] = []

        def are_told() -> bool:
            if (told := changes.complaint()) is not None:
                complaints.append(told)
            return bool(complaints)

        assert becomes(are_told)
        assert complaints[0].title.startswith("31 folders are not watched")
        assert "max_user_watches" in complaints[0].remedy
        heard: set[Path] = set()

        def are_heard(number: int) -> bool:
            heard.update(changes.settled_directories())
            return len(heard & directories) >= number

        # At first sight all that is polled is told of; what is noticed after that was changed.
        assert becomes(lambda: are_heard(31))
        heard.clear()
        for directory in directories:
            (directory / "a.jpg").write_bytes(b"x")
        assert becomes(lambda: are_heard(60))
        are_told()
        assert len(complaints) == 1


def test_all_can_be_polled_or_nothing(folder: Path) -> None:
    with watching(folder) as changes:
        changes.watch([SkipRules(folder)], "always")
        assert becomes(lambda: folder in changes.settled_directories())
        (folder / "a.jpg").write_bytes(b"x")
        assert becomes(lambda: folder in changes.settled_directories())
        changes.watch([SkipRules(folder)], "never")
        (folder / "b.jpg").write_bytes(b"x")
        assert becomes(lambda: folder in changes.settled_directories())


IN_A_NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]


def namespaces_are_allowed(limit: str) -> bool:
    with contextlib.suppress(OSError):
        return subprocess.run([*IN_A_NAMESPACE, f"echo 5 > {limit}"], check=False, capture_output=True).returncode == 0
    return False


def told_by(script: str, setup: str, tmp_path: Path) -> str:
    """What a script prints that is run where `setup` holds; both are handed the folder."""
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    command = f'{setup}; exec "$0" "$@"'
    told = subprocess.run(
        [*IN_A_NAMESPACE, command, sys.executable, str(tmp_path / "script.py"), str(tmp_path / "photos")],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent.parent,
        env={"PYTHONPATH": ".", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
    )
    return told.stdout.strip()


SAYS_WHAT_IT_LACKS = """
import contextlib, sys, time
from pathlib import Path
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.worker.watching import FolderChanges
with contextlib.closing(FolderChanges()) as changes:
    changes.watch([SkipRules(Path(sys.argv[1]))])
    until = time.monotonic() + 60
    while not (told := changes.complaint()) and time.monotonic() < until:
        time.sleep(0.02)
    print(told)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("setting", "limit", "lacking"), [("watches", 20, "41 folders"), ("instances", 0, "A folder")])
def test_the_limit_of_the_system_itself_is_told_of(
    folder: Path, tmp_path: Path, setting: str, limit: int, lacking: str
) -> None:
    file = f"/proc/sys/user/max_inotify_{setting}"
    if sys.platform != "linux" or not namespaces_are_allowed(file):
        pytest.skip("the limit cannot be set for one process alone")
    for number in range(60):
        (folder / f"{number}").mkdir()
    told = told_by(SAYS_WHAT_IT_LACKS, f"echo {limit} > {file}", tmp_path)
    assert told.startswith(lacking)
    assert f"fs.inotify.max_user_{setting}" in told


HEARS_A_MOUNT = """
import contextlib, subprocess, sys, time
from pathlib import Path
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.worker.watching import FolderChanges
root = Path(sys.argv[1])
drive = root / "drive"
def becomes(wanted):
    until = time.monotonic() + 60
    while not wanted():
        assert time.monotonic() < until
        time.sleep(0.02)
for watched in (drive, root):
    with contextlib.closing(FolderChanges(roots_every=0.1)) as changes:
        for command in ([], ["umount", drive], ["mount", "-t", "tmpfs", "none", drive], ["umount", drive]):
            if command:
                subprocess.run(command, check=True)
                becomes(changes.need_full_scan)
            changes.watch([SkipRules(watched)])
            (drive / "a.jpg").write_bytes(b"x")
            becomes(lambda: drive in changes.settled_directories())
    subprocess.run(["mount", "-t", "tmpfs", "none", drive], check=True)
print("heard")
"""


@pytest.mark.slow
def test_a_file_system_that_is_mounted_again_is_watched_again(folder: Path, tmp_path: Path) -> None:
    if sys.platform != "linux" or not namespaces_are_allowed("/proc/sys/user/max_inotify_watches"):
        pytest.skip("nothing may be mounted here")
    (folder / "drive").mkdir()
    assert told_by(HEARS_A_MOUNT, f"mount -t tmpfs none {folder}/drive", tmp_path) == "heard"


@pytest.mark.slow
def test_a_drive_that_is_plugged_in_again_is_searched_and_watched_again(
    start: Start, folder: Path, tmp_path: Path
) -> None:
    draw_scene("dots", 7).save(tmp_path / "new.jpg")
    photos = save_photos(folder, 2)
    worker = start()
    worker.wait_for(JobEnded)
    worker.send(AddFolder(folder))
    worker.wait_for(JobEnded)
    folder.rename(tmp_path / "away")
    assert worker.wait_for(JobEnded).report.missing == 0
    (tmp_path / "away").rename(folder)
    worker.wait_for(JobEnded, lambda event: event.report.unchanged == 2)
    shutil.copy(tmp_path / "new.jpg", folder / "arrived.jpg")
    worker.wait_for(JobEnded, lambda event: event.report.added == 1)
    (folder / ".Trash-0" / "files").mkdir(parents=True)
    photos[0].rename(folder / ".Trash-0" / "files" / photos[0].name)
    worker.wait_for(JobEnded, lambda event: event.report.missing == 1)
    assert photos[0].name not in [hit.path.name for hit in answer(worker, photos[1]).hits]


def test_a_folder_that_is_not_watched_is_looked_at_when_that_is_asked_for(
    start: Start, paths: LibraryPaths, tmp_path: Path
) -> None:
    quiet, watched = tmp_path / "quiet", tmp_path / "watched"
    save_photos(quiet, 1)
    save_photos(watched, 1, first=10)
    worker = start()
    worker.wait_for(JobEnded)
    for folder in (quiet, watched):
        worker.send(AddFolder(folder))
        worker.wait_for(JobEnded)
    with closing(Catalog.open_read_only(paths.catalog)) as catalog:
        (unwatched,) = (folder for folder in catalog.folders() if folder.path == quiet)
        assert isinstance(worker.ask(WatchFolder(unwatched.id, watched=False)), Changed)
        save_photos(quiet, 1, first=20)
        save_photos(watched, 1, first=30)
        worker.wait_for(JobEnded, lambda ended: ended.report is not None and ended.report.added == 1)
        assert {folder.path: folder.photos for folder in catalog.folders()} == {quiet: 1, watched: 2}
        worker.send(Rescan())
        # One change may be noticed in two parts, the second of which ends a job that found nothing.
        worker.wait_for(JobEnded, lambda ended: ended.report is not None and ended.report.added == 1)
        assert {folder.path: folder.photos for folder in catalog.folders()} == {quiet: 2, watched: 2}
