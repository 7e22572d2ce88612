"""Paints what lies over the photos of the map: names, as many as have room, and the line that is drawn."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPalette, QPen, QPolygonF

from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.theme import GAP, ROUND, TIGHT
from guie_desktop.gui.map.names import Label

_WIDEST = 0.45
"""Share of the view's width that a name may take; a longer one is left out, since half a name tells nothing."""
_GROUND = 0.85
"""How much of the photos below the ground of a name hides."""


def paint_labels(
    painter: QPainter, view: QRectF, labels: Iterable[Label], scale: float, origin: tuple[int, int]
) -> None:
    """Paint those that lie in the view, and none over another; `scale` and `origin` are those of the sight."""
    palette, metrics = QGuiApplication.palette(), painter.fontMetrics()
    ground, words = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    ground.setAlphaF(_GROUND)
    taken: list[QRectF] = []
    for label in labels:
        x, y = origin[0] + label.x * scale, origin[1] + label.y * scale
        said = readable(label.words)
        width, height = metrics.horizontalAdvance(said) + 2 * GAP, metrics.height() + TIGHT
        area = QRectF(x - width / 2, y - height / 2, width, height)
        if width > _WIDEST * view.width() or not view.contains(area) or any(area.intersects(other) for other in taken):
            continue
        taken.append(area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, ROUND, ROUND)
        painter.setPen(words)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, said)


def paint_outline(painter: QPainter, outline: Sequence[QPointF]) -> None:
    """Paint the line around photos, and what it holds so far."""
    if len(outline) > 1:
        colour = QGuiApplication.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, 2))
        colour.setAlpha(40)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF(outline))
