"""Asking a disk that may not answer, such as that of a server that is gone: in threads that can be left behind."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, wait
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Asker:
    """Asks in threads of its own, which do not hold up the end of the program; of one place one question at a time.

    A thread whose question was answered takes the next one, so that there are more only where a disk does not answer.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[SimpleQueue[Callable[[], None] | None]] = []
        self._unanswered: set[Path] = set()
        self._closed = False

    def ask(self, where: Path, question: Callable[[], Answer]) -> "Future[Answer] | None":
        """Begin to ask; None where an earlier question about this place is still unanswered."""
        answer: Future[Answer] = Future()
        with self._lock:
            if where in self._unanswered:
                return None
            self._unanswered.add(where)
            questions = self._idle.pop() if self._idle else self._thread()
        questions.put(partial(self._put, where, question, answer, questions))
        return answer

    def close(self) -> None:
        """End the threads that wait for a question, and each other one with the answer to its own."""
        with self._lock:
            self._closed = True
            for questions in self._idle:
                questions.put(None)
            self._idle = []

    def _thread(self) -> "SimpleQueue[Callable[[], None] | None]":
        questions: SimpleQueue[Callable[[], None] | None] = SimpleQueue()

        def run() -> None:
            while (step := questions.get()) is not None:
                step()

        threading.Thread(target=run, name="ask the disk", daemon=True).start()
        return questions

    def _put(
        self, where: Path, question: Callable[[], Any], answer: "Future[Any]", questions: "SimpleQueue[Any]"
    ) -> None:
        tell: Callable[[], None]
        try:
            tell = partial(answer.set_result, question())
        except Exception as error:  # noqa: BLE001 - whoever waits gets it
            tell = partial(answer.set_exception, error)
        with self._lock:  # before it is told, so that the next question finds this thread
            self._unanswered.discard(where)
            if self._closed:
                questions.put(None)
            else:
                self._idle.append(questions)
        tell()


def answers_of(
    asker: Asker, places: Iterable[Path], question: Callable[[Path], Answer], seconds: float
) -> dict[Path, Answer]:
    """What is answered within this time, by place; all places are asked at once, and the silent ones are not in it."""
    asked = {place: asker.ask(place, partial(question, place)) for place in places}
    waited_for = {place: answer for place, answer in asked.items() if answer is not None}
    wait(waited_for.values(), timeout=seconds)
    return {place: answer.result() for place, answer in waited_for.items() if answer.done()}
