"""Failures in the banner: the button that helps, and that they go when they are over."""

import errno
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from guie_desktop.domain import IndexReport
from guie_desktop.gui.backend.worker_client import WorkerClient
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.search.incoming import Incoming
from guie_desktop.messages import Failed, JobEnded, Rescan, Search
from guie_desktop.worker.commands import folders
from tests.drawing import save_photos
from tests.gui.driving import LEFT, WORKER_MS, activate, wait_for_hits
from tests.gui.pretending import Pretender

READ = IndexReport(0, 0, 0, 0, 14, 0, (), 0.1, "lite2")


def test_a_folder_that_cannot_be_added_leads_to_another(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, tmp_path: Path
) -> None:
    banner = conductor.window.banner
    conductor.browsing.add_folders((tmp_path / "nowhere",))
    qtbot.waitUntil(banner.isVisible, timeout=WORKER_MS)
    assert banner.button.text() == "Choose another folder…"
    save_photos(tmp_path / "some", 1)
    conductor.browsing.add_folders((tmp_path / "some",))  # by whatever way
    qtbot.waitUntil(banner.isHidden, timeout=WORKER_MS)
    conductor.browsing.add_folders((tmp_path / "nowhere",))
    qtbot.waitUntil(banner.isVisible, timeout=WORKER_MS)
    qtbot.mouseClick(banner.button, LEFT)
    assert banner.isHidden()
    dialog = conductor.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    activate(conductor, qtbot)


def test_where_the_disk_is_full_the_same_folder_is_added_once_there_is_room(
    conductor: Conductor, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_none(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    banner, folder = conductor.window.banner, save_photos(tmp_path / "some", 1)[0].parent
    monkeypatch.setattr(folders, "add_folder", add_none)  # the worker is in this process
    conductor.browsing.add_folders((folder,))
    qtbot.waitUntil(banner.isVisible, timeout=WORKER_MS)
    assert banner.button.text() == "Try again"
    monkeypatch.undo()
    qtbot.mouseClick(banner.button, LEFT)
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 15, timeout=WORKER_MS)
    assert banner.isHidden()


def test_what_ended_a_reading_is_over_with_the_next_that_succeeds(conductor: Conductor, worker: Pretender) -> None:
    banner = conductor.window.banner
    for told in (Failed("The disk is full.", "Free some."), Failed("The drive is gone.", "Connect it.", True)):
        conductor.client.deliver(told)
    assert banner.title.text() == "The drive is gone."
    conductor.client.deliver(JobEnded(None))  # one that was cancelled, or failed as well
    assert banner.isVisible()
    asked = len(worker.of(Rescan))
    worker.silence()
    banner.button.click()
    assert len(worker.of(Rescan)) == asked + 1
    conductor.client.deliver(Failed("The drive is gone.", "Connect it.", True))
    conductor.client.deliver(JobEnded(READ))
    assert banner.isHidden()
    conductor.client.deliver(Failed("The disk is full.", "Free some."))
    conductor.client.deliver(JobEnded(READ))
    assert banner.isVisible()


def test_whatever_fails_without_a_worker_leads_to_starting_it(
    conductor: Conductor, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[bool] = []
    monkeypatch.setattr(WorkerClient, "has_given_up", True)
    monkeypatch.setattr(conductor.client, "start", lambda: started.append(True))
    banner = conductor.window.banner
    conductor.reporter.refuse(Failed("The search engine is not running.", "Start the program again."))
    assert banner.button.text() == "Try again"
    banner.button.click()
    assert started == [True]


def test_a_search_that_had_no_worker_starts_it(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[bool] = []
    monkeypatch.setattr(WorkerClient, "has_given_up", True)
    monkeypatch.setattr(conductor.client, "start", lambda: started.append(True))
    not_running = Failed("The search engine is not running.", "Start the program again.")
    worker.answers[Search] = lambda _: not_running
    conductor.reporter.refuse(not_running)
    conductor.search.state.describe("cup")
    window = conductor.window
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.notice, timeout=WORKER_MS)
    del worker.answers[Search]
    qtbot.mouseClick(window.notice.button, LEFT)
    assert started == [True]
    assert window.banner.isHidden()
    wait_for_hits(conductor, qtbot)


def test_nothing_to_paste_offers_to_choose_photos(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, photo_folder: Path
) -> None:
    banner = conductor.window.banner
    QGuiApplication.clipboard().setText("words")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert banner.button.text() == "Choose photos…"
    conductor.intake.take_incoming(Incoming((photo_folder / "Family" / "coffee 0.jpg",)))
    assert banner.isHidden()
