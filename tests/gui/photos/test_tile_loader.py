"""The loader on a real file of thumbnails."""

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Photo
from guie_desktop.errors import UserError
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.photos.picture_cache import PictureCache, TileBox
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.library.thumbnails import Thumbnails
from guie_desktop.pictures.picture_sizes import FIRST_SIGHT, PREVIEW, THUMBNAIL
from tests.gui.photos.made_up import photo_of

BOX = TileBox(200, 150, 1.0)


def jpeg(width: int, height: int, colour: str = "teal") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
def thumbnails(tmp_path: Path) -> Thumbnails:
    thumbnails = Thumbnails(tmp_path / "thumbnails.sqlite")
    thumbnails.put([(bytes([number]), jpeg(320, 240)) for number in range(50)])
    return thumbnails


@pytest.fixture
def loader(thumbnails: Thumbnails) -> Iterator[TileLoader]:
    loader = TileLoader(FailureReporter())
    loader.open(lambda ids: {number: photo_of(number) for number in ids if number < 90}, thumbnails.get)
    yield loader
    loader.close()


def tiles(ids: Sequence[int], box: TileBox = BOX) -> list[tuple[int, TileBox]]:
    return [(number, box) for number in ids]


def want(loader: TileLoader, ids: Sequence[int], box: TileBox = BOX) -> Callable[[], bool]:
    """Keeps wanting, as the grid does each time that something arrives."""

    def again() -> bool:
        loader.want(tiles(ids, box))
        photos = [loader.photo(number) for number in ids]
        return all(photo is not None and loader.picture(photo) is not None for photo in photos)

    return again


def test_rows_and_then_pictures_arrive(loader: TileLoader, qtbot: QtBot) -> None:
    qtbot.waitUntil(want(loader, range(20)))
    picture = loader.picture(photo_of(3))
    assert picture is not None
    assert (picture.width(), picture.height()) == (200, 150)


def test_pictures_are_made_anew_for_another_size_of_tiles(loader: TileLoader, qtbot: QtBot) -> None:
    qtbot.waitUntil(want(loader, [3]))
    larger = TileBox(280, 210, 1.0)

    def is_larger() -> bool:
        want(loader, [3], larger)()
        picture = loader.picture(photo_of(3))
        return picture is not None and picture.width() == 280

    qtbot.waitUntil(is_larger)


def test_what_is_no_longer_wanted_is_not_loaded(loader: TileLoader, qtbot: QtBot) -> None:
    loader.want(tiles(range(40)))
    loader.want(tiles([45]))
    qtbot.waitUntil(want(loader, [45]))
    assert sum(loader.photo(number) is not None for number in range(50)) in (1, 41)


def test_a_picture_that_the_cache_lacks_is_told_once(loader: TileLoader, thumbnails: Thumbnails, qtbot: QtBot) -> None:
    told: list[Photo] = []
    loader.lacking.connect(lambda photo, _size: told.append(photo))

    def again() -> bool:
        loader.want(tiles([60]))
        return bool(told)

    qtbot.waitUntil(again)
    for _ in range(3):
        loader.want(tiles([60]))
    assert told == [photo_of(60)]
    thumbnails.put([(bytes([60]), jpeg(240, 320))])
    loader.retry(bytes([60]), THUMBNAIL)
    qtbot.waitUntil(want(loader, [60]))


