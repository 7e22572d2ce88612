"""Learning as the window asks for it: it goes before what can wait, search goes on, and it can be given up."""

import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from guie_desktop.messages import (
    AddFolder,
    Cancel,
    Cancelled,
    Done,
    Event,
    Failed,
    Heads,
    JobEnded,
    Learn,
    Learned,
    Pause,
    Progress,
    Ready,
    RemoveFolder,
    Resume,
    Shutdown,
)
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.head_versions import list_heads
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.marks import COUNT, MARKED, MARKS
from tests.worker_end import MANY, PATIENCE, Start, WorkerEnd, answer

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(sorted_marks: LibraryPaths) -> LibraryPaths:
    return sorted_marks


def settled(start: Start) -> WorkerEnd:
    """A worker that has looked through all folders."""
    worker = start()
    worker.wait_for(JobEnded)
    return worker


def reading(start: Start, folder: Path) -> WorkerEnd:
    """A worker in the midst of reading new photos."""
    worker = settled(start)
    save_photos(folder, MANY, first=2000)
    worker.send(AddFolder(folder))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    return worker


def has_tested(event: Event) -> bool:
    return is_testing(event) and isinstance(event, Progress) and event.done > 0


def is_testing(event: Event) -> bool:
    return isinstance(event, Progress) and event.stage == "test"


def processes_of(worker: WorkerEnd) -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process(worker.process.pid).children()
    return found


def has_loaded_torch(process: psutil.Process) -> bool:
    return any("torch" in mapped.path for mapped in process.memory_maps())


def left_behind(paths: LibraryPaths) -> tuple[str, int, int]:
    """Head in use, length of the saved index, and the number of versions of a library that nobody holds any more."""
    with WritableLibrary(paths) as library:
        space = library.backbone.space
        return space.head.name, len(space.index), len(list_heads(library))


def test_it_goes_before_the_photos_that_are_being_read_and_these_go_on(start: Start, tmp_path: Path, red: Path) -> None:
    worker = reading(start, tmp_path / "more")
    asked = worker.send(Learn())
    worker.wait_for(Progress, is_testing)
    meanwhile = answer(worker, red)
    assert meanwhile.head != "Version 1"
    assert asked not in worker.replies
    learned = worker.reply(asked)
    assert isinstance(learned, Learned)
    assert learned.report.accepted
    assert learned.report.photos == len(MARKS) * MARKED
    assert not any(isinstance(event, JobEnded) and event.report and event.report.added for event in worker.news)
    heads = worker.wait_for(Heads).heads
    assert [head.in_use for head in heads] == [True, False]
    assert worker.wait_for(JobEnded, lambda event: event.report is not None).report.added == MANY
    afterwards = answer(worker, red)
    assert afterwards.head == "Version 1"
    assert afterwards.personal > 0.5
    assert len(afterwards.hits) == COUNT + MANY


def test_given_up_it_leaves_no_trace_and_the_photos_go_on(
    start: Start, tmp_path: Path, red: Path, paths: LibraryPaths
) -> None:
    worker = reading(start, tmp_path / "more")
    asked = worker.send(Learn())
    worker.wait_for(Progress, is_testing)
    assert worker.ask(Cancel()) == Done()
    assert worker.replies[asked] == Cancelled()
    assert worker.wait_for(JobEnded).report is None
    assert [head.id for head in worker.wait_for(Heads).heads] == [0]  # a version that was kept would be told of
    assert worker.wait_for(JobEnded).report.added == MANY
    assert answer(worker, red).personal == 0
    worker.ask(Shutdown())
    worker.process.join(PATIENCE)
    assert left_behind(paths) == ("general", COUNT + MANY, 1)


def is_held(event: Progress) -> bool:
    return event.paused and event.stage == "photos"


def test_it_runs_though_the_photos_are_held_and_these_stay_so(start: Start, tmp_path: Path, red: Path) -> None:
    worker = reading(start, tmp_path / "more")
    worker.send(Pause())
    done = worker.wait_for(Progress, is_held).done
    worker.send(Learn())
    worker.wait_for(Progress, is_testing)
    worker.ask(Cancel())
    assert worker.wait_for(Progress, is_held).done == done
    asked = worker.send(Learn())
    worker.wait_for(Progress, is_testing)
    worker.ask(Pause())
    learned = worker.reply(asked)
    assert isinstance(learned, Learned)
    assert learned.report.accepted
    assert worker.wait_for(Progress, is_held).done == done
    told = [event for event in worker.news if isinstance(event, Progress)]
    assert {(event.paused, event.can_pause) for event in told if is_testing(event)} == {(False, False)}
    assert answer(worker, red).head == "Version 1"
    worker.send(Resume())
    assert worker.wait_for(JobEnded, lambda event: event.report is not None).report.added == MANY


def test_a_pause_that_comes_too_late_holds_nothing_that_comes_later(start: Start, tmp_path: Path) -> None:
    worker = settled(start)
    worker.ask(Pause())
    save_photos(tmp_path / "more", 2, first=2000)
    worker.send(AddFolder(tmp_path / "more"))
    assert worker.wait_for(JobEnded).report.added == 2


def test_the_worker_ends_with_its_window_also_while_it_learns(start: Start, paths: LibraryPaths) -> None:
    worker = settled(start)
    worker.send(Learn())
    worker.wait_for(Progress, is_testing)
    worker.connection.close()
    worker.process.join(PATIENCE)
    assert worker.process.exitcode == 0
    assert left_behind(paths) == ("general", COUNT, 1)


def test_without_albums_that_can_be_learned_it_says_what_is_missing(start: Start) -> None:
    worker = settled(start)
    worker.ask(RemoveFolder(1))
    failed = worker.ask(Learn())
    assert isinstance(failed, Failed)
    assert "too little" in failed.title
    worker.wait_for(JobEnded)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell what a process has loaded")
def test_what_learning_takes_is_given_back(start: Start, red: Path) -> None:
    worker = settled(start)
    asked = worker.send(Learn())
    worker.wait_for(Progress, has_tested)
    assert any(has_loaded_torch(process) for process in processes_of(worker))
    assert isinstance(worker.reply(asked), Learned)
    assert not any(has_loaded_torch(process) for process in processes_of(worker))
    assert answer(worker, red).head == "Version 1"
    assert not has_loaded_torch(psutil.Process(worker.process.pid))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell what a process has loaded")
def test_the_process_that_learns_may_be_killed_and_the_worker_goes_on(
    start: Start, red: Path, paths: LibraryPaths
) -> None:
    worker = settled(start)
    asked = worker.send(Learn())
    worker.wait_for(Progress, has_tested)
    (learning,) = [process for process in processes_of(worker) if has_loaded_torch(process)]
    learning.kill()
    failed = worker.reply(asked)
    assert isinstance(failed, Failed)
    assert "ended before it was done" in failed.title
    assert answer(worker, red).personal == 0
    worker.ask(Shutdown())
    worker.process.join(PATIENCE)
    assert left_behind(paths) == ("general", COUNT, 1)


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_killed_while_it_learns_the_next_start_searches_as_before(start: Start, red: Path) -> None:
    worker = settled(start)
    before = [hit.path for hit in answer(worker, red).hits]
    worker.send(Learn())
    worker.wait_for(Progress, has_tested)
    assert worker.process.pid is not None
    its_own = processes_of(worker)
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.join(PATIENCE)
    assert psutil.wait_procs(its_own, PATIENCE)[1] == []
    again = start()
    again.wait_for(Ready)
    assert [hit.path for hit in answer(again, red).hits] == before
