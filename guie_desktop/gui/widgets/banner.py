"""A strip that tells what went wrong and what to do about it, without stopping the user."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from guie_desktop.gui.look.icons import icon_pixmap
from guie_desktop.gui.widgets.buttons import tool_button
from guie_desktop.gui.widgets.labels import plain_label


class Banner(QFrame):
    """Shows one failure at a time; the latest wins, and it stays until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._icon = QLabel()
        self.title = plain_label(style="heading", wrap=True)
        self.remedy = plain_label(wrap=True)
        for label in (self.title, self.remedy):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = tool_button("close", "Close this message", 16)
        close.clicked.connect(self.dismiss)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.remedy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, title: str, remedy: str = "") -> None:
        """Show this failure."""
        self.title.setText(title)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self.setAccessibleName(f"{title} {remedy}")
        self.show()
        self._draw_icon()

    def retract(self, remedy: str) -> None:
        """Take the message away if it is the one with this remedy, which is not needed any more."""
        if self.remedy.text() == remedy:
            self.dismiss()

    def changeEvent(self, event: QEvent) -> None:
        """The desktop may go from light to dark while the message stands there."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        self.title.ensurePolished()
        colour = self.title.palette().color(self.title.foregroundRole()).name()
        self._icon.setPixmap(icon_pixmap("warning", colour, 20, self.devicePixelRatioF()))

    @Slot()
    def dismiss(self) -> None:
        """Take the message away."""
        self.hide()
