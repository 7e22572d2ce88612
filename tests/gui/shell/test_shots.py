"""Every view in light and dark and in three sizes: nothing clipped, covered or faint; GUIE_SHOTS keeps the pictures."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.filing import ExportChoices
from guie_desktop.gui.albums.chooser import AlbumChooser
from guie_desktop.gui.filing.export_dialog import ExportDialog
from guie_desktop.gui.filing.move_dialog import MoveDialog
from guie_desktop.gui.filing.rename_dialog import RenameDialog, RenameManyDialog
from guie_desktop.gui.shell.about import AboutDialog
from guie_desktop.gui.shell.error_dialog import BugDialog, bug_details
from guie_desktop.gui.shell.palette import CommandPalette
from guie_desktop.gui.shell.shortcuts import ShortcutsDialog, keys_of_widgets
from guie_desktop.gui.widgets.actions import GROUPS, Keys, listed_keys
from tests.gui.looks import flaws
from tests.gui.scenes import SCENES
from tests.gui.stage import ALBUMS, FOLDERS, LONG_NAME, SCHEMES, SIZES, Scene, Stage

LIGHT_AND_DARK = [
    pytest.param(Qt.ColorScheme.Light, id="light"),
    pytest.param(Qt.ColorScheme.Dark, id="dark", marks=pytest.mark.slow),
]
ROOM_FOR_A_DIALOG = 700
"""Pixels on a laptop's screen of 768, where a desktop's own bar and the dialog's title take the rest."""
_DEEP = Path("/home/someone/Pictures/Family/A journey to the sea in the summer/For the neighbours")
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


def shortcuts(stage: Stage) -> QDialog:
    """With the window's own keys, and about as many as the features add."""
    of_features = [Keys(group, f"What is done {number}", "Ctrl+X") for group in GROUPS[1:3] for number in range(5)]
    return ShortcutsDialog((*listed_keys(stage.window.actions()), *of_features, *keys_of_widgets()))


def bug(_: Stage) -> QDialog:
    return BugDialog(bug_details(ValueError("an example")))


def chooser(_: Stage) -> QDialog:
    return AlbumChooser("Add 3 photos to album", ALBUMS)


def palette(stage: Stage) -> QDialog:
    return CommandPalette(stage.window.actions())


def about(_: Stage) -> QDialog:
    return AboutDialog({"Library": "/media/old drive/" + "A long name/" * 8, "Photos": "1,204,113"})


def question(_: Stage) -> QDialog:
    """As the questions are that controllers put."""
    box = QMessageBox()
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Export “{ALBUMS[1].name}”?")
    box.setInformativeText("The file holds what was learned and how it was tested. It holds no photos.")
    with_names = QCheckBox("Include the names of the albums", box)
    with_names.setChecked(True)
    box.setCheckBox(with_names)
    box.addButton("Choose a file…", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    return box


def copying(stage: Stage) -> QDialog:
    photos, choices = list(stage.shelf.photos.values())[:3], ExportChoices(_DEEP, size=2048, names="{title} {number}")
    return ExportDialog(photos, 1204, LONG_NAME, choices)


def copying_by_another_rule(stage: Stage) -> QDialog:
    photos = list(stage.shelf.photos.values())[6:8]
    return ExportDialog(photos, 2, "Photos", ExportChoices(_DEEP, names="{date} {camera}"))


def renaming(stage: Stage) -> QDialog:
    return RenameDialog(stage.shelf.photos[7], [_DEEP / f"{LONG_NAME}, 7.{end}" for end in ("CR2", "xmp")])


def renaming_many(stage: Stage) -> QDialog:
    return RenameManyDialog(list(stage.shelf.photos.values())[:3], 40, LONG_NAME)


def moving(stage: Stage) -> QDialog:
    folders = [folder.path for folder in FOLDERS]
    return MoveDialog(12, stage.shelf.photos[1].path, [Path("/usr/share"), _DEEP], folders)


FILING = [copying, copying_by_another_rule, renaming, renaming_many, moving]


DIALOGS = [shortcuts, bug, chooser, palette, about, question, *FILING]


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
