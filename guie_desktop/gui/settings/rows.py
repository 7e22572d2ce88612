"""What the page of settings is made of: sections, and rows with a title, a sentence and a control."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.style_sheet import set_style
from guie_desktop.gui.look.theme import GAP, TIGHT, WIDE
from guie_desktop.gui.widgets.choice_box import ChoiceBox
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.language import tr

_WIDEST = 760
_WIDEST_CONTROL = 220


class Setting(QFrame):
    """One row of a section."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("setting")


class Row(Setting):
    """A title with a sentence below it; what it is set with stands beside them."""

    def __init__(self, title: str, *controls: QWidget, meaning: str = "") -> None:
        super().__init__()
        self.title = plain_label(title, wrap=True)
        self.meaning = plain_label(style="muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(TIGHT)
        words.addWidget(self.title)
        words.addWidget(self.meaning)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 10, 12, 10)
        line.setSpacing(WIDE)
        line.addLayout(words, 1)
        for control in controls:
            line.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        self.explain(meaning)

    def explain(self, meaning: str) -> None:
        """Say this below the title."""
        self.meaning.setText(meaning)
        self.meaning.setVisible(bool(meaning))


class ChoiceRow(Row):
    """One choice of several, with the sentence on the one that is chosen."""

    chosen = Signal(object)
    """The value that the user chose."""

    def __init__(
        self, title: str, choices: Sequence[tuple[str, Any]], explained: Callable[[Any], str] = lambda _: ""
    ) -> None:
        self.box = ChoiceBox(title)
        self.box.setMaximumWidth(_WIDEST_CONTROL)
        self.box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for words, value in choices:
            self.box.addItem(words, value)
        super().__init__(title, self.box)
        self._explained = explained
        self.box.activated.connect(lambda _: self.chosen.emit(self.value))

    @property
    def value(self) -> Any:
        """The chosen value."""
        return self.box.currentData()

    def show_value(self, value: Any, words: str = "") -> None:
        """Show this value as the chosen one; `words` are for one that is not among the choices."""
        position = self.box.findData(value)
        if position < 0:
            self.box.addItem(words, value)
            position = self.box.count() - 1
        self.box.setCurrentIndex(position)
        self.explain(self._explained(value))


def told_by(meanings: Mapping[Any, str]) -> Callable[[Any], str]:
    """Of each value its sentence, in the user's language."""
    return lambda value: tr(meanings[value])


class Section(QWidget):
    """Rows under a heading, in one frame."""

    def __init__(self, title: str, *rows: QWidget) -> None:
        super().__init__()
        speak_as(self, Role.Grouping)
        self.setAccessibleName(title)
        self._frame = QFrame()
        self._frame.setObjectName("model_row")
        self._rows = QVBoxLayout(self._frame)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        # A part of its own, because the layout around would ask how high this is where it is as wide as the page.
        part = QWidget()
        part.setMaximumWidth(_WIDEST)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, GAP)
        across.setSpacing(0)
        across.addWidget(part, 1)
        across.addStretch()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(plain_label(title, style="heading", wrap=True))
        column.addWidget(self._frame)
        for row in rows:
            self.insert(self._rows.count(), row)

    def insert(self, position: int, row: QWidget) -> None:
        """Put a row there."""
        self._rows.insertWidget(position, row)
        self._draw_lines()

    def remove(self, row: QWidget) -> None:
        """Take a row away."""
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._draw_lines()

    def _draw_lines(self) -> None:
        for position in range(self._rows.count()):
            item = self._rows.itemAt(position)
            if item is not None and (row := item.widget()) is not None:
                set_style(row, "below", position > 0)
