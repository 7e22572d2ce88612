"""What the program says of itself."""

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from guie_desktop import __version__
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.shell.about import AboutDialog


def test_it_tells_version_and_library_and_the_report_can_be_copied(conductor: Conductor, qtbot: QtBot) -> None:
    conductor.window.about.trigger()
    dialog = conductor.window.findChild(AboutDialog)
    assert dialog is not None
    assert dialog.report.startswith(f"guie-desktop {__version__}, Python 3.")
    assert "\nPhotos: " in dialog.report
    dialog.copy_report()
    assert QGuiApplication.clipboard().text() == dialog.report
    dialog.accept()
