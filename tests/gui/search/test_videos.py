"""A video in the window: how long it is, and the picture by which it was found: small, large, and looked for."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos.photo_list import tile_note
from guie_desktop.paths import LibraryPaths
from tests.drawing import draw_scene
from tests.gui.conftest import Start
from tests.gui.driving import WORKER_MS, all_pictures_in, go_to, names_found, wait_for_hits
from tests.running import index_folder
from tests.videos import write_video

SCENES = [draw_scene("rings", 7), draw_scene("stripes", 8)]


@pytest.fixture
def conductor(start: Start, paths: LibraryPaths, tmp_path: Path, qtbot: QtBot) -> Conductor:
    """A window on four photos, one of which is the second scene of the video beside them."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        draw_scene("dots", number).save(folder / f"{number}.jpg")
    SCENES[1].save(folder / "scene.jpg")
    write_video(folder / "film.mp4", SCENES, 20, rate=5)
    index_folder(paths, folder)
    conductor = start(paths)
    grid = conductor.window.browsing.grid
    qtbot.waitUntil(lambda: grid.model().rowCount() == 5 and all_pictures_in(conductor), timeout=WORKER_MS)
    return conductor


def note_of(conductor: Conductor, name: str) -> str:
    gallery = conductor.window.shown_gallery()
    row = go_to(conductor, name)
    return tile_note(gallery.photos.photo(row), gallery.photos.hit(row))


def find_like(conductor: Conductor, name: str, qtbot: QtBot) -> None:
    go_to(conductor, name)
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_S)
    wait_for_hits(conductor, qtbot)
    qtbot.waitUntil(lambda: all_pictures_in(conductor), timeout=WORKER_MS)


def test_a_tile_tells_how_long_a_video_is_and_where_it_was_found(conductor: Conductor, qtbot: QtBot) -> None:
    assert note_of(conductor, "film.mp4") == "▶ 0:40"
    find_like(conductor, "scene.jpg", qtbot)
    assert names_found(conductor)[0] == "film.mp4"
    at = note_of(conductor, "film.mp4").removeprefix("▶ 0:").removesuffix(" of 0:40")
    assert 20 <= int(at) < 40


def test_its_large_picture_is_the_one_that_was_found_and_is_looked_for(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    find_like(conductor, "scene.jpg", qtbot)
    go_to(conductor, "film.mp4")
    qtbot.keyClick(window.found.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.preview.area.has_large_picture, timeout=WORKER_MS)
    assert window.preview.play.isVisible()
    assert "Video of 0:40, at 0:" in window.preview.facts.text
    qtbot.keyClick(window.preview, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: names_found(conductor)[:1] == ["scene.jpg"], timeout=WORKER_MS)
    question = conductor.search.state.question.query()
    assert question.moment is not None
    assert question.moment >= 20_000


def test_its_first_picture_is_looked_for_where_it_is_browsed(conductor: Conductor, qtbot: QtBot) -> None:
    find_like(conductor, "film.mp4", qtbot)
    assert conductor.search.state.question.query().moment is None
    assert not conductor.window.preview.isVisible()


def test_a_photo_has_nothing_to_be_played(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    go_to(conductor, "scene.jpg")
    qtbot.keyClick(window.browsing.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.preview.area.has_large_picture, timeout=WORKER_MS)
    assert not window.preview.play.isVisible()
