"""A gallery on a real file of thumbnails: what it paints again."""

import io
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent
from pytestqt.qtbot import QtBot

from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.library.thumbnails import Thumbnails
from tests.gui.photos.made_up import photo_of

COUNT = 30


class Painted(QObject):
    """Where a widget was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return False


@pytest.fixture
def thumbnails(tmp_path: Path) -> Thumbnails:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(buffer, "JPEG")
    thumbnails = Thumbnails(tmp_path / "thumbnails.sqlite")
    thumbnails.put([(bytes([number]), buffer.getvalue()) for number in range(COUNT)])
    return thumbnails


@pytest.fixture
def loader(thumbnails: Thumbnails) -> Iterator[TileLoader]:
    loader = TileLoader(FailureReporter())
    loader.open(lambda ids: {number: photo_of(number) for number in ids}, thumbnails.get)
    yield loader
    loader.close()


@pytest.fixture
def gallery(loader: TileLoader, qtbot: QtBot) -> Gallery:
    """With all its pictures."""
    gallery = Gallery(loader)
    qtbot.addWidget(gallery)
    gallery.resize(900, 600)
    gallery.show()
    qtbot.waitExposed(gallery)
    gallery.show_ids(array("q", range(COUNT)))
    qtbot.waitUntil(lambda: all(gallery.tile(row).picture for row in gallery.grid.rows_in_view()))
    return gallery


def painted_for(gallery: Gallery, contents: set[bytes] | None, qtbot: QtBot) -> QRect:
    """What is painted again when pictures of these contents arrive."""
    viewport, painted = gallery.grid.viewport(), Painted()
    viewport.repaint()  # what is to be painted by now
    viewport.installEventFilter(painted)
    gallery.loader.arrived.emit(contents)
    qtbot.waitUntil(lambda: bool(painted.areas))
    viewport.removeEventFilter(painted)
    area = QRect()
    for part in painted.areas:
        area = area.united(part)
    return area


def test_a_picture_that_arrives_has_only_its_tile_painted(gallery: Gallery, qtbot: QtBot) -> None:
    area = painted_for(gallery, {bytes([5])}, qtbot)
    assert area == gallery.grid.visualRect(gallery.photos.index(5))


def test_what_may_be_anything_has_all_tiles_painted(gallery: Gallery, qtbot: QtBot) -> None:
    assert painted_for(gallery, None, qtbot) == gallery.grid.viewport().rect()


def test_pictures_are_loaded_where_it_is_scrolled_to(gallery: Gallery, qtbot: QtBot) -> None:
    gallery.grid.set_tile_size(400)
    gallery.grid.verticalScrollBar().setValue(gallery.grid.verticalScrollBar().maximum())
    last = gallery.grid.rows_in_view()
    assert last.stop == COUNT
    width = gallery.grid.geometry_now.picture_rect(last.start).width()

    def are_there() -> bool:
        pictures = [gallery.tile(row).picture for row in last]
        return all(picture is not None and picture.width() > 0.7 * width for picture in pictures)

    qtbot.waitUntil(are_there)
