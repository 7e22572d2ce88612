"""What words a widget shows, where, and how much room they have: those that Qt writes, and those that we paint."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTableView,
    QToolButton,
    QWidget,
)

from guie_desktop.gui.learning.gain_chart import GainChart
from guie_desktop.gui.photos.tile_view import TileView
from guie_desktop.gui.widgets.choice_box import ChoiceBox
from guie_desktop.gui.widgets.line_list import LineList

RATIO = 2
"""Pixels of the picture for one of the window: at this size letters have strokes in their whole colour."""
_ENDLESS = 100_000
_HORIZONTAL = Qt.AlignmentFlag.AlignHorizontal_Mask | Qt.AlignmentFlag.AlignAbsolute
_PAINT_OURSELVES = (TileView, LineList)


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of one widget, in its coordinates."""

    widget: QWidget
    text: str
    font: QFont
    room: QRect
    """Where they may stand."""
    ink: QRect
    """Where they do stand."""
    colour: QColor | None = None
    """Their colour, where it is known; else it has to be read off the picture."""
    hint: str = ""
    """What the tooltip says at this place."""
    scrolls: bool = False
    """Whether the user can bring into view what has no room."""
    shortens: bool = False
    """Whether what has no room is left out, with an ellipsis in its place."""


def shown_words(window: QWidget) -> tuple[QImage, list[Words]]:
    """A picture of the widget without the words that we paint ourselves, and all words in it."""
    picture = QImage(window.size() * RATIO, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(RATIO)
    painted: list[Words] = []

    def noting(painter: QPainter, *given: Any) -> None:
        widget = painter.device()
        if isinstance(widget, QWidget):
            painted.append(_as_painted(painter, widget, given))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", noting)
        window.render(picture, QPoint(0, 0))
    ours = {words.widget for words in painted}
    widgets = [widget for widget in (window, *window.findChildren(QWidget)) if widget.isVisible()]
    written = [words for widget in widgets if widget not in ours for words in _of_widget(widget)]
    return picture, [words for words in (*painted, *written) if words.text.strip()]


def _as_painted(painter: QPainter, widget: QWidget, given: tuple[Any, ...]) -> Words:
    metrics = painter.fontMetrics()
    if isinstance(given[0], QRect | QRectF):
        area, flags, text = given
        room = area.toAlignedRect() if isinstance(area, QRectF) else area
        ink = metrics.boundingRect(room, _mirrored(int(flags), painter.layoutDirection()), text)
    else:
        point, text = given
        ink = metrics.boundingRect(text).translated(point.toPoint())
        room = widget.rect()
    if painter.hasClipping():
        # Scrolled away in part, which is no flaw; to the sides nothing can be scrolled.
        clip = painter.clipBoundingRect().toAlignedRect()
        ink = QRect(QPoint(ink.left(), max(ink.top(), clip.top())), ink.bottomRight())
        ink.setBottom(min(ink.bottom(), clip.bottom()))
    colour = QColor(painter.pen().color())
    colour.setAlphaF(colour.alphaF() * painter.opacity())
    return Words(widget, text, painter.font(), room, ink, colour, _hint_at(widget, ink.center()))


def _hint_at(widget: QWidget, point: QPoint) -> str:
    view = widget.parentWidget()
    if isinstance(widget, GainChart):
        return widget.hint_at(point)
    if isinstance(view, QAbstractItemView) and view.viewport() is widget:
        said = view.indexAt(point).data(Qt.ItemDataRole.ToolTipRole)
        return str(said or "")
    return widget.toolTip()


def _of_widget(widget: QWidget) -> Iterator[Words]:
    """The words that Qt writes for this widget."""
    if isinstance(widget, QLabel):
        yield _of_label(widget)
    elif isinstance(widget, QAbstractButton):
        yield _of_button(widget)
    elif isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, widget)
        shortens = isinstance(widget, ChoiceBox)
        yield _line(widget, widget.currentText(), room, Qt.AlignmentFlag.AlignLeft, shortens=shortens)
    elif isinstance(widget, QLineEdit):
        frame = QStyleOptionFrame()
        widget.initStyleOption(frame)
        room = widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, widget).adjusted(2, 0, -2, 0)
        written = widget.text()
        shown = written or widget.placeholderText()
        where = QStyle.visualAlignment(_direction_of(shown), widget.alignment())
        yield _line(widget, shown, room, where, scrolls=bool(written))
    elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
        yield from _of_header(widget)
    elif isinstance(widget, QPlainTextEdit):
        ink = widget.viewport().rect()
        yield Words(widget.viewport(), widget.toPlainText()[:40], widget.font(), ink, ink, scrolls=True)
    elif isinstance(widget, QTableView | QListView) and not isinstance(widget, _PAINT_OURSELVES):
        yield from _of_items(widget)


