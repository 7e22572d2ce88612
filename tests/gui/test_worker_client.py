"""The client with real processes, some of which die."""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guie_desktop.gui.worker_client import STOPPED, WorkerClient
from guie_desktop.messages import (
    Cancel,
    Failed,
    MakePicture,
    Pause,
    PictureReady,
    Progress,
    Ready,
    Rescan,
    Resume,
    Shutdown,
)
from guie_desktop.paths import LibraryPaths

pytestmark = pytest.mark.slow

MS = 120_000


def obedient(connection: Connection, paths: LibraryPaths) -> None:
    """Answers, sends much progress on Rescan, dies on Cancel, and never reads again after Pause."""
    connection.send(Ready(0, "none"))
    while True:
        match connection.recv():
            case MakePicture(request, path, size):
                connection.send(PictureReady(request, path, b"hash", size))
            case Rescan(request):
                for done in range(2000):
                    connection.send(Progress(request, "photos", done, 2000, 1.0, None, paused=False))
            case Resume(request):
                connection.send(Failed(request, "It did not work.", "Try something else."))
            case Cancel():
                os._exit(7)
            case Pause():
                while True:
                    pass
            case Shutdown():
                return


def refusing(connection: Connection, paths: LibraryPaths) -> None:
    """Somebody else has the library."""
    connection.send(Failed(0, "The library is in use.", "Close the other program."))


def dying(connection: Connection, paths: LibraryPaths) -> None:
    """Never gets anywhere."""
    os._exit(9)


def client_of(start: object, tmp_path: Path, qtbot: QtBot) -> WorkerClient:
    client = WorkerClient(start, LibraryPaths(tmp_path))  # type: ignore[arg-type]
    with qtbot.waitSignal(client.received, timeout=MS):
        client.start()
    return client


def test_answers_come_to_those_who_asked(qtbot: QtBot, tmp_path: Path) -> None:
    client = client_of(obedient, tmp_path, qtbot)
    answers: list[object] = []
    first = client.ask(lambda number: MakePicture(number, Path("a"), 320), answers.append)
    second = client.ask(Resume, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=MS)
    assert answers == [
        PictureReady(first, Path("a"), b"hash", 320),
        Failed(second, "It did not work.", "Try something else."),
    ]
    client.close()


def test_a_flood_of_progress_is_thinned_out(qtbot: QtBot, tmp_path: Path) -> None:
    client = client_of(obedient, tmp_path, qtbot)
    events: list[Progress] = []
    client.received.connect(events.append)
    client.ask(Rescan)
    qtbot.waitUntil(lambda: bool(events) and events[-1].done == 1999, timeout=MS)
    assert len(events) < 500
    client.close()


def test_a_worker_that_dies_is_started_again(qtbot: QtBot, tmp_path: Path) -> None:
    client = client_of(obedient, tmp_path, qtbot)
    answers: list[object] = []
    with qtbot.waitSignal(client.restarted, timeout=MS) as restarted:
        client.ask(Cancel, answers.append)
    assert restarted.args == [STOPPED]
    assert isinstance(answers[0], Failed)
    client.ask(lambda number: MakePicture(number, Path("a"), 320), answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=MS)
    assert isinstance(answers[1], PictureReady)
    client.close()


def test_a_worker_that_always_dies_is_given_up(qtbot: QtBot, tmp_path: Path) -> None:
    client = WorkerClient(dying, LibraryPaths(tmp_path))
    with qtbot.waitSignal(client.gave_up, timeout=2 * MS) as gave_up:
        client.start()
    assert "keeps stopping" in gave_up.args[0]
    with qtbot.waitSignal(client.received, timeout=MS) as failed:
        client.ask(Rescan)
    assert isinstance(failed.args[0], Failed)
    client.close()


def test_a_library_that_is_in_use_is_said_so_once(qtbot: QtBot, tmp_path: Path) -> None:
    client = WorkerClient(refusing, LibraryPaths(tmp_path))
    with qtbot.waitSignal(client.gave_up, timeout=MS) as gave_up:
        client.start()
    assert gave_up.args == ["The library is in use.", "Close the other program."]
    client.close()


def test_a_worker_that_hangs_does_not_hold_the_window_up(qtbot: QtBot, tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    client = client_of(obedient, tmp_path, qtbot)
    (worker,) = set(multiprocessing.active_children()) - before
    client.ask(Pause)
    for _ in range(5000):
        client.ask(lambda number: MakePicture(number, Path("a" * 200), 320))
    client.close()
    worker.join(MS / 1000)
    assert worker.exitcode == -signal.SIGTERM
