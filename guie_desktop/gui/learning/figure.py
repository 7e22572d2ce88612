"""A number, large, with the words that say what it means."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.widgets.labels import plain_label


class Figure(QFrame):
    """Shows one number."""

    def __init__(self, words: str, tooltip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figure")
        speak_as(self, Role.Grouping)
        self.setToolTip(tooltip)
        self._words = words
        self.number = plain_label(style="figure")
        self.note = plain_label(style="muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(2)
        layout.addWidget(self.number)
        layout.addWidget(plain_label(words, wrap=True))
        layout.addWidget(self.note)
        layout.addStretch(1)

    def show_number(self, number: str, note: str = "") -> None:
        """Show this number; the note says how exact it is."""
        self.number.setText(number)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(f"{number} {self._words}. {note}")
