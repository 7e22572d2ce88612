"""The program's end of one decoder process."""

import time

import psutil

from guie_desktop.decoding.messages_with_arrays import receive
from guie_desktop.decoding.wire import READY, FactsTask, FromDecoder, Task
from guie_desktop.errors import UserError
from guie_desktop.own_process import OwnProcess, Run

_SECONDS_TO_START = 300.0
_GROWN = 320 * 1024**2
"""Bytes in memory beyond which a process that has nothing to do is not worth keeping."""

_SOON = 1.0
"""Seconds within which nearly all answers come, so that no more need be asked."""
_BUSIEST = 10
"""How often other programs may go first, compared with this one."""


class DecoderEnded(Exception):
    """The process is gone: a file made it crash, or somebody ended it."""


class DecoderHangs(Exception):
    """No answer came in time."""


class Decoder:
    """One process; each of its tasks belongs to one thread."""

    def __init__(self, run: Run) -> None:
        """Start it, without waiting for it; UserError where the system has no room for one more."""
        try:
            self._process = OwnProcess(run, "decoder")
        except OSError as error:
            raise _cannot_start() from error
        self._connection = self._process.connection
        try:
            self._observed = psutil.Process(self._process.pid)
        except psutil.Error as error:
            self._process.end()
            raise _cannot_start() from error
        self._is_ready = False

    def send(self, message: Task | FactsTask | bool) -> None:
        """Put the next message of the conversation on its way; DecoderEnded where nobody is there."""
        self._await_start()
        try:
            self._connection.send(message)
        except OSError as error:
            raise DecoderEnded from error

    def receive(self, seconds: float, *, of_computing: bool = False) -> FromDecoder:
        """What it says next; DecoderHangs where that takes longer, DecoderEnded where it is gone.

        Seconds `of_computing` are the processor's, so that a busy computer makes no file hang; of the clock's it may
        be ten times as many.
        """
        try:
            if self._connection.poll(min(seconds, _SOON)):
                return self._next()
            latest = time.monotonic() + seconds * (_BUSIEST if of_computing else 1)
            enough = self._computed() + seconds
            while not self._connection.poll(max(0.0, min(seconds, latest - time.monotonic()))):
                if time.monotonic() >= latest or self._computed() >= enough:
                    raise DecoderHangs
            return self._next()
        except (EOFError, OSError) as error:
            raise DecoderEnded from error

    def _next(self) -> FromDecoder:
        message: FromDecoder = receive(self._connection)
        return message

    def _computed(self) -> float:
        """Seconds that processors have worked for it."""
        try:
            times = self._observed.cpu_times()
        except psutil.Error:
            return 0.0  # it is gone; the pipe will tell
        return float(times.user + times.system)

    @property
    def has_grown(self) -> bool:
        """Whether it holds more memory than it should when it has nothing to do."""
        try:
            return bool(self._observed.memory_info().rss > _GROWN)
        except psutil.Error:
            return False  # it is gone; the next task will tell

    def kill(self) -> None:
        """End it at once, whatever it does; a thread that waits for it gets DecoderEnded."""
        self._process.kill()

    def end(self) -> int | None:
        """End it and let go of all that it had; its exit code. For the thread that has it, or when no thread has."""
        return self._process.end()

    def _await_start(self) -> None:
        """A process that cannot even start is not its file's fault."""
        if self._is_ready:
            return
        try:
            self._is_ready = self.receive(_SECONDS_TO_START) == READY
        except (DecoderEnded, DecoderHangs) as error:
            raise _cannot_start() from error


def _cannot_start() -> UserError:
    return UserError(
        "The process that opens photos could not be started.", "Close other programs, and start this one again."
    )
