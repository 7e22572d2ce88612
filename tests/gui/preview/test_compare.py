"""Comparing photos: zoomed together or alone, one of them meant, and closed when too few are left."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.messages import NoteTrashed
from tests.gui.driving import LEFT, WORKER_MS

KEY = Qt.Key


def choose(conductor: Conductor, *rows: int) -> None:
    grid = conductor.window.browsing.grid
    grid.go_to(rows[0])
    for row in rows[1:]:
        grid.selectionModel().select(grid.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)


def compare(conductor: Conductor, qtbot: QtBot, *rows: int) -> None:
    choose(conductor, *rows)
    qtbot.keyClick(conductor.window.browsing.grid, KEY.Key_C)
    view = conductor.window.compare
    assert view.isVisible()
    shown = view.panes[: len(rows)]
    qtbot.waitUntil(lambda: all(pane.area.has_large_picture for pane in shown), timeout=WORKER_MS)


def test_photos_are_zoomed_together_until_they_are_unlocked(conductor: Conductor, qtbot: QtBot) -> None:
    view = conductor.window.compare
    compare(conductor, qtbot, 0, 1, 2)
    one, two = view.panes[0].area, view.panes[1].area
    assert view.panes[2].isVisible()
    assert not view.panes[3].isVisible()
    widths = [pane.width() for pane in view.panes[:3]]
    assert max(widths) - min(widths) <= 1
    qtbot.keyClicks(view, "+++++++")
    qtbot.mousePress(one, LEFT, pos=QPoint(100, 100))
    qtbot.mouseMove(one, QPoint(60, 80))
    qtbot.mouseRelease(one, LEFT, pos=QPoint(60, 80))
    assert one.is_zoomed
    assert two.sight.centre == pytest.approx(one.sight.centre)
    qtbot.keyClick(view, KEY.Key_L)
    qtbot.keyClick(view, KEY.Key_0)
    assert not one.is_zoomed
    assert two.is_zoomed


def test_the_one_that_is_meant_is_what_verbs_act_on(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    compare(conductor, qtbot, 0, 1)
    first, second = window.compare.photos
    assert conductor.selection.photos() == [first]
    qtbot.keyClick(window.compare, KEY.Key_Right)
    assert conductor.selection.photos() == [second]
    qtbot.mouseClick(window.compare.panes[0].area, LEFT)
    assert conductor.selection.photos() == [first]
    qtbot.keyClick(window.compare, KEY.Key_Escape)
    assert not window.compare.isVisible()
    assert len(conductor.selection.photos()) == 2
    assert window.browsing.grid.hasFocus()


def test_what_is_gone_is_compared_no_more(conductor: Conductor, qtbot: QtBot) -> None:
    view = conductor.window.compare
    compare(conductor, qtbot, 0, 1, 2)
    gone, *left = view.photos
    conductor.client.ask(NoteTrashed((gone.id,)))
    qtbot.waitUntil(lambda: view.photos == left, timeout=WORKER_MS)
    conductor.client.ask(NoteTrashed((left[0].id,)))
    qtbot.waitUntil(lambda: not view.isVisible(), timeout=WORKER_MS)


def test_it_is_offered_for_two_to_four_and_fits_a_small_window(conductor: Conductor, qtbot: QtBot) -> None:
    action = conductor.compare.action
    for rows, offered in (((0,), False), ((0, 1), True), ((0, 1, 2, 3), True), ((0, 1, 2, 3, 4), False)):
        choose(conductor, *rows)
        assert action.isEnabled() is offered
    choose(conductor, 0, 1)
    conductor.actions.open_menu(QPoint(10, 10))
    menu = conductor.window.findChild(QMenu)
    assert menu is not None
    assert action in menu.actions()
    menu.close()
    compare(conductor, qtbot, 0, 1, 2, 3)
    conductor.window.resize(conductor.window.minimumSize())
    assert all(pane.area.width() > 100 for pane in conductor.window.compare.panes)
    assert conductor.window.size() == conductor.window.minimumSize() != QSize()
