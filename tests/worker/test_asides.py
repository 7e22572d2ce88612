"""What is made aside holds up nothing, and its answer or refusal comes to whoever asked."""

import threading
from collections.abc import Iterator

import pytest

from guie_desktop.errors import UserError
from guie_desktop.messages import Done, Event, Failed
from guie_desktop.worker.asides import Asides


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

    asides.begin(make, replies.append)
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

    asides.begin(refused, replies.append)
    deliver_all(asides)
    assert replies == [Failed("No.", "Do something else.")]
    asides.begin(faulty, replies.append)
    with pytest.raises(ZeroDivisionError):
        deliver_all(asides)
