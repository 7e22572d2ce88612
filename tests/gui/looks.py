"""What is wrong with the looks of a window: words without room, widgets over one another, colours too much alike."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import combinations

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QScrollBar, QSplitterHandle, QWidget

from guie_desktop.gui.photos.scrubber import ScrollSigns
from guie_desktop.gui.preview.compare_view import CompareView
from guie_desktop.gui.preview.view import PreviewView
from guie_desktop.gui.search.chip_area import ChipArea
from guie_desktop.gui.search.drop_overlay import DropOverlay
from tests.gui.written import RATIO, Words, shown_words

ENOUGH = 4.5
ENOUGH_FOR_LARGE = 3.0
_LARGE, _LARGE_AND_BOLD = 24.0, 18.66
"""Pixels from which on WCAG 2 calls a text large."""
_SLACK = 1
"""A pixel that rounding may take away."""
_OVERLAYS = (DropOverlay, PreviewView, CompareView)
"""Lie over the rest on purpose."""
_WHEELED = (ChipArea,)
"""Scroll to the side without a bar."""
_FEW = 3
"""So many pixels of a colour make it one in which something is written."""


def flaws(window: QWidget) -> list[str]:
    """All that is wrong, each as a line; empty where it looks right."""
    picture, words = shown_words(window)
    over = [overlay for kind in _OVERLAYS for overlay in window.findChildren(kind) if overlay.isVisible()]
    seen = [one for one in words if not _covered(one.widget, window, over) and not _under_editor(one)]
    found = [*_cut_off(window), *_without_room(seen), *_over_one_another(window), *_written_over(seen)]
    return list(dict.fromkeys([*found, *_faint(seen, picture, window)]))


def contrast(one: QColor, other: QColor) -> float:
    """How well two colours can be told apart, from 1 to 21, as WCAG 2 has it."""
    light, dark = sorted((_luminance(one.rgb()), _luminance(other.rgb())), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blended(above: QColor, below: QColor) -> QColor:
    """What is seen of a colour with alpha upon another."""
    share = above.alphaF()
    return QColor.fromRgbF(
        *(getattr(above, part)() * share + getattr(below, part)() * (1 - share) for part in ("redF", "greenF", "blueF"))
    )


@lru_cache(maxsize=100_000)
def _luminance(rgb: int) -> float:
    parts = [(rgb >> shift & 255) / 255 for shift in (16, 8, 0)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# --- words without room


def _without_room(seen: list[Words]) -> Iterator[str]:
    for one in seen:
        painted_by_us = one.colour is not None
        if painted_by_us and "…" in one.text and one.text != one.widget.accessibleName():
            tells_all = one.hint and one.hint == one.widget.accessibleName()
            if not tells_all and not _told_by(one.hint, one.text):
                yield f"shortened, and no tooltip tells the rest: {_name(one)}"
        elif one.shortens and not _fits(one):
            if one.text not in one.hint:
                yield f"shortened, and no tooltip tells the rest: {_name(one)}"
        elif not one.scrolls and not _fits(one):
            yield f"clipped: {_name(one)} needs {_size(one.ink)}, has {_size(one.room)}"


def _fits(one: Words) -> bool:
    too_wide = one.ink.width() > one.room.width() + _SLACK
    return not too_wide and one.ink.height() <= one.room.height() + _SLACK


def _told_by(hint: str, shortened: str) -> bool:
    """Whether the hint tells the text of which only the beginning and the end were shown."""
    plain = unescape(re.sub(r"<br>", "\n", hint))
    begins, _, ends = shortened.partition("…")
    return re.search(f"{re.escape(begins)}[^\n]*{re.escape(ends)}", re.sub(r"</?qt>", "", plain)) is not None


def _cut_off(window: QWidget) -> Iterator[str]:
    """Widgets that reach out of what they lie in, where nothing can be scrolled."""
    for widget in window.findChildren(QWidget):
        inside = widget.parentWidget()
        if not widget.isVisible() or widget.isWindow() or isinstance(widget, QSplitterHandle) or inside is None:
            continue
        area = inside.rect()
        scrolling = inside.parentWidget()
        if isinstance(scrolling, QScrollArea) and scrolling.viewport() is inside:
            off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if scrolling.horizontalScrollBarPolicy() != off or isinstance(scrolling, _WHEELED):
                area.setWidth(max(area.width(), widget.width()))
            if scrolling.verticalScrollBarPolicy() != off:
                area.setHeight(widget.height())
                area.moveTop(widget.y())
        elif isinstance(scrolling, QAbstractScrollArea) and scrolling.viewport() is inside:
            continue  # an editor on a line that is scrolled
        if not area.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(widget.geometry()):
            yield f"cut off: {_called(widget)} at {_place(widget.geometry())} in {_called(inside)} of {_size(area)}"


# --- things over one another


def _over_one_another(window: QWidget) -> Iterator[str]:
    for parent in (window, *window.findChildren(QWidget)):
        beside = [
            child
            for child in parent.children()
            if isinstance(child, QWidget) and child.isVisible() and not child.isWindow() and not child.size().isEmpty()
        ]
        for one, other in combinations(beside, 2):
            if any(isinstance(each, (*_OVERLAYS, ScrollSigns, QSplitterHandle)) for each in (one, other)):
                continue
            if one.geometry().intersects(other.geometry()):
                yield f"overlap: {_called(one)} {_place(one.geometry())}, {_called(other)} {_place(other.geometry())}"


def _written_over(seen: list[Words]) -> Iterator[str]:
    """Words that we paint ourselves upon other words of the same widget."""
    of_widget: dict[QWidget, list[Words]] = {}
    for one in seen:
        of_widget.setdefault(one.widget, []).append(one)
    for together in of_widget.values():
        for one, other in combinations(together, 2):
            if _seen(one).intersects(_seen(other)):
                yield f"overlap: {_name(one)} and {other.text!r}"


def _seen(one: Words) -> QRect:
    return (one.ink & one.room if one.shortens or one.scrolls else one.ink).adjusted(1, 1, -1, -1)


# --- colours too much alike


def _faint(seen: list[Words], picture: QImage, window: QWidget) -> Iterator[str]:
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
    for one in seen:
        if not one.widget.isEnabled() or not one.widget.visibleRegion().boundingRect().contains(one.ink):
            continue
        area = QRect(one.widget.mapTo(window, one.ink.topLeft()), one.ink.size())
        left, top = area.left() * RATIO, area.top() * RATIO
        part = pixels[max(0, top) : top + area.height() * RATIO, max(0, left) : left + area.width() * RATIO]
        if part.size == 0:
            continue
        written = told_apart(part, one.colour)
        if written < (ENOUGH_FOR_LARGE if _is_large(one) else ENOUGH):
            yield f"faint: {_name(one)} has a contrast of {written:.2f}"


def told_apart(part: "np.ndarray[tuple[int, ...], np.dtype[np.uint32]]", colour: QColor | None) -> float:
    """The contrast of what is written in a part of a picture with what is behind it."""
    colours, counts = np.unique(part, return_counts=True)
    if colour is not None:
        # It is not in the picture. Behind it there may be a photo, so that a tenth may be worse.
        each = [(contrast(blended(colour, behind), behind), behind) for behind in map(_opaque, colours)]
        order = np.argsort([value for value, _ in each])
        worst = order[np.searchsorted(np.cumsum(counts[order]), counts.sum() / 10)]
        return float(each[worst][0])
    behind = _opaque(colours[counts.argmax()])
    # Edges of letters are between both colours, so what differs most is the text's own.
    return max((contrast(_opaque(one), behind) for one in colours[counts >= _FEW]), default=1.0)


def _opaque(pixel: np.uint32) -> QColor:
    return QColor.fromRgb(int(pixel))


def _is_large(one: Words) -> bool:
    info = QFontInfo(one.font)
    return info.pixelSize() >= _LARGE or (info.bold() and info.pixelSize() >= _LARGE_AND_BOLD)


# --- names for people


def _covered(widget: QWidget, window: QWidget, over: list[QWidget]) -> bool:
    """Whether something that lies over the window on purpose hides the widget."""
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return any(
        not overlay.isAncestorOf(widget)
        and overlay is not widget
        and QRect(overlay.mapTo(window, QPoint(0, 0)), overlay.size()).intersects(area)
        for overlay in over
    )


def _under_editor(one: Words) -> bool:
    return any(
        isinstance(child, QWidget) and child.isVisible() and child.geometry().intersects(one.ink)
        for child in one.widget.children()
    )


def _name(one: Words) -> str:
    short = one.text if len(one.text) <= 60 else f"{one.text[:57]}..."
    return f"{short!r} in {_called(one.widget)}"


def _called(widget: QWidget) -> str:
    parent = widget.parentWidget()
    own = widget.objectName() or widget.accessibleName()
    words = getattr(widget, "text", None)
    said = words() if callable(words) else words
    label = own or (repr(said[:40]) if isinstance(said, str) and said else "")
    above = "" if parent is None or isinstance(widget, QScrollBar) else f" < {type(parent).__name__}"
    return f"{type(widget).__name__}{f' {label}' if label else ''}{above}"


def _size(area: QRect) -> str:
    return f"{area.width()}x{area.height()}"


def _place(area: QRect) -> str:
    return f"({area.left()}, {area.top()}) {_size(area)}"
