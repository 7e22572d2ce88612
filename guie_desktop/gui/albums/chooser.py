"""A small dialog that finds an album by a few letters, or takes them for the name of a new one."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from guie_desktop.domain import Album
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.library.album_names import album_name, name_key

_ALBUM = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_LINES = 9


class AlbumChooser(QDialog):
    """Type, move with the arrows, press Return."""

    chosen = Signal(object)
    """The album."""
    named = Signal(str)
    """The name for a new album."""

    def __init__(self, title: str, albums: tuple[Album, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._albums = albums
        self.field = QLineEdit(placeholderText="Find an album, or name a new one")
        self.field.setAccessibleName("Name of an album")
        self.field.setAcceptDrops(False)  # of a file it would take the path, and say that the file was moved
        self.field.textChanged.connect(self._show_matches)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("choice_list")
        self.list.setAccessibleName("Albums")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(title, style="heading", wrap=True))
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self._show_matches("")
        height = self.list.sizeHintForRow(0) * min(_LINES, len(albums) + 1) + 2 * self.list.frameWidth() + 8
        self.list.setFixedHeight(max(height, 80))
        self.setFixedWidth(340)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move through the list while letters go into the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _show_matches(self, text: str) -> None:
        letters = name_key(text)
        self.list.clear()
        matches = [album for album in self._albums if letters in name_key(album.name)]
        for album in sorted(matches, key=lambda album: not name_key(album.name).startswith(letters)):
            self._add(album.name, album)
        if letters and all(name_key(album.name) != letters for album in self._albums):
            self._add(f"New album “{album_name(text)}”", None)
        self.list.setCurrentRow(0)

    def _add(self, text: str, album: Album | None) -> None:
        item = QListWidgetItem(text)
        item.setToolTip(text)
        item.setData(_ALBUM, album)
        self.list.addItem(item)

    @Slot()
    def _take(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        album = item.data(_ALBUM)
        if album is not None:
            self.chosen.emit(album)
        else:
            self.named.emit(album_name(self.field.text()))
        self.accept()
