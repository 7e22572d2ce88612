"""One box for all words: hits while they are typed, and which of names, dates and pictures found them."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from tests.gui.driving import LEFT, WORKER_MS, go_to, ids, names_found, wait_for_hits


def write(conductor: Conductor, qtbot: QtBot, text: str) -> None:
    field = conductor.window.search.words
    field.setFocus()
    field.clear()
    qtbot.keyClicks(field, text)


def test_hits_come_while_words_are_typed_and_no_step_of_it_is_a_search_of_its_own(
    conductor: Conductor, qtbot: QtBot
) -> None:
    window, state = conductor.window, conductor.search.state
    go_to(conductor, "rocket 0.jpg")
    conductor.search.find_similar()
    wait_for_hits(conductor, qtbot)
    before = state.question
    window.search.clear_asked.emit()
    write(conductor, qtbot, "coff")
    qtbot.waitUntil(lambda: bool(names_found(conductor)) and state.question.text == "coff", timeout=WORKER_MS)
    qtbot.keyClicks(window.search.words, "ee 1")
    qtbot.waitUntil(lambda: names_found(conductor)[:1] == ["coffee 1.jpg"], timeout=WORKER_MS)
    answer = conductor.search.answer
    assert answer is not None
    assert [hit.path.name for hit in answer.hits if hit.found_in == "name"] == ["coffee 1.jpg"]
    assert window.found.tile(0).note.endswith("Name")
    assert window.search.results.sources.buttons["names"].text() == "Names and notes: 1"
    assert window.search.results.sort.currentText() == "Best matches first"
    assert state.history.past == (before,)
    qtbot.keyClick(window.search.words, Qt.Key.Key_Return)
    assert state.question.text == "coffee 1"


def test_a_source_is_switched_off_by_a_click(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    write(conductor, qtbot, "coffee")
    qtbot.waitUntil(
        lambda: any(
            hit.found_in == "name" for hit in (conductor.search.answer.hits if conductor.search.answer else ())
        ),
        timeout=WORKER_MS,
    )
    qtbot.mouseClick(window.search.results.sources.buttons["names"], LEFT)
    assert "names" not in conductor.search.state.question.query().sources

    def by_name() -> bool:
        answer = conductor.search.answer
        return answer is None or any(hit.found_in is not None for hit in answer.hits)

    qtbot.waitUntil(lambda: not by_name() or conductor.search.failure is not None, timeout=WORKER_MS)


def test_a_date_that_is_typed_is_told_and_filters(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    write(conductor, qtbot, "september 2020")
    wait_for_hits(conductor, qtbot)
    assert all(name.startswith("astronaut") for name in names_found(conductor))
    assert window.search.results.sources.buttons["dates"].text() == "Dates: september 2020"
    assert not window.search.results.nothing.isVisible()
    assert not window.search.results.sort.isVisible()  # they are the newest first
    conductor.search.look_for_photos(list(conductor.reader.photos(ids(conductor, "coffee 0.jpg")).values()))
    qtbot.waitUntil(window.search.results.sort.isVisible, timeout=WORKER_MS)
    assert window.search.results.sort.currentText() == "Most alike first"
