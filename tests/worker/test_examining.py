"""A worker that is asked whether its library is whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.messages import Damaged, Examined, ExamineLibrary, JobEnded, Problem
from guie_desktop.paths import LibraryPaths
from tests.worker_end import Start, WorkerEnd

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(sorted_marks: LibraryPaths) -> LibraryPaths:
    return sorted_marks


@pytest.fixture
def worker(start: Start) -> WorkerEnd:
    started = start()
    started.wait_for(JobEnded)
    return started


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def test_a_whole_library_has_no_problem_also_where_photos_wait(worker: WorkerEnd) -> None:
    assert worker.ask(ExamineLibrary()) == Examined(())


def test_what_is_lost_is_told_and_made_again_where_that_is_wanted(worker: WorkerEnd, paths: LibraryPaths) -> None:
    change(paths.thumbnails, "DELETE FROM thumbnails WHERE rowid IN (SELECT rowid FROM thumbnails LIMIT 2)")
    (problem,) = worker.ask(ExamineLibrary()).problems
    assert problem == Problem("Photos without a thumbnail: 2.", repaired=False)
    worker.news.clear()
    (mended,) = worker.ask(ExamineLibrary(repair=True)).problems
    assert mended.repaired
    worker.wait_for(JobEnded, lambda ended: ended.report is not None)
    assert worker.ask(ExamineLibrary()) == Examined(())
    thumbnails = Thumbnails(paths.thumbnails, read_only=True)
    assert thumbnails.get(b"none") is None
    thumbnails.close()


def test_a_damaged_catalog_ends_the_worker_so_that_a_copy_can_be_put_back(
    worker: WorkerEnd, paths: LibraryPaths
) -> None:
    change(paths.catalog, "UPDATE albums SET name = x'00'")
    worker.send(ExamineLibrary())
    damage = worker.wait_for(Damaged)
    assert "damaged" in damage.title
    worker.process.join()
