"""The program speaks the language that was chosen, or that of the system, and Qt with it; it starts with little."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_TELL = r"""
import json, sys
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit
from guie_desktop.gui.app import make_application, speak_as_the_user
from guie_desktop.gui.widgets.actions import key_text
from guie_desktop.language import number_text, tr

application = make_application(["guie-desktop"])
speak_as_the_user(application, sys.argv[1])
box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
field = QLineEdit("text")
menu = field.createStandardContextMenu()
print(json.dumps({
    "ours": tr("Albums"),
    "number": number_text(1204),
    "button": box.buttons()[0].text().replace("&", ""),
    "keys": key_text(QKeySequence("Ctrl+Shift+A")),
    "menu": menu.actions()[-1].text().partition("\t")[0],
    "from the right": application.isRightToLeft(),
}))
"""
GERMAN = {
    "ours": "Alben",
    "number": "1.204",
    "button": "Abbrechen",
    "keys": "Strg+Umschalt+A",
    "menu": "Alles auswählen",
    "from the right": False,
}
ENGLISH = {
    "ours": "Albums",
    "number": "1,204",
    "button": "Cancel",
    "keys": "Ctrl+Shift+A",
    "menu": "Select All",
    "from the right": False,
}


def said(chosen: str, system: str) -> dict[str, Any]:
    """What a program says that is started where the system speaks that; its application is one of a process's life."""
    speaks = {"LANG": f"{system}.UTF-8", "LC_ALL": f"{system}.UTF-8", "LANGUAGE": ""}
    told = subprocess.run(
        [sys.executable, "-c", _TELL, chosen], env={**os.environ, **speaks}, capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(told.stdout)
    return answer


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's language is no variable")
@pytest.mark.parametrize(
    ("chosen", "system", "wanted"),
    [
        ("", "de_DE", GERMAN),
        ("", "tlh_XX", ENGLISH),
        ("de", "en_GB", GERMAN),
        ("en", "de_DE", ENGLISH),
    ],
)
def test_program_and_qt_speak_as_the_user(chosen: str, system: str, wanted: dict[str, Any]) -> None:
    assert said(chosen, system) == wanted


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's language is no variable")
def test_a_language_from_right_to_left_mirrors_the_window() -> None:
    assert said("pseudo", "en_GB")["from the right"]


_START = r"""
import sys
from pathlib import Path
from PySide6 import QtGui
from PySide6.QtCore import QTimer
from guie_desktop.gui import app
from guie_desktop.paths import LibraryPaths

make = app.make_application

def made(arguments):
    application = make(arguments)
    QTimer.singleShot(0, application, lambda: QTimer.singleShot(0, application, lambda: tell(application)))
    return application

def tell(application):
    print(*vars(QtGui))
    for window in application.topLevelWidgets():
        window.close()

app.make_application = made
app.run_window(lambda: LibraryPaths(Path(sys.argv[1])), print, [])
"""


@pytest.mark.skipif(sys.platform == "darwin", reason="there it is asked of each event whether it brings a photo")
def test_a_window_makes_no_classes_of_qt_that_nobody_uses(tmp_path: Path) -> None:
    (library := tmp_path / "library").mkdir()
    command = [sys.executable, "-c", _START, str(library)]
    own = {"XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(command, env={**os.environ, **own}, capture_output=True, text=True, check=True)
    made = set(told.stdout.split())
    assert "QPixmap" in made
    assert "QUndoStack" not in made
