"""Where every failure goes, so that it reaches the user; handed to all that read, ask and act."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.errors import UserError
from guie_desktop.gui.backend.undo import Undo
from guie_desktop.language import tr
from guie_desktop.messages import Failed

READING = "reading the folders"
"""What a failure is about that the next reading of the folders that succeeds makes good."""
WITHOUT_WORKER = "what needs a worker"
"""What a failure is about that is over as soon as the worker that was given up is started again."""
_DEED = "what the user did"
"""What a failure is about that the next deed that is done makes good."""


@dataclass(frozen=True, slots=True)
class Help:
    """What helps out of a failure, as a button: its words, and what it does."""

    words: str
    go: Callable[[], object]


def other_choice(refusal: Failed, other: Help, again: Callable[[], object]) -> Help:
    """What helps where a choice was refused: another one, or where the library's disk was full the same `again`."""
    return Help(tr("Try again"), again) if refusal.on_full_disk else other


class FailureReporter(QObject):
    """Tells the world's faults from the program's own; the conductor shows both."""

    failed = Signal(str, str, object, str)
    """What went wrong, what the user can do, the Help or None, and what it is about, as `over` will name it."""
    over = Signal(str)
    """What failures of this kind told is so no longer."""
    bug = Signal(object)
    """An error of which the program did not think."""

    @Slot(object)
    def report(self, error: Exception, way_out: Help | None = None, about: str = "") -> None:
        """Tell an error by its kind: the world's fault, or a bug."""
        if isinstance(error, UserError):
            self.tell(error.title, error.remedy, way_out, about)
        else:
            self.bug.emit(error)

    @Slot(object)
    def refuse(self, refusal: Failed, way_out: Help | None = None, about: str = "") -> None:
        """Tell why the worker could not do what it was asked."""
        self.tell(refusal.title, refusal.remedy, way_out, about)

    def follow(self, undo: Undo) -> None:
        """Tell which of the user's deeds were refused, until the next one is done."""
        undo.refused.connect(partial(self.tell, about=_DEED))
        undo.done.connect(partial(self.over.emit, _DEED))

    def tell(self, title: str, remedy: str, way_out: Help | None = None, about: str = "") -> None:
        """Tell what went wrong, and what the user can do, in his language; `over` may name the English remedy."""
        self.failed.emit(tr(title), tr(remedy), way_out, about or str(remedy))
