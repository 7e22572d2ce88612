"""A small picture with its name and an x: one example of what is looked for, or many of them together."""

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStyle, QWidget

from guie_desktop.domain import Region
from guie_desktop.gui.look.icons import icon_pixmap, set_icon
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.style_sheet import set_style
from guie_desktop.gui.widgets.buttons import set_name, tool_button
from guie_desktop.gui.widgets.labels import ElidedLabel
from guie_desktop.language import ntr, tr

PICTURE = 44
_NAME_WIDTH = 120
_LEAST_NAME = 56
FEW = 3
"""Pictures on a chip that stands for many."""
_STEP = 22
"""Pixels of each that the next one leaves to be seen."""


class Chip(QFrame):
    """Shows an example; `removed` asks to take it out."""

    removed = Signal()
    turned = Signal()
    """It is to be the other one of like and not like."""
    switched = Signal()
    """It is to count no longer, or again."""

    def __init__(self, name: str, tooltip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._icon = "photos"
        self.setObjectName("chip")
        speak_as(self, Role.Grouping)
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.picture = QLabel()
        self.picture.setAccessibleName(name)
        self.picture.setFixedSize(PICTURE, PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label = ElidedLabel(name)
        wanted = self._label.sizeHint().width()
        self._label.setMinimumWidth(min(_LEAST_NAME, wanted))
        self._label.setMaximumWidth(min(_NAME_WIDTH, wanted))
        close = tool_button("close", tr("Take {name} out of the search", name=name), 14)
        close.clicked.connect(self.removed)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(4, 4, 4, 4)
        self.line.setSpacing(8)
        self.turn_button = tool_button("like", "", 16)
        self.turn_button.clicked.connect(self.turned)
        self.line.addWidget(self.turn_button)
        self.line.addWidget(self.picture)
        self.line.addWidget(self._label, 1)
        self.line.addWidget(close)
        self._draw_icon()
        self.show_part(unlike=False, weight=1.0, off=False)

    def show_part(self, *, unlike: bool, weight: float, off: bool) -> None:
        """What part it has in the question."""
        set_icon(self.turn_button, "unlike" if unlike else "like")
        turn = tr("Like {name} instead", name=self._name) if unlike else tr("Not like {name}", name=self._name)
        set_name(self.turn_button, turn)
        for what, on in (("unlike", unlike), ("off", off)):
            set_style(self, what, on)
        told = tr("Not like {name}", name=self._name) if unlike else self._name
        self.setAccessibleName(tr("{name}, switched off", name=told) if off else told)
        self._label.set_text(self._name if weight == 1.0 else f"{self._name} ×{weight:g}")
        self._label.setEnabled(not off)
        self.picture.setEnabled(not off)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere else switches it off, or on again."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.switched.emit()

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room the picture has to do; the menu has the rest."""
        self._label.setVisible(not narrow)
        self.turn_button.setVisible(not narrow)

    def show_picture(self, image: QImage, region: Region | None = None) -> None:
        """Show the picture, or the part of it that is looked for, cut to a square."""
        if region is not None:
            x, y, width, height = region
            image = image.copy(
                round(x * image.width()),
                round(y * image.height()),
                max(1, round(width * image.width())),
                max(1, round(height * image.height())),
            )
        self._icon = ""
        self.picture.setPixmap(square(image, PICTURE, self.devicePixelRatioF()))

    def show_icon(self, icon: str) -> None:
        """Show an icon in place of a picture."""
        self._icon = icon
        self._draw_icon()

    def show_failure(self, reason: str) -> None:
        """There is no picture."""
        self._icon = "warning"
        self._draw_icon()
        self.setToolTip(reason)

    def changeEvent(self, event: QEvent) -> None:
        """The desktop may go from light to dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        """What stands there while there is no picture."""
        if self._icon:
            colour = self.palette().color(self.foregroundRole()).name()
            self.picture.setPixmap(icon_pixmap(self._icon, colour, 20, self.devicePixelRatioF()))


class GroupChip(Chip):
    """Shows many examples as one, with pictures of a few of them; `open_asked` asks to see them all."""

    open_asked = Signal()

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(ntr("{number} photo", "{number} photos", count), looked_for_text(count), parent)
        self._images: list[QImage] = []
        self.turn_button.hide()
        self.picture.setFixedWidth(PICTURE + (FEW - 1) * _STEP)
        self.open_button = tool_button("photos", ntr("Show the {number} photo", "Show the {number} photos", count), 16)
        self.open_button.clicked.connect(self.open_asked)
        self.line.insertWidget(self.line.count() - 1, self.open_button)

    @property
    def pictures(self) -> int:
        """How many are shown."""
        return len(self._images)

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room the words have to do: pictures of a few say less."""
        self.picture.setVisible(not narrow)

    def show_picture(self, image: QImage, region: Region | None = None) -> None:
        """Lay a further picture over those that are there."""
        self._icon = ""
        self._images.append(image)
        ratio = self.devicePixelRatioF()
        together = QPixmap(round(self.picture.width() * ratio), round(PICTURE * ratio))
        together.setDevicePixelRatio(ratio)
        together.fill(Qt.GlobalColor.transparent)
        painter = QPainter(together)
        for place, one in enumerate(self._images):
            area = QRect(place * _STEP, 0, PICTURE, PICTURE)
            first = QStyle.visualRect(self.layoutDirection(), self.picture.rect(), area).topLeft()
            painter.drawPixmap(first, square(one, PICTURE, ratio))
        painter.end()
        self.picture.setPixmap(together)


def looked_for_text(photos: int) -> str:
    """How many photos a search is for."""
    return ntr("{number} photo is looked for", "{number} photos together are looked for", photos)


def square(image: QImage, side: int, ratio: float) -> QPixmap:
    """The picture cut to a square with round corners."""
    pixels = round(side * ratio)
    filled = image.scaled(
        pixels, pixels, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, pixels, pixels), 4 * ratio, 4 * ratio)
    painter.setClipPath(shape)
    painter.drawImage((pixels - filled.width()) // 2, (pixels - filled.height()) // 2, filled)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
