"""What waits in the pipe for the worker."""

from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest

from guie_desktop.messages import Pause, Request, Resume, Withdrawal
from guie_desktop.worker.inbox import GONE, Inbox


@pytest.fixture
def pipe() -> Iterator[tuple[Connection, Inbox]]:
    ours, theirs = Pipe()
    with ours, theirs:
        yield ours, Inbox(theirs)


def test_requests_come_in_their_order_and_without_what_was_withdrawn(pipe: tuple[Connection, Inbox]) -> None:
    window, inbox = pipe
    for message in (Request(1, Pause()), Request(2, Resume()), Request(3, Pause()), Withdrawal(2), Withdrawal(9)):
        window.send(message)
    inbox.look()
    assert [inbox.next() for _ in range(4)] == [(1, Pause()), (2, None), (3, Pause()), None]
    window.send(Withdrawal(3))  # it has been carried out
    inbox.look()
    assert inbox.next() is None


def test_what_was_asked_for_is_done_before_the_end_of_the_window_is_noticed(pipe: tuple[Connection, Inbox]) -> None:
    window, inbox = pipe
    window.send(Request(1, Pause()))
    window.close()
    inbox.look()
    inbox.look()
    assert inbox.next() == (1, Pause())
    with pytest.raises(GONE):
        inbox.look()


def test_however_many_have_arrived_the_first_is_answered_before_all_are_read() -> None:
    window, worker = Pipe()
    with window, worker:
        inbox = Inbox(worker, at_once=2)
        for number in range(3):
            window.send(Request(number, Pause()))
        inbox.look()
        assert [inbox.next() for _ in range(3)] == [(0, Pause()), (1, Pause()), None]
        inbox.look()
        assert inbox.next() == (2, Pause())


def test_what_is_being_done_can_be_withdrawn_too(pipe: tuple[Connection, Inbox]) -> None:
    window, inbox = pipe
    for message in (Request(1, Pause()), Request(2, Resume())):
        window.send(message)
    inbox.look()
    assert inbox.next() == (1, Pause())
    assert inbox.is_waited_for()
    window.send(Withdrawal(1))
    assert not inbox.is_waited_for()
    assert inbox.next() == (2, Resume())
    assert inbox.is_waited_for()
    window.close()
    assert not inbox.is_waited_for()
