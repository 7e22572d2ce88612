"""Tells the user about a bug in the program, with details to copy into a report."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.gui.look.theme import GAP, WIDE
from guie_desktop.gui.shell.about import versions
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.labels import plain_label
from guie_desktop.gui.widgets.text_to_copy import text_to_copy
from guie_desktop.language import tr
from guie_desktop.log import without_names

logger = logging.getLogger(__name__)


def bug_details(error: BaseException) -> str:
    """What a report needs: versions and the stack, without the user's name."""
    stack = "".join(traceback.format_exception(error))
    return f"{versions()}\n\n{without_names(stack)}"


class BugDialog(QDialog):
    """Apologises, and lets the details be copied."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        self.details = text_to_copy(details, tr("Details"))
        copy = push_button(tr("Copy details"), "copy")
        copy.clicked.connect(self.copy_details)
        close = push_button(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, WIDE, 24, WIDE)
        layout.setSpacing(GAP)
        layout.addWidget(plain_label(tr("This is a mistake in the program"), style="title"))
        sentence = tr("Your photos are safe. You can go on; if it happens again, please report it with these details.")
        layout.addWidget(plain_label(sentence, wrap=True))
        layout.addWidget(self.details, 1)
        layout.addLayout(buttons)

    @Slot()
    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())


class BugReporter(QObject):
    """Shows a dialog for whatever nobody has caught, one at a time."""

    _happened = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._open: BugDialog | None = None
        self._happened.connect(self._show)

    def install(self) -> None:
        """Catch what falls through, in every thread."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Log the bug and show it."""
        logger.error("a bug", exc_info=error)
        self._happened.emit(error)

    def _on_exception(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
        else:
            self.report(error)

    def _on_thread_exception(self, failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            self.report(failure.exc_value)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        if self._open is None:
            self._open = BugDialog(bug_details(error), self._window)
            self._open.destroyed.connect(self._forget)
            self._open.show()

    @Slot()
    def _forget(self) -> None:
        self._open = None
