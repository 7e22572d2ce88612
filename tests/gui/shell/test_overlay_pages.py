"""Pages that lie over the photos: the keyboard is on them, and what is told above them has room."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from tests.gui.driving import LEFT


def test_the_keyboard_is_on_a_page_that_was_opened_by_a_button_beside_it(conductor: Conductor, qtbot: QtBot) -> None:
    window, page = conductor.window, conductor.screens.failures.page
    window.sidebar.failures_button.setFocus()
    qtbot.mouseClick(window.sidebar.failures_button, LEFT)
    assert page.isAncestorOf(window.focusWidget())
    conductor.navigation.close_overlay()
    assert window.browsing.isAncestorOf(window.focusWidget())


def test_words_are_written_where_they_are_seen(conductor: Conductor, qtbot: QtBot) -> None:
    window, words = conductor.window, conductor.window.search.words
    conductor.backbones.open()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert words.isVisible()
    assert words.hasFocus()
    assert window.pages.currentWidget() is window.browsing
    qtbot.keyClicks(words, "cat")
    window.browsing.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert words.selectedText() == "cat"  # so that other words take their place


@pytest.mark.parametrize("over", [False, True])
def test_an_offer_keeps_its_distance_from_the_upper_edge(conductor: Conductor, qapp: QApplication, over: bool) -> None:
    window = conductor.window
    window.offer.tell("There is a better model.", "It has to be fetched.")
    if over:
        conductor.screens.failures.open()
    qapp.processEvents()
    assert window.search.isVisible() != over
    above = window.search.geometry().bottom() if not over else 0
    assert window.offer.mapTo(window.centre, QPoint()).y() - above >= 8
