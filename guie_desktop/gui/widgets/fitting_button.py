"""A button of the left side, which is as narrow as the user wants it: its words are those that there is room for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from guie_desktop.gui.look.icons import set_icon

_LEAST = 60
"""Pixels for words, of which an ellipsis would else be nearly all that is shown."""


class FittingButton(QPushButton):
    """Says the same in fewer words where there is little room; the tooltip tells all of it."""

    def __init__(self, icon: str = "") -> None:
        super().__init__()
        self._wordings: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # Qt's own never gets narrower
        self._gap = " " if icon else ""  # style sheets know no distance between icon and words
        if icon:
            set_icon(self, icon)

    def say(self, *wordings: str) -> None:
        """Say the first of these, or another one where that has no room; the longest comes first."""
        self._wordings = wordings
        self.setAccessibleName(wordings[0])
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for all words."""
        hint = super().sizeHint()
        return QSize(self._around() + self._needed(self._wordings[0]), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few of the fewest."""
        return QSize(self._around() + min(_LEAST, self._needed(self._wordings[-1])), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more words, or for fewer."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._around()
        fitting = (words for words in self._wordings if self._needed(words) <= room)
        shortest = self.fontMetrics().elidedText(self._wordings[-1], Qt.TextElideMode.ElideRight, room)
        words = next(fitting, shortest)
        self.setText(f"{self._gap}{words}")
        self.setToolTip("" if words == self._wordings[0] else self._wordings[0])

    def _needed(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(f"{self._gap}{words}")

    def _around(self) -> int:
        """What is not words: the icon and the frame."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
