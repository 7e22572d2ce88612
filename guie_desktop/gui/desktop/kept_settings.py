"""Writes what the window remembers whenever it has changed, so that a crash loses next to nothing."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from guie_desktop.errors import not_written
from guie_desktop.sentences import Sentence
from guie_desktop.settings import Settings, save_settings

logger = logging.getLogger(__name__)

_EVERY_MS = 2000


class KeptSettings(QObject):
    """Asks every so often what there is to be remembered: its parts need not say that they have changed."""

    failed = Signal(object)
    """The UserError that says why nothing is remembered; once, for it will not change by being told again."""

    def __init__(self, path: Path, stored: Settings, now: Callable[[], Settings], parent: QObject) -> None:
        super().__init__(parent)
        self._path, self._stored, self._now = path, stored, now
        self._is_told = False
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.save)
        self._timer.start()

    @Slot()
    def save(self) -> None:
        """Write what has changed; where the disk takes nothing, that is tried once for each change."""
        now = self._now()
        if now == self._stored:
            return
        self._stored = now
        try:
            save_settings(now, self._path)
        except OSError as error:
            logger.warning("settings could not be saved", exc_info=True)
            if not self._is_told:
                self._is_told = True
                self.failed.emit(not_written(Sentence("What the window remembers, in {file},", file=self._path), error))
