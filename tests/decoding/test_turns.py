"""How many work at once, changed while they do."""

import threading

from guie_desktop.decoding.turns import Turns

PATIENCE = 60


class Workers:
    """Threads that take a turn each, and keep it until they are told to end."""

    def __init__(self, turns: Turns, number: int) -> None:
        self.turns = turns
        self.begun = threading.Semaphore(0)
        self.end = threading.Semaphore(0)
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(number)]
        for thread in self.threads:
            thread.start()

    def _work(self) -> None:
        with self.turns.one():
            self.begun.release()
            self.end.acquire()

    def finish(self, number: int) -> None:
        for _ in range(number):
            self.end.release()
        for thread in self.threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()


def test_so_many_work_at_once_and_more_when_that_is_allowed() -> None:
    workers = Workers(Turns(1), 3)
    assert workers.begun.acquire(timeout=PATIENCE)
    assert not workers.begun.acquire(blocking=False)
    workers.turns.allow(2)
    assert workers.begun.acquire(timeout=PATIENCE)
    assert not workers.begun.acquire(blocking=False)
    workers.end.release()
    assert workers.begun.acquire(timeout=PATIENCE)
    workers.finish(2)


def test_nobody_begins_while_that_is_held() -> None:
    turns = Turns(2)
    with turns.none():
        workers = Workers(turns, 2)
        assert not workers.begun.acquire(blocking=False)
    assert workers.begun.acquire(timeout=PATIENCE)
    workers.finish(2)


def test_whoever_waits_goes_on_when_all_ends() -> None:
    turns = Turns(0)
    workers = Workers(turns, 2)
    turns.close()
    workers.finish(2)
