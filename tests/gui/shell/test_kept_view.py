"""The window is as it was when the program was closed: place, photos at the upper edge, search; what is gone is not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Filter
from guie_desktop.domain import ALL_PHOTOS, Place
from guie_desktop.gui.conductor import Conductor
from guie_desktop.library.kept_questions import question_text
from guie_desktop.library.ordered_photos import Order
from guie_desktop.paths import LibraryPaths
from guie_desktop.question import Example, Question
from guie_desktop.settings import LastPlace, LastView, Settings, load_settings, save_settings
from tests.gui.conftest import Start
from tests.gui.driving import WORKER_MS, activate, browse, go_to, ids, make_album, wait_for_hits, wait_for_rest

Restart = Callable[..., Conductor]


@pytest.fixture
def restart(start: Start, library: LibraryPaths, tmp_path: Path) -> Restart:
    """Closes the window and opens another one, with what was written to the settings' file meanwhile."""

    def again(conductor: Conductor, settings: Settings | None = None) -> Conductor:
        save_settings(conductor.settings() if settings is None else settings, tmp_path / "settings.json")
        conductor.window.close()
        conductor.close()
        return start(library, load_settings(tmp_path / "settings.json"))

    return again


def folder_of(conductor: Conductor, name: str) -> Place:
    overview = conductor.browsing.overview
    assert overview is not None
    folder = next(folder for folder in overview.folders if folder.path.name == name)
    return Place(folder.id)


def shows(conductor: Conductor, place: Place) -> bool:
    overview = conductor.browsing.overview
    return overview is not None and overview.place == place == conductor.browsing.place


def test_the_place_and_its_order_are_those_that_were_shown(
    conductor: Conductor, restart: Restart, qtbot: QtBot
) -> None:
    place = folder_of(conductor, "Holidays")
    conductor.window.sidebar.go_to(place)
    conductor.browsing.sort_by(Order("name", descending=False))
    conductor.window.browsing.show_names(True)
    conductor.window.status.zoom.setValue(120)
    qtbot.waitUntil(lambda: shows(conductor, place), timeout=WORKER_MS)
    again = restart(conductor)
    assert shows(again, place)
    assert again.window.browsing.order == Order("name", descending=False)
    assert again.window.browsing.names_shown
    assert again.window.browsing.grid.tile_size == 120
    (line,) = again.window.sidebar.folders.selectedItems()
    assert line.data(0, Qt.ItemDataRole.DisplayRole) == "Holidays"


def test_an_album_is_shown_again_and_all_photos_where_it_is_gone(
    conductor: Conductor, restart: Restart, qtbot: QtBot
) -> None:
    album = make_album(conductor, qtbot, "Cats", ids(conductor, "chelsea 1.jpg", "chelsea 2.jpg"))
    browse(conductor, qtbot, album)
    settings = conductor.settings()
    again = restart(conductor)
    assert shows(again, Place(album_id=album.id))
    qtbot.waitUntil(lambda: again.window.browsing.album is not None, timeout=WORKER_MS)
    gone = replace(settings.view, place=LastPlace(album_id=album.id + 7))
    third = restart(again, replace(settings, view=gone))
    qtbot.waitUntil(lambda: shows(third, ALL_PHOTOS), timeout=WORKER_MS)
    assert not third.window.banner.isVisible()


def test_the_same_photos_are_at_the_upper_edge(conductor: Conductor, restart: Restart, qtbot: QtBot) -> None:
    window = conductor.window
    window.resize(700, 420)
    window.status.zoom.setValue(300)
    grid = window.browsing.grid
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() > 900, timeout=WORKER_MS)
    grid.verticalScrollBar().setValue(700)
    top = window.browsing.first_in_view()
    assert top
    place = grid.verticalScrollBar().value()
    again = restart(conductor)
    assert again.window.browsing.first_in_view() == top
    twice = restart(again)
    assert twice.window.browsing.first_in_view() == top
    assert abs(twice.window.browsing.grid.verticalScrollBar().value() - place) < grid.geometry_now.line_height


def test_who_was_at_the_top_stays_there(conductor: Conductor) -> None:
    assert conductor.window.browsing.grid.verticalScrollBar().value() == 0
    assert conductor.settings().view.top == 0


