"""Screen readers find in every view what it is, what it is called, and which photo the keyboard is on."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.look.spoken import Role, speak_as, tell_screen_readers
from tests.gui import scenes
from tests.gui.heard import Heard, flaws_heard, heard
from tests.gui.scenes import SCENES
from tests.gui.stage import Scene, Stage


@pytest.fixture(scope="module", autouse=True)
def screen_reader(qapp: QApplication) -> Iterator[None]:
    tell_screen_readers()
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


def play(stage: Stage, scene: Scene, qtbot: QtBot) -> None:
    stage.clear()
    stage.settle(qtbot)
    scene(stage)
    stage.settle(qtbot)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_everything_in_a_view_has_a_name_and_a_role(stage: Stage, scene: Scene, qtbot: QtBot) -> None:
    play(stage, scene, qtbot)
    assert not (wrong := flaws_heard(stage.window)), "\n".join(wrong)


def only(stage: Stage, role: QAccessible.Role, name: str) -> Heard:
    (found,) = [one for one in heard(stage.window) if one.role == role and one.name.startswith(name)]
    return found


def under_the_keyboard(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).focusChild().text(QAccessible.Text.Name)


def test_the_photo_that_the_keyboard_goes_to_is_told_with_date_and_marks(stage: Stage, qtbot: QtBot) -> None:
    play(stage, scenes.browsing, qtbot)
    grid = stage.window.browsing.grid
    stage.window.activateWindow()
    qtbot.waitUntil(grid.hasFocus)
    assert QAccessible.queryAccessibleInterface(grid).childCount() == len(stage.shelf.photos)
    grid.go_to(0)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    said = under_the_keyboard(grid)
    assert said.startswith("chelsea 2.jpg, ")
    assert said.endswith("14 September 2020, 05:06, 2 stars, Flagged")


def test_what_ticks_and_the_cut_off_show_is_told_in_words(stage: Stage, qtbot: QtBot) -> None:
    play(stage, scenes.hits, qtbot)
    stage.window.found.set_marks({1: "member", 2: "not"})
    lines = [one.name for one in heard(stage.window) if one.role == Role.ListItem and "Similarity" in one.name]
    assert lines[0].endswith(", In the album")
    assert lines[1].endswith(", Not in the album")
    assert [line.endswith("Less alike") for line in lines[:8]] == [False] * 5 + [True] * 3


def test_what_we_paint_ourselves_says_what_it_shows(stage: Stage, qtbot: QtBot) -> None:
    play(stage, scenes.report, qtbot)
    assert "40 photos: 71%" in only(stage, Role.Chart, "Learning curve").told
    assert "Birds of prey: 55 → 91%" in only(stage, Role.Chart, "Albums before and after").told
    assert "taken for" in only(stage, Role.Chart, "Albums that are taken for one another").told
    play(stage, scenes.preview, qtbot)
    assert only(stage, Role.Graphic, "Film strip").told == "Photo 7 of 40"
    seen = only(stage, Role.Graphic, "Cats of the neighbourhood")
    assert "15 September 2020" in seen.told
    assert only(stage, Role.Pane, seen.name).told == seen.told
    play(stage, scenes.comparing_four, qtbot)
    assert stage.window.compare.accessibleName() == "coffee 3.jpg"
    play(stage, scenes.banner, qtbot)
    assert "choose “Look for changes”" in only(stage, Role.AlertMessage, "“/media/old drive").name
    play(stage, scenes.drop, qtbot)
    assert only(stage, Role.AlertMessage, "Drop to add this folder").name.endswith("to what you look for.")


def test_what_has_no_name_or_role_or_shares_a_name_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    pane = QLabel()
    pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bare = QWidget()
    bare.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bare.setAccessibleName("Bare")
    for widget in (QPushButton(), QPushButton("Yes"), QPushButton("Yes"), bare):
        column.addWidget(widget)
    window.show()
    assert sorted(flaw.partition(":")[0] for flaw in flaws_heard(window)) == [
        "nameless",
        "no role",
        "the same name twice",
    ]


def test_a_widget_is_what_it_says_it_is(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    speak_as(widget, Role.Chart)
    assert QAccessible.queryAccessibleInterface(widget).role() == Role.Chart
