"""What was learned, in the search results: the chance on tiles, both rankings, and nothing like this here."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.asking import EVERYTHING, Answer, Filter, Hit, Query
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.learning.comparison_view import rank_moves
from guie_desktop.gui.photos.photo_facts import describe
from guie_desktop.gui.photos.photo_list import similarity
from guie_desktop.messages import Failed, Found, Heads, Search
from tests.gui.driving import LEFT, WORKER_MS, go_to, ids, make_album, wait_for_hits
from tests.gui.learning.outcomes import LEARNT, using
from tests.gui.photos.made_up import photo_of
from tests.gui.pretending import Pretender


def hits(*photos: int, probability: float | None = None, alike: int = 3) -> tuple[Hit, ...]:
    return tuple(
        Hit(rank + 1, photo, (Path("x"),), 0.9 - rank / 20, rank < alike, probability and probability - rank / 10)
        for rank, photo in enumerate(photos)
    )


def test_moves_between_two_rankings() -> None:
    before, after = hits(1, 2, 3, 4), hits(3, 1, 2, 9, 4)
    assert rank_moves(before, after) == {3: "▲ 2", 1: "▼ 1", 2: "▼ 1", 9: "new", 4: "▼ 1"}
    assert rank_moves(before, before) == {}


def test_a_learned_chance_stands_on_the_tile_and_the_score_in_its_tooltip() -> None:
    hit = Hit(1, 7, (Path("x"),), 0.834, True, 0.871)
    assert similarity(hit) == "87%"
    assert similarity(replace(hit, probability=None)) == ""
    recognised = replace(hit, is_recognised=True)
    likely = [similarity(replace(recognised, probability=chance)) for chance in (0.95, 0.6, 0.35)]
    assert likely == ["Very likely", "Likely", "Perhaps"]
    assert similarity(replace(recognised, similar=False)) == ""
    told = describe(photo_of(7), hit)
    assert "Similarity 0.83" in told
    assert "87% of such hits" in told


def answer_by_head(conductor: Conductor, worker: Pretender) -> None:
    """The learned ranking puts cups before all; the general one has them at the end."""
    cups = ids(conductor, "coffee 0.jpg", "coffee 1.jpg", "coffee 2.jpg")
    others = ids(conductor, "rocket 0.jpg", "rocket 1.jpg", "chelsea 0.jpg", "chelsea 1.jpg", "astronaut 0.jpg")

    def answer(command: Search) -> Found:
        if command.query.head == "general":
            return Found(Answer(hits(*others, *cups[:2], alike=5), "lite2", "general", 0.01, False))
        learned = hits(*cups, *others[:4], probability=0.96)
        return Found(Answer(learned, "lite2", "albums", 0.01, False, personal=0.7))

    worker.answers[Search] = answer


def search(conductor: Conductor, qtbot: QtBot) -> None:
    go_to(conductor, "coffee 0.jpg")
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)


def test_both_rankings_are_offered_only_where_something_was_learned(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    line = conductor.window.search.results.ranking
    search(conductor, qtbot)
    assert not line.ranking.isVisible()
    assert not line.compare_button.isVisible()
    answer_by_head(conductor, worker)
    conductor.client.deliver(Heads(using(0, LEARNT)))
    conductor.client.deliver(Heads(using(LEARNT.id, LEARNT)))
    qtbot.waitUntil(line.ranking.isVisible, timeout=WORKER_MS)
    general = line.ranking.findChildren(QPushButton)[1]
    qtbot.mouseClick(general, LEFT)
    assert worker.of(Search)[-1].query.head == "general"
    found = conductor.window.found
    qtbot.waitUntil(lambda: found.tile(0).note == "", timeout=WORKER_MS)
    assert line.ranking.value == "general"
    conductor.client.deliver(Heads(using(0, LEARNT)))
    qtbot.waitUntil(lambda: not line.ranking.isVisible(), timeout=WORKER_MS)


def test_two_rankings_are_compared_side_by_side(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    line, comparison = window.search.results.ranking, window.comparison
    answer_by_head(conductor, worker)
    search(conductor, qtbot)
    assert [window.found.tile(row).note for row in range(2)] == ["96%", "86%"]
    qtbot.mouseClick(line.compare_button, LEFT)
    qtbot.waitUntil(lambda: comparison.learned.photos.rowCount() == 7, timeout=WORKER_MS)
    assert window.pages.currentWidget() is comparison
    assert not line.ranking.isVisible()
    badges = [comparison.learned.tile(row).badge for row in range(7)]
    assert badges == ["▲ 5", "▲ 5", "new", "▼ 3", "▼ 3", "▼ 3", "▼ 3"]
    assert comparison.general.tile(0).badge == ""
    comparison.general.setFocus()
    comparison.general.grid.go_to(1)
    chosen = comparison.general.chosen_ids()
    assert conductor.selection.ids() == chosen
    asked = len(worker.of(Search))
    qtbot.keyClick(comparison.general.grid, Qt.Key.Key_S)  # look for another one, still side by side
    assert [one.query.photos for one in worker.of(Search)[asked:]] == [chosen] * 3
    assert window.pages.currentWidget() is comparison
    qtbot.keyClick(comparison.learned.grid, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.found
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.browsing


def test_a_comparison_that_fails_is_told(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    answer_by_head(conductor, worker)
    search(conductor, qtbot)
    worker.answers[Search] = lambda command: Failed("The index is being built.", "Wait a moment.")
    qtbot.mouseClick(conductor.window.search.results.ranking.compare_button, LEFT)
    qtbot.waitUntil(conductor.window.banner.isVisible, timeout=WORKER_MS)


def test_only_an_album_is_searched_until_it_is_removed(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    asked: list[Query] = []

    def answer(command: Search) -> Found:
        asked.append(command.query)
        return Found(Answer(hits(1, 2, 3), "lite2", "general", 0.01, nothing_similar=True))

    worker.answers[Search] = answer
    results = conductor.window.search.results
    album = make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg"))
    search(conductor, qtbot)
    assert results.nothing.isVisible()
    assert results.nothing.title.text() == "There is nothing like this here."
    assert all(conductor.window.found.tile(row).dimmed for row in range(3))
    row = results.scope.findText("Only in album “Cups”")
    results.scope.setCurrentIndex(row)
    results.scope.activated.emit(row)
    qtbot.waitUntil(lambda: "in album “Cups”" in results.nothing.title.text(), timeout=WORKER_MS)
    assert asked[-1].which == Filter(albums=(album.id,))
    conductor.albums.controller.remove(album)
    qtbot.waitUntil(lambda: asked[-1].which == EVERYTHING, timeout=WORKER_MS)
    assert results.scope.currentText() == "In all photos"
    conductor.navigation.step_out()
    assert not results.nothing.isVisible()
