"""Filters in the window: chosen from the menu, seen as chips, and held for browsing and searching alike."""

import sqlite3
from contextlib import closing
from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.filters.dates_dialog import DatesDialog
from guie_desktop.gui.filters.facets import parts_of, span_words, words_of
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.noted import Noted
from guie_desktop.paths import LibraryPaths
from tests.gui.conftest import Start
from tests.gui.driving import LEFT, WORKER_MS, go_to, ids, make_album, names_found, wait_for_hits


def names(gallery: Gallery) -> set[str]:
    photos = [gallery.photo_at(row) for row in range(gallery.photos.rowCount())]
    return {photo.path.name for photo in photos if photo is not None}


def choose(conductor: Conductor, *words: str) -> None:
    """By the button, menu by menu."""
    conductor.window.search.filter_button.click()
    menu: object = QApplication.activePopupWidget()
    for step in words:
        assert isinstance(menu, QMenu)
        (action,) = (one for one in menu.actions() if one.text() == step)
        if isinstance(action.menu(), QMenu):
            menu = action.menu()
        else:
            action.trigger()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    conductor.window.activateWindow()  # as the desktop does when a menu closes


def chips(conductor: Conductor) -> list[str]:
    line = conductor.window.filters
    return [chip.words.accessibleName() for chip in line.chips] if line.isVisible() else []


def wait_for(conductor: Conductor, qtbot: QtBot, expected: set[str]) -> None:
    qtbot.waitUntil(lambda: names(conductor.window.browsing) == expected, timeout=WORKER_MS)


