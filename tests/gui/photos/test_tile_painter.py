"""What the painter of tiles puts on a picture of a view."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.photos.grid_geometry import Spot
from guie_desktop.gui.photos.tile_painter import Tile, TilePainter

WIDTH, HEIGHT = 120, 90
TEAL = QColor("teal")
MADE = [(120, 90), (120, 81), (67, 90), (41, 30), (60, 45), (320, 240), (240, 320)]
"""As large as the tile, as wide, as high, of a small photo; and made for larger tiles."""


def picture(width: int, height: int) -> QPixmap:
    made = QPixmap(width, height)
    made.fill(TEAL)
    return made


def extent(image: QImage) -> tuple[list[int], list[int]]:
    """Where the picture is, down the middle, and along it up to the round button."""
    down = [y for y in range(image.height()) if image.pixelColor(WIDTH // 2, y) == TEAL]
    return down, [x for x in range(WIDTH - 36) if image.pixelColor(x, HEIGHT // 2) == TEAL]


def painted(view: QWidget, tile: Tile, top: int, *, hovered: bool = False) -> QImage:
    """The tile, of which the upper part may be out of the view, in a view of three times its height."""
    image = QImage(WIDTH, 3 * HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    with TilePainter(lambda row, width, height: tile).at_work(painter, view) as painting:
        painting.paint(Spot(0, 0, top, WIDTH, HEIGHT), 0, chosen=False, current=False, hovered=hovered)
    painter.end()
    return image


@pytest.fixture
def view(qtbot: QtBot) -> QWidget:
    view = QWidget()
    qtbot.addWidget(view)
    return view


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("moved", [20, 21])
def test_a_picture_stays_in_its_place_when_it_is_scrolled_out(view: QWidget, made: tuple[int, int], moved: int) -> None:
    tile = Tile("", picture(*made))
    inside, half_outside = painted(view, tile, 0), painted(view, tile, -moved)
    left = QRect(0, moved, WIDTH, HEIGHT - moved)
    assert inside.copy(left) == half_outside.copy(left.translated(0, -moved))


@pytest.mark.parametrize("made", MADE)
def test_a_picture_lies_where_it_lay_when_the_pointer_comes(view: QWidget, made: tuple[int, int]) -> None:
    """Most tiles are painted in a shorter way than those that bear something."""
    tile = Tile("", picture(*made))
    plain, hovered = painted(view, tile, 0), painted(view, tile, 0, hovered=True)
    for image in (plain, hovered):
        assert image.pixelColor(WIDTH // 2, HEIGHT // 2) == TEAL
    assert extent(plain) == extent(hovered)


@pytest.mark.parametrize(("name", "is_seen"), [("a.jpg", True), ("a name that has no room.jpg", False)])
def test_beside_a_note_a_name_is_seen_as_far_as_it_tells_something(view: QWidget, name: str, is_seen: bool) -> None:
    note = "Very likely"
    without, with_name = (_captioned(view, Tile(one, None, note=note)) for one in ("", name))
    assert (without != with_name) == is_seen


def _captioned(view: QWidget, tile: Tile) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    with TilePainter(lambda row, width, height: tile).at_work(painter, view) as painting:
        painting.paint(Spot(0, 0, 0, WIDTH, HEIGHT), 24, chosen=False, current=False, hovered=False)
    painter.end()
    return image


def test_a_tile_without_a_picture_has_a_ground(view: QWidget) -> None:
    image = painted(view, Tile("", None), 0)
    assert image.pixelColor(WIDTH // 2, HEIGHT // 2) != QColor("white") == image.pixelColor(WIDTH // 2, HEIGHT + 5)
