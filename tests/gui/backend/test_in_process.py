"""The client with a worker in a thread of this process, as most tests of the window have it."""

import multiprocessing
import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from guie_desktop.asking import Query
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.messages import AddFolder, Found, JobEnded, Ready, Search
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.gui.in_process import in_process

MS = 120_000


def test_photos_are_added_and_searched_and_the_library_is_free_in_the_end(
    qtbot: QtBot, tmp_path: Path, paths: LibraryPaths
) -> None:
    photos = save_photos(tmp_path / "photos", 4)
    client = WorkerClient(in_process, paths)
    ended: list[JobEnded] = []
    found: list[Found] = []
    client.on(JobEnded, ended.append)
    client.on(Ready, lambda _: client.ask(AddFolder(tmp_path / "photos")))
    client.start()
    qtbot.waitUntil(lambda: any(event.report and event.report.added == 4 for event in ended), timeout=MS)
    client.ask(Search(Query(images=(photos[2],), top=3)), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=MS)
    assert found[0].answer.hits[0].path == photos[2]
    client.close()
    with WritableLibrary(paths) as library:
        assert library.catalog.counts().photos == 4


def test_a_library_in_use_is_refused(qtbot: QtBot, paths: LibraryPaths) -> None:
    client = WorkerClient(in_process, paths)
    with WritableLibrary(paths), qtbot.waitSignal(client.gave_up, timeout=MS) as gave_up:
        client.start()
    assert "in use" in gave_up.args[0]
    client.close()


def test_it_ends_with_its_window(paths: LibraryPaths) -> None:
    ours, theirs = multiprocessing.Pipe()
    worker = in_process(theirs, paths)
    assert isinstance(ours.recv(), Ready)
    ours.close()
    worker.join(MS / 1000)
    assert not worker.is_alive()
    assert worker not in threading.enumerate()
    with WritableLibrary(paths):
        pass
