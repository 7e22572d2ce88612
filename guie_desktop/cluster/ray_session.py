"""A cluster of Ray for one job: one of our own on this machine, or one that is there; quiet, and nothing leaves it."""

import logging
import os
import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from types import TracebackType
from typing import Self

import psutil
import ray
import ray.data

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence

_MOST_OBJECTS = 4 << 30
_SHARE_OF_MEMORY = 0.2
"""Of what is available, for what one stage has for the next."""
_ANSWER_SECONDS = 10
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
}


class RaySession:
    """A context in which Ray can be had: `start` when it is first needed, since that takes seconds."""

    def __init__(self, address: str | None, workers: int) -> None:
        """The cluster at an address such as `auto` or 10.0.0.1:6379, or one with so many cores here."""
        self._address, self._workers = address, workers
        self._open = ExitStack()

    def start(self) -> None:
        """Have Ray at hand, quietly; one that is connected to already is used as it is, and left.

        UserError where there is none at the address, or none can be started here.
        """
        os.environ.update(_QUIET)
        if not ray.is_initialized():
            with _without_warnings():
                _start(self._address, self._workers)
            self._open.callback(ray.shutdown)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with redirect_stdout(sys.stderr):  # what Ray still has to tell is no answer of ours
            self._open.close()


def _start(address: str | None, workers: int) -> None:
    if address is None:
        _start_here(workers)
        return
    try:
        _check_answers(address)
        with _without_stderr():
            ray.init(address, logging_level=logging.ERROR, log_to_driver=False)
    except (OSError, RuntimeError, ValueError) as error:
        raise UserError(
            Sentence("There is no cluster of Ray at {address} ({reason}).", address=address, reason=str(error)),
            "Start one with: ray start --head; or leave out --ray-address.",
        ) from error


def _check_answers(address: str) -> None:
    """OSError where nothing answers at a host and port: Ray itself would go on trying, and write of it, for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host, int(port)), _ANSWER_SECONDS).close()


def _start_here(workers: int) -> None:
    memory = int(psutil.virtual_memory().available * _SHARE_OF_MEMORY)
    try:
        with _without_stderr():
            ray.init(
                "local",
                num_cpus=workers,
                include_dashboard=False,
                object_store_memory=min(_MOST_OBJECTS, max(memory, 128 << 20)),
                logging_level=logging.ERROR,
                log_to_driver=False,
            )
    except Exception as error:  # Ray has no type of its own for a program of it that does not come up
        raise UserError(
            Sentence("Ray could not start on this machine ({reason}).", reason=str(error)),
            "Look for free space in the folder for temporary files and in memory, and try again.",
        ) from error


@contextmanager
def calm() -> Iterator[None]:
    """Let Ray Data say nothing but errors."""
    with _without_warnings():
        logger = logging.getLogger("ray.data")
        before = logger.level
        logger.setLevel(logging.ERROR)
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        try:
            yield
        finally:
            logger.setLevel(before)


@contextmanager
def _without_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        # Ray starts its own programs, which do not go on with what Lance has open; and it warns of its own settings.
        warnings.filterwarnings("ignore", "lance is not fork-safe", UserWarning)
        warnings.filterwarnings("ignore", module=r"ray\.")
        yield


@contextmanager
def _without_stderr() -> Iterator[None]:
    """Ray writes there how much it is to write there; what goes wrong it raises."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