def test_chips_filter_what_is_browsed_and_are_switched_off_and_taken_away(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    everything = names(window.browsing)
    coffee = {name for name in everything if name.startswith("coffee")}
    album = make_album(conductor, qtbot, "Cups & mugs", ids(conductor, *sorted(coffee)))
    choose(conductor, "In an album", "Cups && mugs")
    wait_for(conductor, qtbot, coffee)
    assert chips(conductor) == ["In “Cups & mugs”"]
    choose(conductor, "Shape", "Square")
    qtbot.waitUntil(window.notice.isVisible, timeout=WORKER_MS)
    assert window.notice.title.text() == "No photos pass the filters"
    middles = {part.geometry().center().y() for part in (*window.filters.chips, window.filters.clear)}
    assert max(middles) - min(middles) <= 1  # pixels
    assert chips(conductor) == ["In “Cups & mugs”", "Square"]
    qtbot.mouseClick(window.filters.chips[1].words, LEFT)
    wait_for(conductor, qtbot, coffee)
    assert chips(conductor) == ["In “Cups & mugs”", "Square"]  # it is only switched off
    qtbot.mouseClick(window.filters.chips[0].close_button, LEFT)
    wait_for(conductor, qtbot, everything)
    qtbot.mouseClick(window.filters.clear, LEFT)
    assert not window.filters.isVisible()
    choose(conductor, "Not in an album", "Cups && mugs")
    wait_for(conductor, qtbot, everything - coffee)
    conductor.albums.controller.remove(album)
    wait_for(conductor, qtbot, everything)
    assert chips(conductor) == []


def test_photos_of_a_colour_are_found_also_in_a_library_of_an_earlier_version(
    start: Start, library: LibraryPaths, qtbot: QtBot
) -> None:
    with closing(sqlite3.connect(library.catalog)) as catalog:
        catalog.execute("DELETE FROM colours")
        catalog.execute("INSERT OR IGNORE INTO unsettled_photos SELECT id FROM photos")  # as the upgrade leaves it
        catalog.commit()
    conductor = start(library)
    everything = names(conductor.window.browsing)
    rockets = {name for name in everything if name.startswith(("rocket", "line"))}
    qtbot.waitUntil(lambda: not colours_lack(library), timeout=WORKER_MS)
    choose(conductor, "Colour", "Blue")
    wait_for(conductor, qtbot, rockets)
    choose(conductor, "Colour", "Orange")
    wait_for(conductor, qtbot, rockets | {name for name in everything if name.startswith("coffee")})
    assert chips(conductor) == ["Blue / Orange"]
    choose(conductor, "Colour", "Blue")
    choose(conductor, "Colour", "Orange")
    wait_for(conductor, qtbot, everything)
    assert chips(conductor) == []


def colours_lack(library: LibraryPaths) -> bool:
    """Whether the worker has still to find them."""
    with closing(sqlite3.connect(library.catalog)) as catalog:
        found = catalog.execute("SELECT 1 FROM photos WHERE content_hash NOT IN (SELECT content_hash FROM colours)")
        return found.fetchone() is not None


def test_a_search_looks_among_what_passes(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    go_to(conductor, "coffee 0.jpg")
    (photo,) = ids(conductor, "coffee 0.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: conductor.reader.photos([photo])[photo].rating == 4, timeout=WORKER_MS)
    choose(conductor, "Rating", "3 stars or more")
    wait_for(conductor, qtbot, {"coffee 0.jpg"})
    window.filters.clear.click()
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() > 1, timeout=WORKER_MS)
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    unfiltered = names_found(conductor)
    assert len(unfiltered) > 1
    choose(conductor, "Rating", "4 stars or more")
    qtbot.waitUntil(lambda: names_found(conductor) == ["coffee 0.jpg"], timeout=WORKER_MS)
    qtbot.mouseClick(window.search.back_button, LEFT)  # the search before had no filter
    qtbot.waitUntil(lambda: names_found(conductor) == unfiltered, timeout=WORKER_MS)
    assert chips(conductor) == []


@pytest.mark.parametrize(
    ("words", "told"), [("cup", "The library has no photos that pass all filters."), ("coffee", "Nothing found")]
)
def test_where_the_filters_let_nothing_pass_they_are_cleared_and_nothing_is_tried_again(
    conductor: Conductor, qtbot: QtBot, words: str, told: str
) -> None:
    notice = conductor.window.notice
    choose(conductor, "Rating", "5 stars")
    qtbot.waitUntil(notice.isVisible, timeout=WORKER_MS)
    if told == "Nothing found":  # by their names alone, of which a search can find none
        conductor.search.state.look_for_words_in("pictures", False)
    conductor.search.state.describe(words)
    qtbot.waitUntil(lambda: notice.title.text() == told, timeout=WORKER_MS)
    assert notice.button.text() == "Clear filters"
    qtbot.mouseClick(notice.button, LEFT)
    wait_for_hits(conductor, qtbot)
    assert chips(conductor) == []


def test_days_are_chosen_by_dragging_over_bars(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    everything = names(window.browsing)
    choose(conductor, "Date taken", "From one day to another…")
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, DatesDialog) and one.isVisible())
    qtbot.waitUntil(lambda: bool(dialog.bars.accessibleDescription()), timeout=WORKER_MS)
    bars = dialog.bars
    y = bars.height() - 3
    qtbot.mousePress(bars, LEFT, pos=QPoint(2, y))
    qtbot.mouseMove(bars, QPoint(4, y))
    qtbot.mouseRelease(bars, LEFT, pos=QPoint(4, y))
    first = datetime.fromtimestamp(1_600_000_000).date()
    assert dialog.first.date().toPython() == date(first.year, first.month, 1)
    dialog.findChildren(type(window.filters.clear))[1].click()
    qtbot.waitUntil(lambda: 0 < window.browsing.photos.rowCount() < len(everything), timeout=WORKER_MS)
    assert all(name.startswith("astronaut") for name in names(window.browsing))
    assert len(chips(conductor)) == 1


def test_words_say_what_a_filter_says() -> None:
    said = Filter(albums=(1,), not_albums=(2, 3), kinds=("raw", "jpeg"), least_pixels=8_000_000, rating=5, online=False)
    albums = {1: "Birds", 2: "Cups", 3: "Sea"}
    assert [words_of(part, albums) for part in parts_of(said)] == [
        "In “Birds”",
        "Not in “Cups”",
        "Not in “Sea”",
        "RAW photos / JPEG",
        "Large, 8 megapixels or more",
        "5 stars",
        "On drives that are away",
    ]
    assert parts_of(EVERYTHING) == ()

    def span(first: date, after: date) -> str:
        begin, end = (datetime(day.year, day.month, day.day).timestamp() for day in (first, after))
        return span_words((begin, end))

    assert span(date(2019, 1, 1), date(2020, 1, 1)) == "2019"
    assert span(date(2019, 7, 1), date(2019, 8, 1)) == "July 2019"
    assert span(date(2019, 7, 4), date(2019, 7, 5)) == "4 July 2019"
    assert span(date(2019, 7, 4), date(2019, 9, 2)) == "4 July 2019 to 1 September 2019"


def test_cameras_are_offered_in_the_menu_that_is_open_already(
    conductor: Conductor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conductor.reader, "ask", lambda _question, _otherwise: Noted(cameras=("X100",)))
    conductor.window.search.filter_button.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)

    def cameras() -> list[str]:
        (line,) = (one for one in menu.actions() if one.text() == "Camera")
        submenu = line.menu()
        return [one.text() for one in submenu.actions()] if isinstance(submenu, QMenu) and submenu.isEnabled() else []

    qtbot.waitUntil(lambda: cameras() == ["X100"], timeout=WORKER_MS)
    menu.close()
