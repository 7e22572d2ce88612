"""Runs a function beside the window and hands its result to the window's own thread."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Outcome:
    deliver: Callable[[Any], None]
    value: Any


class BackgroundRunner(QObject):
    """Two threads for short reads and writes; results and failures arrive in the thread that made this object."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="window")
        self._closing = threading.Event()
        self._done.connect(self._deliver)

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Call `work` in a thread, then one of the two others here."""
        if not self._closing.is_set():
            self._pool.submit(self._work, work, then, failed)

    def hand_over(self, deliver: Callable[[Result], None], value: Result) -> None:
        """From a thread: call this with the value in the thread that made this object."""
        if not self._closing.is_set():
            self._done.emit(_Outcome(deliver, value))

    def close(self) -> None:
        """Start nothing more and deliver nothing more; what runs ends by itself."""
        self._closing.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        try:
            outcome = _Outcome(then, work())
        except Exception as error:  # noqa: BLE001 - handed to the window, which tells the user or reports a bug
            outcome = _Outcome(failed, error)
        self.hand_over(outcome.deliver, outcome.value)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        if not self._closing.is_set():
            outcome.deliver(outcome.value)
