"""The window comes up where it was, as far as that is on the screen that is there now."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QDataStream, QEvent, QIODevice, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from guie_desktop.gui.look.theme import Theme
from guie_desktop.gui.shell.geometry import restore_geometry
from guie_desktop.gui.shell.window import MainWindow
from tests.gui.stage import Stage

_MAGIC, _VERSION = 0x1D9D0CB, (3, 0)


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    stage = Stage(Theme(qapp))
    stage.window.hide()
    yield stage.window
    stage.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def saved(place: QRect, *, screen: int, screen_width: int, maximized: bool = False) -> str:
    """As Qt saves a window that was at this place on a screen that need not be there any more."""
    data = QByteArray()
    stream = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
    stream.writeUInt32(_MAGIC)
    for number in _VERSION:
        stream.writeUInt16(number)
    stream << place << place
    stream.writeInt32(screen)
    stream.writeUInt8(maximized)
    stream.writeUInt8(0)
    stream.writeInt32(screen_width)
    stream << place
    return bytes(data.toBase64().data()).decode()


def free() -> QRect:
    return QGuiApplication.primaryScreen().availableGeometry()


def test_the_first_size_is_no_larger_than_the_screen(window: MainWindow) -> None:
    restore_geometry(window, "")
    window.show()
    assert free().size().expandedTo(window.size()) == free().size()
    assert window.height() < free().height()  # there is room for a title


def test_a_place_that_is_there_is_taken_up(window: MainWindow) -> None:
    place = QRect(60, 70, 700, 500)
    restore_geometry(window, saved(place, screen=0, screen_width=free().width()))
    window.show()
    assert window.geometry() == place


@pytest.mark.parametrize(
    "place",
    [QRect(100, 100, 2200, 1200), QRect(2600, 300, 700, 500), QRect(-3000, -900, 700, 500), QRect(50, 700, 700, 500)],
    ids=["larger", "to the right", "to the left", "half below"],
)
@pytest.mark.parametrize("screen_width", [2560, 800])
@pytest.mark.parametrize("maximized", [False, True])
def test_a_place_on_a_screen_that_is_gone_is_not(
    window: MainWindow, place: QRect, screen_width: int, maximized: bool
) -> None:
    restore_geometry(window, saved(place, screen=1, screen_width=screen_width, maximized=maximized))
    window.show()
    assert free().contains(window.geometry()), window.geometry()


def test_a_screen_below_the_smallest_size_is_filled_and_no_more(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = free().adjusted(0, 0, 600 - free().width(), 400 - free().height())

    class Small:
        def availableGeometry(self) -> QRect:
            return screen

    monkeypatch.setattr(window, "screen", Small)
    restore_geometry(window, "")
    assert screen.size().expandedTo(window.minimumSize()) == screen.size()
    assert screen.size().expandedTo(window.size()) == screen.size()


def test_what_is_shown_fits_into_the_smallest_size(window: MainWindow) -> None:
    assert window.minimumSize().expandedTo(window.minimumSizeHint()) == window.minimumSize()
