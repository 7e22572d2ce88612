"""A small picture with its name and an x: one example of what is looked for."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from guie_desktop.domain import Region
from guie_desktop.gui.look.icons import icon_pixmap
from guie_desktop.gui.widgets.buttons import tool_button
from guie_desktop.gui.widgets.labels import ElidedLabel

_PICTURE = 44
_NAME_WIDTH = 120


class Chip(QFrame):
    """Shows an example; `removed` asks to take it out."""

    removed = Signal()

    def __init__(self, name: str, tooltip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failed = False
        self.setObjectName("chip")
        self.setToolTip(tooltip)
        self.picture = QLabel()
        self.picture.setFixedSize(_PICTURE, _PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label = ElidedLabel(name)
        self._label.setMinimumWidth(1)  # where there are many, the pictures have to do
        self._label.setMaximumWidth(min(_NAME_WIDTH, self._label.sizeHint().width()))
        close = tool_button("close", f"Take {name} out of the search", 14)
        close.clicked.connect(self.removed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(8)
        layout.addWidget(self.picture)
        layout.addWidget(self._label, 1)
        layout.addWidget(close)

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
        self._failed = False
        ratio = self.devicePixelRatioF()
        side = round(_PICTURE * ratio)
        filled = image.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
        )
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(0, 0, side, side), 4 * ratio, 4 * ratio)
        painter.setClipPath(shape)
        painter.drawImage((side - filled.width()) // 2, (side - filled.height()) // 2, filled)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixmap)

    def show_failure(self, reason: str) -> None:
        """There is no picture."""
        self._failed = True
        self._draw_failure()
        self.setToolTip(reason)

    def changeEvent(self, event: QEvent) -> None:
        """The desktop may go from light to dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._failed:
            self._draw_failure()

    def _draw_failure(self) -> None:
        colour = self.palette().color(self.foregroundRole()).name()
        self.picture.setPixmap(icon_pixmap("warning", colour, 20, self.devicePixelRatioF()))
