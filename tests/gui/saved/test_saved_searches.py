"""Searches that are saved: from the button to the left side, asked anew, changed, renamed, removed, and all undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Filter
from guie_desktop.domain import ALL_PHOTOS, Place, SavedSearch
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.saved.search_list import SearchList
from guie_desktop.gui.widgets.line_list import RIGHT
from guie_desktop.library.kept_questions import question_text
from guie_desktop.library.searches import saved_searches
from guie_desktop.messages import SaveSearch, Search
from guie_desktop.paths import LibraryPaths
from tests.gui.conftest import Start
from tests.gui.driving import LEFT, WORKER_MS, activate, go_to, ids, make_album, names_found, wait_for_hits
from tests.gui.pretending import Pretender

PASTE = Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier


def lines(conductor: Conductor) -> SearchList:
    return conductor.window.sidebar.searches.list


def names(conductor: Conductor) -> list[str]:
    """Of all that are listed; none where the list is hidden."""
    area = lines(conductor)
    return [area.item(row).text() for row in range(area.count())] if area.isVisible() else []


def marked(conductor: Conductor) -> list[str]:
    """The line that is chosen, wherever on the left side, with its state."""
    sidebar = conductor.window.sidebar
    found = [line.data(0, Qt.ItemDataRole.DisplayRole) for line in sidebar.folders.selectedItems()]
    found += [line.text() for line in sidebar.albums.selectedItems()]
    saved = sidebar.searches.list.selectedItems()
    return found + [" ".join(filter(None, (line.text(), line.data(RIGHT)))) for line in saved]


def stored(conductor: Conductor) -> tuple[SavedSearch, ...]:
    nothing: tuple[SavedSearch, ...] = ()
    return conductor.reader.ask(saved_searches, nothing)


def look_for(conductor: Conductor, qtbot: QtBot, name: str) -> None:
    go_to(conductor, name)
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)


def editor(conductor: Conductor) -> QLineEdit:
    found = lines(conductor).findChild(QLineEdit, "album_name")
    assert found is not None
    return found


def save(conductor: Conductor, qtbot: QtBot, name: str = "") -> None:
    """By the button, under this name or the one that is offered."""
    window = conductor.window
    before = names(conductor)
    qtbot.mouseClick(window.search.save_button, LEFT)
    if name:
        qtbot.keyClicks(editor(conductor), name)
    qtbot.keyClick(editor(conductor), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(names(conductor)) == len(before) + 1 and not busy(conductor), timeout=WORKER_MS)


def wait_for_names(conductor: Conductor, qtbot: QtBot, expected: list[str]) -> None:
    qtbot.waitUntil(lambda: names(conductor) == expected, timeout=WORKER_MS)


def busy(conductor: Conductor) -> bool:
    return conductor.undo.is_busy or len(stored(conductor)) != lines(conductor).count()


def click(conductor: Conductor, qtbot: QtBot, name: str) -> None:
    area = lines(conductor)
    (line,) = area.findItems(name, Qt.MatchFlag.MatchExactly)
    qtbot.mouseClick(area.viewport(), LEFT, pos=area.visualItemRect(line).center())


def menu_of(conductor: Conductor, qapp: QApplication, name: str) -> dict[str, Callable[[], object] | None]:
    """What the menu of a line offers; None of what cannot be done."""
    area = lines(conductor)
    (line,) = area.findItems(name, Qt.MatchFlag.MatchExactly)
    point = area.visualItemRect(line).center()
    qapp.sendEvent(area.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, area.mapToGlobal(point)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    return {one.text(): one.trigger if one.isEnabled() else None for one in menu.actions() if not one.isSeparator()}


def undone(conductor: Conductor, qtbot: QtBot) -> None:
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: not busy(conductor), timeout=WORKER_MS)


def test_a_search_is_saved_and_asked_anew(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window, state = conductor.window, conductor.search.state
    assert names(conductor) == []
    assert not window.search.save_button.isEnabled()
    look_for(conductor, qtbot, "coffee 1.jpg")
    asked, found = state.question, names_found(conductor)
    assert marked(conductor) == []
    save(conductor, qtbot)
    assert names(conductor) == ["coffee 1"]  # as is offered
    assert worker.of(SaveSearch)[-1].question == question_text(asked)
    qtbot.waitUntil(lambda: marked(conductor) == ["coffee 1"], timeout=WORKER_MS)
    assert window.search.save_button.accessibleName() == "Saved as “coffee 1”"
    activate(conductor, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert marked(conductor) == ["All photos"]
    click(conductor, qtbot, "coffee 1")
    wait_for_hits(conductor, qtbot)
    assert state.question.identity == asked.identity
    assert names_found(conductor) == found
    assert marked(conductor) == ["coffee 1"]
    qtbot.mouseClick(window.search.back_button, LEFT)  # a click asks once: before it nothing was looked for
    assert state.question.identity == asked.identity


def test_a_filter_alone_is_a_smart_album(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    everything = window.browsing.photos.rowCount()
    album = make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg", "coffee 1.jpg"))
    conductor.filters.choose(Filter(albums=(album.id,)))
    activate(conductor, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert editor(conductor).text() == "In “Cups”"
    qtbot.keyClick(editor(conductor), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: marked(conductor) == ["In “Cups”"], timeout=WORKER_MS)
    conductor.filters.clear()
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == everything, timeout=WORKER_MS)
    assert marked(conductor) == ["All photos"]
    look_for(conductor, qtbot, "rocket 1.jpg")
    searches = len(worker.of(Search))
    click(conductor, qtbot, "In “Cups”")
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 2, timeout=WORKER_MS)
    assert not conductor.search.state.is_on
    assert marked(conductor) == ["In “Cups”"]
    assert len(worker.of(Search)) == searches
    # It is live.
    conductor.albums.controller.put(album, (*ids(conductor, "coffee 0.jpg"), 1))
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 3, timeout=WORKER_MS)
    conductor.albums.controller.remove(album)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == everything, timeout=WORKER_MS)
    click(conductor, qtbot, "In “Cups”")
    said = window.status.tasks.label
    qtbot.waitUntil(lambda: said.text() == "Nothing that “In “Cups”” looks for is still there.", timeout=WORKER_MS)


def test_a_filter_of_an_album_is_browsed_there(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    album = make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg", "rocket 1.jpg"))
    window.sidebar.go_to(Place(album_id=album.id))
    conductor.filters.choose(Filter(shapes=("landscape",)))
    save(conductor, qtbot, "Wide cups")
    qtbot.waitUntil(lambda: marked(conductor) == ["Wide cups"], timeout=WORKER_MS)
    window.sidebar.go_to(ALL_PHOTOS)
    assert conductor.filters.which == Filter()  # it is left as a whole
    assert marked(conductor) == ["All photos"]
    click(conductor, qtbot, "Wide cups")
    qtbot.waitUntil(lambda: conductor.browsing.place == Place(album_id=album.id), timeout=WORKER_MS)
    assert conductor.filters.which == Filter(shapes=("landscape",))
    qtbot.waitUntil(lambda: marked(conductor) == ["Wide cups"], timeout=WORKER_MS)
    window.sidebar.go_to(ALL_PHOTOS)
    assert marked(conductor) == ["All photos"]
    assert conductor.filters.which == Filter()


def test_what_is_changed_says_so_and_is_saved_if_wanted(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, qapp: QApplication
) -> None:
    window, state = conductor.window, conductor.search.state
    look_for(conductor, qtbot, "coffee 1.jpg")
    save(conductor, qtbot, "Cups")
    qtbot.waitUntil(lambda: marked(conductor) == ["Cups"], timeout=WORKER_MS)
    before = state.question
    assert menu_of(conductor, qapp, "Cups")["Save changes"] is None
    assert not conductor.saved.replace_action.isEnabled()
    conductor.filters.choose(Filter(shapes=("landscape",)))
    wait_for_hits(conductor, qtbot)
    assert marked(conductor) == ["Cups changed"]
    assert lines(conductor).item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Cups, changed"
    click(conductor, qtbot, "Cups")  # as it was saved
    qtbot.waitUntil(lambda: state.question.identity == before.identity, timeout=WORKER_MS)
    assert marked(conductor) == ["Cups"]
    assert conductor.filters.which == Filter()
    state.go_back()
    changed = state.question
    assert changed.which == Filter(shapes=("landscape",))
    qtbot.mouseClick(window.search.save_button, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == ["Save changes to “Cups”", "Save as another search…"]
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: marked(conductor) == ["Cups"], timeout=WORKER_MS)
    assert stored(conductor)[0].question == question_text(changed)
    undone(conductor, qtbot)
    assert stored(conductor)[0].question == question_text(before)
    qtbot.waitUntil(lambda: marked(conductor) == ["Cups changed"], timeout=WORKER_MS)
    look_for_other(conductor, qtbot)
    assert marked(conductor) == []  # another search is no change of that one


@pytest.mark.parametrize("ending", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_when_it_is_named_the_keyboard_is_in_the_photos_again(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, photo_folder: Path, ending: Qt.Key
) -> None:
    window = conductor.window
    conductor.filters.choose(Filter(shapes=("landscape",)))
    activate(conductor, qtbot)
    window.browsing.grid.setFocus()
    qtbot.mouseClick(window.search.save_button, LEFT)
    assert editor(conductor).hasFocus()
    qtbot.keyClick(editor(conductor), ending)
    qtbot.waitUntil(window.browsing.grid.hasFocus, timeout=WORKER_MS)
    saved = 1 if ending == Qt.Key.Key_Return else 0
    qtbot.waitUntil(lambda: len(names(conductor)) == saved and not busy(conductor), timeout=WORKER_MS)
    assert window.browsing.grid.hasFocus()
    copy_file(photo_folder / "Holidays" / "coffee 1.jpg")
    qtbot.keyClick(window.browsing.grid, *PASTE)
    wait_for_hits(conductor, qtbot)
    assert [one.name for one in conductor.search.state.question.examples] == ["coffee 1.jpg"]


def test_when_words_are_saved_they_can_be_gone_on_with_or_a_photo_pasted(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, photo_folder: Path
) -> None:
    words = conductor.window.search.words
    activate(conductor, qtbot)
    words.setFocus()
    qtbot.keyClicks(words, "coffee")
    qtbot.keyClick(words, Qt.Key.Key_Return)
    wait_for_hits(conductor, qtbot)
    qtbot.keyClick(words, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(editor(conductor), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(conductor) == ["coffee"] and not busy(conductor), timeout=WORKER_MS)
    assert words.hasFocus()
    qtbot.keyClicks(words, " 1")
    assert words.text() == "coffee 1"
    QGuiApplication.clipboard().setText(" jpg")
    qtbot.keyClick(words, *PASTE)
    assert words.text() == "coffee 1 jpg"
    copy_file(photo_folder / "Holidays" / "rocket 1.jpg")
    qtbot.keyClick(words, *PASTE)
    qtbot.waitUntil(lambda: [one.name for one in conductor.search.state.question.examples] == ["rocket 1.jpg"])


def copy_file(path: Path) -> None:
    """As a file manager copies it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(mime)


