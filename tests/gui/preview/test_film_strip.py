"""The film strip shows what is seen large in its middle, and is never empty on one side while there is more."""

import pytest
from pytestqt.qtbot import QtBot

from guie_desktop.domain import ALL_PHOTOS
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.preview.film_strip import FilmStrip
from tests.gui.driving import WORKER_MS


@pytest.fixture
def strip(conductor: Conductor, qtbot: QtBot) -> FilmStrip:
    conductor.browsing.browse(ALL_PHOTOS)
    qtbot.waitUntil(lambda: len(conductor.window.browsing.photos.ids) > 10, timeout=WORKER_MS)
    return conductor.window.preview.strip


def opened(conductor: Conductor, strip: FilmStrip, row: int, width: int) -> FilmStrip:
    conductor.preview.open(conductor.window.browsing, row)
    strip.resize(width, strip.height())
    return strip


def test_the_first_photo_stands_at_the_beginning_and_the_last_at_the_end(
    conductor: Conductor, strip: FilmStrip
) -> None:
    last = len(conductor.window.browsing.photos.ids) - 1
    assert opened(conductor, strip, 0, 300).tile(0).left() == 0
    assert strip.rows().start == 0
    assert opened(conductor, strip, last, 300).tile(last).right() == 299
    assert strip.rows().stop == last + 1


def test_one_between_stands_in_the_middle_and_all_around_it_is_seen(conductor: Conductor, strip: FilmStrip) -> None:
    middle = len(conductor.window.browsing.photos.ids) // 2
    opened(conductor, strip, middle, 300)
    assert strip.tile(middle).center().x() in range(148, 152)
    seen = strip.rows()
    assert strip.tile(seen.start).left() <= 0
    assert strip.tile(seen.stop - 1).right() >= 299 - 4
    assert all(strip.tile(row).intersects(strip.rect()) for row in seen)


def test_few_photos_stand_in_the_middle(conductor: Conductor, strip: FilmStrip) -> None:
    count = len(conductor.window.browsing.photos.ids)
    opened(conductor, strip, 0, 4000)
    assert strip.tile(0).left() == pytest.approx(3999 - strip.tile(count - 1).right(), abs=1)
    assert strip.rows() == range(count)
