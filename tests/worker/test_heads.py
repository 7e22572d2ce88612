"""Versions of what was learned, as the window asks for them."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from guie_desktop.messages import (
    AddFolder,
    ExportHead,
    Failed,
    Heads,
    ImportHead,
    JobEnded,
    Learned,
    ListHeads,
    Progress,
    ReadReport,
    Ready,
    UseHead,
)
from guie_desktop.paths import LibraryPaths
from tests.drawing import save_photos
from tests.marks import COUNT, MARKED, MARKS
from tests.worker.conftest import MANY, PATIENCE, WorkerEnd, answer

pytestmark = pytest.mark.slow

Start = Callable[[], WorkerEnd]


@pytest.fixture
def paths(learned_marks: LibraryPaths) -> LibraryPaths:
    return learned_marks


def in_use(heads: Heads) -> list[int]:
    return [head.id for head in heads.heads if head.in_use]


def test_versions_are_listed_chosen_taken_along_and_brought_in(start: Start, red: Path, tmp_path: Path) -> None:
    worker = start()
    worker.wait_for(JobEnded)
    worker.send(ListHeads(1))
    assert in_use(worker.wait_for(Heads, lambda event: event.request == 1)) == [1]
    assert answer(worker, red, 2).head == "Version 1"
    worker.send(UseHead(3, 0))
    assert in_use(worker.wait_for(Heads, lambda event: event.request == 3)) == [0]
    assert answer(worker, red, 4).personal == 0
    worker.send(UseHead(5, 1))
    assert in_use(worker.wait_for(Heads, lambda event: event.request == 5)) == [1]
    assert len(answer(worker, red, 6).hits) == COUNT
    worker.send(ReadReport(7, 1))
    report = worker.wait_for(Learned, lambda event: event.request == 7).report
    assert (report.head, report.accepted, report.photos) == (1, True, len(MARKS) * MARKED)
    worker.send(ExportHead(8, 1, tmp_path / "mine.head"))
    worker.wait_for(Heads, lambda event: event.request == 8)
    worker.send(ImportHead(9, tmp_path / "mine.head"))
    brought = worker.wait_for(Heads, lambda event: event.request == 9)
    assert [head.imported for head in brought.heads] == [True, False, False]
    assert in_use(brought) == [1]


def test_what_cannot_be_done_is_told_and_the_worker_goes_on(start: Start, red: Path, tmp_path: Path) -> None:
    worker = start()
    worker.wait_for(JobEnded)
    (tmp_path / "text.head").write_text("dear diary")
    for command in (
        UseHead(1, 9),
        ReadReport(2, 9),
        ExportHead(3, 0, tmp_path / "x.head"),
        ExportHead(4, 1, tmp_path / "nowhere" / "x.head"),
        ImportHead(5, tmp_path / "text.head"),
        ImportHead(6, tmp_path / "nothing.head"),
    ):
        worker.send(command)
        failed = worker.wait_for(Failed)
        assert failed.request == command.request
        assert failed.title.endswith(".")
    assert answer(worker, red, 7).head == "Version 1"


def test_a_choice_does_not_wait_for_photos_that_are_being_read(start: Start, red: Path, tmp_path: Path) -> None:
    worker = start()
    worker.wait_for(JobEnded)
    save_photos(tmp_path / "more", MANY, first=2000)
    worker.send(AddFolder(1, tmp_path / "more"))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    worker.send(UseHead(2, 0))
    assert in_use(worker.wait_for(Heads)) == [0]
    assert not any(isinstance(event, JobEnded) and event.report and event.report.added for event in worker.events)
    assert worker.wait_for(JobEnded, lambda event: event.report is not None).report.added == MANY
    assert len(answer(worker, red, 3).hits) == COUNT + MANY


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_killed_right_after_a_choice_the_next_start_searches_with_it_at_once(start: Start, red: Path) -> None:
    worker = start()
    worker.wait_for(JobEnded)
    worker.send(UseHead(1, 0))
    worker.wait_for(Heads)
    before = answer(worker, red, 2)
    assert worker.process.pid is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.join(PATIENCE)
    again = start()
    again.wait_for(Ready)
    found = answer(again, red, 3)
    assert not any(isinstance(event, JobEnded) for event in again.events)
    assert (found.head, found.personal) == (before.head, 0)
    assert [hit.path for hit in found.hits] == [hit.path for hit in before.hits]
