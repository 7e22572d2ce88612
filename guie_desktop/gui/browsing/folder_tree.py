"""The folders of the library and what lies in them, below one line for all photos."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from guie_desktop.domain import ALL_PHOTOS, Folder, Place
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.look.wording import counted
from guie_desktop.gui.widgets.line_list import VALUE
from guie_desktop.gui.widgets.line_tree import LineTree, fill_line
from guie_desktop.library.directories import Directories

_PATH = Qt.ItemDataRole.UserRole + 10
_FOLDER = Qt.ItemDataRole.UserRole + 11


class FolderTree(LineTree):
    """Each line stands for a Place."""

    add_asked = Signal()
    remove_asked = Signal(object)
    find_asked = Signal(object)
    """The user knows where a folder is that is not connected."""
    show_asked = Signal(object)
    albums_asked = Signal(object)
    """Make an album of each folder in this one."""
    search_asked = Signal(object)
    """Look in this folder alone."""
    rescan_asked = Signal()
    check_asked = Signal()
    leave_out_asked = Signal()
    settings_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Folders", parent)
        self._folders: tuple[Folder, ...] | None = None
        self._directories = Directories()
        self._open: set[Path] = set()
        """The directories whose insides are shown, also while what they lie in is closed."""
        self.deep = True
        """Whether the photos of a folder are those that lie deeper in it, too."""
        self.customContextMenuRequested.connect(self._open_menu)
        self.itemExpanded.connect(self._expand)
        self.itemCollapsed.connect(self._collapse)

    def remember(self, opened: Iterable[str], *, deep: bool) -> None:
        """Take up what was open when the program was closed, and whether folders show what lies deeper."""
        self._open, self.deep = {Path(path) for path in opened}, deep

    @property
    def opened(self) -> tuple[str, ...]:
        """What is open, to be remembered."""
        return tuple(sorted(map(str, self._open)))

    def show_folders(self, folders: tuple[Folder, ...], directories: Directories) -> None:
        """Bring the tree up to date; what is open stays open, and what is in view in view."""
        if (folders, directories) == (self._folders, self._directories):
            return
        self._folders, self._directories = folders, directories
        self._show_again()

    def holds(self, place: Place) -> bool:
        """Whether there is a folder for this place."""
        if place == ALL_PHOTOS:
            return True
        folder = next((one for one in self._folders or () if one.id == place.folder_id), None)
        if folder is None:
            return False
        return place.directory in (None, folder.path) or place.directory in self._directories.photos

    def choose(self, place: Place | None) -> None:
        """Mark the line of this place, and open what it lies in; none where it is no folder."""
        item = above = None if place is None else self._line_of(place)
        while above is not None and (above := above.parent()) is not None:
            self._open.add(above.data(0, _PATH))
            above.setExpanded(True)
        self.choose_item(item)

    def place_of(self, path: Path) -> Place | None:
        """The place of a folder or of one in it; None where the library has none."""
        above = (folder for folder in self._folders or () if path.is_relative_to(folder.path))
        folder = next(above, None)
        return None if folder is None else self._place(folder, path)

    # --- lines

    def _show_again(self) -> None:
        folders, at = self._folders or (), self.verticalScrollBar().value()
        chosen = self.selectedItems()[0].data(0, VALUE) if self.selectedItems() else None
        self.blockSignals(True)
        self.clear()
        self.show_arrows(any(self._directories.inside.get(folder.path) for folder in folders))
        top = QTreeWidgetItem(self)
        total = sum(folder.photos for folder in folders)
        fill_line(top, "All photos", f"{total:,}", "photos", ALL_PHOTOS)
        top.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"All photos, {counted(total, 'photo')}")
        for folder in folders:
            self._add(self, folder, folder.path)
        self.blockSignals(False)
        self.choose(chosen)
        self.fit()
        self.verticalScrollBar().setValue(at)

    def _add(self, parent: QTreeWidget | QTreeWidgetItem, folder: Folder, path: Path) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent)
        is_root = path == folder.path
        name = _name(folder, self._folders or ()) if is_root else readable(path.name)
        count, state = self._count(folder, path), "" if folder.online else "not connected"
        shown = state if state and is_root else f"{count:,}"
        fill_line(item, name, shown, "folder" if folder.online else "offline", self._place(folder, path))
        item.setData(0, _PATH, path)
        item.setData(0, _FOLDER, folder)
        item.setToolTip(0, readable_path(path) if folder.online else _offline_text(folder, path))
        told = (name, counted(count, "photo"), *([state] if state else []))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(told))
        if self._directories.inside.get(path):
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            if path in self._open:
                self._fill(item)
                item.setExpanded(True)
        return item

    def _fill(self, item: QTreeWidgetItem) -> None:
        if item.childCount() == 0:
            for path in self._directories.inside.get(item.data(0, _PATH), ()):
                self._add(item, item.data(0, _FOLDER), path)

    def _count(self, folder: Folder, path: Path) -> int:
        tree = self._directories
        count = folder.photos if path == folder.path else tree.photos.get(path, 0)
        deeper = sum(tree.photos[one] for one in tree.inside.get(path, ()))
        return count if self.deep else count - deeper

    def _place(self, folder: Folder, path: Path) -> Place:
        if not self.deep:
            return Place(folder.id, directory=path, deep=False)
        return Place(folder.id, directory=None if path == folder.path else path)

    def _line_of(self, place: Place) -> QTreeWidgetItem | None:
        if place == ALL_PHOTOS:
            return self.top_line(0)
        tops = map(self.top_line, range(1, self.topLevelItemCount()))
        item = next((one for one in tops if one.data(0, _FOLDER).id == place.folder_id), None)
        path = place.directory
        while item is not None and path is not None and item.data(0, _PATH) != path:
            self._fill(item)
            below = [item.child(row) for row in range(item.childCount())]
            item = next((one for one in below if one is not None and path.is_relative_to(one.data(0, _PATH))), None)
        return item

    @Slot(QTreeWidgetItem)
    def _expand(self, item: QTreeWidgetItem) -> None:
        self._open.add(item.data(0, _PATH))
        self._fill(item)
        self.fit()

    @Slot(QTreeWidgetItem)
    def _collapse(self, item: QTreeWidgetItem) -> None:
        """What was chosen in there is seen no more: the folder itself is chosen instead."""
        path = item.data(0, _PATH)
        self._open.discard(path)
        inside = (one.data(0, _PATH) for one in self.selectedItems())
        if any(one is not None and one != path and one.is_relative_to(path) for one in inside):
            self.setCurrentItem(item)

    # --- menu

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        item = self.itemAt(point)
        folder: Folder | None = None if item is None else item.data(0, _FOLDER)
        path: Path | None = None if item is None else item.data(0, _PATH)

        def fill(menu: QMenu) -> None:
            if folder is not None and path is not None:
                for text, done in self._verbs(folder, path):
                    menu.addAction(text, done)
                menu.addSeparator()
                deep = menu.addAction("Include photos in subfolders", self._change_depth)
                deep.setCheckable(True)
                deep.setChecked(self.deep)
                menu.addSeparator()
            menu.addAction("Look for changes in all folders", self.rescan_asked.emit)
            menu.addAction("Check all photos…", self.check_asked.emit)
            menu.addAction("Add folder…", self.add_asked.emit)
            menu.addAction("Leave out…", self.leave_out_asked.emit)
            menu.addAction("Settings…", self.settings_asked.emit)

        self.open_menu(point, fill)

    def _verbs(self, folder: Folder, path: Path) -> list[tuple[str, Callable[[], Any]]]:
        """What can be done with a folder of the library, or with one in it."""
        is_root = path == folder.path
        search = ("Search only in this folder", lambda: self.search_asked.emit(path))
        if not folder.online:
            find = ("Find…", lambda: self.find_asked.emit(folder))
            forget = ("Forget…", lambda: self.remove_asked.emit(folder))
            return [find, forget, search] if is_root else [search]
        show = ("Show in file manager", lambda: self.show_asked.emit(path))
        albums = ("Make albums of its folders…", lambda: self.albums_asked.emit(path))
        remove = ("Remove from library…", lambda: self.remove_asked.emit(folder))
        return [show, search, albums, *([remove] if is_root else [])]

    @Slot()
    def _change_depth(self) -> None:
        """Show what lies deeper, or not, from now on; the folder on screen at once."""
        before = self.selectedItems()
        path = before[0].data(0, _PATH) if before else None
        self.deep = not self.deep
        self.choose_item(None)
        self._show_again()
        if path is not None and (place := self.place_of(path)) is not None:
            self.choose(place)
            self.chosen.emit(place)


def _offline_text(folder: Folder, path: Path) -> str:
    stay = f"Not connected. Its {counted(folder.photos, 'photo')} stay in the library, to be looked at and searched."
    return (
        f"{readable_path(path)}\n{stay}\n"
        "It is read again as soon as it is there. If it lies elsewhere now, choose Find… in its menu."
    )


def _name(folder: Folder, folders: tuple[Folder, ...]) -> str:
    same = [other for other in folders if other.path.name == folder.path.name]
    if len(same) > 1 or not folder.path.name:
        return readable(str(Path(*folder.path.parts[-2:])))
    return readable(folder.path.name)
