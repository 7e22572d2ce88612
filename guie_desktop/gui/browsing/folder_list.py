"""The folders of the library, below one line for all photos."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidgetItem, QMenu, QWidget

from guie_desktop.domain import Folder
from guie_desktop.gui.backend.library_reader import ALL_PHOTOS, Place
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.look.wording import counted
from guie_desktop.gui.widgets.line_list import LINE_HEIGHT, LineList


class FolderList(LineList):
    """Each line stands for a Place."""

    add_asked = Signal()
    remove_asked = Signal(object)
    find_asked = Signal(object)
    """The user knows where a folder is that is not connected."""
    show_asked = Signal(object)
    rescan_asked = Signal()
    check_asked = Signal()
    leave_out_asked = Signal()
    settings_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Folders", parent)
        self._folders: tuple[Folder, ...] | None = None
        self.customContextMenuRequested.connect(self._open_menu)

    def show_folders(self, folders: tuple[Folder, ...]) -> None:
        """Bring the list up to date."""
        if folders == self._folders:
            return
        self._folders = folders
        self.blockSignals(True)
        self.clear()
        total = sum(folder.photos for folder in folders)
        self.addItem(self._line("All photos", total, "photos", ALL_PHOTOS))
        for folder in folders:
            icon = "folder" if folder.online else "offline"
            item = self._line(_name(folder, folders), folder.photos, icon, Place(folder_id=folder.id))
            item.setToolTip(readable_path(folder.path) if folder.online else _offline_text(folder))
            self.addItem(item)
        self.blockSignals(False)
        self.setMaximumHeight(max(2, self.count()) * LINE_HEIGHT)

    def _line(self, name: str, count: int, icon: str, place: Place) -> QListWidgetItem:
        state = "not connected" if icon == "offline" else ""
        item = self.line(name, count, icon, place, state=state)
        told = (name, counted(count, "photo"), *([state] if state else []))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(told))
        return item

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        place: Place | None = self.value_at(point)
        folder = next((one for one in self._folders or () if place and one.id == place.folder_id), None)

        def fill(menu: QMenu) -> None:
            if folder is not None and folder.online:
                menu.addAction("Show in file manager", lambda: self.show_asked.emit(folder))
                menu.addAction("Remove from library…", lambda: self.remove_asked.emit(folder))
                menu.addSeparator()
            elif folder is not None:
                menu.addAction("Find…", lambda: self.find_asked.emit(folder))
                menu.addAction("Forget…", lambda: self.remove_asked.emit(folder))
                menu.addSeparator()
            menu.addAction("Look for changes in all folders", self.rescan_asked.emit)
            menu.addAction("Check all photos…", self.check_asked.emit)
            menu.addAction("Add folder…", self.add_asked.emit)
            menu.addAction("Leave out…", self.leave_out_asked.emit)
            menu.addAction("Settings…", self.settings_asked.emit)

        self.open_menu(point, fill)


def _offline_text(folder: Folder) -> str:
    stay = f"Not connected. Its {counted(folder.photos, 'photo')} stay in the library, to be looked at and searched."
    return (
        f"{readable_path(folder.path)}\n{stay}\n"
        "It is read again as soon as it is there. If it lies elsewhere now, choose Find… in its menu."
    )


def _name(folder: Folder, folders: tuple[Folder, ...]) -> str:
    same = [other for other in folders if other.path.name == folder.path.name]
    if len(same) > 1 or not folder.path.name:
        return readable(str(Path(*folder.path.parts[-2:])))
    return readable(folder.path.name)
