"""Photos that macOS says are to be opened with the running program; other systems start it with them."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication


class OpenedFiles(QObject):
    """Gathers them, as each comes by itself; `opened` brings those that came together, as a tuple of paths."""

    opened = Signal(object)

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._gathered: list[Path] = []
        self._told = QTimer(self, interval=0, singleShot=True)
        self._told.timeout.connect(self._tell)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is to be opened out of the application's events."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().eventFilter(watched, event)
        self._gathered.append(Path(event.file()))
        self._told.start()
        return True

    def _tell(self) -> None:
        together, self._gathered = tuple(self._gathered), []
        self.opened.emit(together)
