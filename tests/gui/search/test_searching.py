"""A search in the window: what stands there when it fails, and when what was found or looked for goes away."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Answer, Hit
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos.photo_mime import add_ids, files_as_mime
from guie_desktop.gui.search.chip import Chip
from guie_desktop.gui.search.chip_area import ChipArea
from guie_desktop.messages import Failed, Found, NoteTrashed, Search
from tests.gui.driving import COPY, LEFT, NOTHING_HELD, WORKER_MS, drop, go_to, ids, names_found, wait_for_hits
from tests.gui.pretending import Pretender


def look_for(conductor: Conductor, qtbot: QtBot, name: str) -> None:
    go_to(conductor, name)
    qtbot.keyClick(conductor.window.shown_gallery().grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)


def test_old_hits_do_not_stand_under_a_search_that_failed(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window = conductor.window
    look_for(conductor, qtbot, "coffee 0.jpg")
    worker.answers[Search] = lambda _: Failed("The drive does not answer.", "Connect it.")
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.found.grid, Qt.Key.Key_S)
    qtbot.waitUntil(window.notice.isVisible, timeout=WORKER_MS)
    assert window.notice.title.text() == "The drive does not answer."
    assert window.notice.text.text() == "Connect it."
    assert not window.found.isVisible()
    assert window.search.results.text.text == ""
    assert not window.banner.isVisible()
    del worker.answers[Search]
    qtbot.mouseClick(window.notice.button, LEFT)
    wait_for_hits(conductor, qtbot)
    assert [example.path.name for example in conductor.search.state.question.examples] == ["coffee 1.jpg"]
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.browsing


def test_what_was_put_into_the_trash_is_neither_shown_nor_looked_for(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window = conductor.window
    look_for(conductor, qtbot, "rocket 0.jpg")
    look_for(conductor, qtbot, "coffee 0.jpg")
    gone = ids(conductor, "coffee 1.jpg", "coffee 0.jpg", "rocket 0.jpg")
    worker.silence()  # the window knows it before the worker has looked
    conductor.reader.note_gone(gone[:1])
    assert "coffee 1.jpg" not in names_found(conductor)
    assert len(names_found(conductor)) > 3
    conductor.reader.note_gone(gone[1:])
    assert not conductor.search.state.is_on  # it was looked for alone
    assert not conductor.search.state.can_go_back
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 11, timeout=WORKER_MS)
    assert not set(gone) & set(window.browsing.photos.ids)
    conductor.reader.note_back(gone)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 14, timeout=WORKER_MS)
    assert not worker.of(NoteTrashed)


def test_the_newest_first_are_not_shown_where_nothing_is_alike(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window = conductor.window
    order = ids(conductor, "chelsea 0.jpg", "rocket 0.jpg", "astronaut 0.jpg")  # not by date, one way or the other
    found = tuple(Hit(rank, photo, (Path("x"),), 0.3, False) for rank, photo in enumerate(order, start=1))
    answer = Answer(found, "lite2", "general", 0.01, nothing_similar=True)
    worker.answers[Search] = lambda _: Found(answer)
    window.search.results.sort_chosen.emit("date")
    look_for(conductor, qtbot, "coffee 0.jpg")
    assert tuple(window.found.photos.ids) == order
    worker.answers[Search] = lambda _: Found(replace(answer, nothing_similar=False, hits=similar(found)))
    conductor.search.state.repeat()
    newest_first = sorted(order, key=lambda photo: -conductor.reader.photos([photo])[photo].taken)
    qtbot.waitUntil(lambda: list(window.found.photos.ids) == newest_first, timeout=WORKER_MS)


def is_asked(conductor: Conductor, photos: tuple[int, ...]) -> bool:
    return conductor.search.state.question.photos == photos


def similar(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(replace(hit, similar=True) for hit in hits)


def test_a_menu_keeps_what_it_is_about_while_hits_arrive(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    look_for(conductor, qtbot, "coffee 0.jpg")
    row = go_to(conductor, names_found(conductor)[2])
    chosen = conductor.selection.ids()
    before = tuple(window.found.photos.ids)
    found = tuple(Hit(rank, photo, (Path("x"),), 0.9, True) for rank, photo in enumerate(before[:2], start=1))
    worker.answers[Search] = lambda _: Found(Answer(found, "lite2", "general", 0.01, nothing_similar=False))
    conductor.search.state.look_in(None)
    conductor.actions.open_menu(window.mapToGlobal(QPoint(300, 300)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    conductor.search.state.ask(conductor.search.state.question.examples)
    qtbot.waitUntil(
        lambda: conductor.search.answer is not None and len(conductor.search.answer.hits) == 2, timeout=WORKER_MS
    )
    assert tuple(window.found.photos.ids) == before
    assert conductor.selection.ids() == chosen
    assert window.found.chosen_rows() == [row]
    assert conductor.actions.copy_path.isEnabled()
    menu.close()
    qtbot.waitUntil(lambda: tuple(window.found.photos.ids) == before[:2], timeout=WORKER_MS)


def test_a_photo_of_the_library_on_the_search_bar_joins_the_search(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, qapp: QApplication
) -> None:
    window = conductor.window
    (cup, cat) = ids(conductor, "coffee 0.jpg", "chelsea 0.jpg")
    bar = window.search.frame.mapTo(window, window.search.frame.rect().center())
    asked: tuple[int, ...] = ()
    for photo in (cup, cat):
        mime = files_as_mime(list(conductor.reader.photos([photo]).values()))
        add_ids(mime, [photo])
        said = "Drop to add it to the search" if asked else "Drop to find look-alikes"
        assert drop(conductor, qapp, mime, bar) == said
        asked = (*asked, photo)
        qtbot.waitUntil(partial(is_asked, conductor, asked), timeout=WORKER_MS)
        wait_for_hits(conductor, qtbot)
    assert drop(conductor, qapp, mime) == ""  # over the photos a drag that is given up does nothing
    assert conductor.search.state.question.photos == (cup, cat)


def test_a_drag_says_that_the_bar_adds_and_what_is_no_photo(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    window, overlay = conductor.window, conductor.window.overlay
    look_for(conductor, qtbot, "coffee 0.jpg")
    photo = next(iter(conductor.reader.photos(ids(conductor, "chelsea 0.jpg")).values()))
    mime = files_as_mime([photo])
    middle, bar = window.rect().center(), window.search.frame.mapTo(window, window.search.frame.rect().center())
    qapp.sendEvent(window, QDragEnterEvent(middle, COPY, mime, LEFT, NOTHING_HELD))
    assert (overlay.sentence, overlay.hint) == (
        "Drop to find look-alikes",
        "On the search bar it is added to what you look for.",
    )
    qapp.sendEvent(window, QDragMoveEvent(bar, COPY, mime, LEFT, NOTHING_HELD))
    assert (overlay.sentence, overlay.hint) == ("Drop to add it to the search", "")
    own = files_as_mime([photo])
    add_ids(own, [1, 2, 3])
    qapp.sendEvent(window, QDragEnterEvent(bar, COPY, own, LEFT, NOTHING_HELD))
    assert overlay.sentence == "Drop to add 3 photos to the search"
    text = tmp_path / "notes.txt"
    text.write_text("no photo")
    other = files_as_mime([replace(photo, path=text)])
    qapp.sendEvent(window, QDragEnterEvent(middle, COPY, other, LEFT, NOTHING_HELD))
    assert overlay.sentence == "This is no photo"
    move = QDragMoveEvent(middle, COPY, other, LEFT, NOTHING_HELD)
    qapp.sendEvent(window, move)
    assert not move.isAccepted()
    qapp.sendEvent(window, QDropEvent(middle, COPY, other, LEFT, NOTHING_HELD))
    assert len(conductor.search.state.question.examples) == 1


@pytest.mark.parametrize("width", [1200, 420, 90])
def test_chips_are_shown_whole_and_all_of_them_can_be_reached(qtbot: QtBot, width: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    area = ChipArea(window)
    window.resize(width, 60)
    area.resize(width, 52)
    window.show()
    chips = [Chip(f"photo {number}.jpg", "") for number in range(7)]
    area.show_chips(chips[:3])
    area.show_chips(chips)
    assert chips[-1].isVisible()  # what was added last is seen
    seen: set[Chip] = set()
    for _ in chips:
        shown = [chip for chip in chips if chip.isVisible()]
        assert shown
        seen.update(shown)
        hidden = len(chips) - len(shown)
        assert area.beyond.isVisible() == bool(hidden)
        assert not hidden or area.beyond.text() == f"+{hidden}"
        if hidden:
            qtbot.mouseClick(area.beyond, LEFT)
    assert seen == set(chips)
    area.show_chips([])
    assert not area.beyond.isVisible()
