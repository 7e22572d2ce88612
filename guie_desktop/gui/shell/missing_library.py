"""What is asked where the library was moved to a folder that is not there, before there is a window."""

from PySide6.QtWidgets import QMessageBox

from guie_desktop.errors import UserError
from guie_desktop.language import tr
from guie_desktop.paths import LibraryPlace, keep_place


def ask_for_library(error: UserError) -> bool:
    """Whether to look for the library again; False where the user wants to quit."""
    box = QMessageBox()
    box.setText(tr(error.title))
    box.setInformativeText(
        tr(
            "{remedy} A new library begins with no photos and no albums; the other one stays as it is.",
            remedy=tr(error.remedy),
        )
    )
    again = box.addButton(tr("Try again"), QMessageBox.ButtonRole.AcceptRole)
    new = box.addButton(tr("Begin a new library"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(tr("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(again)
    box.exec()
    if box.clickedButton() is new:
        keep_place(LibraryPlace())
    return box.clickedButton() in (again, new)
