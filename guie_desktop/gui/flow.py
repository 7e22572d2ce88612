"""What the parts that read, ask and act have in common: every failure reaches the user."""

from PySide6.QtCore import QObject, Signal, Slot

from guie_desktop.errors import UserError
from guie_desktop.messages import Failed


class Flow(QObject):
    """Tells failures; the conductor shows them."""

    failed = Signal(str, str)
    """What went wrong, and what the user can do."""
    bug = Signal(object)
    """An error of which the program did not think."""

    @Slot(object)
    def fail(self, error: Exception) -> None:
        """Tell an error by its kind."""
        if isinstance(error, UserError):
            self.failed.emit(error.title, error.remedy)
        else:
            self.bug.emit(error)

    def refuse(self, event: Failed) -> None:
        """Tell why the worker could not do what it was asked."""
        self.failed.emit(event.title, event.remedy)
