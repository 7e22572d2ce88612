"""Which of names, dates and pictures the words of a search were found in; each is switched off by a click."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from guie_desktop.asking import SOURCES, Answer, Source
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.language import listed, number_text, tr, tr_noop
from guie_desktop.question import Question

_WORDS: Mapping[Source, tuple[str, str]] = {
    "names": (tr_noop("Names and notes"), tr_noop("Look for the words in names, folders, albums and notes")),
    "dates": (tr_noop("Dates"), tr_noop("Take words such as “july 2019” as dates")),
    "pictures": (tr_noop("Pictures"), tr_noop("Look for what the words name in the pictures")),
}


class SourceLine(QWidget):
    """Goes away where no words are looked for."""

    switched = Signal(str, bool)
    """A Source, and whether the words are to be looked for in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("In what the words are looked for"))
        self.buttons: dict[Source, QPushButton] = {source: self._button(source) for source in SOURCES}
        self.setLayout(Flowing(*self.buttons.values()))
        self.hide()

    def _button(self, source: Source) -> QPushButton:
        button = QPushButton(tr(_WORDS[source][0]))
        button.setToolTip(tr(_WORDS[source][1]))
        button.setAccessibleDescription(tr(_WORDS[source][1]))
        button.setCheckable(True)
        button.setProperty("source", True)
        button.clicked.connect(lambda on: self.switched.emit(source, on))
        return button

    def show_question(self, question: Question) -> None:
        """Show in what is looked."""
        self.setVisible(bool(question.text))
        for source, button in self.buttons.items():
            button.setChecked(source in question.sources)
        # Beside photos words say what is to be seen.
        self.buttons["names"].setVisible(not question.examples)

    def forget_answer(self) -> None:
        """Nothing is known of how many there are."""
        for source, button in self.buttons.items():
            button.setText(tr(_WORDS[source][0]))

    def show_answer(self, answer: Answer) -> None:
        """Show how many were found in what."""
        for source, button in self.buttons.items():
            number = answer.found.get(source, 0)
            told = listed(answer.dates) if source == "dates" and answer.dates else number_text(number) if number else ""
            name = tr(_WORDS[source][0])
            button.setText(f"{name}: {told}".replace("&", "&&") if told else name)
        self.buttons["dates"].setVisible(bool(answer.dates) or not self.buttons["dates"].isChecked())
