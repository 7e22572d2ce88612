"""The first steps of a new user: photos, a hint to look for one, one about albums, and never again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Answer
from guie_desktop.disk.photo_count import PhotoCount
from guie_desktop.domain import Counts, IndexReport
from guie_desktop.embedding.assets import DEFAULT_MODEL
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.desktop.file_names import url_of
from guie_desktop.gui.welcome.page import Welcome
from guie_desktop.messages import Found, JobEnded, ListModels, Models, Search
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings
from tests.gui.backbones.states import LITE, SIGLIP
from tests.gui.driving import LEFT, WORKER_MS, drop, go_to, make_album, wait_for_hits
from tests.gui.pretending import Pretender

Start = Callable[..., Conductor]
NEW_USER = Settings(welcomed=True)
PICTURES = Path("/home/someone/Pictures")


@pytest.fixture
def page(qtbot: QtBot) -> Welcome:
    page = Welcome(PICTURES)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def hint_of(conductor: Conductor) -> str:
    hint = conductor.window.hint
    return hint.title.text() if hint.isVisible() else ""


def ready(start: Start, library: LibraryPaths, qtbot: QtBot, settings: Settings = NEW_USER) -> Conductor:
    """A window with photos on screen."""
    conductor = start(library, settings)
    window = conductor.window
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.browsing, timeout=WORKER_MS)
    return conductor


# --- where photos come from


def test_the_folder_of_pictures_is_what_is_meant_and_what_it_holds_is_told(page: Welcome, qtbot: QtBot) -> None:
    assert page.pictures is not None
    assert page.focusProxy() is page.pictures
    page.show_count(PhotoCount(1204, is_all=True))
    assert page.found.text() == f"{PICTURES} holds 1,204 photos."
    assert page.found.accessibleName() == page.found.text()
    page.show_count(PhotoCount(100_210, is_all=False))
    assert page.found.text() == f"{PICTURES} holds more than 100,210 photos."
    assert page.pictures.property("primary")
    with qtbot.waitSignal(page.pictures_asked):
        qtbot.mouseClick(page.pictures, LEFT)
    assert page.found.text() == f"Adding {PICTURES}…"
    page.show_idle()
    assert page.found.text() == f"{PICTURES} holds more than 100,210 photos."


@pytest.mark.parametrize("focused", [True, False])
def test_an_empty_folder_of_pictures_is_not_offered(page: Welcome, qtbot: QtBot, focused: bool) -> None:
    assert page.pictures is not None
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=WORKER_MS)
    if focused:
        page.pictures.setFocus()
    page.show_count(PhotoCount(0, is_all=True))
    assert page.pictures.isHidden()
    assert page.focusProxy() is page.add
    assert page.add.property("primary")
    assert not focused or page.add.hasFocus()
    assert "add the folder that yours are in" in page.found.text()


def test_without_a_folder_of_pictures_any_other_is_meant(qtbot: QtBot) -> None:
    page = Welcome(None)
    qtbot.addWidget(page)
    with qtbot.assertNotEmitted(page.count_asked), qtbot.waitExposed(page):
        page.show()
    assert page.pictures is None
    assert page.focusProxy() is page.add
    with qtbot.waitSignal(page.add_asked):
        qtbot.mouseClick(page.add, LEFT)


def test_a_new_user_adds_his_pictures_with_the_keyboard(
    start: Start, paths: LibraryPaths, qtbot: QtBot, photo_folder: Path
) -> None:
    # The tests' windows offer the library's own folder as that of pictures, and that is empty.
    for photo in (photo_folder / "Family").glob("*.jpg"):
        (paths.root / "Pictures").mkdir(exist_ok=True)
        (paths.root / "Pictures" / photo.name).write_bytes(photo.read_bytes())
    conductor = start(paths)
    window = conductor.window
    assert window.pages.currentWidget() is window.welcome
    qtbot.waitUntil(lambda: "holds" in window.welcome.found.text(), timeout=WORKER_MS)
    assert conductor.settings().welcomed
    window.welcome.setFocus()
    with qtbot.waitSignal(window.welcome.pictures_asked):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)


def test_who_begins_is_welcomed_before_there_is_a_library(start: Start, tmp_path: Path, library: LibraryPaths) -> None:
    window = start(LibraryPaths(tmp_path / "none yet"), reads=False).window
    assert window.pages.currentWidget() is window.welcome
    window = start(library, reads=False).window
    assert window.pages.currentWidget() is window.browsing


def test_folders_without_photos_are_no_dead_end(
    start: Start, paths: LibraryPaths, qtbot: QtBot, tmp_path: Path
) -> None:
    conductor = start(paths)
    window = conductor.window
    (tmp_path / "empty").mkdir()
    conductor.browsing.add_folders((tmp_path / "empty",))
    qtbot.waitUntil(window.notice.button.isVisible, timeout=WORKER_MS)
    assert window.notice.title.text() == "No photos here"
    assert window.notice.button.text() == "Add folder…"
    qtbot.mouseClick(window.notice.button, LEFT)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()


def test_where_there_are_no_photos_no_words_are_written_and_a_photo_leads_to_adding_some(
    start: Start, paths: LibraryPaths, qtbot: QtBot, photo_folder: Path
) -> None:
    conductor = start(paths)
    window = conductor.window
    qtbot.keyClick(window.welcome, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not window.search.words.hasFocus()
    assert not window.search_words.isEnabled()
    conductor.search.look_for_files([photo_folder / "Family" / "coffee 0.jpg"])
    assert window.search.area.isVisible()  # else nobody could tell what is looked for
    qtbot.waitUntil(window.notice.button.isVisible, timeout=WORKER_MS)
    assert window.notice.title.text() == "Nothing found"
    qtbot.mouseClick(window.notice.button, LEFT)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    qtbot.keyClick(window.notice, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.welcome
    assert not window.search.isVisible()


def test_a_drop_before_photos_are_prepared_is_answered_when_they_are(
    start: Start, library: LibraryPaths, qtbot: QtBot, photo_folder: Path
) -> None:
    conductor = ready(start, library, qtbot)
    window, worker = conductor.window, Pretender(conductor)
    worker.answers[Search] = lambda _: Found(Answer((), DEFAULT_MODEL, "general", 0.1, nothing_similar=True))
    conductor.navigation.set_busy(True)
    conductor.search.look_for_files([photo_folder / "Family" / "coffee 0.jpg"])
    qtbot.waitUntil(window.notice.isVisible, timeout=WORKER_MS)
    assert window.notice.title.text() == "Your photos are still being prepared"
    qtbot.mouseClick(window.notice.button, LEFT)
    assert len(worker.of(Search)) == 2
    qtbot.waitUntil(lambda: conductor.search.answer is not None, timeout=WORKER_MS)
    del worker.answers[Search]
    conductor.navigation.set_busy(False)
    wait_for_hits(conductor, qtbot)


def test_a_job_that_was_over_before_it_could_tell_how_far_it_was_has_what_found_nothing_tried_again(
    start: Start, library: LibraryPaths, qtbot: QtBot, photo_folder: Path
) -> None:
    conductor = ready(start, library, qtbot)
    worker = Pretender(conductor)
    worker.answers[Search] = lambda _: Found(Answer((), DEFAULT_MODEL, "general", 0.1, nothing_similar=True))
    conductor.search.look_for_files([photo_folder / "Family" / "coffee 0.jpg"])
    qtbot.waitUntil(lambda: conductor.search.answer is not None, timeout=WORKER_MS)
    assert conductor.window.notice.title.text() == "Nothing found"
    del worker.answers[Search]
    conductor.tasks.busy_changed.emit(False)
    wait_for_hits(conductor, qtbot)


# --- hints


def test_photos_then_look_alikes_then_albums_and_never_again(
    start: Start, library: LibraryPaths, qtbot: QtBot, qapp: QApplication, photo_folder: Path
) -> None:
    conductor = ready(start, library, qtbot)
    assert "Drop any photo" in hint_of(conductor)
    assert conductor.window.hint.accessibleName().startswith("Drop any photo")
    mime = QMimeData()
    mime.setUrls([url_of(photo_folder / "Family" / "coffee 0.jpg")])
    drop(conductor, qapp, mime)
    wait_for_hits(conductor, qtbot)
    assert "Sort photos into albums" in hint_of(conductor)
    assert conductor.settings().hints_over == ("drop",)
    conductor.navigation.step_out()  # which closes the hint first
    assert conductor.search.state.is_on
    assert not hint_of(conductor)
    conductor.navigation.step_out()
    assert not conductor.search.state.is_on
    assert conductor.settings().hints_over == ("albums", "drop")


def test_what_was_followed_is_not_told_at_the_next_start(start: Start, library: LibraryPaths, qtbot: QtBot) -> None:
    conductor = ready(start, library, qtbot, replace(NEW_USER, hints_over=("drop",)))
    assert "Sort photos into albums" in hint_of(conductor)
    go_to(conductor, "coffee 0.jpg")
    make_album(conductor, qtbot, "Coffee", (conductor.selection.ids()[0],))
    qtbot.waitUntil(lambda: not hint_of(conductor), timeout=WORKER_MS)
    assert conductor.settings().hints_over == ("albums", "drop")


def test_a_hint_that_was_closed_unfollowed_brings_no_other(start: Start, library: LibraryPaths, qtbot: QtBot) -> None:
    conductor = ready(start, library, qtbot)
    conductor.browsing.shown.emit(conductor.browsing.overview)  # the library is read again and again meanwhile
    assert "Drop any photo" in hint_of(conductor)
    qtbot.mouseClick(conductor.window.hint.close_button, LEFT)
    assert not hint_of(conductor)
    assert conductor.settings().hints_over == ("drop",)
    conductor.window.hint.dismiss()  # there is none to be closed
    assert conductor.settings().hints_over == ("drop",)


def test_no_hint_for_who_had_photos_before_there_were_hints(conductor: Conductor) -> None:
    assert not hint_of(conductor)
    conductor.search.look_for_photos([])
    assert not conductor.settings().welcomed
    assert conductor.settings().hints_over == ()


def test_hints_are_given_beside_photos_only(start: Start, library: LibraryPaths, qtbot: QtBot) -> None:
    conductor = ready(start, library, qtbot)
    conductor.screens.failures.open()
    assert not hint_of(conductor)
    conductor.navigation.close_overlay()
    assert "Drop any photo" in hint_of(conductor)
    conductor.reporter.tell("The disk is full.", "Free some space.")
    conductor.navigation.show_right_page()
    assert not hint_of(conductor)


# --- the offer of a better model


def test_a_better_model_is_offered_after_the_first_look_and_not_before(
    start: Start, library: LibraryPaths, qtbot: QtBot
) -> None:
    conductor = ready(start, library, qtbot)
    offer, worker = conductor.window.offer, Pretender(conductor)
    worker.answers[ListModels] = lambda _: Models((LITE, SIGLIP))
    conductor.browsing.shown.disconnect(conductor.backbones.show_library)
    overview = conductor.browsing.overview
    assert overview is not None
    conductor.backbones.show_library(replace(overview, counts=Counts(300, 0)))
    conductor.client.deliver(JobEnded(IndexReport(300, 0, 0, 0, 0, 300, (), 9.0, DEFAULT_MODEL)))
    assert ListModels(measure=True) not in worker.of(ListModels)
    assert "Drop any photo" in hint_of(conductor)
    conductor.window.hint.dismiss()
    qtbot.waitUntil(offer.isVisible, timeout=WORKER_MS)
    qtbot.mouseClick(offer.dismiss_button, LEFT)
    assert conductor.settings().models_offered


def test_an_offer_that_comes_while_there_is_something_else_to_do_waits(
    start: Start, library: LibraryPaths, qtbot: QtBot
) -> None:
    conductor = ready(start, library, qtbot, Settings())
    offer, worker = conductor.window.offer, Pretender(conductor)
    worker.answers[ListModels] = lambda _: Models((LITE, SIGLIP))
    conductor.browsing.shown.disconnect(conductor.backbones.show_library)
    overview = conductor.browsing.overview
    assert overview is not None
    conductor.backbones.show_library(replace(overview, counts=Counts(300, 0)))
    conductor.client.deliver(JobEnded(IndexReport(300, 0, 0, 0, 0, 300, (), 9.0, DEFAULT_MODEL)))
    conductor.backbones.hold_offer(True)  # before the answer has come
    # Not until the models are those: an answer of the real worker, asked before, may come after this one.
    qtbot.waitUntil(lambda: worker.answered == len(worker.of(ListModels)) > 0, timeout=WORKER_MS)
    assert not offer.isVisible()
    conductor.backbones.hold_offer(False)
    qtbot.waitUntil(offer.isVisible, timeout=WORKER_MS)
