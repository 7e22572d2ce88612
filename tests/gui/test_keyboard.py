"""Tab reaches every control of every view and leads on from there, and where the keyboard is can be seen."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.preview.compare_view import CompareView
from guie_desktop.gui.preview.view import PreviewView
from tests.gui.looks import contrast
from tests.gui.scenes import SCENES
from tests.gui.stage import SCHEMES, Scene, Stage

_AROUND = 4
"""Pixels beside a control into which its ring may reach."""
_ENOUGH = 3.0
"""Contrast that WCAG 2 asks of what is not text."""
_LEAST = 30
"""Pixels of a ring around the smallest button; a caret has fewer."""
_NO_RING = (PreviewView, CompareView, QLineEdit, QTextEdit)
"""The large views have the keyboard as a whole; a field shows a caret, too, which blinks."""


@pytest.fixture(scope="module", params=SCHEMES, ids=lambda scheme: scheme.name.lower())
def dressed(request: pytest.FixtureRequest, stage: Stage) -> Stage:
    stage.dress(request.param)
    return stage


def reachable(window: QWidget) -> set[QWidget]:
    """What Tab should lead to."""
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not is_other_choice(widget)
    }


def is_other_choice(widget: QWidget) -> bool:
    """Whether arrows lead to it, from the one of its group that is chosen."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and group.checkedButton() is not widget


def tabbed_through(window: QWidget, qtbot: QtBot, most: int) -> list[QWidget]:
    """Where Tab leads, until it is back where it began."""
    reached: list[QWidget] = []
    for _ in range(most):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in reached[:-1]:
            return reached
        if focused not in reached:  # a text with links has them one after the other
            reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    return reached


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_tab_reaches_every_control_and_is_caught_by_none(stage: Stage, scene: Scene, qtbot: QtBot) -> None:
    stage.clear()
    stage.settle(qtbot)
    scene(stage)
    stage.settle(qtbot)
    stage.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    wanted = reachable(stage.window)
    reached = tabbed_through(stage.window, qtbot, most=2 * len(wanted) + 5)
    left_out = [f"{type(one).__name__} {one.accessibleName()}" for one in wanted - set(reached)]
    assert not left_out
    assert QApplication.focusWidget() in reached, "Tab leads on for ever"
    last = QApplication.focusWidget()
    assert last is not None
    qtbot.keyClick(last, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is not last, f"{last} keeps the keyboard"


def test_where_the_keyboard_is_can_be_seen(dressed: Stage, qtbot: QtBot) -> None:
    seen: set[QWidget] = set()
    faint: list[str] = []
    for scene in SCENES:
        dressed.clear()
        dressed.settle(qtbot)
        scene(dressed)
        dressed.settle(qtbot)
        window = dressed.window
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        for widget in reachable(window) - seen:
            seen.add(widget)
            if isinstance(widget, _NO_RING) or window.overlay.isVisible():
                continue
            other = next(other for other in reachable(window) if other is not widget)
            scroll_to(widget)
            other.setFocus(Qt.FocusReason.TabFocusReason)
            before = shown(widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            assert widget.hasFocus(), widget
            if (ring := differing(before, shown(widget))) < _LEAST:
                what = f"{type(widget).__name__} {widget.accessibleName()}"
                faint.append(f"{scene.__name__}: {what}: {ring} pixels")
    assert not faint, "\n".join(faint)


def scroll_to(widget: QWidget) -> None:
    """As Qt does where Tab leads to it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def shown(widget: QWidget) -> QImage:
    """The picture of a control and what is close by."""
    QApplication.processEvents()
    window = widget.window()
    area = QRect(widget.mapTo(window, QPoint()), widget.size()).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
    return window.grab(area & window.rect()).toImage().convertToFormat(QImage.Format.Format_RGB32)


def differing(before: QImage, after: QImage) -> int:
    """How many pixels changed so that one can see it."""
    one, other = (np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1) for image in (before, after))
    if one.shape != other.shape:
        return 0
    pairs, counts = np.unique(np.stack([one[one != other], other[one != other]]), axis=1, return_counts=True)
    return sum(
        int(count)
        for (old, new), count in zip(pairs.T, counts, strict=True)
        if contrast(QColor.fromRgb(int(old)), QColor.fromRgb(int(new))) >= _ENOUGH
    )
