"""Asks for the address of a shared library."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.dialogs import choose_folder
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr

_WIDTH = 460


class AddressDialog(QDialog):
    """One field; whether something is there is found out when it is opened."""

    given = Signal(str)
    """The address as it was written."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Open a shared library"))
        self.field = QLineEdit(placeholderText=tr("/mnt/nas/photos or s3://bucket/photos"))
        self.field.setAccessibleName(tr("Address of the shared library"))
        self.field.setAcceptDrops(False)  # of a folder it would take the path, and say that it was moved
        self.field.textChanged.connect(self._follow)
        folder = push_button(tr("Choose folder…"), "folder")
        folder.clicked.connect(self._choose)
        explained = tr(
            "A library that many read: a folder of this computer or of the network, or a place in an object store. "
            "Nothing is written there; albums and all that you say of its photos stay here."
        )
        self.accepting = push_button(tr("Open"), primary=True)
        self.accepting.setDefault(True)
        self.accepting.clicked.connect(self._accept)
        cancel = push_button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.field, 1)
        line.addWidget(folder)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accepting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(explained, wrap=True))
        layout.addLayout(line)
        layout.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
        self._follow()
        self.field.setFocus()
        self.finished.connect(self.deleteLater)

    @Slot()
    def _follow(self) -> None:
        self.accepting.setEnabled(bool(self.field.text().strip()))

    @Slot()
    def _choose(self) -> None:
        choose_folder(self, tr("Choose the folder of the shared library"), lambda path: self.field.setText(str(path)))

    @Slot()
    def _accept(self) -> None:
        address = self.field.text().strip()
        self.accept()
        self.given.emit(address)
