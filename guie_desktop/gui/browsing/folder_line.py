"""A line of the tree of folders: what it stands for, and what it says of it when it is asked."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from guie_desktop.domain import ALL_PHOTOS, Folder, Place
from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.widgets.line_list import ICON, RIGHT, VALUE
from guie_desktop.language import ntr, number_text, tr
from guie_desktop.library.shared_places import is_shared


class FolderLine(QTreeWidgetItem):
    """Keeps nothing in Qt, as there may be thousands, of which few are ever on screen."""

    def __init__(self, parent: "QTreeWidget | FolderLine") -> None:
        super().__init__(parent)
        self.folder: Folder | None = None
        """The folder of the library in which it lies; None for all photos."""
        self.path = ""
        self._name = tr("All photos")
        self._count = 0
        self._deep = True

    def show(self, folder: Folder | None, path: str, name: str, count: int, *, deep: bool) -> None:
        """Stand for a directory with so many photos, which may be those that lie `deep` in it, too."""
        self.folder, self.path, self._name, self._count, self._deep = folder, path, name, count, deep

    def inside(self) -> "list[FolderLine]":
        """The lines in this one that were made so far."""
        lines = (self.child(row) for row in range(self.childCount()))
        return [line for line in lines if isinstance(line, FolderLine)]

    @property
    def place(self) -> Place:
        """What is browsed when it is chosen."""
        folder = self.folder
        if folder is None:
            return ALL_PHOTOS
        is_all = self._deep and self.path == str(folder.path)
        return Place(folder.id, directory=None if is_all else Path(self.path), deep=self._deep)

    def data(self, column: int, role: int) -> Any:
        """What Qt and the line's painter ask."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._name
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip()
            case Qt.ItemDataRole.AccessibleTextRole:
                photos = ntr("{number} photo", "{number} photos", self._count)
                return ", ".join((self._name, photos, *([tr("not connected")] if self._is_away else [])))
            case _ if role == VALUE:
                return self.place
            case _ if role == RIGHT:
                return tr("not connected") if self._is_away and self._is_root else number_text(self._count)
            case _ if role == ICON:
                return "photos" if self.folder is None else self._icon
        return super().data(column, role)

    @property
    def _is_away(self) -> bool:
        return self.folder is not None and not self.folder.online and not self._is_shared

    @property
    def _is_shared(self) -> bool:
        return self.folder is not None and is_shared(self.folder.path)

    @property
    def _icon(self) -> str:
        return "shared" if self._is_shared else "offline" if self._is_away else "folder"

    @property
    def _is_root(self) -> bool:
        return self.folder is not None and self.path == str(self.folder.path)

    def _tooltip(self) -> str:
        if self.folder is None:
            return self._name
        path = readable_path(Path(self.path))
        if self._is_shared:
            return tr("Photos of a shared library of which you have said something; the files stay where they are.")
        if self.folder.online:
            return path
        away = ntr(
            "Not connected. Its {number} photo stays in the library, to be looked at and searched.",
            "Not connected. Its {number} photos stay in the library, to be looked at and searched.",
            self.folder.photos,
        )
        find = tr("It is read again as soon as it is there. If it lies elsewhere now, choose Find… in its menu.")
        return f"{path}\n{away}\n{find}"
