"""Work in a process of its own: all its memory is given back when it ends, and a crash of it takes nothing along."""

import gc
import logging
import signal
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from guie_desktop.crashes import record_crashes
from guie_desktop.errors import UserError, for_user
from guie_desktop.jobs import background
from guie_desktop.messages import Progress
from guie_desktop.own_process import OwnProcess

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

Tell = Callable[[Progress], None]
"""Tells how far the work is; raises where nobody waits for it any more."""
Work = Callable[[Tell], Result]
"""A function of a module, with arguments perhaps (functools.partial); what it takes and returns is pickled."""


class _Ready:
    """The process is there."""


class _Done:
    """What the work returned."""

    def __init__(self, result: Any) -> None:
        self.result = result


class _Bug:
    """The work failed as nobody thought of."""

    def __init__(self, error: Exception) -> None:
        self.name = type(error).__qualname__
        self.said = str(error)
        self.stack = "".join(traceback.format_tb(error.__traceback__))


class FailedApart(Exception):
    """A bug in work that another process did; its stack is in the log."""


def apart(
    work: Work[Result], begin: Progress, *, name: str, crashes: Path, ended: UserError
) -> Generator[Progress, None, Result]:
    """Do the work in a process of its own; yields its progress, first `begin`, and returns its result.

    A generator that is closed before ends the process at once. What a crash was at is added to the file `crashes`.
    `ended` is raised where the process is gone; UserErrors of the work, and those of the system, are raised here.
    """
    try:
        process = OwnProcess(partial(carry_out, crashes=crashes), name)
    except OSError as error:
        raise ended from error
    connection, progress = process.connection, begin
    try:
        while True:
            yield progress
            # However much comes: what is told every few milliseconds would otherwise have no end.
            until = time.monotonic() + background.LOOK_AGAIN
            while (left := until - time.monotonic()) > 0 and connection.poll(left):
                message = connection.recv()
                match message:
                    case _Ready():
                        connection.send(work)
                    case Progress():
                        progress = message
                    case _Done():
                        result: Result = message.result
                        return result
                    case _Bug():
                        logger.error("this failed in another process:\n" + message.stack)
                        raise FailedApart(f"{message.name}: {message.said}")
                    case UserError():
                        raise message
    except (EOFError, OSError) as error:
        raise ended from error
    finally:
        logger.info("a process ended (%s)", process.end())


def carry_out(connection: Connection, crashes: Path) -> None:
    """Do what comes over the pipe; to be the target of a spawned process."""
    record_crashes(crashes)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the program's to answer
    gc.disable()  # of a short life nothing need be collected: loading torch takes an eighth less time without
    with suppress(EOFError, ConnectionError):
        connection.send(_Ready())
        work: Work[object] = connection.recv()
        connection.send(_answer(work, connection.send))


def _answer(work: Work[object], tell: Tell) -> object:
    try:
        return _Done(work(tell))
    except ConnectionError:
        raise  # the program's end of the pipe is gone
    except (UserError, OSError) as error:
        return for_user(error)
    except Exception as error:  # noqa: BLE001 -- raised again where the result is waited for
        return _Bug(error)
