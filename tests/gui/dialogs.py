"""Every dialog of the window with something in it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QMessageBox

from guie_desktop.duplicates import KeepChoices
from guie_desktop.filing import ExportChoices
from guie_desktop.gui.albums.chooser import AlbumChooser
from guie_desktop.gui.duplicates.folders_dialog import FoldersDialog
from guie_desktop.gui.filing.export_dialog import ExportDialog
from guie_desktop.gui.filing.move_dialog import MoveDialog
from guie_desktop.gui.filing.rename_dialog import RenameDialog, RenameManyDialog
from guie_desktop.gui.shared.address_dialog import AddressDialog
from guie_desktop.gui.shell.about import AboutDialog
from guie_desktop.gui.shell.error_dialog import BugDialog, bug_details
from guie_desktop.gui.shell.licences import LicencesDialog
from guie_desktop.gui.shell.palette import CommandPalette
from guie_desktop.gui.shell.report_dialog import ReportDialog
from guie_desktop.gui.shell.shortcuts import ShortcutsDialog, keys_of_widgets
from guie_desktop.gui.widgets.actions import GROUPS, Keys, listed_keys
from guie_desktop.language import tr
from tests.gui.stage import ALBUMS, FOLDERS, LONG_NAME, NEW, OLD, SHARED, Stage

_DEEP = Path("/home/someone/Pictures/Family/A journey to the sea in the summer/For the neighbours")


def shortcuts(stage: Stage) -> QDialog:
    """With the window's own keys, and about as many as the features add."""
    numbers = [(group, number) for group in GROUPS[1:3] for number in range(5)]
    of_features = [Keys(group, tr("What is done {number}", number=number), "Ctrl+X") for group, number in numbers]
    return ShortcutsDialog((*listed_keys(stage.window.actions()), *of_features, *keys_of_widgets()))


def bug(_: Stage) -> QDialog:
    return BugDialog(bug_details(ValueError("an example")))


def chooser(_: Stage) -> QDialog:
    return AlbumChooser(tr("Add 3 photos to album"), ALBUMS)


def palette(stage: Stage) -> QDialog:
    return CommandPalette(stage.window.actions())


def about(_: Stage) -> QDialog:
    return AboutDialog({tr("Library"): "/media/old drive/" + "A long name/" * 8, tr("Photos"): "1,204,113"})


def report(_: Stage) -> QDialog:
    # A report is in English whatever the window speaks, for those who read it; here it has only names.
    return ReportDialog("guie-desktop: 0.2.0\n  Python: 3.11", "guie-desktop: 0.2.0\n  Python: 3.11\n  /usr/share")


def licences(_: Stage) -> QDialog:
    dialog = LicencesDialog()
    dialog.list.setPlainText("chelsea")
    return dialog


def question(_: Stage) -> QDialog:
    """As the questions are that controllers put."""
    box = QMessageBox()
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("Export “{album}”?", album=LONG_NAME))
    box.setInformativeText(tr("The file holds what was learned and how it was tested. It holds no photos."))
    with_names = QCheckBox(tr("Include the names of the albums"), box)
    with_names.setChecked(True)
    box.setCheckBox(with_names)
    box.addButton(tr("Choose a file…"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    return box


def copying(stage: Stage) -> QDialog:
    photos, choices = list(stage.shelf.photos.values())[:3], ExportChoices(_DEEP, size=2048, names="{title} {number}")
    return ExportDialog(photos, 1204, LONG_NAME, choices)


def copying_by_another_rule(stage: Stage) -> QDialog:
    photos = list(stage.shelf.photos.values())[6:8]
    return ExportDialog(photos, 2, "Coffee", ExportChoices(_DEEP, names="{date} {camera}"))


def renaming(stage: Stage) -> QDialog:
    return RenameDialog(stage.shelf.photos[7], [_DEEP / f"{LONG_NAME}, 7.{end}" for end in ("CR2", "xmp")])


def renaming_many(stage: Stage) -> QDialog:
    return RenameManyDialog(list(stage.shelf.photos.values())[:3], 40, LONG_NAME)


def moving(stage: Stage) -> QDialog:
    folders = [folder.path for folder in FOLDERS]
    return MoveDialog(12, stage.shelf.photos[1].path, [Path("/usr/share"), _DEEP], folders)


FILING = [copying, copying_by_another_rule, renaming, renaming_many, moving]


def folders_of_duplicates(stage: Stage) -> QDialog:
    choices = KeepChoices("folder", best=(NEW,), protected=(OLD / "1999",))
    return FoldersDialog([OLD, NEW / "2024", NEW / LONG_NAME], choices, stage.window)


def address(stage: Stage) -> QDialog:
    dialog = AddressDialog(stage.window)
    dialog.field.setText(SHARED[0].address)
    return dialog


DIALOGS = [address, folders_of_duplicates, shortcuts, bug, chooser, palette, about, report, licences, question, *FILING]
