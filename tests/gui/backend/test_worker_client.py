"""The client with real processes, some of which die."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guie_desktop.gui.backend import worker_client
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.backend.worker_link import RunWorker, spawned
from guie_desktop.messages import (
    Cancel,
    Cancelled,
    Done,
    Failed,
    FromWorker,
    Learn,
    ListHeads,
    MakePicture,
    Pause,
    PictureReady,
    Progress,
    Ready,
    Reply,
    Request,
    Rescan,
    Resume,
    Shutdown,
    Withdrawal,
)
from guie_desktop.paths import LibraryPaths

pytestmark = pytest.mark.slow

MS = 120_000
PICTURE = MakePicture(Path("a"), 320)
MADE = PictureReady(Path("a"), b"hash", 320)
NOT_DONE = Failed("It did not work.", "Try something else.")
STOPPED_BEFORE = Failed("The search engine stopped unexpectedly.", "Please try again.")


def obedient(connection: Connection, paths: LibraryPaths) -> None:
    """Answers, sends much progress on Rescan, refuses Resume, dies on Cancel, and never reads again after Pause.

    Learn is answered by what was withdrawn until then.
    """
    withdrawn: list[int] = []
    connection.send(Ready("none"))
    while True:
        match connection.recv():
            case Withdrawal(number):
                withdrawn.append(number)
            case Request(number, MakePicture(path, size)):
                connection.send(Reply(number, PictureReady(path, b"hash", size)))
            case Request(number, Rescan()):
                connection.send(Reply(number, Done()))
                for done in range(2000):
                    connection.send(Progress("photos", done, 2000))
            case Request(number, Resume()):
                connection.send(Reply(number, NOT_DONE))
            case Request(number, Learn()):
                connection.send(Reply(number, Failed(f"Withdrawn: {withdrawn}", "")))
            case Request(_, Cancel()):
                os._exit(7)
            case Request(_, Pause()):
                while True:
                    pass
            case Request(_, Shutdown()):
                return


def refusing(connection: Connection, paths: LibraryPaths) -> None:
    """Somebody else has the library."""
    connection.send(Failed("The library is in use.", "Close the other program."))


def dying(connection: Connection, paths: LibraryPaths) -> None:
    """Never gets anywhere."""
    os._exit(9)


class Notes:
    """What a client tells whoever listens."""

    def __init__(self, client: WorkerClient) -> None:
        self.refused: list[tuple[str, str]] = []
        self.told: list[Failed] = []
        client.told.connect(self.told.append)
        self.gave_up: list[tuple[str, str]] = []
        client.refused.connect(lambda title, remedy: self.refused.append((title, remedy)))
        client.gave_up.connect(lambda title, remedy: self.gave_up.append((title, remedy)))


@pytest.fixture
def client_of(tmp_path: Path, qtbot: QtBot) -> Callable[[RunWorker], WorkerClient]:
    """Starts a client with a worker that gets ready."""

    def start(run: RunWorker) -> WorkerClient:
        paths = LibraryPaths(tmp_path)
        paths.catalog.touch()
        client = WorkerClient(spawned(run), paths)
        ready: list[Ready] = []
        client.on(Ready, ready.append)
        client.start()
        qtbot.waitUntil(lambda: bool(ready), timeout=MS)
        return client

    return start


@pytest.fixture
def idle(tmp_path: Path, qtbot: QtBot) -> WorkerClient:
    """A client that was not started."""
    return WorkerClient(spawned(dying), LibraryPaths(tmp_path))


ClientOf = Callable[[RunWorker], WorkerClient]


def test_answers_and_refusals_come_once_to_those_who_asked(qtbot: QtBot, client_of: ClientOf) -> None:
    client = client_of(obedient)
    notes, answers = Notes(client), list[object]()
    client.ask(PICTURE, answers.append)
    client.ask(Resume(), answers.append, answers.append)
    client.ask(Resume(), answers.append)
    client.ask(Resume())
    assert answers == []  # never before the call has returned
    qtbot.waitUntil(lambda: len(notes.refused) == 2, timeout=MS)
    assert answers == [MADE, NOT_DONE]
    assert notes.refused == [(NOT_DONE.title, NOT_DONE.remedy)] * 2
    client.close()


def test_an_answer_that_nobody_wants_any_more_goes_nowhere(qtbot: QtBot, client_of: ClientOf) -> None:
    client = client_of(obedient)
    answers, withdrawn = list[object](), list[Failed]()
    first = client.ask(PICTURE, answers.append, answers.append)
    change = client.ask(Resume(), answers.append, answers.append)
    assert first.is_open
    for pending in (first, change):
        pending.cancel()
        assert not pending.is_open
    last = client.ask(PICTURE, answers.append)
    client.ask(Learn(), failed=withdrawn.append)
    qtbot.waitUntil(lambda: bool(withdrawn), timeout=MS)
    assert answers == [MADE]
    assert not last.is_open
    last.cancel()  # too late, and no harm
    # The question was withdrawn from the worker; what changes something is carried out all the same.
    assert withdrawn == [Failed("Withdrawn: [1]", "")]
    client.close()


def test_where_the_user_cancelled_nothing_is_called(idle: WorkerClient) -> None:
    notes, answers = Notes(idle), list[object]()
    pending = idle.ask(Learn(), answers.append, answers.append)
    idle.deliver(Reply(1, Cancelled()))
    assert not pending.is_open
    assert (answers, notes.refused) == ([], [])


def test_news_go_to_all_who_listen_in_their_order(idle: WorkerClient) -> None:
    notes, heard = Notes(idle), list[tuple[str, FromWorker]]()
    idle.on(Progress, lambda event: heard.append(("first", event)))
    idle.on(Progress, lambda event: heard.append(("second", event)))
    idle.on(Failed, lambda event: heard.append(("failed", event)))
    progress = Progress("scan", 1, 2)
    for event in (Ready("none"), progress, NOT_DONE, Reply(7, MADE)):
        idle.deliver(event)
    assert heard == [("first", progress), ("second", progress), ("failed", NOT_DONE)]
    assert (notes.refused, notes.told) == ([], [NOT_DONE])


def test_without_a_worker_a_command_fails_after_the_call(qtbot: QtBot, idle: WorkerClient) -> None:
    answers: list[object] = []
    idle.ask(ListHeads(), answers.append, answers.append)
    assert answers == []
    qtbot.waitUntil(lambda: bool(answers), timeout=MS)
    assert answers == [Failed("The search engine is not running.", "Start the program again.")]


def test_a_flood_of_progress_is_thinned_out(qtbot: QtBot, client_of: ClientOf) -> None:
    client = client_of(obedient)
    events: list[Progress] = []
    client.on(Progress, events.append)
    client.ask(Rescan())
    qtbot.waitUntil(lambda: bool(events) and events[-1].done == 1999, timeout=MS)
    assert len(events) < 500
    client.close()


def test_a_worker_that_dies_is_started_again(qtbot: QtBot, client_of: ClientOf) -> None:
    client = client_of(obedient)
    answers: list[object] = []

    def ask_again(failure: Failed) -> None:
        answers.append(failure)
        client.ask(PICTURE, answers.append, answers.append)

    with qtbot.waitSignal(client.restarted, timeout=MS):
        client.ask(Cancel(), answers.append, ask_again)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=MS)
    assert answers == [STOPPED_BEFORE, MADE]  # the second by the new worker
    client.close()


def test_a_worker_that_always_dies_is_given_up(
    qtbot: QtBot, idle: WorkerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_client, "_WITHIN_SECONDS", MS / 1000)  # so long as a slow machine takes to start it
    notes = Notes(idle)
    with qtbot.waitSignal(idle.gave_up, timeout=2 * MS) as gave_up:
        idle.start()
    assert "keeps stopping" in gave_up.args[0]
    assert idle.has_given_up
    idle.ask(Rescan())
    qtbot.waitUntil(lambda: bool(notes.refused), timeout=MS)
    assert notes.refused == [tuple(gave_up.args)]  # the reason, and not only that there is none
    idle.close()


def test_no_other_library_is_begun_where_the_drive_was_pulled_out(
    qtbot: QtBot, client_of: ClientOf, tmp_path: Path
) -> None:
    client = client_of(obedient)
    notes = Notes(client)
    LibraryPaths(tmp_path).catalog.unlink()
    with qtbot.waitSignal(client.gave_up, timeout=MS):
        client.ask(Cancel())
    with qtbot.waitSignal(client.gave_up):
        client.start()
    assert notes.gave_up == 2 * [
        (
            f"The library {tmp_path} is not there any more.",
            "Connect the drive that it is on, then start the program again.",
        )
    ]
    LibraryPaths(tmp_path).catalog.touch()
    client.start()
    assert not client.has_given_up
    client.close()


def test_a_library_that_is_in_use_is_said_so_once(qtbot: QtBot, tmp_path: Path) -> None:
    client = WorkerClient(spawned(refusing), LibraryPaths(tmp_path))
    notes = Notes(client)
    with qtbot.waitSignal(client.gave_up, timeout=MS):
        client.start()
    assert notes.gave_up == [("The library is in use.", "Close the other program.")]
    assert notes.refused == []
    client.ask(Rescan())
    qtbot.waitUntil(lambda: bool(notes.refused), timeout=MS)
    assert notes.refused == notes.gave_up
    client.close()


def test_a_worker_that_hangs_does_not_hold_the_window_up(qtbot: QtBot, client_of: ClientOf) -> None:
    before = set(multiprocessing.active_children())
    client = client_of(obedient)
    (worker,) = set(multiprocessing.active_children()) - before
    client.ask(Pause())
    for _ in range(5000):
        client.ask(MakePicture(Path("a" * 200), 320))
    client.close()
    worker.join(MS / 1000)
    assert worker.exitcode == -signal.SIGTERM
