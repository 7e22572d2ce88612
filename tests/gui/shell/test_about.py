"""What the program says of itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop import __version__
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.shell.about import AboutDialog
from guie_desktop.gui.shell.licences import LicencesDialog, licences
from guie_desktop.gui.shell.report_dialog import ReportDialog
from tests.gui.driving import WORKER_MS


def test_it_tells_version_and_library_and_leads_to_the_report(conductor: Conductor, qtbot: QtBot) -> None:
    conductor.window.about.trigger()
    dialog = conductor.window.findChild(AboutDialog)
    assert dialog is not None
    assert dialog.told.startswith(f"guie-desktop {__version__}, Python 3.")
    assert "\nPhotos: " in dialog.told
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Report…")
    button.click()
    qtbot.waitUntil(lambda: conductor.window.findChild(ReportDialog) is not None, timeout=WORKER_MS)
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
