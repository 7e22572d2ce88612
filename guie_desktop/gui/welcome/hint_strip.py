"""A strip that gives one hint, until the user has followed it or closes it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.gui.look.spoken import Role, announce, speak_as
from guie_desktop.gui.widgets.buttons import tool_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr


class HintStrip(QFrame):
    """What can be done, how, and a button to close it."""

    closed = Signal()
    """The user wants to see it no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        speak_as(self, Role.AlertMessage)
        self.title = plain_label(style="heading", wrap=True)
        self.text = plain_label(wrap=True)
        self.close_button = tool_button("close", tr("Close this hint (Esc)"), 16)
        self.close_button.clicked.connect(self.dismiss)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        layout.addLayout(texts, 1)
        layout.addWidget(self.close_button)
        self.hide()

    def tell(self, title: str, text: str) -> None:
        """Give this hint; it is read aloud once."""
        is_new = title != self.title.text()
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(f"{title} {text}")
        self.show()
        if is_new:
            announce(self)

    @Slot()
    def dismiss(self) -> None:
        """The user closes it."""
        self.hide()
        self.closed.emit()
