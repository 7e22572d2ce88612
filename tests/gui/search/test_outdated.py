"""A search on screen follows the disk: new photos are found, and chips show what their files show now."""

from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from tests.gui.driving import WORKER_MS, ids, names_found, wait_for_hits, wait_for_rest
from tests.gui.pretending import Pretender

RED, BLUE = (200, 30, 30), (30, 30, 200)


def paint(path: Path, colour: tuple[int, int, int]) -> Path:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (300, 300), colour).save(path)
    return path


@pytest.fixture
def own(conductor: Conductor, worker: Pretender, tmp_path: Path, qtbot: QtBot) -> Path:
    """A photo of the library that a test may change."""
    photo = paint(tmp_path / "own" / "red.png", RED)
    conductor.browsing.add_folders((photo.parent,))
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 15, timeout=WORKER_MS)
    wait_for_rest(conductor, qtbot)
    return photo


def is_shown(conductor: Conductor, colour: tuple[int, int, int]) -> bool:
    """Whether the one chip shows a picture of this colour."""
    (chip,) = conductor.window.search.area.chips
    image = chip.picture.pixmap().toImage()
    shown = image.pixelColor(image.rect().center())
    wanted = QColor(*colour)
    return not image.isNull() and max(abs(shown.red() - wanted.red()), abs(shown.blue() - wanted.blue())) < 20


def test_a_file_that_is_looked_for_once_more_is_shown_as_it_is_now(
    conductor: Conductor, tmp_path: Path, qtbot: QtBot
) -> None:
    path = paint(tmp_path / "shots" / "shot.png", RED)
    for colour in (RED, BLUE):
        conductor.search.look_for_files([paint(path, colour)])
        wait_for_hits(conductor, qtbot)
        qtbot.waitUntil(partial(is_shown, conductor, colour), timeout=WORKER_MS)


def test_a_photo_that_is_edited_while_it_is_looked_for_is_looked_for_as_it_is_now(
    conductor: Conductor, own: Path, qtbot: QtBot
) -> None:
    (photo,) = conductor.reader.photos(ids(conductor, own.name)).values()
    conductor.search.look_for_photos([photo])
    wait_for_hits(conductor, qtbot)
    qtbot.waitUntil(lambda: is_shown(conductor, RED), timeout=WORKER_MS)
    paint(own, BLUE)
    conductor.browsing.rescan()
    qtbot.waitUntil(lambda: is_shown(conductor, BLUE), timeout=WORKER_MS)


def test_what_can_be_found_only_later_joins_what_was_found(conductor: Conductor, own: Path, qtbot: QtBot) -> None:
    (photo,) = conductor.reader.photos(ids(conductor, own.name)).values()
    conductor.search.look_for_photos([photo])
    wait_for_hits(conductor, qtbot)
    assert "dark red.png" not in names_found(conductor)
    paint(own.parent / "dark red.png", (180, 25, 25))
    conductor.browsing.rescan()
    qtbot.waitUntil(lambda: "dark red.png" in names_found(conductor), timeout=WORKER_MS)