def test_grids_look_again_for_what_they_want_when_photos_are_there_and_not_for_every_picture(
    loader: TileLoader, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(loader.more_to_want):
        loader.want(tiles(range(4)))
    with qtbot.assertNotEmitted(loader.more_to_want):
        loader.want(tiles(range(4)))
        qtbot.waitUntil(lambda: all(loader.picture(photo_of(number)) is not None for number in range(4)))
    with qtbot.waitSignal(loader.more_to_want):
        loader.retry(bytes([3]), PREVIEW)


def test_nothing_is_begun_while_a_grid_is_painted(loader: TileLoader, qtbot: QtBot) -> None:
    with loader.held(), qtbot.assertNotEmitted(loader.arrived, wait=50):
        loader.want(tiles([3]))
    qtbot.waitUntil(want(loader, [3]))


def test_photos_that_are_gone_are_not_asked_for_again(loader: TileLoader, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loader.arrived):
        loader.want(tiles([95]))
    loader.want(tiles([95]))
    assert loader.photo(95) is None


def test_a_failing_catalog_is_told(thumbnails: Thumbnails, qtbot: QtBot) -> None:
    def fail(ids: Sequence[int]) -> dict[int, Photo]:
        raise UserError("The disk is gone.", "Connect it.")

    failures = FailureReporter()
    loader = TileLoader(failures)
    loader.open(fail, thumbnails.get)
    with qtbot.waitSignal(failures.failed) as failed:
        loader.want(tiles([1]))
    assert failed.args is not None
    assert failed.args[:2] == ["The disk is gone.", "Connect it."]
    with qtbot.assertNotEmitted(loader.more_to_want, wait=50):  # or grids would want the same for ever
        loader.want(tiles([1]))
    loader.close()


def test_two_grids_load_at_the_same_time(loader: TileLoader, qtbot: QtBot) -> None:
    strip, grid = object(), object()
    small = TileBox(100, 75, 1.0)

    def both_there() -> bool:
        loader.want(tiles([3, 4], small), strip)
        loader.want(tiles([3, 5]), grid)
        pictures = [
            loader.picture(photo_of(number), box) for number, box in ((3, small), (4, small), (3, BOX), (5, BOX))
        ]
        return [picture and picture.width() for picture in pictures] == [100, 100, 200, 200]

    qtbot.waitUntil(both_there)
    with qtbot.assertNotEmitted(loader.arrived, wait=50):  # neither makes the other's pictures anew
        assert both_there()


def test_a_large_tile_shows_the_small_picture_until_there_is_a_large_one(
    loader: TileLoader, thumbnails: Thumbnails, qtbot: QtBot
) -> None:
    told: list[tuple[Photo, int]] = []
    loader.lacking.connect(lambda photo, size: told.append((photo, size)))
    large = TileBox(800, 600, 1.0)
    qtbot.waitUntil(want(loader, [7], large))
    assert told == [(photo_of(7), PREVIEW)]
    assert loader.is_wanted(photo_of(7))
    assert not loader.is_wanted(photo_of(8))
    for _ in range(3):
        loader.want(tiles([7], large))
    thumbnails.put([(bytes([7]), jpeg(1600, 1200, "orange"))], PREVIEW)
    loader.retry(bytes([7]), PREVIEW)

    def is_sharp() -> bool:
        loader.want(tiles([7], large))
        picture = loader.picture(photo_of(7), large)
        return picture is not None and picture.toImage().pixelColor(400, 300).red() > 200

    qtbot.waitUntil(is_sharp)
    assert len(told) == 1


def test_pictures_are_bounded_by_the_bytes_that_they_take(qapp: QApplication) -> None:
    cache, picture = PictureCache(most=10 * 40 * 30 * 4), QPixmap(40, 30)
    picture.fill()
    box = TileBox(40, 30, 1.0)
    keys = [(bytes([number]), box) for number in range(30)]
    for key in keys:
        cache.put(key, picture)
        cache.put(key, picture)
        cache.trim(())
    assert cache.bytes <= 10 * 40 * 30 * 4
    assert [key in cache for key in keys] == [False] * 20 + [True] * 10
    assert cache.get(keys[0][0]) is None
    assert cache.get(keys[29][0], TileBox(1, 1, 1.0)) is picture
    for key in keys[20:]:
        cache.touch(key)
    cache.put((b"more", box), picture)
    cache.trim({*keys, (b"more", box)})
    assert all(key in cache for key in keys[20:])  # all of them are seen


def test_what_a_hidden_grid_wants_does_not_keep_everything_else(qapp: QApplication) -> None:
    cache, picture = PictureCache(most=10 * 40 * 30 * 4), QPixmap(40, 30)
    picture.fill()
    keys = [(bytes([number]), TileBox(40, 30, 1.0)) for number in range(30)]
    for key in keys:
        cache.put(key, picture)
    cache.trim(keys[:3])
    assert [key in cache for key in keys] == [True] * 3 + [False] * 20 + [True] * 7


def test_beside_a_large_picture_only_what_is_wanted_is_kept(loader: TileLoader, qtbot: QtBot) -> None:
    qtbot.waitUntil(want(loader, range(20)))
    qtbot.waitUntil(want(loader, range(5)))
    loader.keep_less(True)
    assert [loader.picture(photo_of(number)) is not None for number in range(20)] == [True] * 5 + [False] * 15
    loader.keep_less(False)
    qtbot.waitUntil(want(loader, range(20)))
    loader.want(tiles([0]))
    assert loader.picture(photo_of(19)) is not None


def test_a_better_picture_takes_the_place_of_a_poor_one_when_the_library_changes(
    loader: TileLoader, thumbnails: Thumbnails, qtbot: QtBot
) -> None:
    thumbnails.put([(bytes([60]), jpeg(160, 120))], FIRST_SIGHT)
    qtbot.waitUntil(want(loader, [60]))
    poor = loader.picture(photo_of(60))
    thumbnails.put([(bytes([60]), jpeg(320, 240))])
    loader.want(tiles([60]))
    assert loader.picture(photo_of(60)) is poor
    loader.mark_stale()

    def is_better() -> bool:
        return want(loader, [60])() and loader.picture(photo_of(60)) is not poor

    qtbot.waitUntil(is_better)
    with qtbot.assertNotEmitted(loader.arrived, wait=50):  # nor is it looked for again
        loader.want(tiles([60]))
