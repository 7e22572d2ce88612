"""A process of the program's own beside this one, spoken with over a pipe; it ends with this one, however that ends."""

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

Run = Callable[[Connection], None]
"""What such a process does: a function of a module, and its end of the pipe, whose other end is gone when nobody waits
for it any more."""

_SECONDS_TO_DIE = 5.0

_starting = threading.Lock()
"""multiprocessing keeps a list of all children, which threads may not change at once."""


class OwnProcess:
    """One process, spawned, so that it holds nothing of what this one has open."""

    def __init__(self, run: Run, name: str) -> None:
        """Start it, without waiting for it; OSError where the system has no room for one more."""
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=run, args=(theirs,), name=f"guie-desktop {name}", daemon=True)
        try:
            with _starting:
                self._process.start()
        except OSError:
            self.connection.close()
            raise
        finally:
            theirs.close()

    @property
    def pid(self) -> int | None:
        """Its number in the system."""
        return self._process.pid

    def kill(self) -> None:
        """End it at once, whatever it does; who waits for it to say something is told that the pipe is gone."""
        self._process.kill()

    def end(self) -> int | None:
        """End it and let go of all that it had; its exit code. For the thread that has it, or when no thread has."""
        self._process.kill()
        with _starting:
            self._process.join(_SECONDS_TO_DIE)  # in a drive that does not answer, not even a killed process ends
            code = self._process.exitcode
            if code is not None:
                self._process.close()
        self.connection.close()
        return code
