"""The report: offered after a crash of the worker, with its trace, and without the names of the user's own."""

import multiprocessing
import os
import signal
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.qtbot import QtBot

from guie_desktop.gui.backend.worker_link import Launch
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.shell.report_dialog import ReportDialog
from tests.gui.driving import LEFT, WORKER_MS


def report_of(conductor: Conductor, qtbot: QtBot) -> ReportDialog:
    found: list[ReportDialog] = []

    def is_there() -> bool:
        found[:] = conductor.window.findChildren(ReportDialog)
        return bool(found)

    qtbot.waitUntil(is_there, timeout=WORKER_MS)
    return found[0]


def test_it_is_in_the_menu_and_paths_are_in_it_where_that_is_wished(
    conductor: Conductor, photo_folder: Path, qtbot: QtBot
) -> None:
    (action,) = (one for one in conductor.window.findChildren(QAction) if one.text() == "Report…")
    action.trigger()
    dialog = report_of(conductor, qtbot)
    told = dialog.text.toPlainText()
    assert "photos: " in told
    assert str(photo_folder) not in told
    dialog.copy_report()
    assert QGuiApplication.clipboard().text() == told
    qtbot.mouseClick(dialog.paths, LEFT)
    assert str(photo_folder) in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.paths, LEFT)
    assert dialog.text.toPlainText() == told
    dialog.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
class TestCrash:
    @pytest.fixture
    def launch(self, worker_process: Launch) -> Launch:
        return worker_process

    def test_a_crash_of_the_worker_offers_a_report_with_its_trace(self, conductor: Conductor, qtbot: QtBot) -> None:
        banner = conductor.window.banner
        os.kill(worker_of(conductor).pid or 0, signal.SIGSEGV)
        qtbot.waitUntil(banner.isVisible, timeout=WORKER_MS)
        assert banner.title.text() == "The search engine stopped unexpectedly and was started again."
        assert banner.button.text() == "Report…"
        qtbot.mouseClick(banner.button, LEFT)
        dialog = report_of(conductor, qtbot)
        told = dialog.text.toPlainText()
        assert "Last crash of the worker" in told
        assert "Segmentation fault" in told
        assert 'File "guie_desktop/worker/loop.py", line' in told
        dialog.close()


def worker_of(conductor: Conductor) -> BaseProcess:
    del conductor
    (found,) = (child for child in multiprocessing.active_children() if child.name == "guie-desktop worker")
    return found
