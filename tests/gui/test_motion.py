"""Nothing in the window moves of itself, so that nobody needs to ask for less motion; Qt's own follows the desktop."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QPropertyAnimation, Qt
from PySide6.QtWidgets import QApplication, QProgressBar, QTreeView, QWidget
from pytestqt.qtbot import QtBot

import guie_desktop.gui
from guie_desktop.gui.look.theme import Theme
from tests.gui.scenes import SCENES
from tests.gui.stage import Stage

_MOVES = {
    "QAbstractAnimation",
    "QMovie",
    "QParallelAnimationGroup",
    "QPropertyAnimation",
    "QScroller",
    "QSequentialAnimationGroup",
    "QTimeLine",
    "QVariantAnimation",
}
"""Whoever needs one makes it follow QAccessibilityHints.motionPreference, which comes with Qt 6.12."""
_SOURCES = sorted(Path(guie_desktop.gui.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("source", _SOURCES, ids=lambda path: path.stem)
def test_no_part_of_the_window_has_an_animation(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    assert not _MOVES & {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def test_qt_has_nothing_to_move_in_any_view(qapp: QApplication, qtbot: QtBot) -> None:
    stage = Stage(Theme(qapp))
    moving: list[str] = []
    for scene in SCENES:
        stage.clear()
        scene(stage)
        moving += [f"{scene.__name__}: {widget}" for widget in stage.window.findChildren(QWidget) if moves(widget)]
        assert not [one for one in stage.window.findChildren(QAbstractAnimation) if is_seen_to_move(one)]
    stage.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not moving
    assert not any(map(QApplication.isEffectEnabled, (Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_FadeMenu)))


def is_seen_to_move(animation: QAbstractAnimation) -> bool:
    """Qt lays out the main window by an animation that takes no time, and fades in the cross that empties a field."""
    fades = isinstance(animation, QPropertyAnimation) and animation.propertyName().data() == b"opacity"
    return animation.totalDuration() > 0 and not fades


def moves(widget: QWidget) -> bool:
    if isinstance(widget, QProgressBar):
        return widget.isVisible() and widget.minimum() == widget.maximum()
    return isinstance(widget, QTreeView) and widget.isAnimated()
