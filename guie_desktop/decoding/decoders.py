"""All decoder processes: started when they are needed, replaced when a file kills or blocks one."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

from guie_desktop.decoding.decoder import Decoder, DecoderEnded, DecoderHangs
from guie_desktop.decoding.decoder_start import run_decoder
from guie_desktop.decoding.memory_budget import MemoryBudget, bytes_for_decoding
from guie_desktop.decoding.turns import Turns
from guie_desktop.decoding.wire import (
    MOST_OF_ONE,
    ContentRead,
    Decoded,
    FactsTask,
    FromDecoder,
    NotesTask,
    StillReading,
    Task,
    Weight,
)
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.noted import PhotoFacts, PhotoNotes
from guie_desktop.own_process import Run
from guie_desktop.sentences import Sentence, tr_noop

logger = logging.getLogger(__name__)

_LARGE_FILE = 64 * 1024**2
"""Bytes; what is larger gets all that one picture may take before it is read."""
_BYTES_EACH = 128 * 1024**2
"""Of the budget, for each process; in less than that not even a snapshot is decoded."""

_SECONDS_TO_READ = 60.0
_SLOWEST_DRIVE = 500_000  # bytes a second

IsKnown = Callable[[bytes], bool]
"""Whether what is wanted of the file with this content hash is there already; called in any thread."""

_End = Decoded | PhotoFacts | PhotoNotes | bytes


class Decoders:
    """Opens files for any number of threads at once."""

    def __init__(self, most: int, run: Run = run_decoder, patience: float = 1.0) -> None:
        """At most so many work on what is submitted. Files get `patience` times the usual seconds."""
        self._budget = MemoryBudget(bytes_for_decoding())
        self._run = run
        self._patience = patience
        self._threads = ThreadPoolExecutor(max(1, min(most, self._budget.total // _BYTES_EACH)), "decoder")
        self._turns = Turns(most)
        self._lock = threading.Lock()
        self._idle: list[Decoder] = []
        self._busy: set[Decoder] = set()
        self._is_closed = False

    def submit(self, task: Task, is_known: IsKnown = lambda _: False) -> Future[Decoded | bytes]:
        """The same as `decode_unless_known`, after what was submitted before."""
        return self._threads.submit(self._decode_in_turn, task, is_known)

    def allow(self, most: int) -> None:
        """At most so many work on what is submitted, from now on; what is asked for at once does not wait for them."""
        self._turns.allow(most)

    def waiting(self) -> AbstractContextManager[None]:
        """Nothing of what is submitted is begun within this block."""
        return self._turns.none()

    def decode(self, task: Task) -> Decoded:
        """What is wanted of the file, at once. UnreadablePhoto; UserError where a region holds nothing of it."""
        decoded = self.decode_unless_known(task, lambda _: False)
        assert isinstance(decoded, Decoded)
        return decoded

    def decode_unless_known(self, task: Task, is_known: IsKnown) -> Decoded | bytes:
        """The same, or the content hash alone where that is all that is needed."""
        answer = self._answer(task, is_known)
        assert isinstance(answer, Decoded | bytes)
        return answer

    def read_facts(self, path: Path) -> PhotoFacts:
        """What the camera noted in a photo, at once; UnreadablePhoto."""
        answer = self._answer(FactsTask(path), lambda _: False)
        assert isinstance(answer, PhotoFacts)
        return answer

    def submit_notes(self, path: Path) -> Future[PhotoNotes]:
        """What a photo says of itself in words, after what was submitted before; UnreadablePhoto."""
        return self._threads.submit(self._read_notes_in_turn, path)

    def _read_notes_in_turn(self, path: Path) -> PhotoNotes:
        with self._turns.one():
            answer = self._answer(NotesTask(path), lambda _: False)
        assert isinstance(answer, PhotoNotes)
        return answer

    def _decode_in_turn(self, task: Task, is_known: IsKnown) -> Decoded | bytes:
        with self._turns.one():
            return self.decode_unless_known(task, is_known)

    def _answer(self, task: Task | FactsTask, is_known: IsKnown) -> _End:
        try:
            answer = self._attempt(task, is_known, alone=False)
        except DecoderEnded:
            logger.warning("a decoder died of a %s file; once more, with all memory for it", task.path.suffix)
            try:
                answer = self._attempt(task, is_known, alone=True)
            except DecoderEnded as error:
                raise UnreadablePhoto(
                    "Reading this file makes the program crash, so it is left out.",
                    _save_anew(task),
                ) from error
        if isinstance(answer, UserError):
            raise answer
        return answer

    def prepare(self) -> None:
        """Start a process, without waiting for it, where none is waiting for a task."""
        with self._lock:
            if not self._idle and not self._is_closed:
                self._idle.append(Decoder(self._run))

    def rest(self) -> None:
        """Let go of all processes that have nothing to do, but for one."""
        with self._lock:
            unneeded, self._idle = self._idle[1:], self._idle[:1]
        for decoder in unneeded:
            decoder.end()

    def close(self) -> None:
        """End all processes, also those that are at a file."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            for decoder in self._busy:
                decoder.kill()
        for decoder in idle:
            decoder.end()
        self._turns.close()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _attempt(self, task: Task | FactsTask, is_known: IsKnown, *, alone: bool) -> _End | UserError:
        size = _size_of(task)
        is_large = size > _LARGE_FILE and not task.is_of_video
        before_reading = self._budget.total if alone else MOST_OF_ONE if is_large else 0
        with self._budget.reserve(before_reading) if before_reading else nullcontext():
            decoder = self._take()
            is_healthy = False
            try:
                answer = self._converse(decoder, task, is_known, size, has_room=bool(before_reading))
                is_healthy = not decoder.has_grown
            finally:
                self._give_back(decoder, is_healthy=is_healthy)
        return answer

    def _converse(
        self, decoder: Decoder, task: Task | FactsTask, is_known: IsKnown, size: int, *, has_room: bool
    ) -> _End | UserError:
        decoder.send(task)
        # While a video is read it is told that its drive answers, however long it takes.
        seconds = _SECONDS_TO_READ + (0 if task.is_of_video else size / _SLOWEST_DRIVE)
        read = self._receive(decoder, task, seconds, is_reading=True)
        while isinstance(read, StillReading):
            read = self._receive(decoder, task, seconds, is_reading=True)
        if not isinstance(read, ContentRead):
            return _end_of_task(read)
        known = is_known(read.content_hash)
        decoder.send(not known)
        if known:
            return read.content_hash
        weight = self._receive(decoder, task, _SECONDS_TO_READ)
        if not isinstance(weight, Weight):
            return _end_of_task(weight)
        room: AbstractContextManager[None] = nullcontext() if has_room else self._budget.reserve(weight.bytes)
        with room:
            decoder.send(True)
            return _end_of_task(self._receive(decoder, task, weight.seconds))

    def _receive(
        self, decoder: Decoder, task: Task | FactsTask, seconds: float, *, is_reading: bool = False
    ) -> FromDecoder:
        """The next message, or the failure of a file that takes too long; then the process must not be used again."""
        allowed = seconds * self._patience
        try:
            return decoder.receive(allowed, of_computing=not is_reading)
        except DecoderHangs as error:
            taken = max(2, round(allowed))
            if is_reading:
                raise UnreadablePhoto(
                    Sentence("Reading the file took longer than {taken} seconds.", taken=taken),
                    "Check the drive and its cable, then try again.",
                    transient=True,
                ) from error
            if task.is_of_video:
                said = Sentence("Opening the video took longer than {taken} seconds, so it is left out.", taken=taken)
            else:
                said = Sentence("Opening the picture took longer than {taken} seconds, so it is left out.", taken=taken)
            raise UnreadablePhoto(said, _save_anew(task)) from error

    def _take(self) -> Decoder:
        with self._lock:
            if self._is_closed:
                raise DecodersClosed
            decoder = self._idle.pop() if self._idle else Decoder(self._run)
            self._busy.add(decoder)
            return decoder

    def _give_back(self, decoder: Decoder, *, is_healthy: bool) -> None:
        with self._lock:
            self._busy.discard(decoder)
            keep = is_healthy and not self._is_closed
            if keep:
                self._idle.append(decoder)
        if not keep:
            code = decoder.end()
            logger.info("a decoder ended (%s)", code)


class DecodersClosed(Exception):
    """A thread was still at a file when all was closed; nobody waits for it any more."""


def _size_of(task: Task | FactsTask) -> int:
    try:
        return task.path.stat().st_size
    except (OSError, ValueError):
        return 0  # reading it will tell


def _save_anew(task: Task | FactsTask) -> str:
    if task.is_of_video:
        return tr_noop("Open it in a video editor and save it anew.")
    return tr_noop("Open it in a photo editor and save it anew.")


def _end_of_task(message: FromDecoder) -> Decoded | PhotoFacts | PhotoNotes | UserError:
    if isinstance(message, Decoded | PhotoFacts | PhotoNotes | UserError):
        return message
    raise AssertionError(f"a decoder said {message!r}")
