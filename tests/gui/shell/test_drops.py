"""What is dropped is copied or linked, never moved: a source that hears of a move removes its file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.desktop.file_names import url_of
from guie_desktop.gui.photos.photo_mime import add_ids
from tests.gui.driving import COPY, LEFT, WORKER_MS, go_to, ids, make_album, wait_for_albums, wait_for_hits

MOVE, LINK = Qt.DropAction.MoveAction, Qt.DropAction.LinkAction
SHIFT = Qt.KeyboardModifier.ShiftModifier
"""Held, it makes file managers propose to move."""


def taker_at(widget: QWidget) -> QWidget:
    """The widget that Qt gives a drag to which is over this one."""
    taker: QWidget | None = widget
    while taker is not None and not taker.acceptDrops():
        taker = taker.parentWidget()
    assert taker is not None
    return taker


def drag_and_drop(
    widget: QWidget, qapp: QApplication, mime: QMimeData, actions: Qt.DropAction, at: QPoint
) -> list[QDropEvent]:
    """A drag from a source that offers these actions; returns what the widget made of its events."""
    events: list[QDropEvent] = [kind(at, actions, mime, LEFT, SHIFT) for kind in (QDragEnterEvent, QDragMoveEvent)]
    events.append(QDropEvent(QPointF(at), actions, mime, LEFT, SHIFT))
    for event in events:
        qapp.sendEvent(widget, event)
    return events


def assert_unmoved(events: list[QDropEvent], answer: Qt.DropAction) -> None:
    """The source proposed to move, and hears this instead."""
    assert events[0].proposedAction() == MOVE
    assert all(event.isAccepted() and event.dropAction() == answer for event in events)


@pytest.mark.parametrize("target", ["window", "words", "search bar"])
@pytest.mark.parametrize(("actions", "answer"), [(COPY | MOVE, COPY), (LINK | MOVE, LINK), (COPY | LINK | MOVE, COPY)])
def test_a_file_that_is_dropped_stays_where_it_is(
    conductor: Conductor,
    qtbot: QtBot,
    qapp: QApplication,
    photo_folder: Path,
    *,
    target: str,
    actions: Qt.DropAction,
    answer: Qt.DropAction,
) -> None:
    window = conductor.window
    window.search.words.show()
    over: QWidget = window
    if target == "words":
        over = window.search.words
    elif target == "search bar":
        go_to(conductor, "coffee 1.jpg")
        qtbot.keyClick(window.browsing.grid, Qt.Key.Key_S)
        wait_for_hits(conductor, qtbot)
        over = window.search.frame
    widget = taker_at(over)
    at = widget.mapFromGlobal(over.mapToGlobal(QPoint(5, 5)))
    mime = QMimeData()
    mime.setUrls([url_of(photo_folder / "Holidays" / "rocket 1.jpg")])
    mime.setText("as file managers give it as well")
    before = conductor.search.state.is_on
    refused = drag_and_drop(widget, qapp, mime, MOVE, at)
    assert not any(event.isAccepted() for event in refused)
    assert not window.overlay.isVisible()
    assert conductor.search.state.is_on == before
    assert_unmoved(drag_and_drop(widget, qapp, mime, actions, at), answer)
    wait_for_hits(conductor, qtbot)
    assert window.search.words.text() == ""


def test_photos_that_are_dropped_on_an_album_stay_where_they_are(
    conductor: Conductor, qtbot: QtBot, qapp: QApplication
) -> None:
    make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 0.jpg"))
    lines = conductor.window.sidebar.albums
    widget = taker_at(lines.viewport())
    at = lines.visualItemRect(lines.item(0)).center()
    mime = QMimeData()
    add_ids(mime, ids(conductor, "coffee 1.jpg"))
    refused = drag_and_drop(widget, qapp, mime, MOVE, at)
    assert not any(event.isAccepted() for event in refused)
    for actions, answer, name in ((COPY | MOVE, COPY, "coffee 1.jpg"), (LINK | MOVE, LINK, "coffee 2.jpg")):
        photos = QMimeData()
        add_ids(photos, ids(conductor, name))
        assert_unmoved(drag_and_drop(widget, qapp, photos, actions, at), answer)
    wait_for_albums(conductor, qtbot, {"Cups": 3})
    qtbot.waitUntil(lambda: conductor.undo.next_undo == "Undo: 1 photo added to “Cups”", timeout=WORKER_MS)
