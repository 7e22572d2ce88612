"""One photo after the other, each for so many seconds."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SHORTEST, LONGEST = 1, 60
"""Seconds."""


class SlideShow(QObject):
    """Goes on until it is ended; nothing moves but from photo to photo."""

    next_asked = Signal()
    changed = Signal()
    """It was begun, paused, or ended, or has another pace."""

    def __init__(self, seconds: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seconds = seconds
        self.is_on = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.next_asked)

    @property
    def is_paused(self) -> bool:
        """Whether it waits for the user."""
        return self.is_on and not self._timer.isActive()

    @Slot()
    def toggle(self) -> None:
        """Begin, or end."""
        self.end() if self.is_on else self._begin()

    def pause_or_go_on(self) -> None:
        """Wait, or go on with the next one."""
        if self._timer.isActive():
            self._timer.stop()
        else:
            self._timer.start(1000 * self.seconds)
        self.changed.emit()

    def change_pace(self, by: int) -> None:
        """Show each photo for so many seconds more, or fewer."""
        self.seconds = min(max(self.seconds + by, SHORTEST), LONGEST)
        self.start_anew()
        self.changed.emit()

    def start_anew(self) -> None:
        """Another photo is shown: it has all its seconds."""
        if self._timer.isActive():
            self._timer.start(1000 * self.seconds)

    def end(self) -> None:
        """Stay at the photo that is shown."""
        if self.is_on:
            self.is_on = False
            self._timer.stop()
            self.changed.emit()

    def _begin(self) -> None:
        self.is_on = True
        self._timer.start(1000 * self.seconds)
        self.changed.emit()
