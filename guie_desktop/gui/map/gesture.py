"""What the user does on the map: a click, a move, or a line around photos, and where arrow keys lead."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, Qt

ARROWS: Mapping[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Keys, and where each leads on the map, across and down."""

_CLICK = 4
"""Pixels that the mouse may move for it to be a click."""


class Gesture:
    """Begins when a button of the mouse is pressed."""

    def __init__(self, at: QPointF, *, draws: bool) -> None:
        self._begun = self._at = at.toPoint()
        self.is_click = True
        self.draws = draws
        self.outline = [QPointF(at)]
        """The line so far, where one is drawn."""

    def go_to(self, at: QPointF) -> QPoint:
        """The mouse went on; by how much the map is to be moved."""
        before, now = self._at, at.toPoint()
        if (now - self._begun).manhattanLength() > _CLICK:
            self.is_click = False
        if self.draws:
            self.outline.append(QPointF(at))
        if self.draws or self.is_click:
            return QPoint()
        self._at = now
        return before - now