def test_the_search_is_asked_again_with_its_part_and_place(
    conductor: Conductor, restart: Restart, photo_folder: Path, qtbot: QtBot
) -> None:
    place = folder_of(conductor, "Holidays")
    conductor.window.sidebar.go_to(place)
    qtbot.waitUntil(lambda: shows(conductor, place), timeout=WORKER_MS)
    wait_for_rest(conductor, qtbot)
    conductor.search.state.look_in(photo_folder / "Holidays")
    row = go_to(conductor, "coffee 1.jpg")
    photo = conductor.window.browsing.photo_at(row)
    assert photo is not None
    conductor.search.look_for_photos([photo], region=(0.1, 0.2, 0.5, 0.5))
    wait_for_hits(conductor, qtbot)
    asked = conductor.search.state.question
    again = restart(conductor)
    wait_for_hits(again, qtbot)
    question = again.search.state.question
    assert (question.photos, question.region, question.scope) == (asked.photos, asked.region, asked.scope)
    assert not again.search.state.can_go_back
    activate(again, qtbot)
    qtbot.keyClick(again.window, Qt.Key.Key_Escape)
    assert again.window.pages.currentWidget() is again.window.browsing
    assert shows(again, place)


def test_only_what_is_still_there_is_looked_for(
    conductor: Conductor, restart: Restart, photo_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    outside = tmp_path / "outside.jpg"
    outside.write_bytes((photo_folder / "Family" / "chelsea 0.jpg").read_bytes())
    wait_for_rest(conductor, qtbot)
    conductor.search.look_for_files((outside,))
    wait_for_hits(conductor, qtbot)
    settings = conductor.settings()
    rocket = photo_folder / "Family" / "rocket 0.jpg"
    kept = Question(tuple(map(Example, (outside, tmp_path / "gone.jpg", rocket))), scope=Path("/nowhere"))
    view = replace(settings.view, question=question_text(kept))
    again = restart(conductor, replace(settings, view=view))
    wait_for_hits(again, qtbot)
    question = again.search.state.question
    assert [example.name for example in question.examples] == ["outside.jpg", "rocket 0.jpg"]
    assert len(question.photos) == 1
    assert question.scope is None
    outside.unlink()
    last = restart(again, settings)
    qtbot.waitUntil(lambda: question_in_view(last) == question_text(Question()), timeout=WORKER_MS)
    assert not last.search.state.is_on
    assert last.window.pages.currentWidget() is last.window.browsing
    assert not last.window.banner.isVisible()


def question_in_view(conductor: Conductor) -> str:
    return conductor.settings().view.question


def test_the_filter_of_what_was_browsed_holds_again(conductor: Conductor, restart: Restart, qtbot: QtBot) -> None:
    cups = ids(conductor, "coffee 1.jpg", "coffee 2.jpg")
    album = make_album(conductor, qtbot, "Cups", cups)
    which = Filter(albums=(album.id,))
    conductor.filters.choose(which)
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == len(cups), timeout=WORKER_MS)
    counts: list[int] = []
    again = restart(conductor)
    again.browsing.shown.connect(lambda overview: counts.append(len(overview.ids)))
    qtbot.waitUntil(lambda: again.window.browsing.photos.rowCount() == len(cups), timeout=WORKER_MS)
    assert again.filters.which == which
    assert [chip.words.text() for chip in again.window.filters.chips] == ["In “Cups”"]
    assert set(counts) <= {len(cups)}
    settings = again.settings()
    gone = replace(settings.view, question=question_text(Question(which=Filter(albums=(album.id, 99)))))
    third = restart(again, replace(settings, view=gone))
    qtbot.waitUntil(lambda: third.window.browsing.photos.rowCount() == len(cups), timeout=WORKER_MS)
    assert third.filters.which == which


def test_another_library_begins_with_all_photos(conductor: Conductor, restart: Restart) -> None:
    view = LastView("/another/library", LastPlace(folder_id=1), question=question_text(Question(text="a cup")))
    again = restart(conductor, replace(conductor.settings(), view=view))
    assert shows(again, ALL_PHOTOS)
    assert not again.search.state.is_on
    assert again.settings().view.question == question_text(Question())


def test_a_program_that_is_closed_at_once_forgets_nothing(start: Start, library: LibraryPaths) -> None:
    view = LastView(str(library.root), LastPlace(folder_id=1), top=3, question='{"text": "a cup"}')
    conductor = start(library, Settings(view=view), reads=False)
    assert conductor.settings().view == view
