"""A strip that says that nothing alike was found, so that the nearest photos are not taken for it."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr


class NothingHere(QFrame):
    """Stands above the nearest photos, which are dimmed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nothing_here")
        self.title = plain_label(style="heading", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(
            plain_label(tr("The nearest photos are below, but they are probably something else."), wrap=True)
        )
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say it of the place where was looked."""
        self.title.setText(sentence)
        self.show()
