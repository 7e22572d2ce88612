"""What is made aside holds up nothing, and its answer or refusal comes to whoever asked."""

import threading
from collections.abc import Iterator

import pytest

from guie_desktop.errors import UserError
from guie_desktop.messages import Done, Event, Failed
from guie_desktop.worker.asides import Asides
from guie_desktop.worker.later import Aside


@pytest.fixture
def asides() -> Iterator[Asides]:
    made = Asides()
    yield made
    made.close()


def refuse(error: Exception) -> Event:
    if not isinstance(error, UserError):
        raise error
    return Failed(error.title, error.remedy)


def deliver_all(asides: Asides) -> None:
    while asides.is_busy:
        asides.deliver(refuse)


def test_an_answer_comes_when_it_is_made(asides: Asides) -> None:
    may_end, replies = threading.Event(), list[Event]()

    def make() -> Event:
        may_end.wait()
        return Done()

    asides.begin(Aside(make), replies.append)
    asides.deliver(refuse)
    assert asides.is_busy
    assert not replies
    may_end.set()
    deliver_all(asides)
    assert replies == [Done()]


def test_a_refusal_is_an_answer_and_a_fault_is_raised(asides: Asides) -> None:
    replies = list[Event]()

    def refused() -> Event:
        raise UserError("No.", "Do something else.")

    def faulty() -> Event:
        raise ZeroDivisionError

    asides.begin(Aside(refused), replies.append)
    deliver_all(asides)
    assert replies == [Failed("No.", "Do something else.")]
    asides.begin(Aside(faulty), replies.append)
    with pytest.raises(ZeroDivisionError):
        deliver_all(asides)


def test_what_is_to_be_written_is_written_by_who_delivers(asides: Asides) -> None:
    replies, threads = list[Event](), list[int]()

    def finish(made: str) -> Event:
        threads.append(threading.get_ident())
        return Failed(made, "")

    def refused(_: str) -> Event:
        raise UserError("No.", "Do something else.")

    for end in (finish, refused):
        asides.begin(Aside(lambda: "made", end), replies.append)
        deliver_all(asides)
    assert replies == [Failed("made", ""), Failed("No.", "Do something else.")]
    assert threads == [threading.get_ident()]
