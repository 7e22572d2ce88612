"""Y and N: the chosen photos belong to the album that is looked at, or they do not."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from guie_desktop.domain import Verdict
from guie_desktop.gui.window import MainWindow


class VerdictKeys(QObject):
    """Two actions of the window; what they speak of depends on the page."""

    given = Signal(str)
    """The verdict."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.yes = self._action(window, "It belongs to the album", "Y", "member")
        self.no = self._action(window, "It is not this", "N", "not")

    def _action(self, window: MainWindow, text: str, key: str, verdict: Verdict) -> QAction:
        action = QAction(text, window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked: self.given.emit(verdict))
        window.addAction(action)
        return action