def _of_label(label: QLabel) -> Words:
    if not label.pixmap().isNull():
        return Words(label, "", label.font(), label.rect(), label.pixmap().rect())
    flags = _mirrored(int(label.alignment()), _direction_of(label.text()))
    if label.wordWrap():
        flags |= int(Qt.TextFlag.TextWordWrap)
    room = label.contentsRect()
    ink = label.fontMetrics().boundingRect(room, flags, label.text())
    return Words(label, label.text(), label.font(), room, ink, hint=label.toolTip())


def _of_button(button: QAbstractButton) -> Words:
    option = QStyleOptionButton()
    option.initFrom(button)
    option.text, option.icon, option.iconSize = button.text(), button.icon(), button.iconSize()
    element = QStyle.SubElement.SE_PushButtonContents
    if isinstance(button, QCheckBox):
        element = QStyle.SubElement.SE_CheckBoxContents
    room = button.style().subElementRect(element, option, button)
    beside = 0
    if not button.icon().isNull() and not isinstance(button, QToolButton):
        # Where Qt's own styles put the words: icon and words together stand in the middle.
        beside = button.iconSize().width() + 4
    room_for_words = QStyle.visualRect(button.layoutDirection(), room, room.adjusted(beside, 0, 0, 0))
    text = button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    where = Qt.AlignmentFlag.AlignCenter if isinstance(button, QPushButton) else Qt.AlignmentFlag.AlignLeft
    words = _line(button, text, room_for_words, where)
    if beside:
        back = -beside // 2 + 2
        words.ink.translate(-back if button.isRightToLeft() else back, 0)
    return words


def _line(
    widget: QWidget,
    text: str,
    room: QRect,
    where: Qt.AlignmentFlag,
    *,
    hint: str = "",
    scrolls: bool = False,
    shortens: bool = False,
) -> Words:
    flags = int((where & _HORIZONTAL) | Qt.AlignmentFlag.AlignVCenter)
    flags = _mirrored(flags | int(Qt.TextFlag.TextSingleLine), widget.layoutDirection())
    ink = QFontMetrics(widget.font()).boundingRect(room, flags, text)
    return Words(widget, text, widget.font(), room, ink, None, hint or widget.toolTip(), scrolls, shortens)


def _mirrored(flags: int, direction: Qt.LayoutDirection) -> int:
    """As Qt aligns where it is read from the right: what is to stand at the left stands at the right."""
    return flags & ~_HORIZONTAL.value | QStyle.visualAlignment(direction, Qt.AlignmentFlag(flags) & _HORIZONTAL).value


def _direction_of(text: str) -> Qt.LayoutDirection:
    """That of its first letter, by which Qt's labels and fields align it."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    from_right = next((way in ("R", "AL") for way in ways if way in ("L", "R", "AL")), False)
    return Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight


def _of_header(header: QHeaderView) -> Iterator[Words]:
    for section in filter(lambda section: not header.isSectionHidden(section), range(header.count())):
        text = str(header.model().headerData(section, Qt.Orientation.Horizontal))
        left = header.sectionViewportPosition(section)
        room = QRect(left + 8, 0, header.sectionSize(section) - 16, header.height())
        yield _line(header.viewport(), text, room, Qt.AlignmentFlag.AlignLeft)


def _of_items(view: QAbstractItemView) -> Iterator[Words]:
    model, port = view.model(), view.viewport()
    columns = view.horizontalHeader().count() if isinstance(view, QTableView) else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            index = model.index(row, column)
            area = view.visualRect(index)
            if not area.intersects(port.rect()):
                continue
            # Beside the text there are 6 or 8 pixels of padding, and 2 or 3 of the style's own.
            room = QRect(area.topLeft(), QSize(min(area.width(), port.width()), area.height())).adjusted(9, 0, -9, 0)
            hint = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            text = str(index.data() or "")
            yield _line(port, text, room, Qt.AlignmentFlag.AlignLeft, hint=hint, shortens=True)
