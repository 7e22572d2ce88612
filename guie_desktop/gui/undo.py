"""What was done last and can be taken back, the latest first."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class _Deed:
    sentence: str
    revert: Callable[[], None]


class Undo(QObject):
    """Remembers deeds while the window is open."""

    told = Signal(str, bool)
    """A sentence for the status line, and whether what it tells can be taken back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deeds: deque[_Deed] = deque(maxlen=_REMEMBERED)

    def note(self, sentence: str, revert: Callable[[], None]) -> None:
        """Something was done, and `revert` takes it back."""
        self._deeds.append(_Deed(sentence, revert))
        self.told.emit(sentence, True)

    @Slot()
    def take_back(self) -> None:
        """Take the last deed back."""
        if not self._deeds:
            self.told.emit("There is nothing to take back.", False)
            return
        deed = self._deeds.pop()
        deed.revert()
        self.told.emit(f"Taken back: {deed.sentence}", False)
