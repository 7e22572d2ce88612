"""Paints the lines above the photos of a day, and above those that are less alike."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QStyle

from guie_desktop.gui.photos.grid_geometry import GAP, HEADING, MARGIN, GridGeometry
from guie_desktop.gui.photos.tiles import Headings
from guie_desktop.language import ntr

_AROUND = 12


def sticky_heading(geometry: GridGeometry, headings: Headings, offset: int) -> tuple[int, QRect] | None:
    """The date under which what is at the upper edge lies, and where it is shown there; None where there is none.

    The next heading pushes it out of the view.
    """
    if not headings.are_dates or not geometry.count or offset <= 0:
        return None
    number = geometry.section_at(offset)
    if number < 0:
        return None
    area = QRect(0, 0, geometry.width, HEADING)
    if number + 1 < len(headings.rows):
        area.moveTop(min(0, geometry.heading_rect(number + 1).top() - offset - HEADING))
    return number, area


def paint_headings(painter: QPainter, geometry: GridGeometry, headings: Headings, view: QRect, *, hovered: int) -> None:
    """Paint the headings in view, a part of the grid; the `hovered` one shows that it can be clicked."""
    offset = view.top()
    for number in geometry.headings_between(offset, view.bottom()):
        area = geometry.heading_rect(number).translated(0, -offset)
        if headings.are_dates:
            _paint_date(painter, geometry, headings, number, area, is_hovered=number == hovered)
        else:
            _paint_divider(painter, headings.words(int(headings.rows[number])), area)
    if (sticky := sticky_heading(geometry, headings, offset)) is not None:
        number, area = sticky
        ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
        ground.setAlpha(242)
        painter.fillRect(area, ground)
        inner = area.adjusted(MARGIN, 0, -MARGIN, 0)
        _paint_date(painter, geometry, headings, number, inner, is_hovered=number == hovered)


def _paint_date(
    painter: QPainter, geometry: GridGeometry, headings: Headings, number: int, area: QRect, *, is_hovered: bool
) -> None:
    rows, plain, palette = geometry.rows_under(number), painter.font(), QGuiApplication.palette()
    is_open = headings.go_on and number == len(headings.rows) - 1
    words = headings.words(rows.start)
    count = "" if is_open else ntr("{number} photo", "{number} photos", len(rows))
    bold = QFont(plain)
    bold.setWeight(QFont.Weight.DemiBold)
    bold.setUnderline(is_hovered)
    painter.setFont(bold)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, middle, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width()))
    taken = painter.fontMetrics().horizontalAdvance(words) + _AROUND
    painter.setFont(plain)
    if taken + painter.fontMetrics().horizontalAdvance(count) < area.width():
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        beside = QStyle.visualRect(painter.layoutDirection(), area, area.adjusted(taken, 0, 0, 0))
        painter.drawText(beside, middle, count)


def _paint_divider(painter: QPainter, words: str, area: QRect) -> None:
    palette = QGuiApplication.palette()
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    painter.setPen(palette.color(QPalette.ColorRole.Mid))
    taken = painter.fontMetrics().horizontalAdvance(words) + 2 * GAP
    line = QStyle.visualRect(painter.layoutDirection(), area, area.adjusted(taken, 0, 0, 0))
    painter.drawLine(line.left(), line.center().y(), line.right(), line.center().y())
