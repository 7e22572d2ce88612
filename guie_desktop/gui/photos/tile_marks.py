"""The stars and the flag of a photo on its tile, and how many its stack has; to be read on light and dark pictures."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle

from guie_desktop.gui.look.icons import icon_pixmap
from guie_desktop.language import number_text

_SIGN = 13
_STEP = 14
_PADDING = 5
_FROM_EDGE = 6
_BADGE = 8
"""So much higher than a line of text is a badge, with the gap above it."""
# On a picture the theme does not matter: the signs bring along what they stand on.
_GROUND = QColor(0, 0, 0, 175)
_STAR, _FLAG = "#ffd257", "#ffffff"


def paint_tile_marks(
    painter: QPainter, rating: int, picture: QRect, ratio: float, *, flagged: bool, raised: bool
) -> None:
    """Paint them into the lower corner where reading begins, or above what stands there; nothing without any."""
    signs = [("star-filled", _STAR)] * rating + [("flag-filled", _FLAG)] * flagged
    if not signs:
        return
    size = QSize(_signs_width(len(signs)), _SIGN + 2 * _PADDING)
    from_below = _FROM_EDGE + (painter.fontMetrics().height() + _BADGE if raised else 0)
    area = QRect(picture.bottomLeft() + QPoint(_FROM_EDGE, 1 - from_below - size.height()), size)
    direction = painter.layoutDirection()
    area = QStyle.visualRect(direction, picture, area)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(area, size.height() / 2, size.height() / 2)
    for place, (name, colour) in enumerate(signs):
        sign = QRect(area.topLeft() + QPoint(_PADDING + place * _STEP, _PADDING), QSize(_SIGN, _SIGN))
        painter.drawPixmap(QStyle.visualRect(direction, area, sign).topLeft(), icon_pixmap(name, colour, _SIGN, ratio))


def _signs_width(signs: int) -> int:
    return signs * _STEP - 1 + 2 * _PADDING if signs else 0


def stack_area(
    metrics: QFontMetrics, size: int, signs: int, picture: QRect, direction: Qt.LayoutDirection, *, raised: bool
) -> QRect:
    """Where the size of a stack stands: in the lower corner where reading ends, or above what stands there.

    So many `signs` are in the other corner, which are raised likewise.
    """
    width = metrics.horizontalAdvance(number_text(size)) + _SIGN + 3 * _PADDING
    height = max(metrics.height(), _SIGN) + _PADDING
    has_room = _signs_width(signs) + width + 3 * _FROM_EDGE <= picture.width()
    from_below = _FROM_EDGE + (metrics.height() + _BADGE) * (raised + (not has_room))
    area = QRect(picture.right() - _FROM_EDGE - width, picture.bottom() + 1 - from_below - height, width, height)
    return QStyle.visualRect(direction, picture, area)


def paint_stack(painter: QPainter, size: int, area: QRect, ratio: float) -> None:
    """Paint it there."""
    direction = painter.layoutDirection()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    sign = QRect(area.left() + _PADDING, area.center().y() - _SIGN // 2, _SIGN, _SIGN)
    painter.drawPixmap(QStyle.visualRect(direction, area, sign).topLeft(), icon_pixmap("copy", _FLAG, _SIGN, ratio))
    painter.setPen(QColor(_FLAG))
    words = area.adjusted(_SIGN + _PADDING, 0, 0, 0)
    painter.drawText(QStyle.visualRect(direction, area, words), Qt.AlignmentFlag.AlignCenter, number_text(size))
