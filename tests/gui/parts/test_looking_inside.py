"""Looking into photos by the window: told what it takes, found with a frame that leads there, and forgotten."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos.box import box_rect
from guie_desktop.messages import Cancelled, EstimateParts, Failed, ForgetParts, LookInside, PartsCost, PartsHeld
from guie_desktop.paths import LibraryPaths
from guie_desktop.settings import Settings
from tests.drawing import draw_scene
from tests.gui.conftest import Start
from tests.gui.driving import LEFT, WORKER_MS, activate, go_to, make_album, names_found, wait_for_hits, wait_for_rest
from tests.gui.pretending import Pretender
from tests.running import index_folder

COST = PartsCost(EVERYTHING, 1200, 700.0, 70_000_000, 10**12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Photos of stripes, in one of which lies a small picture of dots; that picture lies outside."""
    folder = tmp_path / "photos"
    folder.mkdir()
    small = draw_scene("dots", 1, (160, 120))
    small.save(tmp_path / "small.png")
    for number in range(3):
        holding = draw_scene("stripes", number, (640, 480))
        if number == 1:
            holding.paste(small, (420, 300))
        holding.save(folder / f"{number}.jpg")
    return folder


def question(conductor: Conductor, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: conductor.window.findChild(QMessageBox) is not None, timeout=WORKER_MS)
    box = conductor.window.findChild(QMessageBox)
    assert box is not None
    return box


def press(box: QMessageBox, qtbot: QtBot, words: str) -> None:
    button = next(button for button in box.findChildren(QPushButton) if button.text() == words)
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: not box.isVisible(), timeout=WORKER_MS)


def test_what_is_small_in_a_photo_is_found_framed_and_looked_at_closely(
    start: Start, paths: LibraryPaths, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    index_folder(paths, folder)
    conductor = start(paths)
    results, told = conductor.window.search.results, list[PartsHeld]()
    conductor.parts.told.connect(told.append)
    conductor.window.sidebar.folders.inside_asked.emit(folder)
    box = question(conductor, qtbot)
    assert "Looking into 3 photos takes" in box.informativeText()
    press(box, qtbot, "Look inside")
    qtbot.waitUntil(lambda: bool(told) and told[-1].photos == 3, timeout=WORKER_MS)
    assert told[-1].chosen == (Filter(folder=folder),)

    activate(conductor, qtbot)
    conductor.search.look_for_files([tmp_path / "small.png"])
    wait_for_hits(conductor, qtbot)
    first = conductor.window.found.photos.hit(0)
    assert names_found(conductor)[0] == "1.jpg"
    assert first is not None
    assert first.box is not None
    assert conductor.window.found.tile(0).box == first.box
    described = conductor.window.found.photos.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Found by a part at the bottom right" in described

    conductor.preview.open(conductor.window.found, go_to(conductor, "1.jpg"))
    area = conductor.window.preview.area
    qtbot.waitUntil(lambda: area.has_large_picture, timeout=WORKER_MS)
    assert not area.is_zoomed
    qtbot.mouseClick(area, LEFT, pos=box_rect(first.box, area.place()).center().toPoint())
    assert area.is_zoomed
    shown = box_rect(first.box, area.place())
    assert area.rect().toRectF().contains(shown)
    assert shown.height() > area.height() / 2
    qtbot.keyClick(conductor.window.preview, Qt.Key.Key_0)
    assert not area.is_zoomed
    qtbot.keyClick(conductor.window.preview, Qt.Key.Key_3)
    assert area.is_zoomed
    conductor.preview.close()

    qtbot.mouseClick(results.inside, LEFT)
    qtbot.waitUntil(lambda: conductor.window.found.tile(0).box is None, timeout=WORKER_MS)
    assert results.inside.isVisible()
    assert not conductor.settings().look_inside

    conductor.screens.preferences.open()
    section = conductor.screens.preferences.page.library
    qtbot.waitUntil(section.forget.isEnabled, timeout=WORKER_MS)
    assert section.parts.meaning.text().startswith("3 photos have been looked into")
    section.forget.click()
    with qtbot.waitSignal(conductor.undo.told, timeout=WORKER_MS):
        press(question(conductor, qtbot), qtbot, "Forget")
    assert not section.forget.isEnabled()
    assert not list(paths.root.glob("parts*"))
    assert conductor.undo.next_undo == "How to undo: The parts of your photos were forgotten"
    wait_for_rest(conductor, qtbot)


def test_whether_parts_are_looked_at_is_remembered(start: Start, library: LibraryPaths) -> None:
    conductor = start(library, Settings(look_inside=False))
    assert not conductor.search.state.question.query().parts
    assert not conductor.settings().look_inside


def test_nothing_begins_before_it_is_confirmed(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    worker.answers[EstimateParts] = lambda _: COST
    conductor.parts.ask_for_folder(None)
    box = question(conductor, qtbot)
    assert box.text() == "Look inside all photos?"
    assert "Looking into 1,200 photos takes about 12 minutes on this computer and 70 MB of the disk." in (
        box.informativeText()
    )
    press(box, qtbot, "Cancel")
    assert not worker.of(LookInside)


def test_an_album_is_looked_into_as_such(conductor: Conductor, qtbot: QtBot) -> None:
    photo = conductor.window.browsing.photos.ids[0]
    album = make_album(conductor, qtbot, "Signs", (photo,))
    worker = Pretender(conductor)
    worker.answers[EstimateParts] = lambda asked: PartsCost(asked.which, 1, 0.4, 60_000, 10**12)
    conductor.window.sidebar.albums.inside_asked.emit(album)
    box = question(conductor, qtbot)
    assert box.text() == "Look inside the photos of the album “Signs”?"
    press(box, qtbot, "Look inside")
    (asked,) = worker.of(LookInside)
    assert asked.which == Filter(albums=(album.id,))


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (PartsCost(EVERYTHING, 0, 0.0, 0, 10**12), "All photos here have been looked into."),
        (PartsCost(EVERYTHING, 0, 0.0, 0, 10**12, 7), "7 photos have not been looked into, and their drive is not"),
        (PartsCost(EVERYTHING, 9, 9.0, 10**9, 10**6), "There is too little room for that: 1 MB are free."),
    ],
)
def test_where_it_cannot_be_done_that_is_told(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, cost: PartsCost, words: str
) -> None:
    worker.answers[EstimateParts] = lambda _: cost
    conductor.parts.ask_for_folder(None)
    box = question(conductor, qtbot)
    assert words in box.informativeText()
    assert [button.text() for button in box.findChildren(QPushButton)] == ["Close"]


@pytest.mark.parametrize("answer", [Cancelled(), Failed("The network is gone.", "Fetch it.")])
def test_after_a_trial_that_came_to_nothing_it_can_be_asked_again(
    conductor: Conductor, worker: Pretender, qtbot: QtBot, answer: Cancelled | Failed
) -> None:
    worker.answers[EstimateParts] = lambda _: answer
    conductor.parts.ask_for_folder(None)
    conductor.parts.ask_for_folder(None)
    qtbot.waitUntil(lambda: len(worker.of(EstimateParts)) == 1, timeout=WORKER_MS)
    worker.answers[EstimateParts] = lambda _: COST

    def asked_again() -> bool:
        conductor.parts.ask_for_folder(None)
        return len(worker.of(EstimateParts)) == 2

    qtbot.waitUntil(asked_again, timeout=WORKER_MS)
    question(conductor, qtbot)
    assert not worker.of(ForgetParts)
