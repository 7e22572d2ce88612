"""One of the photos that are compared: its picture, and its name below."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from guie_desktop.domain import Photo
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.theme import GAP, ROUND, TIGHT
from guie_desktop.gui.photos.photo_facts import summary
from guie_desktop.gui.preview.picture_area import PictureArea
from guie_desktop.gui.widgets.labels import ElidedLabel

_FRAME = 2


class ComparePane(QWidget):
    """Framed where it is the one that is meant."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo: Photo | None = None
        self._is_meant = False
        self.area = PictureArea()
        self.area.pressed.connect(self.pressed)
        self.name, self.facts = ElidedLabel(), ElidedLabel(muted=True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # all are of one size
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, TIGHT)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        layout.addSpacing(TIGHT)
        layout.addWidget(self.name)
        layout.addWidget(self.facts)

    def name_photo(self, photo: Photo | None) -> None:
        """Say below which photo it is."""
        self.photo = photo
        if photo is not None:
            self.name.set_text(readable(photo.path.name))
            self.area.setAccessibleName(readable(photo.path.name))
            in_full, *shorter = summary(photo)
            self.facts.shorten_to(tuple(shorter))
            self.facts.set_text(in_full)

    def mean(self, meant: bool) -> None:
        """Show whether the verbs act on this one."""
        self._is_meant = meant
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame."""
        if self._is_meant:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _FRAME))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), ROUND, ROUND)
            painter.end()
