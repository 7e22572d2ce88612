"""A part of a page: its heading, sentences, and what illustrates them."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.theme import TIGHT
from guie_desktop.gui.widgets.labels import plain_label


class Section(QWidget):
    """Goes away while it has nothing to say."""

    def __init__(self, heading: str, *illustrations: QWidget) -> None:
        super().__init__()
        speak_as(self, Role.Grouping)
        self.setAccessibleName(heading)
        self.lines = plain_label(wrap=True)
        self.lines.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(plain_label(heading, style="heading"))
        layout.addWidget(self.lines)
        for illustration in illustrations:
            layout.addWidget(illustration)
        layout.addStretch(1)

    def show_lines(self, lines: Iterable[str]) -> None:
        """Say this, a sentence a line."""
        text = "\n".join(lines)
        self.lines.setText(text)
        self.lines.setVisible(bool(text))
        self.setVisible(bool(text))
