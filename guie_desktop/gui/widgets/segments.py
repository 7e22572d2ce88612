"""A few words of which one is chosen, as buttons in one frame."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QWidget

from guie_desktop.gui.widgets.buttons import push_button


class Segments(QFrame):
    """Each button stands for a value."""

    chosen = Signal(object)
    """The value that the user chose."""

    def __init__(self, name: str, choices: Sequence[tuple[str, Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._values = [value for _, value, _ in choices]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for number, (words, _, tooltip) in enumerate(choices):
            button = push_button(words, tooltip=tooltip, beside=True)
            button.setCheckable(True)
            button.setProperty("segment", True)
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.buttonToggled.connect(self._lead_to_chosen)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._values[number]))

    @Slot(QAbstractButton, bool)
    def _lead_to_chosen(self, button: QAbstractButton, chosen: bool) -> None:
        """Tab leads to the chosen button and arrows to the others; Qt sees to that once, and not when it changes."""
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)

    def choose(self, value: Any) -> None:
        """Show this value as the chosen one."""
        self._group.button(self._values.index(value)).setChecked(True)

    @property
    def value(self) -> Any:
        """The chosen value."""
        return self._values[self._group.checkedId()]
