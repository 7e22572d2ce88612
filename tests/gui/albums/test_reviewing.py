"""Yes and no by one key: on suggestions for an album, and on what a search found."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Hit
from guie_desktop.domain import ALL_PHOTOS, Album
from guie_desktop.former import Former
from guie_desktop.gui.albums.chooser import AlbumChooser
from guie_desktop.gui.conductor import Conductor
from guie_desktop.messages import Changed, CreateAlbum, Decide, Failed, JobEnded, PutBack, Suggest, Suggested
from tests.gui.driving import (
    LEFT,
    UNDO,
    WORKER_MS,
    activate,
    browse,
    go_to,
    ids,
    make_album,
    wait_for_hits,
)
from tests.gui.pretending import Pretender

CUPS = ("coffee 1.jpg", "rocket 0.jpg", "coffee 2.jpg", "chelsea 1.jpg", "chelsea 2.jpg")


def suggest_in_turn(conductor: Conductor, worker: Pretender, photos: tuple[int, ...], at_once: int = 60) -> None:
    """Suggest these photos as long as nothing was decided of them."""

    def answer(command: Suggest) -> Suggested:
        known = conductor.albums.verdicts.of(command.album_id)
        left = [photo for photo in photos if photo not in known][:at_once]
        hits = [
            Hit(rank, photo, (Path("x"),), 0.9 - rank / 50, True, 0.97 - rank / 9) for rank, photo in enumerate(left)
        ]
        return Suggested(command.album_id, tuple(hits))

    worker.answers[Suggest] = answer


def asked_of(conductor: Conductor) -> int:
    """The photo that is asked of now."""
    (photo,) = conductor.window.suggestions.strip.chosen_ids()
    return photo


@pytest.fixture
def cups(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> Album:
    """An album of one cup, for which five photos are suggested; it is on screen."""
    suggest_in_turn(conductor, worker, ids(conductor, *CUPS))
    album = make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg"))
    browse(conductor, qtbot, album)
    strip = conductor.window.suggestions.strip
    qtbot.waitUntil(lambda: strip.photos.rowCount() == 5, timeout=WORKER_MS)
    return album


def test_suggestions_are_answered_one_key_each(
    conductor: Conductor, worker: Pretender, cups: Album, qtbot: QtBot
) -> None:
    window, (first, second, third, *_) = conductor.window, ids_of(conductor)
    strip = window.suggestions.strip
    qtbot.mouseClick(strip.grid.viewport(), LEFT, pos=strip.grid.visualRect(strip.grid.currentIndex()).center())
    assert asked_of(conductor) == first
    qtbot.keyClick(strip.grid, Qt.Key.Key_Y)
    assert asked_of(conductor) == second
    qtbot.keyClick(strip.grid, Qt.Key.Key_N)
    qtbot.keyClick(strip.grid, Qt.Key.Key_Return)
    assert [(one.photos, one.verdict) for one in worker.of(Decide)] == [
        ((first,), "member"),
        ((second,), "not"),
        ((third,), "member"),
    ]
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 3, timeout=WORKER_MS)
    assert strip.photos.rowCount() == 2
    assert strip.grid.hasFocus()
    qtbot.keyClick(strip.grid, *UNDO)
    qtbot.keyClick(strip.grid, *UNDO)
    qtbot.waitUntil(lambda: asked_of(conductor) == second, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: ids_of(conductor)[:2] == [second, third], timeout=WORKER_MS)
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 2, timeout=WORKER_MS)


def ids_of(conductor: Conductor) -> list[int]:
    return list(conductor.window.suggestions.strip.photos.ids)


def test_keys_answer_without_a_click_while_no_photo_of_the_album_is_chosen(
    conductor: Conductor, worker: Pretender, cups: Album, qtbot: QtBot
) -> None:
    window, (first, second, *_) = conductor.window, ids_of(conductor)
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_N)
    assert worker.of(Decide)[-1].photos == (first,)
    window.browsing.grid.go_to(0)
    member = window.browsing.chosen_ids()
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_N)  # now the photo of the album is meant
    assert worker.of(Decide)[-1].photos == member
    qtbot.keyClick(window.browsing.grid, *UNDO)
    qtbot.waitUntil(lambda: len(worker.of(PutBack)) == 1, timeout=WORKER_MS)
    assert [one.verdict for one in worker.of(PutBack)[-1].former.decisions] == ["member"]
    assert asked_of(conductor) == second


def test_several_suggestions_are_answered_at_once_and_by_button(
    conductor: Conductor, worker: Pretender, cups: Album, qtbot: QtBot
) -> None:
    strip, photos = conductor.window.suggestions.strip, ids_of(conductor)
    qtbot.keyClick(strip.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseClick(conductor.window.suggestions.yes, LEFT)
    assert worker.of(Decide)[-1].photos == tuple(photos[:2])
    assert asked_of(conductor) == photos[2]
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: ids_of(conductor) == photos, timeout=WORKER_MS)


def test_the_rest_is_asked_anew_after_each_answer_and_the_next_photo_stays(
    conductor: Conductor, worker: Pretender, cups: Album, qtbot: QtBot
) -> None:
    suggestions = conductor.window.suggestions
    strip, (first, second, *others) = suggestions.strip, ids_of(conductor)
    known: list[Suggest] = worker.of(Suggest)
    learned = (others[2], others[0], second, others[1])

    def answer(command: Suggest) -> Suggested:
        hits = tuple(Hit(rank, photo, (Path("x"),), 0.5, True, 0.9) for rank, photo in enumerate(learned))
        return Suggested(command.album_id, hits, 12.4)

    worker.answers[Suggest] = answer
    strip.setFocus()
    qtbot.keyClick(strip.grid, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: suggestions.left.text() == "about 12 left", timeout=WORKER_MS)
    assert len(worker.of(Suggest)) > len(known)
    assert ids_of(conductor) == [second, others[2], others[0], others[1]]
    assert asked_of(conductor) == second
    worker.answers[Suggest] = lambda command: Suggested(command.album_id, (), 0.2)
    qtbot.keyClick(strip.grid, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: suggestions.left.text() == "", timeout=WORKER_MS)
    assert first not in ids_of(conductor)


def test_all_up_to_the_chosen_one_are_accepted_at_once(
    conductor: Conductor, worker: Pretender, cups: Album, qtbot: QtBot
) -> None:
    suggestions, photos = conductor.window.suggestions, ids_of(conductor)
    assert not suggestions.accept.isVisible()  # there is only one
    suggestions.strip.setFocus()
    qtbot.keyClick(suggestions.strip.grid, Qt.Key.Key_Right)
    qtbot.keyClick(suggestions.strip.grid, Qt.Key.Key_Right)
    assert suggestions.accept.text() == "Yes to all 3 up to here"
    qtbot.mouseClick(suggestions.accept, LEFT)
    assert (worker.of(Decide)[-1].photos, worker.of(Decide)[-1].verdict) == (tuple(photos[:3]), "member")
    qtbot.waitUntil(lambda: ids_of(conductor) == photos[3:], timeout=WORKER_MS)
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: ids_of(conductor) == photos, timeout=WORKER_MS)


def test_the_line_is_filled_again_and_says_when_there_is_no_more(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    suggest_in_turn(conductor, worker, ids(conductor, *CUPS), at_once=2)
    browse(conductor, qtbot, make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg")))
    window = conductor.window
    strip = window.suggestions.strip
    for answered in range(5):
        qtbot.waitUntil(lambda: strip.isVisible() and strip.photos.rowCount() > 0, timeout=WORKER_MS)
        strip.setFocus()
        qtbot.keyClick(strip.grid, Qt.Key.Key_N)
        assert len(worker.of(Decide)) == answered + 1
    qtbot.waitUntil(lambda: "Nothing else" in window.suggestions.message.text(), timeout=WORKER_MS)
    qtbot.waitUntil(window.browsing.grid.hasFocus, timeout=WORKER_MS)
    asked = len(worker.of(Suggest))
    conductor.navigation.show_right_page()
    assert len(worker.of(Suggest)) == asked  # it does not ask again and again


def test_why_nothing_is_suggested_is_said(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    cups = ids(conductor, *CUPS)
    worker.answers[Suggest] = lambda command: Failed("The library is being read.", "Wait a moment.")
    browse(conductor, qtbot, make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg")))
    message = conductor.window.suggestions.message
    qtbot.waitUntil(lambda: message.text() == "The library is being read. Wait a moment.", timeout=WORKER_MS)
    assert not conductor.window.banner.isVisible()
    suggest_in_turn(conductor, worker, cups)
    conductor.client.deliver(JobEnded(None))  # the photos were read
    qtbot.waitUntil(conductor.window.suggestions.strip.isVisible, timeout=WORKER_MS)
    conductor.window.sidebar.go_to(ALL_PHOTOS)
    assert not conductor.window.suggestions.isVisible()


def test_a_suggestion_is_looked_at_closely_and_answered_there(
    conductor: Conductor, worker: Pretender, cups: Album, qtbot: QtBot
) -> None:
    window, (first, second, *_) = conductor.window, ids_of(conductor)
    strip = window.suggestions.strip
    centre = strip.grid.visualRect(strip.grid.currentIndex()).center()
    qtbot.mouseClick(strip.grid.viewport(), LEFT, pos=centre)
    qtbot.mouseDClick(strip.grid.viewport(), LEFT, pos=centre)
    assert window.preview.photo is not None
    assert window.preview.photo.id == first
    qtbot.keyClick(window.preview, Qt.Key.Key_N)
    assert worker.of(Decide)[-1] == Decide(cups.id, (first,), "not")
    assert window.preview.photo.id == second
    qtbot.keyClick(window.preview, Qt.Key.Key_Escape)
    assert strip.grid.hasFocus()


def test_hits_are_sorted_into_the_album_of_the_query(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    window = conductor.window
    album = make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 1.jpg"))
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    button = window.search.results.ranking.album_button
    qtbot.waitUntil(lambda: "“Cups”" in button.text(), timeout=WORKER_MS)
    window.found.grid.go_to(0)
    first, second = window.found.photos.ids[:2]
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Y)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_N)
    assert [(one.album_id, one.photos, one.verdict) for one in worker.of(Decide)] == [
        (album.id, (first,), "member"),
        (album.id, (second,), "not"),
    ]
    assert [window.found.tile(row).mark for row in range(3)] == ["member", "not", None]
    assert window.found.chosen_rows() == [2]
    qtbot.keyClick(window.found.grid, *UNDO)
    qtbot.waitUntil(
        lambda: [window.found.tile(row).mark for row in range(3)] == ["member", None, None], timeout=WORKER_MS
    )


def test_what_the_worker_refuses_is_neither_said_to_be_done_nor_taken_back(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window = conductor.window
    make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 1.jpg"))
    go_to(conductor, "coffee 1.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    qtbot.waitUntil(lambda: "“Cups”" in window.search.results.ranking.album_button.text(), timeout=WORKER_MS)

    def answer(command: Decide) -> Failed | Changed:
        return Changed(Former((), ())) if command.verdict == "not" else Failed("The disk is full.", "Free some space.")

    worker.answers[Decide] = answer
    said: list[str] = []
    conductor.undo.told.connect(lambda text, _undo: said.append(text))
    window.found.grid.go_to(0)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_N)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Y)
    assert [window.found.tile(row).mark for row in range(3)] == ["not", "member", None]
    assert said == []
    qtbot.waitUntil(window.banner.isVisible, timeout=WORKER_MS)
    assert window.banner.title.text() == "The disk is full."
    assert window.found.tile(1).mark is None
    qtbot.keyClick(window.found.grid, *UNDO)
    qtbot.waitUntil(lambda: "Undone: 1 photo marked as not “Cups”." in said, timeout=WORKER_MS)
    assert not any("added" in sentence for sentence in said)
    assert [command.verdict for command in worker.of(Decide)] == ["not", "member"]


def test_what_was_said_without_an_album_goes_into_the_one_that_is_named(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    window = conductor.window
    go_to(conductor, "coffee 1.jpg")
    query = window.browsing.chosen_ids()
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    button = window.search.results.ranking.album_button
    assert not button.isVisible()
    window.found.grid.go_to(0)
    liked, disliked = window.found.photos.ids[:2]
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Y)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_N)
    assert not worker.of(Decide)
    qtbot.mouseClick(button, LEFT)
    chooser = window.findChild(AlbumChooser)
    assert chooser is not None
    qtbot.keyClicks(chooser.field, "Cups")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(worker.of(Decide)), timeout=WORKER_MS)
    assert worker.of(CreateAlbum)[-1].photos == (*query, liked)  # what was looked for is in it from the start
    assert [(one.photos, one.verdict) for one in worker.of(Decide)] == [((disliked,), "not")]
    qtbot.waitUntil(lambda: "“Cups”" in button.text(), timeout=WORKER_MS)
    assert window.search.results.ranking.said_button.text().strip() == "1 yes · 1 no"
    assert [window.found.tile(row).mark for row in range(3)] == ["member", "not", None]


def test_the_named_album_holds_for_a_picture_from_outside_until_another_is_looked_for(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, photo_folder: Path, tmp_path: Path
) -> None:
    window = conductor.window
    album = make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg"))
    make_album(conductor, qtbot, "Mugs", ids(conductor, "coffee 0.jpg"))
    outside = Path(shutil.copy(photo_folder / "Holidays" / "coffee 1.jpg", tmp_path / "outside.jpg"))
    conductor.search.look_for_files([outside], add=False)
    wait_for_hits(conductor, qtbot)
    button = window.search.results.ranking.album_button
    assert "Sort into an album" in button.text()
    qtbot.mouseClick(button, LEFT)
    chooser = window.findChild(AlbumChooser)
    assert chooser is not None
    qtbot.keyClicks(chooser.field, "cups")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    assert "“Cups”" in button.text()
    activate(conductor, qtbot)
    window.found.grid.setFocus()
    window.found.grid.go_to(5)
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Y)
    assert worker.of(Decide)[-1].album_id == album.id
    qtbot.wait(100)  # the library is read again meanwhile
    assert "“Cups”" in button.text()
    conductor.search.look_for_photos(list(conductor.reader.photos(ids(conductor, "coffee 0.jpg")).values()))
    assert "Sort into an album" in button.text()  # it is in two


def test_the_keyboard_goes_along_when_the_look_alikes_of_a_suggestion_are_found(
    conductor: Conductor, worker: Pretender, cups: Album, qtbot: QtBot
) -> None:
    window = conductor.window
    window.suggestions.strip.setFocus()
    qtbot.keyClick(window.suggestions.strip.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    assert window.found.grid.hasFocus()
    assert not window.suggestions.isVisible()
    (example,) = conductor.search.state.question.examples
    assert example.path.name == CUPS[0]


def test_keys_do_not_answer_for_photos_that_nobody_sees(
    conductor: Conductor, worker: Pretender, cups: Album, qtbot: QtBot
) -> None:
    conductor.window.browsing.grid.go_to(0)
    conductor.screens.failures.open()
    asked = len(worker.of(Decide))
    qtbot.keyClick(conductor.screens.failures.page, Qt.Key.Key_N)
    assert len(worker.of(Decide)) == asked
