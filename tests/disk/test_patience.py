"""Questions to a disk that hangs: they hold up neither others nor the end, and where it answers no thread is lost."""

import contextlib
import threading
from pathlib import Path

import pytest

from guie_desktop.disk.patience import Asker, answers_of

SILENT, QUICK = Path("/silent"), Path("/quick")
PATIENCE = 60


@pytest.fixture
def may_end() -> threading.Event:
    return threading.Event()


def test_the_quick_are_answered_and_the_silent_is_asked_once_until_it_answers(may_end: threading.Event) -> None:
    asked: list[Path] = []

    def question(where: Path) -> str:
        asked.append(where)
        if where == SILENT:
            assert may_end.wait(PATIENCE)
        return where.name

    with contextlib.closing(Asker()) as asker:
        for _ in range(3):
            assert answers_of(asker, (SILENT, QUICK), question, 0.05) == {QUICK: "quick"}
        assert asked.count(SILENT) == 1
        may_end.set()
        while "silent" not in (found := answers_of(asker, (SILENT,), question, PATIENCE)).values():
            assert found == {}
        assert asked.count(SILENT) == 2


def test_a_thread_that_has_answered_takes_the_next_question() -> None:
    with contextlib.closing(Asker()) as asker:
        threads = set()
        for _ in range(50):
            answer = asker.ask(QUICK, threading.get_ident)
            assert answer is not None
            threads.add(answer.result(PATIENCE))
        assert len(threads) == 1


def test_an_error_is_handed_on_and_the_next_question_is_asked() -> None:
    with contextlib.closing(Asker()) as asker:
        failed = asker.ask(QUICK, lambda: 1 // 0)
        assert failed is not None
        with pytest.raises(ZeroDivisionError):
            failed.result(PATIENCE)
        answer = asker.ask(QUICK, lambda: 42)
        assert answer is not None
        assert answer.result(PATIENCE) == 42


def test_closed_its_threads_end_also_one_that_is_answered_later(may_end: threading.Event) -> None:
    asker = Asker()
    slow = asker.ask(SILENT, lambda: (may_end.wait(PATIENCE), threading.current_thread())[1])
    quick = asker.ask(QUICK, threading.current_thread)
    assert slow is not None
    assert quick is not None
    threads = [quick.result(PATIENCE)]
    asker.close()
    may_end.set()
    threads.append(slow.result(PATIENCE))
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
