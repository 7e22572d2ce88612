"""Mouse, wheel and keys on a picture: it zooms at the pointer, moves with a drag, and a part of it can be marked."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QNativeGestureEvent, QPixmap, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.gui.backend.mapped_pixels import map_pixels
from guie_desktop.gui.preview.picture_area import PictureArea
from tests.gui.driving import LEFT, NOTHING_HELD

OWN = QSize(4000, 3000)


@pytest.fixture
def area(qtbot: QtBot) -> PictureArea:
    area = PictureArea()
    qtbot.addWidget(area)
    area.resize(800, 600)
    area.show()
    area.show_small(QPixmap(80, 60), OWN)
    area.show_large(QImage(1600, 1200, QImage.Format.Format_RGB32))
    return area


def wheel(area: PictureArea, at: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        area.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        NOTHING_HELD,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(area, event)


def under(area: PictureArea, point: QPoint) -> tuple[float, float]:
    place = area.place()
    return (point.x() - place.x()) / place.width(), (point.y() - place.y()) / place.height()


def test_all_is_seen_first(area: PictureArea) -> None:
    assert area.picture_rect().size() == QSize(800, 600)
    assert area.scale == pytest.approx(0.2)
    assert not area.is_zoomed


def test_the_wheel_zooms_at_the_pointer_and_back(area: PictureArea) -> None:
    point = QPoint(200, 450)
    before = under(area, point)
    for _ in range(4):
        wheel(area, point, 1)
    assert area.scale == pytest.approx(0.2 * 1.25**4)
    assert under(area, point) == pytest.approx(before, abs=0.002)
    wheel(area, point, -9)
    assert not area.is_zoomed


def test_pinching_on_a_touchpad_zooms_where_the_fingers_are(area: PictureArea) -> None:
    point = QPointF(200, 450)
    before = under(area, point.toPoint())
    area.zoom(0.5, point)
    for kind, value, scale in (
        (Qt.NativeGestureType.ZoomNativeGesture, 0.5, 0.75),
        (Qt.NativeGestureType.SmartZoomNativeGesture, 0.0, 0.2),
        (Qt.NativeGestureType.SmartZoomNativeGesture, 0.0, 1.0),
    ):
        place = area.mapToGlobal(point)
        device = QPointingDevice.primaryPointingDevice()
        QApplication.sendEvent(area, QNativeGestureEvent(kind, device, 2, point, point, place, value, QPointF()))
        assert area.scale == pytest.approx(scale)
    assert under(area, point.toPoint()) == pytest.approx(before, abs=0.002)


def test_a_double_click_shows_the_own_size_and_then_all(area: PictureArea, qtbot: QtBot) -> None:
    qtbot.mouseDClick(area, LEFT, pos=QPoint(100, 100))
    assert area.scale == 1.0
    qtbot.mouseDClick(area, LEFT, pos=QPoint(100, 100))
    assert area.scale == pytest.approx(0.2)


def test_a_drag_moves_what_is_zoomed_up_to_its_edge(area: PictureArea, qtbot: QtBot) -> None:
    area.zoom(1.0)
    start = area.picture_rect().topLeft()
    qtbot.mousePress(area, LEFT, pos=QPoint(400, 300))
    qtbot.mouseMove(area, QPoint(500, 350))
    assert area.picture_rect().topLeft() == start + QPoint(100, 50)
    qtbot.mouseMove(area, QPoint(9000, 9000))
    assert area.picture_rect().topLeft() == QPoint(0, 0)
    qtbot.mouseRelease(area, LEFT, pos=QPoint(400, 300))
    assert area.part is None


def test_more_pixels_are_wanted_once_and_only_where_it_is_looked_at_closely(area: PictureArea, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(area.pixels_wanted):
        area.zoom(0.4)
    with qtbot.waitSignal(area.pixels_wanted):
        area.zoom(1.0)
    with qtbot.assertNotEmitted(area.pixels_wanted):
        area.zoom(2.0)
    area.show_small(None, QSize(1600, 1200))
    area.show_large(QImage(1600, 1200, QImage.Format.Format_RGB32))
    with qtbot.assertNotEmitted(area.pixels_wanted):
        area.zoom(4.0)  # there are no more


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_part_is_one_of_the_upright_photo_however_it_is_turned(area: PictureArea, qtbot: QtBot, turns: int) -> None:
    area.turn(turns)
    area.set_marking(True)
    rect = area.picture_rect()
    qtbot.mousePress(area, LEFT, pos=rect.topLeft() + QPoint(1, 1))
    qtbot.mouseMove(area, rect.center() - QPoint(9, 9))
    qtbot.mouseMove(area, rect.center())
    with qtbot.waitSignal(area.part_marked):
        qtbot.mouseRelease(area, LEFT, pos=rect.center())
    corners = {0: (0.0, 0.0), 1: (0.0, 0.5), 2: (0.5, 0.5), 3: (0.5, 0.0)}
    assert area.part is not None
    assert area.part == pytest.approx((*corners[turns], 0.5, 0.5), abs=0.01)
    qtbot.mouseClick(area, LEFT, pos=rect.center())
    assert area.part is None


def test_a_small_picture_of_a_photo_that_is_away_is_not_blown_up(area: PictureArea) -> None:
    small = QPixmap(80, 60)
    small.fill(Qt.GlobalColor.red)
    area.enlarges_small = False
    area.show_small(small, OWN)
    area.show_failure("It is away.")
    shown = area.grab().toImage()
    assert shown.pixelColor(400, 300) == Qt.GlobalColor.red
    assert shown.pixelColor(100, 100) != Qt.GlobalColor.red


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("zoom", [0.45, 1.0, 2.5])
def test_all_pixels_lie_where_the_sharp_picture_lies(
    area: PictureArea, tmp_path: Path, turns: int, zoom: float
) -> None:
    rows, columns = np.mgrid[0:300, 0:400]
    pixels = np.stack([columns * 0.6, rows * 0.8, 255 - columns * 0.3], axis=-1).astype(np.uint8)
    (tmp_path / "pixels").write_bytes(pixels.tobytes())
    sharp = QImage(pixels[::2, ::2].tobytes(), 200, 150, 600, QImage.Format.Format_RGB888).copy()
    area.resize(160, 120)
    area.show_small(None, QSize(400, 300), turns)
    area.show_large(sharp)
    area.zoom(zoom, QPointF(40, 30))
    before = seen(area)
    area.show_pixels(map_pixels(tmp_path / "pixels", 400, 300))
    assert np.abs(seen(area) - before).max() < 6
    assert area.has_pixels


def seen(area: PictureArea) -> NDArray[np.int_]:
    image = area.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), -1)
    return flat[:, : 3 * image.width()].astype(int)


def test_turning_stands_a_picture_up(area: PictureArea) -> None:
    area.turn(1)
    assert area.picture_rect().size() == QSize(450, 600)
    area.turn(area.turns + 3)
    assert area.picture_rect().size() == QSize(800, 600)
