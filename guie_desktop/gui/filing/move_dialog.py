"""The dialog that asks where photos are to be moved to, and says what that means."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.filing.form import FileForm
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.dialogs import choose_folder
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import ntr, tr, tr_noop

_FOLDER = Qt.ItemDataRole.UserRole
_STAYS = tr_noop(
    "The files themselves are moved, with what belongs to them: RAW, film of a Live Photo, XMP. You can undo it."
)
_TO_LIBRARY = tr_noop("They stay in their albums.")
_OUTSIDE = tr_noop("This folder is not in your library: the photos leave it.")
_TO_BE_ADDED = tr_noop("This folder becomes part of your library, so that the photos stay in their albums.")
_OTHER_DRIVE = tr_noop(
    "It is on another drive: each file is copied and checked, and then the first one goes to the trash."
)
_LINES = 6


class MoveDialog(FileForm):
    """The folders of the last times and those of the library, or any other."""

    wanted = Signal(object, bool)
    """The folder, and whether it is to be added to the library."""

    def __init__(
        self, photos: int, near: Path, recent: Sequence[Path], library: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        """`near` is a photo that is moved; `library` are the library's folders."""
        heading = ntr("Move {number} photo to a folder", "Move {number} photos to a folder", photos)
        super().__init__(heading, tr("Move"), parent)
        self._near, self._library = near, library
        self.list = QListWidget()
        self.list.setObjectName("choice_list")
        self.list.setAccessibleName(tr("Folders"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.browse = push_button(tr("Another folder…"))
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(lambda: choose_folder(self, tr("Move to this folder"), self.choose, near))
        self.add_it = QCheckBox(tr("Add this folder to the library"))
        self.add_it.setChecked(True)
        self.told = plain_label(style="muted", wrap=True)
        self.column.addWidget(self.list)
        self.column.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.add_it)
        self.column.addWidget(self.told)
        for folder in dict.fromkeys((*recent, *library)):
            self._put(folder, self.list.count())
        height = self.list.sizeHintForRow(0) * min(_LINES, max(2, self.list.count())) + 2 * self.list.frameWidth() + 8
        self.list.setFixedHeight(max(height, 72))
        self.list.currentItemChanged.connect(self._look)
        self.list.itemActivated.connect(lambda _: self.verb.click())
        self.add_it.toggled.connect(self._look)
        self.accepted.connect(self._tell)
        self.list.setCurrentRow(0)
        self._look()
        self.list.setFocus()

    def choose(self, folder: Path) -> None:
        """Move to this folder."""
        there = [row for row in range(self.list.count()) if self.list.item(row).data(_FOLDER) == folder]
        if not there:
            self._put(folder, 0)
        self.list.setCurrentRow(there[0] if there else 0)

    def _put(self, folder: Path, row: int) -> None:
        item = QListWidgetItem(readable_path(folder))
        item.setToolTip(readable_path(folder))
        item.setData(_FOLDER, folder)
        self.list.insertItem(row, item)

    def _folder(self) -> Path | None:
        item = self.list.currentItem()
        folder: Path | None = None if item is None else item.data(_FOLDER)
        return folder

    def _look(self, *_: object) -> None:
        folder = self._folder()
        self.verb.setEnabled(folder is not None and folder.is_dir())
        outside = folder is not None and not _is_below(folder, self._library)
        self.add_it.setVisible(outside)
        where = _TO_LIBRARY if not outside else _TO_BE_ADDED if self.add_it.isChecked() else _OUTSIDE
        drive = _OTHER_DRIVE if folder is not None and _is_elsewhere(folder, self._near) else ""
        missing = "" if folder is None or folder.is_dir() else tr("This folder is not there. Connect its drive.")
        self.told.setText(missing or " ".join(tr(part) for part in (_STAYS, where, drive) if part))
        self.fit()

    def _tell(self) -> None:
        self.wanted.emit(self._folder(), not self.add_it.isHidden() and self.add_it.isChecked())


def _is_below(folder: Path, library: Sequence[Path]) -> bool:
    real = Path(os.path.realpath(folder))
    return any(real.is_relative_to(root) for root in library)


def _is_elsewhere(folder: Path, photo: Path) -> bool:
    try:
        return folder.stat().st_dev != photo.parent.stat().st_dev
    except OSError:
        return False
