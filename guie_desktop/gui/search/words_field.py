"""Where the user writes what is looked for; what a model knows by name is offered while writing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate, QToolButton, QWidget

from guie_desktop.language import spoken, tr
from guie_desktop.search.vocabulary import imagenet_vocabulary

WIDTH = 260
_LEAST = 180
_SHOWN = 9
"""Names at once."""


class WordsField(QLineEdit):
    """Hidden where the model in use understands no words."""

    given = Signal(str)
    """What is to be looked for; "" for nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Words that describe what to look for"))
        self.setClearButtonEnabled(True)
        for clears in self.findChildren(QToolButton):
            clears.setAccessibleName(tr("Clear the words"))
        self.setMaximumWidth(WIDTH)
        self.editingFinished.connect(self._give)
        self.setAcceptDrops(False)  # a file that is dropped here is looked for; the field would say it was moved
        self._invite(tr("Describe it in words"))
        self.hide()

    def offer(self, *, understands: bool, knows: bool) -> None:
        """Take any words where the model in use understands them, or the names of what it knows."""
        self.setVisible(understands or knows)
        if understands or not knows:
            self._invite(tr("Describe it in words"))
            self.setCompleter(None)  # type: ignore[arg-type]  # as Qt has it
        elif self.completer() is None:
            self._invite(tr("Name what it shows"))
            self.setCompleter(self._completer())

    def _completer(self) -> QCompleter:
        vocabulary = imagenet_vocabulary()
        names = vocabulary.names(spoken().tag) or vocabulary.names("en")
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_SHOWN)
        popup = completer.popup()
        assert popup is not None
        popup.setObjectName("completions")
        popup.setItemDelegate(QStyledItemDelegate(popup))  # Qt's own knows no style sheet
        popup.setAccessibleName(tr("What the model knows"))
        popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer.activated.connect(lambda _: self._give())
        return completer

    def _give(self) -> None:
        self.given.emit(self.text().strip())

    def _invite(self, words: str) -> None:
        self.setPlaceholderText(words)
        self.setMinimumWidth(max(_LEAST, self.fontMetrics().horizontalAdvance(words) + 32))
