"""Whether a window that is read from the right is the mirror image of one that is read from the left."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QLineEdit, QWidget

from guie_desktop.gui.learning.curve_chart import CurveChart
from guie_desktop.gui.photos.tile_view import TileView
from tests.gui.written import shown_words

_ALIKE = (QLineEdit, CurveChart)
"""A field stands as what is in it is read, and time goes from left to right in charts everywhere."""
_SLACK = 8
"""Pixels by which margins may differ."""


@dataclass(frozen=True)
class Place:
    """Where something lies in the window."""

    what: str
    area: QRect


def places(window: QWidget, *, tiles: bool) -> list[Place]:
    """Of all widgets, of the words in them, and of the pictures that are painted, also those on `tiles`."""
    pictures: list[Place] = []

    def noting(painter: QPainter, *given: Any) -> None:
        widget = painter.device()
        if isinstance(widget, QWidget) and (tiles or not _is_of_tiles(widget)):
            area = painter.transform().mapRect(_area_of(*given))
            pictures.append(Place(f"picture in {type(widget).__name__}", _in(window, widget, area)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawPixmap", noting)
        words = shown_words(window)[1]
    widgets = [Place(_name(widget), _in(window, widget, widget.rect())) for widget in _shown(window)]
    written = [
        Place(one.text, _in(window, one.widget, one.ink))
        for one in words
        if one.widget.isEnabled()  # else it is covered
        and not isinstance(one.widget, _ALIKE)
        and (tiles or not _is_of_tiles(one.widget))
    ]
    return [*widgets, *written, *pictures]


def not_mirrored(before: Sequence[Place], after: Sequence[Place], width: int) -> Iterator[str]:
    """What lies elsewhere than in the mirror image of a window of this width."""
    if len(before) != len(after):
        kinds = (Counter(place.what for place in places) for places in (before, after))
        more, fewer = next(kinds), next(kinds)
        yield f"there is more of {+(more - fewer)}, and less of {+(fewer - more)}"
        return
    for one, other in zip(before, after, strict=True):
        left, right = width - 1 - one.area.right(), width - 1 - one.area.left()
        if abs(other.area.left() - left) > _SLACK or abs(other.area.right() - right) > _SLACK:
            yield f"{other.what} from {other.area.left()} to {other.area.right()}, not from {left} to {right}"


def _shown(window: QWidget) -> list[QWidget]:
    # The button that clears a field fades away, and is seen for longer or shorter.
    shown = (one for one in window.findChildren(QWidget) if not isinstance(one.parentWidget(), QLineEdit))
    return [widget for widget in shown if widget.isVisible() and not widget.isWindow()]


def _is_of_tiles(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), TileView)


def _area_of(where: Any, *given: Any) -> QRect:
    if isinstance(where, QRect | QRectF):
        return where.toRect() if isinstance(where, QRectF) else where
    picture = next(one for one in given if isinstance(one, QPixmap))
    point = where if isinstance(where, QPoint) else QPoint(where, given[0])
    return QRect(point, picture.deviceIndependentSize().toSize())


def _in(window: QWidget, widget: QWidget, area: QRect) -> QRect:
    return QRect(widget.mapTo(window, area.topLeft()), area.size())


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}"
