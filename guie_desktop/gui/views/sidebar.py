"""The left side: all photos, the folders of the library, and what could not be read."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from guie_desktop.domain import Counts, Folder
from guie_desktop.gui.file_names import readable, readable_path
from guie_desktop.gui.icons import icon_pixmap
from guie_desktop.gui.progress_text import counted
from guie_desktop.gui.theme import GAP, TIGHT
from guie_desktop.gui.widgets.buttons import push_button, set_words, tool_button
from guie_desktop.gui.widgets.labels import plain_label

_FOLDER = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_ICON = Qt.ItemDataRole.UserRole + 2
_LINE_HEIGHT = 34


class Sidebar(QWidget):
    """Chooses what is browsed."""

    all_chosen = Signal()
    folder_chosen = Signal(object)
    add_asked = Signal()
    remove_asked = Signal(object)
    show_asked = Signal(object)
    rescan_asked = Signal()
    failures_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget(self)
        self.list.setObjectName("folder_list")
        self.list.setAccessibleName("Folders")
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.currentItemChanged.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.failures_button = push_button("", "warning")
        self.failures_button.clicked.connect(self.failures_asked)
        self.failures_button.hide()
        add = tool_button("add", "Add a folder of photos (Ctrl+Shift+O)")
        add.clicked.connect(self.add_asked)
        head = QHBoxLayout()
        head.setContentsMargins(GAP, 0, 0, 0)
        head.addWidget(plain_label("Library", style="heading"), 1)
        head.addWidget(add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, 12, GAP, GAP)
        layout.setSpacing(TIGHT)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.failures_button)
        self._folders: tuple[Folder, ...] | None = None
        self._total = -1

    def show_library(self, folders: tuple[Folder, ...], counts: Counts) -> None:
        """Bring the list up to date; what is chosen stays chosen."""
        set_words(self.failures_button, f"{counted(counts.failed, 'file')} could not be read", has_icon=True)
        self.failures_button.setVisible(counts.failed > 0)
        total = sum(folder.photos for folder in folders)
        if (folders, total) == (self._folders, self._total):
            return
        chosen = self.chosen_folder()
        self._folders, self._total = folders, total
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItem(self._line("All photos", total, "photos", None))
        for folder in folders:
            icon = "folder" if folder.online else "offline"
            self.list.addItem(self._line(self._name(folder, folders), folder.photos, icon, folder))
        kept = next((row for row in range(self.list.count()) if _id(self._folder(row)) == _id(chosen)), 0)
        self.list.setCurrentRow(kept)
        self.list.blockSignals(False)
        if _id(self.chosen_folder()) != _id(chosen):
            self._choose()

    def chosen_folder(self) -> Folder | None:
        """The folder that is browsed; None for all photos."""
        return self._folder(self.list.currentRow())

    def mark_all(self) -> None:
        """Go to all photos."""
        self.list.setCurrentRow(0)

    def _folder(self, row: int) -> Folder | None:
        item = self.list.item(row) if row >= 0 else None
        return item.data(_FOLDER) if item is not None else None

    def _name(self, folder: Folder, folders: tuple[Folder, ...]) -> str:
        same = [other for other in folders if other.path.name == folder.path.name]
        if len(same) > 1 or not folder.path.name:
            return readable(str(Path(*folder.path.parts[-2:])))
        return readable(folder.path.name)

    def _line(self, name: str, count: int, icon: str, folder: Folder | None) -> QListWidgetItem:
        item = QListWidgetItem(name)
        item.setData(_FOLDER, folder)
        item.setData(_COUNT, f"{count:,}")
        item.setData(_ICON, icon)
        told = f"{name}, {counted(count, 'photo')}"
        if folder is not None:
            where = readable_path(folder.path)
            offline = "\nNot connected. Its photos stay in the library." if not folder.online else ""
            item.setToolTip(f"{where}{offline}")
            told += ", not connected" if not folder.online else ""
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        return item

    @Slot()
    def _choose(self) -> None:
        folder = self.chosen_folder()
        if folder is None:
            self.all_chosen.emit()
        else:
            self.folder_chosen.emit(folder)

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        item = self.list.itemAt(point)
        folder: Folder | None = item.data(_FOLDER) if item is not None else None
        menu = QMenu(self)
        if folder is not None:
            menu.addAction("Show in file manager", lambda: self.show_asked.emit(folder))
            menu.addAction("Remove from library…", lambda: self.remove_asked.emit(folder))
            menu.addSeparator()
        menu.addAction("Look for changes in all folders", self.rescan_asked.emit)
        menu.addAction("Add folder…", self.add_asked.emit)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(point))


def _id(folder: Folder | None) -> int | None:
    return folder.id if folder is not None else None


class _LineDelegate(QStyledItemDelegate):
    """Icon, name, and the count on the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All lines are equally high."""
        return QSize(80, _LINE_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        state, palette, role = option.state, option.palette, QPalette.ColorRole
        area: QRect = option.rect.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(role.Midlight if selected else role.AlternateBase))
            painter.drawRoundedRect(area, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(palette.color(role.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        offline = index.data(_ICON) == "offline"
        colour = palette.color(role.PlaceholderText if offline else role.Text)
        ratio = painter.device().devicePixelRatioF()
        icon = icon_pixmap(index.data(_ICON), colour.name(), 18, ratio)
        painter.drawPixmap(area.left() + 8, area.center().y() - 8, icon)
        painter.setPen(palette.color(role.PlaceholderText))
        text = area.adjusted(34, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        count = index.data(_COUNT)
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignRight, count)
        painter.setPen(colour)
        room = text.width() - painter.fontMetrics().horizontalAdvance(count) - 8
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, name)
        painter.restore()
