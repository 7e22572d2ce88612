"""The albums on the left side: chosen, named in place, and taking the photos that are dropped on them."""

from itertools import chain, count

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
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
from guie_desktop.gui.widgets.line_list import LINE_HEIGHT, TEXT_LEFT, mark_line
from guie_desktop.gui.widgets.named_list import NamedList
from guie_desktop.language import ntr, tr, tr_noop

_EMPTY = tr_noop("Drop photos here, or press A on chosen ones, to put them into an album.")


class AlbumList(NamedList):
    """Each line stands for a Place."""

    new_named = Signal(str, object)
    """The name of a new album, and the ids of the photos that it begins with."""
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
        super().__init__(tr("Albums"), tr("Name of the album"), parent)
        self._photos: tuple[int, ...] = ()
        self._target: QListWidgetItem | None = None
        self._offers_new = False
        """Whether a drag hovers where a drop would make an album."""
        self.setAcceptDrops(True)
        self.customContextMenuRequested.connect(self._open_menu)

    @property
    def albums(self) -> tuple[Album, ...]:
        """Those that are shown."""
        return self._things

    def show_albums(self, albums: tuple[Album, ...]) -> None:
        """Bring the list up to date, when no name is being written."""
        self.show_things(albums)

    def line_of(self, thing: Album) -> QListWidgetItem:
        """Name and number of photos; the others are told."""
        item = self.line(thing.name, thing.photos, "album", self.value_of(thing))
        item.setToolTip("\n".join(_told_of(thing)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(_told_of(thing)[:2]))
        return item

    def value_of(self, thing: Album) -> Place:
        """What is browsed there."""
        return Place(album_id=thing.id)

    def show_again(self) -> None:
        """Make the lines anew, of which none is under a drag then."""
        self._target = None
        super().show_again()

    def ask_name(self, photos: tuple[int, ...] = ()) -> None:
        """Let the user write the name of a new album, which begins with these photos."""
        self._photos = photos
        numbered = (tr("New album {number}", number=number) for number in count(2))
        self.name_new(chain((tr("New album"),), numbered), "album")

    def take_new(self, name: str) -> None:
        """A new album was named."""
        self.new_named.emit(name, self._photos)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """The name is written, or given up."""
        super().closeEditor(editor, hint)
        self._photos = ()

    # --- menu

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        album: Album | None = self.thing_of(self.value_at(point))

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
            album: Album | None = self.thing_of(self.value_at(event.position().toPoint()))
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
