"""Who halts the worker wants its library: he waits until the worker is gone, however busy the computer is."""

from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.paths import LibraryPaths


class Slow:
    """A worker that needs so many seconds to end when it is asked to, and then when it is terminated."""

    def __init__(self, asked: float, terminated: float) -> None:
        self.left, self._when_terminated = asked, terminated
        self.was_terminated = False

    def join(self, timeout: float | None = None) -> None:
        """Let the time go by."""
        self.left -= timeout or self.left

    def is_alive(self) -> bool:
        return self.left > 0

    def terminate(self) -> None:
        self.was_terminated, self.left = True, self._when_terminated


@pytest.mark.parametrize(("asked", "terminated"), [(20.0, 1.0), (1e6, 8.0)])
def test_a_halted_worker_is_gone(qtbot: QtBot, tmp_path: Path, asked: float, terminated: float) -> None:
    worker, ends = Slow(asked, terminated), []

    def launch(connection: Connection, _: LibraryPaths) -> Slow:
        ends.append(connection)
        return worker

    client = WorkerClient(launch, LibraryPaths(tmp_path))
    client.start()
    client.halt()()
    ends[0].close()
    assert not worker.is_alive()
    assert worker.was_terminated == (asked > 60)
