"""Widgets beside each other, as one."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP


def in_a_line(*parts: QWidget | tuple[QWidget, int]) -> QWidget:
    """These beside each other, with their stretch; where none has any, what is left of the line is empty."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GAP)
    stretched = [part if isinstance(part, tuple) else (part, 0) for part in parts]
    for widget, stretch in stretched:
        layout.addWidget(widget, stretch)
    if not any(stretch for _, stretch in stretched):
        layout.addStretch(1)
    return line
