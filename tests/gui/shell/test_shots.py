"""Every view in light and dark and in three sizes: nothing clipped, covered or faint; GUIE_SHOTS keeps the pictures."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.dialogs import DIALOGS
from tests.gui.looks import flaws
from tests.gui.scenes import SCENES
from tests.gui.stage import SCHEMES, SIZES, Scene, Stage

LIGHT_AND_DARK = [
    pytest.param(Qt.ColorScheme.Light, id="light"),
    pytest.param(Qt.ColorScheme.Dark, id="dark", marks=pytest.mark.slow),
]
ROOM_FOR_A_DIALOG = 700
"""Pixels on a laptop's screen of 768, where a desktop's own bar and the dialog's title take the rest."""
_USUAL_LETTERS = 15
"""Height up to which letters are no larger than usual."""


def keep(widget: QWidget, name: str) -> None:
    """Write a picture, where a person wants to look at it."""
    folder = os.environ.get("GUIE_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert widget.grab().save(str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
@pytest.mark.parametrize("scheme", LIGHT_AND_DARK)  # the outer loop: changing it takes long
def test_a_view_looks_right(stage: Stage, scheme: Qt.ColorScheme, scene: Scene, qtbot: QtBot) -> None:
    stage.dress(scheme)
    wrong: list[str] = []
    for size in SIZES:
        stage.window.resize(size)
        stage.clear()
        stage.settle(qtbot)
        scene(stage)
        stage.settle(qtbot)
        at = f"{stage.window.width()}x{stage.window.height()}"
        keep(stage.window, f"{scene.__name__}-{at}-{scheme.name.lower()}")
        wrong += [f"{at}: {flaw}" for flaw in flaws(stage.window)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("make", DIALOGS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name.lower())
def test_a_dialog_looks_right(
    stage: Stage, scheme: Qt.ColorScheme, make: Callable[[Stage], QDialog], qtbot: QtBot
) -> None:
    stage.dress(scheme)
    dialog = make(stage)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    keep(dialog, f"{make.__name__}-{scheme.name.lower()}")
    assert not (wrong := flaws(dialog)), "\n".join(wrong)
    assert dialog.height() <= ROOM_FOR_A_DIALOG or dialog.fontMetrics().height() > _USUAL_LETTERS
