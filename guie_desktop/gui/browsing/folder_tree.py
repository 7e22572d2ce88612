"""The folders of the library and what lies in them, below one line for all photos."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QTreeWidgetItem, QWidget

from guie_desktop.domain import ALL_PHOTOS, Folder, Place
from guie_desktop.gui.browsing.folder_line import FolderLine
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.widgets.context_menu import open_menu
from guie_desktop.gui.widgets.line_tree import LineTree
from guie_desktop.language import tr, tr_noop
from guie_desktop.library.directory_tree import Directories
from guie_desktop.library.shared_places import is_shared

SUBFOLDERS = tr_noop("Include photos in subfolders")


LOOK_INSIDE = tr_noop("Look inside these photos…")


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
    inside_asked = Signal(object)
    """Look into the photos of this folder; None stands for all photos."""
    rescan_asked = Signal()
    check_asked = Signal()
    leave_out_asked = Signal()
    settings_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Folders"), parent)
        self._folders: tuple[Folder, ...] | None = None
        self._directories = Directories()
        self._open: set[str] = set()
        """The directories whose insides are shown, also while what they lie in is closed."""
        self.deep = True
        """Whether the photos of a folder are those that lie deeper in it, too."""
        self.customContextMenuRequested.connect(self._open_menu)
        self.itemExpanded.connect(self._expand)
        self.itemCollapsed.connect(self._collapse)

    def remember(self, opened: Iterable[str], *, deep: bool) -> None:
        """Take up what was open when the program was closed, and whether folders show what lies deeper."""
        self._open, self.deep = set(opened), deep

    @property
    def opened(self) -> tuple[str, ...]:
        """What is open, to be remembered."""
        return tuple(sorted(self._open))

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
        return place.directory in (None, folder.path) or str(place.directory) in self._directories.photos

    def choose(self, place: Place | None) -> None:
        """Mark the line of this place, and open what it lies in; none where it is no folder."""
        line = None if place is None else self._line_of(place)
        above = None if line is None else line.parent()
        while isinstance(above, FolderLine):
            self._open.add(above.path)
            above.setExpanded(True)
            above = above.parent()
        self.choose_item(line)

    def place_of(self, path: Path) -> Place | None:
        """The place of a folder or of one in it; None where the library has none."""
        above = (folder for folder in self._folders or () if path.is_relative_to(folder.path))
        folder = next(above, None)
        return None if folder is None else Place(folder.id, directory=path)

    # --- lines

    def _show_again(self) -> None:
        folders, at, before = self._folders or (), self.verticalScrollBar().value(), self._chosen_line()
        chosen = None if before is None else before.place
        self.blockSignals(True)
        self.show_arrows(any(self._directories.inside.get(str(folder.path)) for folder in folders))
        tops = self._tops()
        if [top.path for top in tops] != ["", *(str(folder.path) for folder in folders)]:
            self.clear()
            tops = [FolderLine(self) for _ in (None, *folders)]
        tops[0].show(None, "", tr("All photos"), sum(folder.photos for folder in folders), deep=True)
        for top, folder in zip(tops[1:], folders, strict=True):
            self._show(top, folder, str(folder.path))
        self.blockSignals(False)
        self.choose(chosen)
        self.fit()
        self.verticalScrollBar().setValue(at)
        self.viewport().update()

    def _show(self, line: FolderLine, folder: Folder, path: str) -> None:
        """Let a line stand for a folder, and those in it that were made for what lies in that."""
        is_root = path == str(folder.path)
        name = _name(folder, self._folders or ()) if is_root else readable(os.path.basename(path))  # noqa: PTH119
        inside = self._directories.inside.get(path, ())
        count = folder.photos if is_root else self._directories.photos.get(path, 0)
        if not self.deep:
            count -= sum(self._directories.photos[one] for one in inside)
        line.show(folder, path, name, count, deep=self.deep)
        if bool(inside) != self._has_arrow(line):
            policy = QTreeWidgetItem.ChildIndicatorPolicy
            line.setChildIndicatorPolicy(policy.ShowIndicator if inside else policy.DontShowIndicator)
        if line.childCount() or path in self._open:
            self._fill(line)
            line.setExpanded(bool(inside) and path in self._open)

    def _fill(self, line: FolderLine) -> None:
        """Make the lines of what lies in a folder, or bring them up to date."""
        if line.folder is None:
            return
        inside, lines = self._directories.inside.get(line.path, ()), line.inside()
        if [one.path for one in lines] != list(inside):
            line.takeChildren()
            lines = [FolderLine(line) for _ in inside]
        for one, path in zip(lines, inside, strict=True):
            self._show(one, line.folder, path)

    def _has_arrow(self, line: FolderLine) -> bool:
        return line.childIndicatorPolicy() == QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator

    def _tops(self) -> list[FolderLine]:
        lines = map(self.top_line, range(self.topLevelItemCount()))
        return [line for line in lines if isinstance(line, FolderLine)]

    def _chosen_line(self) -> FolderLine | None:
        return next((line for line in self.selectedItems() if isinstance(line, FolderLine)), None)

    def _line_of(self, place: Place) -> FolderLine | None:
        if place == ALL_PHOTOS:
            return next(iter(self._tops()), None)
        tops = (top for top in self._tops() if top.folder is not None and top.folder.id == place.folder_id)
        line = next(tops, None)
        path = place.directory
        while line is not None and path is not None and line.path != str(path):
            self._fill(line)
            line = next((one for one in line.inside() if path.is_relative_to(one.path)), None)
        return line

    @Slot(QTreeWidgetItem)
    def _expand(self, line: FolderLine) -> None:
        self._open.add(line.path)
        self._fill(line)
        self.fit()

    @Slot(QTreeWidgetItem)
    def _collapse(self, line: FolderLine) -> None:
        """What was chosen in there is seen no more: the folder itself is chosen instead."""
        self._open.discard(line.path)
        chosen = self._chosen_line()
        if chosen is not None and chosen is not line and Path(chosen.path).is_relative_to(line.path):
            self.setCurrentItem(line)

    # --- menu

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        line = self.itemAt(point)
        folder = line.folder if isinstance(line, FolderLine) else None

        def fill(menu: QMenu) -> None:
            if folder is not None and isinstance(line, FolderLine):
                for text, done in self._verbs(folder, Path(line.path)):
                    menu.addAction(text, done)
                menu.addSeparator()
                deep = menu.addAction(tr(SUBFOLDERS), self._change_depth)
                deep.setCheckable(True)
                deep.setChecked(self.deep)
                menu.addSeparator()
            else:
                menu.addAction(tr(LOOK_INSIDE), lambda: self.inside_asked.emit(None))
            menu.addAction(tr("Look for changes in all folders"), self.rescan_asked.emit)
            menu.addAction(tr("Check all photos…"), self.check_asked.emit)
            menu.addAction(tr("Add folder…"), self.add_asked.emit)
            menu.addAction(tr("Leave out…"), self.leave_out_asked.emit)
            menu.addAction(tr("Settings…"), self.settings_asked.emit)

        open_menu(self, point, fill)

    def _verbs(self, folder: Folder, path: Path) -> list[tuple[str, Callable[[], Any]]]:
        """What can be done with a folder of the library, or with one in it."""
        is_root = path == folder.path
        search = (tr("Search only in this folder"), lambda: self.search_asked.emit(path))
        if not folder.online:
            find = (tr("Find…"), lambda: self.find_asked.emit(folder))
            forget = (tr("Forget…"), lambda: self.remove_asked.emit(folder))
            if is_shared(folder.path):
                return [forget, search] if is_root else [search]
            return [find, forget, search] if is_root else [search]
        show = (tr("Show in file manager"), lambda: self.show_asked.emit(path))
        albums = (tr("Make albums of its folders…"), lambda: self.albums_asked.emit(path))
        remove = (tr("Remove from library…"), lambda: self.remove_asked.emit(folder))
        inside = (tr(LOOK_INSIDE), lambda: self.inside_asked.emit(path))
        return [show, search, inside, albums, *([remove] if is_root else [])]

    @Slot()
    def _change_depth(self) -> None:
        """Show what lies deeper, or not, from now on; the folder on screen at once."""
        before = self._chosen_line()
        self.deep = not self.deep
        self.choose_item(None)
        self._show_again()
        if before is not None and before.folder is not None:
            self.choose_item(before)
            self.chosen.emit(before.place)


def _name(folder: Folder, folders: tuple[Folder, ...]) -> str:
    same = [other for other in folders if other.path.name == folder.path.name]
    if len(same) > 1 or not folder.path.name:
        return readable(str(Path(*folder.path.parts[-2:])))
    return readable(folder.path.name)
