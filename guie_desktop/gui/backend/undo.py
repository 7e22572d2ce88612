"""What was done last and can be taken back, the latest first."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

_REMEMBERED = 200


@dataclass(frozen=True, slots=True, eq=False)
class UndoEntry:
    """Something that the user did."""

    sentence: str
    revert: Callable[[], None] | None
    """None where it cannot be taken back from here."""
    way_back: str = ""
    """How it can be taken back elsewhere, as a sentence."""


class Undo(QObject):
    """Remembers what was done while the window is open."""

    told = Signal(str, bool)
    """A sentence for the status line, and whether what it tells can be taken back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: deque[UndoEntry] = deque(maxlen=_REMEMBERED)

    def note(self, sentence: str, revert: Callable[[], None]) -> None:
        """Something was done, and `revert` takes it back."""
        self._entries.append(UndoEntry(sentence, revert))
        self.told.emit(sentence, True)

    def expect(self, sentence: str, revert: Callable[[], None]) -> Callable[[bool], None]:
        """Something was asked for; to be called back with whether it was done.

        Until then it is not told, yet it is the last entry: whoever is quick undoes this one, and not an older one.
        """
        entry = UndoEntry(sentence, revert)
        self._entries.append(entry)

        def answered(done: bool) -> None:
            if not done and entry in self._entries:
                self._entries.remove(entry)
            elif self._entries and entry is self._entries[-1]:
                self.told.emit(sentence, True)

        return answered

    def note_final(self, sentence: str, way_back: str) -> None:
        """Something was done that cannot be taken back from here; `way_back` says how else."""
        self._entries.append(UndoEntry(sentence, None, way_back))
        self.told.emit(sentence, False)

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Answer something that the user did, and that mostly needs no undo."""
        self.told.emit(sentence, can_undo)

    @Slot()
    def take_back(self) -> None:
        """Undo what was done last, or say how else it can be; an older one has to wait for the next call."""
        if not self._entries:
            self.told.emit("There is nothing to undo.", False)
            return
        entry = self._entries.pop()
        if entry.revert is not None:
            entry.revert()
            self.told.emit(f"Undone: {entry.sentence}", False)
        elif self._entries:
            self.told.emit(f"{entry.way_back} The next undo is of: {self._entries[-1].sentence}", True)
        else:
            self.told.emit(entry.way_back, False)
