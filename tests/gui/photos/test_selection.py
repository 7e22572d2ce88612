"""What the next verb acts on: a photo that is seen large, or what is chosen where the user works."""

from array import array
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Album
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.photos.tile_loader import TileLoader
from tests.gui.photos.made_up import photo_of


@pytest.fixture
def loader() -> Iterator[TileLoader]:
    loader = TileLoader(FailureReporter())
    loader.open(lambda ids: {number: photo_of(number) for number in ids}, lambda _hash, _size: None)
    yield loader
    loader.close()


@pytest.fixture
def gallery(loader: TileLoader, qtbot: QtBot) -> Gallery:
    gallery = Gallery(loader)
    qtbot.addWidget(gallery)
    gallery.show_ids(array("q", range(1, 9)))
    gallery.show()
    return gallery


@pytest.fixture
def selection(gallery: Gallery) -> Selection:
    selection = Selection(lambda: gallery)
    selection.watch(gallery)
    return selection


def test_what_is_chosen_in_the_gallery_is_meant(selection: Selection, gallery: Gallery, qtbot: QtBot) -> None:
    assert (selection.count(), selection.ids(), selection.photos()) == (0, (), [])
    with qtbot.waitSignal(selection.changed):
        gallery.grid.selectAll()
    assert selection.count() == 8
    assert selection.ids() == tuple(range(1, 9))
    assert [photo.id for photo in selection.photos()] == list(range(1, 9))


def test_the_photo_that_is_seen_large_is_meant_and_no_other(
    selection: Selection, gallery: Gallery, qtbot: QtBot
) -> None:
    gallery.grid.selectAll()
    with qtbot.waitSignal(selection.changed):
        selection.look_at(gallery, photo_of(3))
    assert (selection.count(), selection.ids(), selection.photos()) == (1, (3,), [photo_of(3)])
    selection.mark((0.1, 0.1, 0.5, 0.5))
    assert selection.part == (0.1, 0.1, 0.5, 0.5)
    selection.look_at(gallery, photo_of(4))
    assert selection.part is None
    selection.look_away()
    assert selection.count() == 8


def test_what_is_not_on_screen_is_not_meant(selection: Selection, gallery: Gallery) -> None:
    gallery.grid.selectAll()
    gallery.hide()
    assert (selection.count(), selection.ids(), selection.photos()) == (0, (), [])


def test_the_album_is_that_of_the_gallery(selection: Selection, gallery: Gallery) -> None:
    assert selection.album is None
    gallery.album = Album(1, "Cups", 8, 0)
    assert selection.album == gallery.album
    assert selection.gallery is gallery
