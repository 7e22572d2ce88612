"""The dialog in which folders are put in their order for duplicates, the best first, and protected."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from guie_desktop.duplicates import KeepChoices
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr

_SIZE = 560, 420
_PATH = Qt.ItemDataRole.UserRole


class FoldersDialog(QDialog):
    """`wanted` tells the choices with these folders."""

    wanted = Signal(object)

    def __init__(self, folders: Sequence[Path], choices: KeepChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Folders of duplicates"))
        self.list = QListWidget()
        self.list.setObjectName("choice_list")
        self.list.setSpacing(3)
        self.list.setAccessibleName(tr("Folders, the best first; those that are ticked are protected"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        known = (*choices.best, *choices.protected)
        for folder in dict.fromkeys((*known, *folders)):
            self._add(folder, is_protected=folder in choices.protected)
        self.list.setCurrentRow(0)
        self.up = push_button(tr("Better"))
        self.down = push_button(tr("Less good"))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.list.currentRowChanged.connect(self._enable)
        self.save = push_button(tr("Save"), primary=True)
        self.save.setDefault(True)
        self.save.clicked.connect(self._save)
        cancel = push_button(tr("Cancel"))
        for button in (self.up, self.down, cancel):
            button.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        ends = QHBoxLayout()
        ends.addLayout(Flowing(self.up, self.down), 1)
        ends.addWidget(cancel)
        ends.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(GAP)
        column.addWidget(plain_label(tr("Which folders are best?"), style="heading", wrap=True))
        column.addWidget(
            plain_label(
                tr(
                    "The best folder comes first; by the rule “Keep the one in the best folder” its photos stay. "
                    "Tick a folder to protect it: nothing in it ever goes."
                ),
                style="muted",
                wrap=True,
            )
        )
        column.addWidget(self.list, 1)
        column.addLayout(ends)
        self.resize(*_SIZE)
        self.list.setFocus()
        self._enable()

    def _add(self, folder: Path, *, is_protected: bool) -> None:
        item = QListWidgetItem(readable_path(folder))
        item.setData(_PATH, str(folder))
        item.setToolTip(readable_path(folder))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_protected else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentRow(row + by)

    @Slot()
    def _enable(self) -> None:
        row = self.list.currentRow()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)

    @Slot()
    def _save(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        best = tuple(Path(item.data(_PATH)) for item in items)
        ticked = tuple(Path(item.data(_PATH)) for item in items if item.checkState() == Qt.CheckState.Checked)
        self.wanted.emit(replace(self._choices, best=best, protected=ticked))
        self.accept()
