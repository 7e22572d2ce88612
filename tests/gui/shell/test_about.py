"""What the program says of itself."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from guie_desktop import __version__
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.shell.about import AboutDialog
from guie_desktop.gui.shell.licences import LicencesDialog, licences


def test_it_tells_version_and_library_and_the_report_can_be_copied(conductor: Conductor, qtbot: QtBot) -> None:
    conductor.window.about.trigger()
    dialog = conductor.window.findChild(AboutDialog)
    assert dialog is not None
    assert dialog.report.startswith(f"guie-desktop {__version__}, Python 3.")
    assert "\nPhotos: " in dialog.report
    dialog.copy_report()
    assert QGuiApplication.clipboard().text() == dialog.report
    dialog.accept()


def test_it_names_the_licences_of_all_that_it_is_made_with(qtbot: QtBot) -> None:
    about = AboutDialog({})
    qtbot.addWidget(about)
    about.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    about.show_licences()
    dialog = about.findChild(LicencesDialog)
    assert dialog is not None
    told = dict(line.split(" ", 1) for line in dialog.list.toPlainText().splitlines())
    assert told["filelock"].endswith(" · MIT")
    assert "LGPL" in told["PySide6_Essentials"]
    assert "sympy" in told  # which torch needs
    assert not {"pytest", "ruff", "guie-desktop"} & told.keys()  # of those who work on it, and itself
    dialog.accept()


def test_a_package_that_is_not_there_has_none() -> None:
    assert licences("there is no such package") == {}