def look_for_other(conductor: Conductor, qtbot: QtBot) -> None:
    (rocket,) = ids(conductor, "rocket 1.jpg")
    conductor.search.look_for_photos([conductor.reader.photos([rocket])[rocket]])
    wait_for_hits(conductor, qtbot)


def test_one_is_renamed_and_removed_by_keys_and_all_is_undone(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, qapp: QApplication
) -> None:
    look_for(conductor, qtbot, "coffee 1.jpg")
    save(conductor, qtbot, "Cups")
    conductor.search.state.clear()
    area = lines(conductor)
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_Down)
    qtbot.keyClick(area, Qt.Key.Key_Return)
    qtbot.keyClicks(editor(conductor), "Mugs")
    qtbot.keyClick(editor(conductor), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(conductor) == ["Mugs"] and not busy(conductor), timeout=WORKER_MS)
    qtbot.keyClick(area, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(conductor) == [] and not busy(conductor), timeout=WORKER_MS)
    assert not conductor.window.sidebar.searches.isVisible()
    for expected in (["Mugs"], ["Cups"], []):
        undone(conductor, qtbot)
        wait_for_names(conductor, qtbot, expected)
    conductor.undo.do_again()
    qtbot.waitUntil(lambda: names(conductor) == ["Cups"], timeout=WORKER_MS)
    remove = menu_of(conductor, qapp, "Cups")["Remove search"]
    assert remove is not None
    remove()
    qtbot.waitUntil(lambda: names(conductor) == [], timeout=WORKER_MS)


