"""Work in a thread: told of while it runs, its result or failure handed on, and stopped when the job is closed."""

import threading
from concurrent.futures import Future

import pytest

from guie_desktop.jobs.background import Cancelled, Tell, in_background, telling_in_background, until_done
from guie_desktop.jobs.pace import Pace
from guie_desktop.messages import Progress
from tests.running import finish

PROGRESS = Progress("learn", 0, 0)


def test_progress_is_told_until_the_work_is_done_and_its_result_is_returned() -> None:
    may_end = threading.Event()

    def work() -> int:
        assert may_end.wait(10)
        return 42

    job = in_background(work, lambda: PROGRESS)
    assert next(job) == next(job) == PROGRESS
    may_end.set()
    assert finish(job) == 42


def test_a_failure_is_handed_on() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        finish(in_background(fail, lambda: PROGRESS))


def test_closed_it_stops_the_work_and_waits_for_its_thread() -> None:
    stopped, ended = threading.Event(), threading.Event()

    def work() -> None:
        assert stopped.wait(10)
        ended.set()
        raise Cancelled

    job = in_background(work, lambda: PROGRESS, stopped.set)
    next(job)
    job.close()
    assert ended.is_set()


def test_work_tells_how_far_it_is_from_where_the_pace_stands_until_a_share_of_all() -> None:
    told, pace = threading.Event(), Pace("doctor", 100)
    pace.advance(20)

    def work(tell: Tell) -> str:
        tell(0.5)
        assert told.wait(10)
        tell(1.0)
        return "done"

    job = telling_in_background(work, pace, until=0.8)
    while next(job).done < 50:
        pass
    assert pace.done == 50
    told.set()
    assert finish(job) == "done"
    assert pace.done == 80


def test_closed_it_ends_the_work_with_the_next_that_it_tells() -> None:
    def work(tell: Tell) -> None:
        while True:
            tell(0.0)

    job = telling_in_background(work, Pace("doctor", 100))
    next(job)
    job.close()


def test_what_is_waited_for_so_long_need_not_be_done() -> None:
    future: Future[int] = Future()
    assert list(until_done(future, lambda: PROGRESS, 0)) == []
    assert next(until_done(future, lambda: PROGRESS)) == PROGRESS
    future.set_result(1)
    assert list(until_done(future, lambda: PROGRESS)) == []
