"""The moving picture of the README: a photo is dropped, its look-alikes are there, and the albums are learned.

Time passes in the film as the script says, however long the computer takes.
"""

import io
import math
import time
from collections.abc import Callable

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication

from guie_desktop.gui.learning.report_page import ReportPage
from guie_desktop.gui.shell.window import MainWindow
from tests.gui.library_photos import PICTURES
from tests.tour.album import Stop
from tests.tour.documentation import STOPS as SHOTS
from tests.tour.documentation import begin
from tests.tour.finding import has_hits
from tests.tour.guide import Guide
from tests.tour.stops import idle, of_kind, of_window

_STEP_MS = 60
_WAITS_MS = 120
"""For how long each picture stands while the pointer moves, and while something is waited for."""
_AT_MOST = 14
"""Pictures of one time of waiting."""
_ARROW = ((0, 0), (0, 17), (4, 13.5), (6.6, 19.5), (9.4, 18.3), (6.8, 12.4), (12, 12))


class Film:
    """Takes pictures of the screen, and draws the pointer and what is said into them."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._frames: list[Image.Image] = []
        self._durations: list[int] = []
        self._pointer = QPointF(450, 330)
        self.words = ""
        """What the film says now, at its lower edge."""

    def hold(self, seconds: float) -> None:
        """Show what is to be seen now for a while."""
        time.sleep(0.3)  # what has just moved comes to rest
        self._take(round(1000 * seconds))

    def go(self, where: Callable[[], QPoint]) -> None:
        """The pointer goes there, as a hand moves it."""
        start, end = self._pointer, QPointF(self._guide.ask(where))
        steps = max(4, min(16, round(math.dist(start.toTuple(), end.toTuple()) / 40)))
        for step in range(1, steps + 1):
            share = (1 - math.cos(math.pi * step / steps)) / 2
            self._pointer = start + (end - start) * share
            self._guide.point_at(self._pointer.toPoint)
            self._take(_STEP_MS)

    def wait(self, until: Callable[[MainWindow], object]) -> None:
        """Show what happens until something holds of the window."""
        for _ in range(_AT_MOST):
            if self._guide.ask(lambda: bool(until(self._guide.window))):
                return
            self._take(_WAITS_MS)
            time.sleep(0.2)
        self._guide.wait(until)

    def write(self) -> None:
        """Save it where the pictures go."""
        first, *others = self._frames
        first.save(
            self._guide.place("tour").with_suffix(".webp"),
            save_all=True,
            append_images=others,
            duration=self._durations,
            loop=0,
            quality=70,
            method=4,
        )

    def _take(self, milliseconds: int) -> None:
        taken = self._guide.ask(self._grab)
        if self._frames and taken == self._frames[-1]:
            self._durations[-1] += milliseconds
            return
        self._frames.append(taken)
        self._durations.append(milliseconds)

    def _grab(self) -> Image.Image:
        screen = self._guide.window.screen().grabWindow(0)
        self._draw_on(screen)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        screen.save(buffer, "BMP")
        with Image.open(io.BytesIO(bytes(buffer.data().data()))) as opened:
            return opened.convert("RGB")

    def _draw_on(self, screen: QPixmap) -> None:
        painter = QPainter(screen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.words:
            font = QFont(QApplication.font())
            font.setPixelSize(19)
            font.setBold(True)
            painter.setFont(font)
            room = painter.fontMetrics().horizontalAdvance(self.words) + 44
            pill = QRectF((screen.width() - room) / 2, screen.height() - 76, room, 42)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(20, 24, 32, 225))
            painter.drawRoundedRect(pill, 21, 21)
            painter.setPen(Qt.GlobalColor.white)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self.words)
        painter.setPen(QPen(Qt.GlobalColor.white, 1.6))
        painter.setBrush(Qt.GlobalColor.black)
        painter.drawPolygon(QPolygonF([self._pointer + QPointF(across, down) * 1.25 for across, down in _ARROW]))
        painter.end()


def show(guide: Guide) -> None:
    """All of the film."""
    begin(guide)
    given = guide.work / "found on the web.jpg"
    with Image.open(PICTURES / "chelsea.png") as opened:
        opened.convert("RGB").crop((60, 20, 430, 280)).save(given)
    source = guide.start_drag_source("copy", given, at=(30, 380))
    assert source.stdout is not None
    assert source.stdout.readline().strip() == "shown"
    film = Film(guide)
    film.words = "Drop a photo on the window"
    film.hold(1.6)
    film.go(lambda: QPoint(110, 440))
    guide.press_button()
    film.go(lambda: guide.window.mapToGlobal(QPoint(530, 330)))
    film.hold(0.7)
    guide.release_button()
    source.wait(60)
    film.words = "Its look-alikes, the most alike first"
    film.wait(has_hits)
    guide.wait(idle)
    film.hold(3)
    film.words = "Teach it what you mean: learn your albums"
    film.go(of_window(guide, lambda window: window.sidebar.learn.button))
    film.hold(1)
    guide.press_button()
    guide.release_button()
    film.wait(lambda window: window.learned.isVisible() and idle(window))
    film.words = "Tested on photos that were held back"
    film.hold(1.5)
    film.go(of_window(guide, lambda window: window.learned.accept_button))
    guide.press_button()
    guide.release_button()
    guide.wait(lambda window: of_kind(window, ReportPage).isVisible())
    film.hold(3.5)
    guide.press_until("Escape", has_hits)
    film.words = "The search is yours now"
    film.hold(3)
    film.write()


STOPS = [*(stop for stop in SHOTS if stop.prepares), Stop("tour", show)]
