"""Where the user writes what is looked for; what a model knows by name is offered while writing."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate, QToolButton, QWidget

from guie_desktop.gui.search.incoming import is_no_text
from guie_desktop.language import spoken, tr
from guie_desktop.search.vocabulary import imagenet_vocabulary

WIDTH = 260
_LEAST = 180
_REST_MS = 40
"""Without a key, after which what is written is looked for."""
_SHOWN = 9
"""Names at once."""


class WordsField(QLineEdit):
    """Takes words and dates for names and notes, and for what the model in use understands or knows."""

    given = Signal(str)
    """What is to be looked for; "" for nothing."""
    typed = Signal(str)
    """What is written so far, when the user rests a moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Words that describe what to look for"))
        self.setClearButtonEnabled(True)
        for clears in self.findChildren(QToolButton):
            clears.setAccessibleName(tr("Clear the words"))
        self.setMaximumWidth(WIDTH)
        self.editingFinished.connect(self._give)
        self.setAcceptDrops(False)  # a file that is dropped here is looked for; the field would say it was moved
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._tell)
        self.textEdited.connect(self._wait)
        self.setToolTip(
            tr(
                "Names, folders, albums, notes, dates such as “july 2019”, and what a photo shows; a minus before a "
                "word is for what it does not show."
            )
        )
        self._invite(tr("Search by words"))

    def event(self, event: QEvent) -> bool:
        """What is pasted and is no text is looked for, as anywhere in the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            pasted = event.matches(QKeySequence.StandardKey.Paste)
            if pasted and is_no_text(QGuiApplication.clipboard().mimeData()):
                event.ignore()
                return False
        return super().event(event)

    def offer(self, *, understands: bool, knows: bool) -> None:
        """Offer the names of what the model in use knows, where it does not understand any words."""
        if understands or not knows:
            self.setCompleter(None)  # type: ignore[arg-type]  # as Qt has it
        elif self.completer() is None:
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

    def _wait(self) -> None:
        """The user writes: an input method may still be composing, and a letter alone says nothing."""
        self._resting.start()

    def _tell(self) -> None:
        text = self.text().strip()
        if len(text) != 1:
            self.typed.emit(text)

    def _give(self) -> None:
        self._resting.stop()
        self.given.emit(self.text().strip())

    def _invite(self, words: str) -> None:
        self.setPlaceholderText(words)
        self.setMinimumWidth(max(_LEAST, self.fontMetrics().horizontalAdvance(words) + 32))
