"""Hands, eyes and a watch for the trial, which leads the window from outside, as a person would."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PATIENCE = 600.0
_TO_ACT = 90.0
_AGAIN = 5.0
"""Seconds after which what had no effect is done once more."""
_EVERY = 0.1
_STILL = 0.5
"""Seconds without a change after which a picture is taken."""
_TIMES = 20
_TITLE = "guie-desktop"


class TrialFailed(Exception):
    """What was tried did not come out as it should; the message is a sentence."""


def wait_for(what: str, holds: Callable[[], object], *, patience: float = PATIENCE) -> None:
    """Wait until something holds.

    Raises:
        TrialFailed: It does not within `patience` seconds.
    """
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise TrialFailed(f"{what} within {patience:.0f} s.")
        time.sleep(_EVERY)


def do_until(what: str, act: Callable[[], object], holds: Callable[[], object]) -> None:
    """Do something, and once more every few seconds where it did not bring about what it should.

    Raises:
        TrialFailed: It never does.
    """
    end = time.monotonic() + _TO_ACT
    while time.monotonic() < end:
        act()
        again = time.monotonic() + _AGAIN
        while time.monotonic() < again:
            if holds():
                return
            time.sleep(_EVERY)
    raise TrialFailed(f"{what} within {_TO_ACT:.0f} s.")


class Watch:
    """Says how long each step took, and how long all of it."""

    def __init__(self, started: float, screen: "Screen") -> None:
        self._started, self._screen = started, screen
        self._last = time.time()

    def tell(self, step: str) -> None:
        """A step is done: its seconds, those since the first command, and a picture of the screen."""
        now = time.time()
        print(f"{now - self._last:7.1f} s  {now - self._started:7.1f} s  {step}", flush=True)
        self._screen.picture(step)
        self._last = time.time()  # the picture is not the program's time


class Program:
    """The installed program, as one user has it on one computer."""

    def __init__(self, start: Sequence[str]) -> None:
        self._start = list(start)

    def open(self) -> "subprocess.Popen[bytes]":
        """Open the window."""
        return subprocess.Popen(self._start)

    def say(self, *arguments: str) -> dict[str, Any]:
        """What a command prints with --json.

        Raises:
            TrialFailed: It fails, or prints something else.
        """
        command = [*self._start, *arguments, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
        words = " ".join(arguments)
        if done.returncode:
            raise TrialFailed(f"guie-desktop {words} ended with {done.returncode}: {done.stderr.strip()}")
        try:
            said: dict[str, Any] = json.loads(done.stdout)
        except ValueError:
            raise TrialFailed(f"guie-desktop {words} --json printed no JSON: {done.stdout[:500]}") from None
        return said


class Screen:
    """The virtual screen, with real keys and a real pointer."""

    def __init__(self, pictures: Path) -> None:
        self._pictures = pictures
        self._taken = 0

    def windows(self) -> list[str]:
        """The ids of what is on screen of the program, the window itself and its dialogs."""
        return self._xdotool("search", "--onlyvisible", "--class", _TITLE).split()

    def window(self) -> str | None:
        """The window itself."""
        return next((one for one in self.windows() if self._title(one).endswith(_TITLE)), None)

    def is_active(self) -> bool:
        """Whether the window itself has the keyboard, and no dialog."""
        window = self.window()
        return window is not None and self._xdotool("getactivewindow").strip() == window

    def is_busy(self) -> bool:
        """Whether the window's title tells how far a task is."""
        window = self.window()
        return window is not None and "%" in self._title(window)

    def has_dialog(self) -> bool:
        """Whether a dialog has the keyboard."""
        active = self._xdotool("getactivewindow").strip()
        return active in self.windows() and active != self.window()

    def key(self, *keys: str) -> None:
        """Press keys, as xdotool names them."""
        self._xdotool("key", "--delay", "80", *keys)

    def type(self, text: str) -> None:
        """Write something."""
        self._xdotool("type", "--delay", "30", text)

    def copied(self) -> list[str]:
        """The lines of text on the clipboard."""
        told = subprocess.run(
            ["xclip", "-o", "-selection", "clipboard"], capture_output=True, text=True, check=False, timeout=30
        )
        return told.stdout.splitlines()

    def copy(self, text: str) -> None:
        """Put text on the clipboard."""
        subprocess.run(["xclip", "-selection", "clipboard"], input=text, text=True, check=True)

    def drop(self, path: Path) -> None:
        """Drag a file, which has one name for both programs, from another's window onto the middle of the window.

        Raises:
            TrialFailed: The drop is not taken as a copy.
        """
        window = self.window()
        if window is None:
            raise TrialFailed("There is no window to drop a photo on.")
        self._xdotool("windowactivate", "--sync", window)
        source = subprocess.Popen(
            [sys.executable, "-m", "tests.tour.drag_source", "both", "4,30", path],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        )
        assert source.stdout is not None
        try:
            if source.stdout.readline().strip() != "shown":
                raise TrialFailed("The window that photos are dragged from did not open.")
            self._drag((70, 60), (640, 420))
            if (ended := source.stdout.readline().strip()) != "CopyAction":
                raise TrialFailed(f"The dropped photo was answered with {ended or 'nothing'}, and not with Copy.")
            source.wait(PATIENCE)  # it stays for a while, for the file is asked for after the drop
        finally:
            source.kill()

    def picture(self, caption: str) -> None:
        """Take a picture of the screen once it is still."""
        self._taken += 1
        words = "-".join("".join(sign if sign.isalnum() else " " for sign in caption.casefold()).split())
        name = self._pictures / f"{self._taken:02}-{words[:60]}.png"
        before = b""
        for _ in range(_TIMES):
            now = subprocess.run(["import", "-window", "root", "png:-"], capture_output=True, check=True).stdout
            if now == before:
                break
            before = now
            time.sleep(_STILL)
        name.write_bytes(before)

    def _drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self._xdotool("mousemove", *map(str, start), "sleep", "0.5", "mousedown", "1")
        for share in (0.1, 0.3, 0.5, 0.7, 0.9, 1.0, 1.0):
            x, y = (round(one + (other - one) * share) for one, other in zip(start, end, strict=True))
            self._xdotool("mousemove", str(x), str(y), "sleep", "0.2")
        self._xdotool("mouseup", "1")

    def _title(self, window: str) -> str:
        return self._xdotool("getwindowname", window).strip()

    @staticmethod
    def _xdotool(*arguments: str) -> str:
        return subprocess.run(["xdotool", *arguments], capture_output=True, text=True, check=False).stdout
