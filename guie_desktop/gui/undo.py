"""What was done last and can be taken back, the latest first."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

_REMEMBERED = 200


@dataclass(frozen=True, slots=True, eq=False)
class _Deed:
    sentence: str
    revert: Callable[[], None] | None
    """None where it cannot be taken back from here."""
    way_back: str = ""
    """How it can be taken back elsewhere, as a sentence."""


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

    def expect(self, sentence: str, revert: Callable[[], None]) -> Callable[[bool], None]:
        """Something was asked for; to be called back with whether it was done.

        Until then it is not told, yet it is the last deed: whoever is quick takes back this one, and not an older one.
        """
        deed = _Deed(sentence, revert)
        self._deeds.append(deed)

        def answered(done: bool) -> None:
            if not done and deed in self._deeds:
                self._deeds.remove(deed)
            elif self._deeds and deed is self._deeds[-1]:
                self.told.emit(sentence, True)

        return answered

    def note_final(self, sentence: str, way_back: str) -> None:
        """Something was done that cannot be taken back from here; `way_back` says how else."""
        self._deeds.append(_Deed(sentence, None, way_back))
        self.told.emit(sentence, False)

    @Slot()
    def take_back(self) -> None:
        """Take the last deed back, or say how else it can be; an older one has to wait for the next call."""
        if not self._deeds:
            self.told.emit("There is nothing to take back.", False)
            return
        deed = self._deeds.pop()
        if deed.revert is not None:
            deed.revert()
            self.told.emit(f"Taken back: {deed.sentence}", False)
        elif self._deeds:
            self.told.emit(f"{deed.way_back} Undo takes back now: {self._deeds[-1].sentence}", True)
        else:
            self.told.emit(deed.way_back, False)
