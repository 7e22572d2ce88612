"""Words with the model that comes with the program, through the real window and worker."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.search.words_field import WordsField
from guie_desktop.language import speak
from guie_desktop.workspace import word_models
from guie_desktop.workspace.speed_benchmark import Power
from tests.gui.driving import WORKER_MS, activate, wait_for_hits


@pytest.fixture
def field(conductor: Conductor, qtbot: QtBot) -> WordsField:
    """The field, ready to be written in, as after Ctrl+F."""
    activate(conductor, qtbot)
    words = conductor.window.search.words
    qtbot.waitUntil(words.isVisible, timeout=WORKER_MS)
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert words.hasFocus()
    return words


def offered(field: WordsField) -> list[str]:
    """What is offered to complete what was written."""
    completer = field.completer()
    assert completer is not None
    model = completer.completionModel()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def flowers(notice: QWidget) -> list[QPushButton]:
    """The buttons that offer them."""
    return [one for one in notice.findChildren(QPushButton) if one.text() == "flower" and one.isVisibleTo(notice)]


def popup_of(field: WordsField) -> QAbstractItemView:
    completer = field.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    return popup


def test_what_is_known_is_offered_while_it_is_written_and_looked_for(
    conductor: Conductor, field: WordsField, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field, "lightho")
    assert offered(field) == ["lighthouse"]
    popup = popup_of(field)
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    wait_for_hits(conductor, qtbot)
    answer = conductor.search.answer
    assert answer is not None
    assert (answer.head, answer.known) == ("classes", ("lighthouse",))
    line = conductor.window.search.results.text
    assert "knows 1,000 things by name; “lighthouse” is one of them" in line.text
    assert conductor.window.pages.currentWidget() is conductor.window.found


def test_a_word_that_is_not_known_leads_to_what_is_and_to_the_models(
    conductor: Conductor, field: WordsField, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_models, "power_at_hand", lambda _: Power(100.0, 100.0, 100.0))
    qtbot.keyClicks(field, "tulips")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    window = conductor.window
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.notice, timeout=WORKER_MS)
    assert window.notice.title.text() == "“tulips” is not known."
    assert "MB to download" in window.notice.text.text()
    qtbot.mouseClick(window.notice.button, Qt.MouseButton.LeftButton)
    assert window.pages.currentWidget() is conductor.backbones.page
    qtbot.keyClick(conductor.backbones.page, Qt.Key.Key_Escape)
    (flower,) = flowers(window.notice)
    qtbot.mouseClick(flower, Qt.MouseButton.LeftButton)
    assert field.text() == "flower"
    wait_for_hits(conductor, qtbot)
    assert conductor.search.answer is not None
    assert conductor.search.answer.known == ("flower",)


def test_a_word_without_end_leaves_the_left_side_its_room(
    conductor: Conductor, field: WordsField, qtbot: QtBot
) -> None:
    window = conductor.window
    width = window.sidebar.width()
    field.setText("w" * 10_000)
    qtbot.keyClick(field, Qt.Key.Key_W)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.notice, timeout=WORKER_MS)
    assert window.notice.title.text() == f"“{'w' * 40}…” is not known."
    assert window.sidebar.width() == width


def test_a_sentence_goes_from_the_left_whatever_it_names(conductor: Conductor) -> None:
    notice = conductor.window.notice
    notice.tell("“בננה” is not known.", "")
    assert notice.title.text() == "\u200e“בננה” is not known."
    notice.tell("“12” is not known: בננה", "")
    assert notice.title.text() == "“12” is not known: בננה"


def test_names_are_offered_in_the_language_of_the_window(qtbot: QtBot) -> None:
    speak("de")
    try:
        german = WordsField()
        qtbot.addWidget(german)
        german.offer(understands=False, knows=True)
    finally:
        speak("en")
    qtbot.keyClicks(german, "Leuchtt")
    assert offered(german) == ["Leuchtturm"]
    german.offer(understands=True, knows=True)
    assert german.completer() is None  # any words will do
