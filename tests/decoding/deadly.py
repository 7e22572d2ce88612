"""A decoder process that the names of its files tell to crash or to hang, as no file of ours can do for certain."""

import os
import signal
import threading
from multiprocessing.connection import Connection

from guie_desktop.decoding.decoder_process import carry_out
from guie_desktop.decoding.wire import READY, ContentRead, StillReading, Task
from guie_desktop.disk.content import content_hash


def run_deadly(connection: Connection) -> None:
    """Serve one end of the pipe; to be the target of a spawned process."""
    connection.send(READY)
    while True:
        task: Task = connection.recv()
        if "crash" in task.path.name:
            die()
        if "stumble" in task.path.name and not task.path.with_suffix(".again").exists():
            task.path.with_suffix(".again").touch()
            die()
        if "read only" in task.path.name:
            connection.send(ContentRead(content_hash(task.path.read_bytes())))
            if connection.recv():
                die()
            continue
        if "slow drive" in task.path.name:
            threading.Event().wait()
        if "hang" in task.path.name:
            connection.send(ContentRead(b"some"))
            threading.Event().wait()
        if "still reading" in task.path.name:
            for _ in range(5):
                connection.send(StillReading())
        carry_out(task, connection)


def run_nothing(connection: Connection) -> None:
    """A process that cannot even start."""
    connection.close()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
