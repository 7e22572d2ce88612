"""A strip that offers something, which the user may look at or put away."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.gui.look.spoken import Role, announce, speak_as
from guie_desktop.gui.look.theme import TIGHT
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr


class Offer(QFrame):
    """Two lines of text, a button to see more, and one to be left alone."""

    accepted = Signal()

    def __init__(self, verb: str, refusal: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        speak_as(self, Role.AlertMessage)
        self.title = plain_label(style="heading", wrap=True)
        self.text = plain_label(wrap=True)
        self.accept_button = push_button(verb, primary=True)
        self.accept_button.clicked.connect(self._accept)
        self.dismiss_button = push_button(refusal or tr("Not now"))
        self.dismiss_button.clicked.connect(self.dismiss)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.title)
        texts.addWidget(self.text)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.accept_button)
        buttons.addWidget(self.dismiss_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(TIGHT)
        layout.addLayout(texts)
        layout.addLayout(buttons)
        self.hide()

    def tell(self, title: str, text: str) -> None:
        """Make this offer."""
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(f"{title} {text}")
        self.show()
        announce(self)

    @Slot()
    def dismiss(self) -> None:
        """Take it away."""
        self.hide()

    @Slot()
    def _accept(self) -> None:
        self.hide()
        self.accepted.emit()
