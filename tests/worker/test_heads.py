"""Versions of what was learned, as the window asks for them."""

import os
import signal
from pathlib import Path

import pytest

from guie_desktop.messages import (
    AddFolder,
    ExportHead,
    Failed,
    Heads,
    ImportHead,
    JobEnded,
    ListHeads,
    Progress,
    ReadReport,
    Ready,
    UseHead,
)
from guie_desktop.paths import LibraryPaths
from tests.drawing import save_photos
from tests.marks import COUNT, MARKED, MARKS
from tests.worker_end import MANY, PATIENCE, Start, answer

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(learned_marks: LibraryPaths) -> LibraryPaths:
    return learned_marks


def in_use(heads: Heads) -> list[int]:
    return [head.id for head in heads.heads if head.in_use]


def test_versions_are_listed_chosen_taken_along_and_brought_in(start: Start, red: Path, tmp_path: Path) -> None:
    worker = start()
    worker.wait_for(JobEnded)
    assert in_use(worker.ask(ListHeads())) == [1]
    assert answer(worker, red).head == "Version 1"
    assert in_use(worker.ask(UseHead(0))) == [0]
    assert answer(worker, red).personal == 0
    assert in_use(worker.ask(UseHead(1))) == [1]
    assert len(answer(worker, red).hits) == COUNT
    report = worker.ask(ReadReport(1)).report
    assert (report.head, report.accepted, report.photos) == (1, True, len(MARKS) * MARKED)
    assert in_use(worker.ask(ExportHead(1, tmp_path / "mine.head"))) == [1]
    brought = worker.ask(ImportHead(tmp_path / "mine.head"))
    assert [head.imported for head in brought.heads] == [True, False, False]
    assert in_use(brought) == [1]


def test_what_cannot_be_done_is_told_and_the_worker_goes_on(start: Start, red: Path, tmp_path: Path) -> None:
    worker = start()
    worker.wait_for(JobEnded)
    (tmp_path / "text.head").write_text("dear diary")
    for command in (
        UseHead(9),
        ReadReport(9),
        ExportHead(0, tmp_path / "x.head"),
        ExportHead(1, tmp_path / "nowhere" / "x.head"),
        ImportHead(tmp_path / "text.head"),
        ImportHead(tmp_path / "nothing.head"),
    ):
        failed = worker.reply(worker.send(command))
        assert isinstance(failed, Failed)
        assert failed.title.endswith(".")
    assert answer(worker, red).head == "Version 1"


def test_a_choice_does_not_wait_for_photos_that_are_being_read(start: Start, red: Path, tmp_path: Path) -> None:
    worker = start()
    worker.wait_for(JobEnded)
    save_photos(tmp_path / "more", MANY, first=2000)
    worker.send(AddFolder(tmp_path / "more"))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    assert in_use(worker.ask(UseHead(0))) == [0]
    assert not any(isinstance(event, JobEnded) and event.report and event.report.added for event in worker.news)
    assert worker.wait_for(JobEnded, lambda event: event.report is not None).report.added == MANY
    assert len(answer(worker, red).hits) == COUNT + MANY


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_killed_right_after_a_choice_the_next_start_searches_with_it_at_once(start: Start, red: Path) -> None:
    worker = start()
    worker.wait_for(JobEnded)
    worker.ask(UseHead(0))
    before = answer(worker, red)
    assert worker.process.pid is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.join(PATIENCE)
    again = start()
    again.wait_for(Ready)
    found = answer(again, red)
    assert not any(isinstance(event, JobEnded) for event in again.news)
    assert (found.head, found.personal) == (before.head, 0)
    assert [hit.path for hit in found.hits] == [hit.path for hit in before.hits]