def test_a_name_that_is_taken_is_refused_and_another_is_offered(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    look_for(conductor, qtbot, "coffee 1.jpg")
    save(conductor, qtbot)
    conductor.saved.ask_name()
    assert editor(conductor).text() == "coffee 1 2"
    qtbot.keyClicks(editor(conductor), "COFFEE 1")
    qtbot.keyClick(editor(conductor), Qt.Key.Key_Return)
    qtbot.waitUntil(conductor.window.banner.isVisible, timeout=WORKER_MS)
    assert names(conductor) == ["coffee 1"]
    conductor.saved.ask_name()
    qtbot.keyClick(editor(conductor), Qt.Key.Key_Escape)
    assert names(conductor) == ["coffee 1"]


def test_one_of_which_nothing_is_left_is_not_asked(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    look_for(conductor, qtbot, "coffee 1.jpg")
    save(conductor, qtbot, "Cups")
    conductor.search.state.clear()
    gone = '{"examples": [{"photo": 999, "path": "/no/such.jpg"}, {"photo": 1}]}'
    for name, question in (("Half", gone), ("Damaged", "{")):
        conductor.saved.deeds.save(name, question)
    qtbot.waitUntil(lambda: names(conductor) == ["Cups", "Damaged", "Half"], timeout=WORKER_MS)
    said = conductor.window.status.tasks.label
    click(conductor, qtbot, "Half")
    qtbot.waitUntil(lambda: said.text() == "Some of what “Half” looks for is no longer there.", timeout=WORKER_MS)
    wait_for_hits(conductor, qtbot)
    assert conductor.search.state.question.photos == (1,)
    assert marked(conductor) == ["Half"]
    conductor.search.state.clear()
    click(conductor, qtbot, "Damaged")
    qtbot.waitUntil(lambda: said.text().startswith("Nothing that “Damaged”"), timeout=WORKER_MS)
    assert not conductor.search.state.is_on
    assert marked(conductor) == ["All photos"]


def test_after_a_new_start_the_one_that_is_on_is_marked(
    conductor: Conductor, start: Start, library: LibraryPaths, qtbot: QtBot
) -> None:
    look_for(conductor, qtbot, "coffee 1.jpg")
    save(conductor, qtbot, "Cups")
    settings = conductor.settings()
    library = conductor.reader._paths
    conductor.window.close()
    conductor.close()
    again = start(library, settings)
    wait_for_hits(again, qtbot)
    qtbot.waitUntil(lambda: marked(again) == ["Cups"], timeout=WORKER_MS)


def test_searches_before_are_behind_a_button(conductor: Conductor, qtbot: QtBot) -> None:
    panel = conductor.window.search
    look_for(conductor, qtbot, "coffee 1.jpg")
    assert not panel.past_button.isEnabled()
    look_for_other(conductor, qtbot)
    assert panel.past_button.isEnabled()
    qtbot.mouseClick(panel.past_button, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == ["coffee 1.jpg"]
    menu.actions()[0].trigger()
    menu.close()
    assert conductor.search.state.question.title == "coffee 1"


@pytest.mark.parametrize("place", [QPoint(5, 5)])
def test_beside_the_lines_there_is_no_menu(conductor: Conductor, qapp: QApplication, place: QPoint) -> None:
    area = conductor.window.sidebar.searches
    area.show()
    shown = area.list
    qapp.sendEvent(shown.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, shown.mapToGlobal(place)))
    assert QApplication.activePopupWidget() is None


def test_the_keyboard_goes_on_beside_what_was_removed(conductor: Conductor, qtbot: QtBot) -> None:
    window, area = conductor.window, lines(conductor)
    activate(conductor, qtbot)
    for name in ("coffee 0.jpg", "coffee 1.jpg", "rocket 0.jpg"):
        look_for(conductor, qtbot, name)
        save(conductor, qtbot)
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    every = names(conductor)
    area.setFocus()
    area.setCurrentRow(1)
    for left in ([0, 2], [0], []):
        wanted = [every[number] for number in left]
        assert area.hasFocus()
        qtbot.keyClick(area, Qt.Key.Key_Delete)
        wait_for_names(conductor, qtbot, wanted)
        qtbot.waitUntil(lambda: not busy(conductor), timeout=WORKER_MS)
    assert window.pages.isAncestorOf(window.focusWidget())
