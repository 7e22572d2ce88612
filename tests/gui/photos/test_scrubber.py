"""The bar beside the photos: nothing where there is nothing to scroll."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.photos.scrubber import Scrubber


def colours(bar: Scrubber) -> int:
    """How many are painted."""
    image = bar.grab().toImage()
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())})


def test_no_handle_is_painted_where_all_photos_are_in_view(qtbot: QtBot) -> None:
    grid = QWidget()
    qtbot.addWidget(grid)
    bar = Scrubber(lambda: (), lambda: "", grid)
    bar.resize(14, 300)
    bar.setRange(0, 0)
    assert colours(bar) == 1
    bar.setRange(0, 900)
    assert colours(bar) > 1
