"""The line above the photos, the field for names, and what the scroll bar says, in a whole window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from guie_desktop.gui.browsing.browsing_view import BrowsingView
from guie_desktop.gui.browsing.name_finding import NONE
from guie_desktop.gui.browsing.order_words import ORDER_WORDS, words_of
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos.scrubber import Scrubber
from guie_desktop.library.ordered_photos import Order
from guie_desktop.library.photo_orders import ORDERS
from tests.gui.driving import WORKER_MS, go_to

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(conductor: Conductor) -> BrowsingView:
    return conductor.window.browsing


def names_shown(view: BrowsingView) -> list[str]:
    photos = [view.photo_at(row) for row in range(view.photos.rowCount())]
    return [photo.path.name for photo in photos if photo is not None]


def choose(view: BrowsingView, words: str) -> None:
    (action,) = [action for action in view.line.menu.actions() if action.text() == words]
    action.trigger()


def current_name(view: BrowsingView) -> str:
    photo = view.photo_at(view.grid.currentIndex().row())
    return "" if photo is None else photo.path.name


def test_every_order_has_words() -> None:
    assert ORDER_WORDS.keys() == ORDERS.keys()
    assert words_of(Order()) == "Date taken, newest first"
    assert words_of(Order("name", descending=False)) == "Name, A to Z"


def test_photos_are_sorted_and_the_chosen_one_stays_chosen(
    conductor: Conductor, view: BrowsingView, qtbot: QtBot
) -> None:
    assert view.line.title.text == f"All photos · {view.photos.rowCount()}"
    names = sorted(names_shown(view))
    go_to(conductor, names[1])
    choose(view, "Name")
    qtbot.waitUntil(lambda: names_shown(view) == names, timeout=WORKER_MS)
    assert view.chosen_rows() == [1]
    assert not view.grid.headings.are_dates
    choose(view, "Z to A")
    qtbot.waitUntil(lambda: names_shown(view) == names[::-1], timeout=WORKER_MS)
    choose(view, "Show names")
    assert view.grid.captions_shown
    kept = conductor.settings()
    assert (kept.order, kept.descending, kept.names_shown) == ("name", True, True)


def test_all_photos_of_a_date_are_chosen_by_key(view: BrowsingView, qtbot: QtBot) -> None:
    view.grid.setFocus()
    view.grid.go_to(1)
    qtbot.keyClick(view.grid, Qt.Key.Key_D, CONTROL)
    number = view.grid.geometry_now.section_of(1)
    assert view.chosen_rows() == list(view.grid.geometry_now.rows_under(number))


def test_names_that_are_typed_are_gone_to(conductor: Conductor, view: BrowsingView, qtbot: QtBot) -> None:
    choose(view, "Name")
    names = sorted(names_shown(view))
    qtbot.waitUntil(lambda: names_shown(view) == names, timeout=WORKER_MS)
    view.grid.setFocus()
    qtbot.keyClick(view.grid, Qt.Key.Key_Slash)
    field, line = view.name_field, view.name_field.line
    assert field.isVisible()
    assert line.hasFocus()
    ends = names[0][-4:]
    matching = [name for name in names if ends in name]
    qtbot.keyClicks(line, ends.upper())
    qtbot.waitUntil(lambda: field.told.text.startswith("1 of"), timeout=WORKER_MS)
    seen = [current_name(view)]
    for _ in matching[1:]:
        qtbot.keyClick(line, Qt.Key.Key_Return)
        seen.append(current_name(view))
    assert seen == matching
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert current_name(view) == matching[0]  # and round again
    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert current_name(view) == matching[-1]
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert current_name(view) == matching[-2]
    line.setText("no such name")
    qtbot.waitUntil(lambda: field.told.text == NONE, timeout=WORKER_MS)
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert not field.told.text
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert field.isHidden()
    assert view.grid.hasFocus()


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("Date taken", lambda text: text[-4:].isdecimal()),
        ("Name", lambda text: len(text) == 1),
        ("Size", lambda text: text.endswith("B")),
        ("Folder", bool),
        ("Date added", lambda text: text == "1"),
    ],
)
def test_the_scroll_bar_says_what_the_order_goes_by(
    view: BrowsingView, qtbot: QtBot, order: str, says: Callable[[str], bool]
) -> None:
    choose(view, order)
    assert says(view.words_at(0))
    view.grid.set_tile_size(640)
    bar = view.grid.verticalScrollBar()
    assert isinstance(bar, Scrubber)
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=WORKER_MS)
    bar.setSliderDown(True)
    bar.signs.show_or_hide()
    assert bar.signs.isVisible()
    bar.setSliderPosition(bar.maximum())
    bar.signs.grab()
    bar.setSliderDown(False)
    bar.signs.show_or_hide()
    assert not bar.signs.isVisible()
