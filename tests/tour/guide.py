"""Whoever leads the tour: presses real keys and buttons of the virtual screen, and waits for what they bring about."""

import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QWidget

from guie_desktop.gui.shell.window import MainWindow
from tests.tour.album import Album

ValueT = TypeVar("ValueT")

_PATIENCE = 180.0
_TIMES = 30
_EVERY = 0.05
_STILL = 0.4
"""Seconds without a change after which a picture is taken."""


class _Call(QEvent):
    """A function to be called by the window's thread."""

    KIND = QEvent.Type(QEvent.registerEventType())

    def __init__(self, function: Callable[[], Any]) -> None:
        super().__init__(self.KIND)
        self.function = function


class _Caller(QObject):
    def event(self, event: QEvent) -> bool:
        if isinstance(event, _Call):
            event.function()
            return True
        return super().event(event)


class Guide:
    """All methods are for the guide's own thread."""

    def __init__(self, album: Album, work: Path) -> None:
        self.photos = work / "Pictures"
        self.count = sum(1 for _ in self.photos.rglob("*.jpg"))
        """How many photos there are to begin with."""
        self.work = work
        self._album = album
        self._caller: _Caller | None = None
        self._window: MainWindow | None = None

    # --- the window

    def wait_for_the_window(self) -> None:
        """Wait until it is on screen, and has the keyboard."""
        self._until(lambda: QApplication.instance() is not None)
        self._until(
            lambda: any(isinstance(one, MainWindow) and one.isVisible() for one in QApplication.topLevelWidgets())
        )
        caller = _Caller()
        application = QApplication.instance()
        assert application is not None
        caller.moveToThread(application.thread())
        self._caller = caller

        def begin() -> None:
            (self._window,) = _windows()
            self._window.showMaximized()

        self.ask(begin)
        self.wait(lambda window: window.isActiveWindow())

    def ask(self, question: Callable[[], ValueT]) -> ValueT:
        """What a function returns that is called in the window's thread."""
        answered, answers, errors = threading.Event(), [], []

        def call() -> None:
            try:
                answers.append(question())
            except Exception as error:  # noqa: BLE001 - it is raised where it was asked
                errors.append(error)
            answered.set()

        assert self._caller is not None
        QApplication.postEvent(self._caller, _Call(call))
        if not answered.wait(_PATIENCE):
            raise TimeoutError("the window does not answer")
        if errors:
            raise errors[0]
        return answers[0]

    @property
    def window(self) -> MainWindow:
        """The window; to be touched within `ask` only."""
        assert self._window is not None
        return self._window

    def wait(self, until: Callable[[MainWindow], object], patience: float = _PATIENCE) -> None:
        """Wait until something holds of the window; `patience` is in seconds."""
        self._until(lambda: bool(self.ask(lambda: until(self.window))), patience)

    def press_until(self, key: str, until: Callable[[MainWindow], object]) -> None:
        """Press a key, and once more every few seconds where it did not bring about what it should."""
        for _ in range(_TIMES):
            self.key(key)
            with suppress(TimeoutError):
                self._until(lambda: bool(self.ask(lambda: until(self.window))), _PATIENCE / _TIMES)
                return
        raise TimeoutError(f"{key} did not bring it about")

    def leave(self) -> None:
        """End the program."""
        if self._caller is not None:
            self.ask(self.window.close)
            QApplication.postEvent(self._caller, _Call(QApplication.quit))

    # --- hands

    def key(self, *keys: str) -> None:
        """Press keys, one after the other, as xdotool names them."""
        self._xdotool("key", "--delay", "60", *keys)
        time.sleep(_EVERY)

    def type(self, text: str) -> None:
        """Write something."""
        self._xdotool("type", "--delay", "20", text)

    def click(self, where: Callable[[], QPoint], *, button: int = 1, times: int = 1, held: str = "") -> None:
        """Click at a point of the screen, which `where` tells in the window's thread."""
        self.point_at(where)
        if held:
            self._xdotool("keydown", held)
        self._xdotool("click", "--repeat", str(times), "--delay", "80", str(button))
        if held:
            self._xdotool("keyup", held)
        time.sleep(_EVERY)

    def point_at(self, where: Callable[[], QPoint]) -> None:
        """Move the pointer there."""
        point = self.ask(where)
        ratio = self.ask(self.window.devicePixelRatioF)
        self._xdotool("mousemove", str(round(point.x() * ratio)), str(round(point.y() * ratio)))
        time.sleep(_EVERY)

    def press_button(self) -> None:
        """Press the button of the mouse where the pointer is."""
        self._xdotool("mousedown", "1")

    def release_button(self) -> None:
        """Let it go."""
        self._xdotool("mouseup", "1")

    def drag(self, start: Callable[[], QPoint], end: Callable[[], QPoint], picture: str = "") -> None:
        """Drag from one point to another, with a picture before the button is let go."""
        self.point_at(start)
        self.press_button()
        first, last = self.ask(start), self.ask(end)
        for share in (0.1, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0, 1.0):
            between = first + (last - first) * share
            self.point_at(partial(QPoint, between))
        if picture:
            self.picture(picture)
        self.release_button()

    def draw(self, points: Sequence[Callable[[], QPoint]], picture: str) -> None:
        """Draw from point to point, with a picture before the button is let go."""
        self.point_at(points[0])
        self.press_button()
        for start, end in itertools.pairwise(points):
            first, last = self.ask(start), self.ask(end)
            for share in (0.25, 0.5, 0.75, 1.0):
                self.point_at(partial(QPoint, first + (last - first) * share))
        self.picture(picture)
        self.release_button()

    # --- eyes

    def picture(self, caption: str) -> None:
        """Take a picture of the screen once it is still."""
        before = b""
        for _ in range(20):
            time.sleep(_STILL)
            now = subprocess.run(["import", "-window", "root", "png:-"], capture_output=True, check=True).stdout
            if now == before:
                break
            before = now
        self.place(caption).write_bytes(before)

    def place(self, caption: str) -> Path:
        """Where a picture goes."""
        return self._album.next_picture(caption)

    def _until(self, holds: Callable[[], object], patience: float = _PATIENCE) -> None:
        end = time.monotonic() + patience
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError("it did not happen")
            time.sleep(_EVERY)

    @staticmethod
    def _xdotool(*arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], check=True)

    def start_drag_source(self, action: str, *paths: Path, at: tuple[int, int] = (4, 30)) -> "subprocess.Popen[str]":
        """A program of another maker from which files can be dragged; it says in its output what became of them."""
        place = ",".join(map(str, at))
        command = [sys.executable, "-m", "tests.tour.drag_source", action, place, *map(str, paths)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _windows() -> list[MainWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]


def middle(widget: QWidget) -> QPoint:
    """The middle of a widget, on the screen."""
    return widget.mapToGlobal(widget.rect().center())
