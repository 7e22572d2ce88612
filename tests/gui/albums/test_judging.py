"""Yes and no on hits rank the search anew at once, and nothing moves under the hand."""

from array import array

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.messages import Decide, Search
from tests.gui.driving import LEFT, UNDO, WORKER_MS, go_to, ids, make_album, wait_for_hits
from tests.gui.pretending import Pretender


@pytest.fixture
def searching(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> Conductor:
    """The look-alikes of a cup are on screen, and no album is known."""
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    conductor.window.found.grid.go_to(0)
    return conductor


def settle(conductor: Conductor, qtbot: QtBot) -> None:
    """Until the answer to what was said is on screen."""
    state = conductor.search.state
    qtbot.waitUntil(lambda: state._request is None and not conductor.undo.is_busy, timeout=WORKER_MS)


def marks(conductor: Conductor) -> list[str | None]:
    found = conductor.window.found
    return [found.tile(row).mark for row in range(found.photos.rowCount())]


def shown(conductor: Conductor) -> list[int]:
    return list(conductor.window.found.photos.ids)


def test_the_search_is_asked_with_what_was_said_and_the_judged_stay_in_place(
    searching: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window, before = searching.window, shown(searching)
    last = len(before) - 1
    rows = [last - 2, last - 1, last]  # three pictures of one cat
    for row in rows[:2]:
        window.found.grid.go_to(row)
        qtbot.keyClick(window.found.grid, Qt.Key.Key_Y)
    window.found.grid.go_to(0)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_N)
    settle(searching, qtbot)
    query = worker.of(Search)[-1].query
    assert (query.liked, query.disliked) == ((before[rows[0]], before[rows[1]]), (before[0],))
    after = shown(searching)
    assert sorted(after) == sorted(before)
    assert [after[row] for row in (0, 1, *rows[:2])] == [before[row] for row in (0, 1, *rows[:2])]
    assert after.index(before[last]) == 2  # the first row that nothing holds
    assert [row for row, mark in enumerate(marks(searching)) if mark] == [0, *rows[:2]]
    assert not worker.of(Decide)  # no album is known: it is about this search alone
    said = window.search.results.ranking.said_button
    assert said.isVisible()
    assert said.text().strip() == "2 yes · 1 no"


def test_the_next_photo_is_the_one_that_was_seen_there(searching: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window, before = searching.window, shown(searching)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_N)
    assert window.found.chosen_ids() == (before[1],)
    settle(searching, qtbot)
    assert window.found.chosen_ids() == (before[1],)
    assert shown(searching)[:2] == before[:2]
    window.found.grid.go_to(0)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Right)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Y)
    settle(searching, qtbot)
    assert marks(searching)[:2] == ["not", "member"]
    window.found.grid.go_to(0)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Y)  # the next of which nothing was said
    assert window.found.chosen_rows() == [2]


def test_it_is_undone_and_done_again_and_forgotten_at_once(
    searching: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window, before = searching.window, shown(searching)
    window.found.grid.go_to(len(before) - 1)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Y)
    settle(searching, qtbot)
    ranked = shown(searching)
    qtbot.keyClick(window.found.grid, *UNDO)
    settle(searching, qtbot)
    assert set(marks(searching)) == {None}
    assert searching.search.state.question.said == {}
    searching.undo.do_again()
    settle(searching, qtbot)
    assert searching.search.state.question.said == {before[-1]: "member"}
    qtbot.mouseClick(window.search.results.ranking.said_button, LEFT)
    settle(searching, qtbot)
    assert searching.search.state.question.said == {}
    assert not window.search.results.ranking.said_button.isVisible()
    qtbot.keyClick(window.found.grid, *UNDO)
    settle(searching, qtbot)
    assert searching.search.state.question.said == {before[-1]: "member"}
    assert sorted(shown(searching)) == sorted(ranked)


def test_another_search_begins_without_what_was_said_and_the_way_back_has_it(
    searching: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    first = shown(searching)[0]
    qtbot.keyClick(searching.window.found.grid, Qt.Key.Key_Y)
    settle(searching, qtbot)
    searching.search.look_for_photos(list(searching.loader.read(array("q", ids(searching, "rocket 0.jpg"))).values()))
    settle(searching, qtbot)
    assert searching.search.state.question.said == {}
    assert set(marks(searching)) == {None}
    searching.undo.take_back()  # of what is looked for no longer
    settle(searching, qtbot)
    assert searching.search.state.question.said == {}
    searching.search.state.go_back()
    settle(searching, qtbot)
    assert searching.search.state.question.said == {first: "member"}
    qtbot.waitUntil(lambda: "member" in marks(searching), timeout=WORKER_MS)


def test_with_an_album_it_is_ranked_too_and_undo_takes_both_back(
    searching: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    make_album(searching, qtbot, "Cups", ids(searching, "coffee 1.jpg"))
    ranking = searching.window.search.results.ranking
    qtbot.waitUntil(lambda: "“Cups”" in ranking.album_button.text(), timeout=WORKER_MS)
    first = shown(searching)[0]
    searching.window.found.grid.go_to(0)
    qtbot.keyClick(searching.window.found.grid, Qt.Key.Key_N)
    settle(searching, qtbot)
    assert worker.of(Decide)[-1].photos == (first,)
    assert worker.of(Search)[-1].query.disliked == (first,)
    assert ranking.said_button.text().strip() == "1 no"
    qtbot.keyClick(searching.window.found.grid, *UNDO)
    settle(searching, qtbot)
    qtbot.waitUntil(lambda: searching.search.state.question.said == {}, timeout=WORKER_MS)
    assert set(marks(searching)) == {None}
    searching.undo.do_again()
    settle(searching, qtbot)
    qtbot.waitUntil(lambda: searching.search.state.question.said == {first: "not"}, timeout=WORKER_MS)
