"""Everything has its menu, by the right button, by the Menu key and by Shift+F10."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.look.theme import Theme
from guie_desktop.gui.photos.mark_actions import MarkActions
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.shell.ground_menus import offer_ground_menus
from tests.gui import scenes
from tests.gui.stage import Scene, Stage

REASONS = (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard)


class NoMarks:
    """Marks are not what is tested here."""


@pytest.fixture(scope="module")
def stage(qapp: QApplication) -> Iterator[Stage]:
    stage = Stage(Theme(qapp))
    selection = Selection(stage.window.shown_gallery, stage.window)
    offer_ground_menus(stage.window, MarkActions(stage.window, NoMarks(), selection))  # type: ignore[arg-type]
    yield stage
    stage.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def menus_closed() -> Iterator[None]:
    yield
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


def show(stage: Stage, scene: Scene, qtbot: QtBot) -> None:
    stage.clear()
    stage.settle(qtbot)
    scene(stage)
    stage.settle(qtbot)
    stage.window.activateWindow()
    qtbot.waitUntil(stage.window.isActiveWindow)


def menu_at(widget: QWidget, point: QPoint | None = None, reason: QContextMenuEvent.Reason = REASONS[0]) -> list[str]:
    """What the menu offers that is asked for there."""
    at = widget.rect().center() if point is None else point
    QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), f"no menu on {widget}"
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(name: str) -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == name).trigger()
    menu.close()


@pytest.mark.usefixtures("menus_closed")
@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name.lower())
def test_failures(stage: Stage, reason: QContextMenuEvent.Reason, qtbot: QtBot) -> None:
    show(stage, scenes.failures, qtbot)
    page = stage.failures
    page.table.selectRow(3)
    row = page.table.visualRect(page.model.index(3, 0)).center()
    expected = [
        "Open with default program",
        "Show in file manager",
        "Copy path",
        "Leave out files with this name",
        "Try again",
        "Copy list",
    ]
    assert menu_at(page.table.viewport(), row, reason) == expected
    choose("Copy path")
    assert QGuiApplication.clipboard().text() == "/usr/share/2.jpg"
    for name, signal, said in (
        ("Open with default program", page.play_asked, Path("/usr/share/2.jpg")),
        ("Show in file manager", page.show_asked, Path("/usr/share/2.jpg")),
        ("Leave out files with this name", page.leave_out_asked, "2.jpg"),
    ):
        menu_at(page.table.viewport(), row, reason)
        with qtbot.waitSignal(signal) as told:
            choose(name)
        assert told.args == [said]


@pytest.mark.usefixtures("menus_closed")
def test_a_failure_that_is_right_clicked_is_the_one_that_is_meant(stage: Stage, qtbot: QtBot) -> None:
    show(stage, scenes.failures, qtbot)
    table = stage.failures.table
    row = table.visualRect(stage.failures.model.index(5, 0)).center()
    qtbot.mousePress(table.viewport(), Qt.MouseButton.RightButton, pos=row)
    menu_at(table.viewport(), row)
    choose("Copy path")
    assert QGuiApplication.clipboard().text() == "/usr/share/4.jpg"


@pytest.mark.usefixtures("menus_closed")
@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name.lower())
def test_the_headings_of_the_left_side(stage: Stage, reason: QContextMenuEvent.Reason, qtbot: QtBot) -> None:
    show(stage, scenes.browsing, qtbot)
    window = stage.window
    offered = menu_at(window.sidebar.menu_button, reason=reason)  # a button of the heading, as keys have it
    assert offered == ["Add folder…", "Look for changes", "Check all photos…", "Leave out…", "Settings"]
    with qtbot.waitSignal(window.rescan.triggered):
        choose("Look for changes")
    assert menu_at(window.sidebar.albums_heading.add_button, reason=reason)[0] == "New album"
    with qtbot.waitSignal(window.sidebar.albums_heading.new_asked):
        choose("New album")


@pytest.mark.usefixtures("menus_closed")
def test_between_the_photos(stage: Stage, qtbot: QtBot) -> None:
    show(stage, scenes.browsing, qtbot)
    grid = stage.window.browsing.grid
    between = next(
        QPoint(x, y)
        for y in range(60, grid.viewport().height())
        for x in (1, 2)
        if not grid.indexAt(QPoint(x, y)).isValid() and grid.heading_under(QPoint(x, y)) < 0
    )
    offered = menu_at(grid.viewport(), between)
    assert offered[1:4] == ["Choose all", "Choose none", "Choose the others"]
    assert {"Look for what is on the clipboard", "Order", "Add folder…"} <= set(offered)
    choose("Choose all")
    assert stage.window.browsing.chosen_count() == len(stage.shelf.photos)


@pytest.mark.usefixtures("menus_closed")
@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name.lower())
def test_what_is_looked_for(stage: Stage, reason: QContextMenuEvent.Reason, qtbot: QtBot) -> None:
    show(stage, scenes.hits, qtbot)
    panel = stage.window.search
    chip = panel.area.chips[1]
    assert menu_at(chip, reason=reason) == [
        "Not like this",
        "How much it counts",
        "Switch off for now",
        "Look for this alone",
        "Copy path",
        "Take out of the search",
        "Clear the search",
    ]
    with qtbot.waitSignal(panel.alone_asked) as asked:
        choose("Look for this alone")
    assert asked.args[0].photo.id == 7
    show(stage, scenes.many_examples, qtbot)
    assert menu_at(panel.area.chips[0], reason=reason)[0] == "Show them"
    with qtbot.waitSignal(panel.many_asked):
        choose("Show them")


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name.lower())
def test_photos_that_are_seen_large(stage: Stage, reason: QContextMenuEvent.Reason, qtbot: QtBot) -> None:
    show(stage, scenes.preview, qtbot)
    view = stage.window.preview
    for widget in (view, view.area, view.similar):
        with qtbot.waitSignal(view.menu_asked):
            QApplication.sendEvent(widget, QContextMenuEvent(reason, QPoint(5, 5), widget.mapToGlobal(QPoint(5, 5))))
    with qtbot.waitSignal(view.strip.row_asked) as asked:
        qtbot.mousePress(view.strip, Qt.MouseButton.RightButton, pos=view.strip.tile(4).center())
    assert asked.args == [4]
    with qtbot.waitSignal(view.menu_asked):
        QApplication.sendEvent(
            view.strip, QContextMenuEvent(reason, QPoint(5, 5), view.strip.mapToGlobal(QPoint(5, 5)))
        )
    show(stage, scenes.comparing_four, qtbot)
    compare = stage.window.compare
    pane = compare.panes[0]
    qtbot.mousePress(pane.area, Qt.MouseButton.RightButton)
    assert compare.accessibleName() == "astronaut 1.jpg"
    with qtbot.waitSignal(compare.menu_asked):
        QApplication.sendEvent(pane.area, QContextMenuEvent(reason, QPoint(5, 5), pane.area.mapToGlobal(QPoint(5, 5))))


@pytest.mark.usefixtures("menus_closed")
@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.name.lower())
def test_the_report_is_copied_as_text(stage: Stage, reason: QContextMenuEvent.Reason, qtbot: QtBot) -> None:
    show(stage, scenes.report, qtbot)
    assert menu_at(stage.report.area.viewport(), reason=reason) == ["Copy as text"]
    choose("Copy as text")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Search finds more of what you mean.\n\n")
    for said in ("64 → 82% of the five nearest photos", "Birds of prey: 55 → 91%", "40 photos: 71%"):
        assert said in text
