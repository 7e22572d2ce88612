from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.gui.desktop.opened_files import OpenedFiles


def test_photos_that_are_opened_together_come_together(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    photos = (tmp_path / "a b.jpg", tmp_path / "ä.png")
    opened = OpenedFiles(qapp)
    with qtbot.waitSignal(opened.opened) as told:
        for photo in photos:
            QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(photo)))
    assert told.args == [photos]
    with qtbot.waitSignal(opened.opened) as told:
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(photos[0])))
    assert told.args == [photos[:1]]
    opened.deleteLater()


def test_what_is_no_file_is_left_to_others(qtbot: QtBot, qapp: QApplication) -> None:
    opened = OpenedFiles(qapp)
    with qtbot.assertNotEmitted(opened.opened, wait=0):
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl("guie:photo")))
        QCoreApplication.sendEvent(qapp, QEvent(QEvent.Type.ApplicationActivate))
        qapp.processEvents()
    opened.deleteLater()
