"""The albums on the left side: chosen, named in place, and taking the photos that are dropped on them."""

from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QListWidgetItem, QMenu, QStyle, QWidget

from guie_desktop.domain import Album, Place
from guie_desktop.gui.look.theme import GAP, ROUND
from guie_desktop.gui.photos.photo_mime import accept_photos_and_files, files_in, ids_in, is_ours
from guie_desktop.gui.widgets.context_menu import open_menu
from guie_desktop.gui.widgets.line_list import LINE_HEIGHT, TEXT_LEFT, LineList, mark_line
from guie_desktop.gui.widgets.name_delegate import NameDelegate
from guie_desktop.language import ntr, tr, tr_noop
from guie_desktop.library.album_names import album_name, name_key

_EMPTY = tr_noop("Drop photos here, or press A on chosen ones, to put them into an album.")


class AlbumList(LineList):
    """Each line stands for a Place."""

    shown = Signal()
    """The lines were made anew."""
    new_named = Signal(str, object)
    """The name of a new album, and the ids of the photos that it begins with."""
    renamed = Signal(object, str)
    remove_asked = Signal(object)
    similar_asked = Signal(object, bool)
    """Photos like those of this album are to be looked for, beside what is looked for already or alone."""
    inside_asked = Signal(object)
    """Look into the photos of this album."""
    dropped = Signal(object, object)
    """An album, and the ids of the photos that were dropped on it."""
    files_dropped = Signal(object, object)
    """An album, and the files and folders of other programs that were dropped on it."""
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Albums"), parent)
        self.albums: tuple[Album, ...] = ()
        self._pending: tuple[Album, ...] | None = None
        """What is to be shown when the name that is being written is done."""
        self._naming: QListWidgetItem | None = None
        self._photos: tuple[int, ...] = ()
        self._target: QListWidgetItem | None = None
        self._offers_new = False
        """Whether a drag hovers where a drop would make an album."""
        delegate = NameDelegate(self)
        delegate.named.connect(self._take_name)
        self.use(delegate)
        self.setAcceptDrops(True)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.customContextMenuRequested.connect(self._open_menu)
        self.itemDoubleClicked.connect(self._name_item)

    def show_albums(self, albums: tuple[Album, ...]) -> None:
        """Bring the list up to date, when no name is being written."""
        if self._naming is not None:
            self._pending = albums
        elif albums != self.albums:
            self.albums = albums
            self.show_again()

    def show_again(self) -> None:
        """Make the lines anew, as a name that was written was not taken."""
        place = self.verticalScrollBar().value()
        self._target = None
        self.blockSignals(True)
        self.clear()
        for album in self.albums:
            item = self.line(album.name, album.photos, "album", Place(album_id=album.id))
            item.setToolTip("\n".join(_told_of(album)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(_told_of(album)[:2]))
            self.addItem(item)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(place)
        self.shown.emit()

    def ask_name(self, photos: tuple[int, ...] = ()) -> None:
        """Let the user write the name of a new album, which begins with these photos."""
        taken = {name_key(album.name) for album in self.albums}
        numbered = (tr("New album {number}", number=number) for number in range(2, len(taken) + 2))
        names = tr("New album"), *numbered
        item = self.line(next(name for name in names if name_key(name) not in taken), 0, "album", None)
        self.insertItem(0, item)
        self._photos = photos
        self._name_item(item)

    def rename(self, album: Album) -> None:
        """Let the user write another name for an album."""
        if album in self.albums:
            self._name_item(self.item(self.albums.index(album)))

    # --- writing a name

    @Slot(QListWidgetItem)
    def _name_item(self, item: QListWidgetItem) -> None:
        self._naming = item
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.scrollToItem(item)
        self.editItem(item)

    @Slot(str)
    def _take_name(self, name: str) -> None:
        item, name = self._naming, album_name(name)
        album = self._album(self.value(self.row(item))) if item is not None else None
        if not name or item is None:
            return
        if album is None:
            self.new_named.emit(name, self._photos)
        elif name != album.name:
            item.setText(name)
            self.renamed.emit(album, name)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """The name is written, or given up; Tab does not lead to the next one."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        item, self._naming, self._photos = self._naming, None, ()
        if item is not None and self.value(self.row(item)) is None:
            self.blockSignals(True)  # Qt chooses the next line where one goes
            self.takeItem(self.row(item))
            self.blockSignals(False)
            self.shown.emit()
        elif item is not None:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        pending, self._pending = self._pending, None
        if pending is not None:
            self.show_albums(pending)

    # --- keys and menu

    def event(self, event: QEvent) -> bool:
        """Delete means the album here, and not the chosen photos."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and cast(QKeyEvent, event).key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return renames, Delete removes."""
        if self._naming is not None:
            return  # what the field for the name has used already
        album = self._album(self.value(self.currentRow()))
        if album is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.rename(album)
        elif album is not None and event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit(album)
        else:
            super().keyPressEvent(event)

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        album = self._album(self.value_at(point))

        def fill(menu: QMenu) -> None:
            if album is not None:
                menu.addAction(tr("Find more like this album"), lambda: self.similar_asked.emit(album, False))
                menu.addAction(tr("Add to the search"), lambda: self.similar_asked.emit(album, True))
                menu.addSeparator()
                menu.addAction(tr("Rename"), lambda: self.rename(album))
                menu.addAction(tr("Look inside these photos…"), lambda: self.inside_asked.emit(album))
                menu.addAction(tr("Remove album"), lambda: self.remove_asked.emit(album))
                menu.addSeparator()
            menu.addAction(tr("New album"), self.ask_name)
            menu.addAction(tr("Make albums from folders…"), self.import_asked.emit)

        open_menu(self, point, fill)

    # --- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos of this library may be dropped, and files of other programs."""
        accept_photos_and_files(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Frame the album under the pointer; beside all of them a new one would be made."""
        item = self.itemAt(event.position().toPoint())
        takes = item is not None or is_ours(event)
        self._mark(item, new=item is None and takes)
        if not takes:
            event.ignore()
        elif accept_photos_and_files(event):
            self.startAutoScroll()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went away."""
        self.stopAutoScroll()
        self._mark(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the photos into the album, or into a new one."""
        self.stopAutoScroll()
        self._mark(None)
        if accept_photos_and_files(event):
            album = self._album(self.value_at(event.position().toPoint()))
            photos = ids_in(event.mimeData())
            if not is_ours(event):
                if album is not None:
                    self.files_dropped.emit(album, files_in(event.mimeData()))
            elif album is not None:
                self.dropped.emit(album, photos)
            else:
                self.ask_name(photos)

    def _mark(self, item: QListWidgetItem | None, *, new: bool = False) -> None:
        if new != self._offers_new:
            self._offers_new = new
            self.viewport().update()
        if item is not self._target:
            for line, marked in ((self._target, False), (item, True)):
                if line is not None:
                    mark_line(line, marked)
            self._target = item

    def _album(self, place: Place | None) -> Album | None:
        return next((album for album in self.albums if place and album.id == place.album_id), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say how to begin where there are no albums, and where a drop would make one."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._offers_new:
            self._paint_offer(painter)
        elif self.count() == 0:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            area = self.viewport().rect().adjusted(GAP, 2, -GAP, 0)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), tr(_EMPTY))
        painter.end()

    def _paint_offer(self, painter: QPainter) -> None:
        last = self.visualItemRect(self.item(self.count() - 1)).bottom() if self.count() else -1
        area = QRect(1, last + 3, self.viewport().width() - 2, LINE_HEIGHT - 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(area, ROUND, ROUND)
        words = QStyle.visualRect(self.layoutDirection(), area, area.adjusted(TEXT_LEFT + self.inset, 0, 0, 0))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, tr("New album"))


def _told_of(album: Album) -> list[str]:
    """Name and numbers, each in words of its own."""
    photos = ntr("{number} photo", "{number} photos", album.photos)
    refused = ntr("{number} photo marked as not this", "{number} photos marked as not this", album.refused)
    return [album.name, photos, *([refused] if album.refused else [])]
