"""A row of small pictures below the large one: what is seen large in the middle, and no end empty that need not be."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from guie_desktop.domain import Photo
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.theme import ROUND, TIGHT
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.picture_cache import TileBox, tile_box
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.language import tr

_SIDE = 60
_GAP = TIGHT
_STEP = _SIDE + _GAP
_FRAME = 2
_GO_TO = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton  # the menu that follows is of that photo


class FilmStrip(QWidget):
    """Shows a stretch of a gallery, loaded as it comes in view; a click goes to a photo."""

    row_asked = Signal(int)

    def __init__(self, loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, Role.Graphic)
        self._loader = loader
        self._gallery: Gallery | None = None
        self._row = 0
        self.setFixedHeight(_SIDE + 2 * TIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Film strip"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        loader.arrived.connect(self._load)

    def sizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(200, self.height())

    def show_row(self, gallery: Gallery, row: int) -> None:
        """Show what lies around this row of the gallery."""
        self._gallery, self._row = gallery, row
        total = len(gallery.photos.ids)
        self.setAccessibleDescription(tr("Photo {number} of {total}", number=row + 1, total=total))
        self._load()

    def rows(self) -> range:
        """The rows that are at least partly seen."""
        begin = self._begin()
        return range(max(0, begin // _STEP), min(self._count(), (begin + self.width()) // _STEP + 1))

    def tile(self, row: int) -> QRect:
        """Where this row is."""
        place = QRect(row * _STEP - self._begin(), TIGHT, _SIDE, _SIDE)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def _count(self) -> int:
        return 0 if self._gallery is None else len(self._gallery.photos.ids)

    def _begin(self) -> int:
        """How far into the whole strip it is seen: what is seen large in the middle, but nothing empty at its ends."""
        whole = self._count() * _STEP - _GAP
        if whole <= self.width():
            return (whole - self.width()) // 2
        middle = self._row * _STEP + (_SIDE - self.width()) // 2
        return min(max(0, middle), whole - self.width())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the photo under the pointer."""
        row = self._row_at(event.position().toPoint())
        if row is not None and event.button() in _GO_TO:
            self.row_asked.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures that are there."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        palette = self.palette()
        for row in self.rows():
            tile = self.tile(row)
            photo = self._photo(row)
            picture = self._loader.picture(photo, self._box()) if photo is not None else None
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(tile, ROUND / 2, ROUND / 2)
            if picture is not None:
                size = picture.deviceIndependentSize().toSize().scaled(tile.size(), Qt.AspectRatioMode.KeepAspectRatio)
                shown = QRect(QPoint(), size.boundedTo(tile.size()))
                shown.moveCenter(tile.center())
                painter.drawPixmap(shown, picture)
            if row == self._row:
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), _FRAME))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(tile, ROUND / 2, ROUND / 2)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Load what is seen now."""
        super().showEvent(event)
        self._load()

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees need not be loaded."""
        super().hideEvent(event)
        self._loader.want((), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer are seen."""
        super().resizeEvent(event)
        self._load()

    def _row_at(self, point: QPoint) -> int | None:
        return next((row for row in self.rows() if self.tile(row).contains(point)), None)

    def _photo(self, row: int) -> Photo | None:
        assert self._gallery is not None
        return self._gallery.photos.photo(row)

    def _box(self) -> TileBox:
        return tile_box(_SIDE, _SIDE, self.devicePixelRatioF())

    @Slot()
    def _load(self) -> None:
        gallery = self._gallery
        if gallery is None or not self.isVisible():
            return
        # From the middle outwards, as that is where the eye is.
        rows = sorted(self.rows(), key=lambda row: abs(row - self._row))
        box = self._box()
        self._loader.want([(gallery.photos.ids[row], box) for row in rows], self, gallery.photos.frames)
        self.update()
