"""Where every failure goes, so that it reaches the user; handed to all that read, ask and act."""

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.errors import UserError
from guie_desktop.messages import Failed


class FailureReporter(QObject):
    """Tells the world's faults from the program's own; the conductor shows both."""

    failed = Signal(str, str)
    """What went wrong, and what the user can do."""
    bug = Signal(object)
    """An error of which the program did not think."""

    @Slot(object)
    def report(self, error: Exception) -> None:
        """Tell an error by its kind: the world's fault, or a bug."""
        if isinstance(error, UserError):
            self.tell(error.title, error.remedy)
        else:
            self.bug.emit(error)

    @Slot(object)
    def refuse(self, refusal: Failed) -> None:
        """Tell why the worker could not do what it was asked."""
        self.tell(refusal.title, refusal.remedy)

    def tell(self, title: str, remedy: str) -> None:
        """Tell what went wrong, and what the user can do."""
        self.failed.emit(title, remedy)
