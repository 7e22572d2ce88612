"""What a user does with the window, in a line each; shared by the tests of all features."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guie_desktop.domain import Album
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos.photo_mime import add_ids

WORKER_MS = 300_000
"""Patience that only a program that hangs uses up: other programs may take nine tenths of the machine meanwhile."""
COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NOTHING_HELD = Qt.KeyboardModifier.NoModifier
UNDO = Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier


def all_pictures_in(conductor: Conductor) -> bool:
    """Whether every tile on screen has its picture."""
    gallery = conductor.window.shown_gallery()
    rows = gallery.grid.rows_in_view()
    photos = [gallery.photos.photo(row) for row in rows]
    return bool(photos) and all(photo is not None and conductor.loader.picture(photo) is not None for photo in photos)


def end_drag(window: QWidget) -> None:
    """Let no drag go on over a window that is about to be deleted: Qt would send its next events to what is gone."""
    QApplication.sendEvent(window, QDragLeaveEvent())


def activate(conductor: Conductor, qtbot: QtBot) -> None:
    """As the desktop does when a dialog closes."""
    conductor.window.activateWindow()
    qtbot.waitUntil(conductor.window.isActiveWindow, timeout=WORKER_MS)


def names_found(conductor: Conductor) -> list[str]:
    gallery = conductor.window.found
    photos = [gallery.photo_at(row) for row in range(gallery.photos.rowCount())]
    return [photo.path.name for photo in photos if photo is not None]


def go_to(conductor: Conductor, name: str) -> int:
    gallery = conductor.window.shown_gallery()
    for row in range(gallery.photos.rowCount()):
        photo = gallery.photo_at(row)
        if photo is not None and photo.path.name == name:
            gallery.grid.go_to(row)
            return row
    raise AssertionError(f"{name} is not shown")


def wait_for_hits(conductor: Conductor, qtbot: QtBot) -> None:
    window = conductor.window
    qtbot.waitUntil(
        lambda: window.pages.currentWidget() is window.found and window.found.photos.rowCount() > 0, timeout=WORKER_MS
    )


def wait_for_answers(conductor: Conductor, qtbot: QtBot) -> None:
    """Until the worker has answered all that it was asked: what it says late would replace what a test makes up."""
    qtbot.waitUntil(lambda: not conductor.client._open, timeout=WORKER_MS)


def wait_for_rest(conductor: Conductor, qtbot: QtBot) -> None:
    """Photos are shown before they can be found; this waits until no job runs."""
    tasks = conductor.window.status.tasks
    qtbot.waitUntil(lambda: not tasks.cancel_button.isVisibleTo(tasks), timeout=WORKER_MS)


def drop(conductor: Conductor, qapp: QApplication, mime: QMimeData, at: QPoint | None = None) -> str:
    """A drag over the window that ends there; returns what the window said it would do."""
    window = conductor.window
    place = at or window.rect().center()
    qapp.sendEvent(window, QDragEnterEvent(place, COPY, mime, LEFT, NOTHING_HELD))
    said = window.overlay.sentence if window.overlay.isVisible() else ""
    qapp.sendEvent(window, QDropEvent(QPointF(place), COPY, mime, LEFT, NOTHING_HELD))
    assert not window.overlay.isVisible()
    return said


def shown_albums(conductor: Conductor) -> dict[str, int]:
    return {album.name: album.photos for album in conductor.window.sidebar.albums.albums}


def wait_for_albums(conductor: Conductor, qtbot: QtBot, expected: dict[str, int]) -> None:
    qtbot.waitUntil(lambda: shown_albums(conductor) == expected, timeout=WORKER_MS)


def ids(conductor: Conductor, *names: str) -> tuple[int, ...]:
    found = {}
    gallery = conductor.window.browsing
    for row in range(gallery.photos.rowCount()):
        photo = gallery.photo_at(row)
        assert photo is not None
        found[photo.path.name] = photo.id
    return tuple(found[name] for name in names)


def make_album(conductor: Conductor, qtbot: QtBot, name: str, photos: tuple[int, ...]) -> Album:
    conductor.albums.controller.create(name, photos)
    albums = conductor.window.sidebar.albums
    qtbot.waitUntil(lambda: any(album.name == name for album in albums.albums), timeout=WORKER_MS)
    return next(album for album in albums.albums if album.name == name)


def drop_on(target: QWidget, qapp: QApplication, photos: tuple[int, ...], at: QPoint) -> None:
    mime = QMimeData()
    add_ids(mime, photos)
    enter = QDragEnterEvent(at, COPY, mime, LEFT, NOTHING_HELD)
    qapp.sendEvent(target, enter)
    assert enter.isAccepted()
    qapp.sendEvent(target, QDragMoveEvent(at, COPY, mime, LEFT, NOTHING_HELD))
    qapp.sendEvent(target, QDropEvent(QPointF(at), COPY, mime, LEFT, NOTHING_HELD))


def browse(conductor: Conductor, qtbot: QtBot, album: Album) -> None:
    window = conductor.window
    window.sidebar.go_to(window.sidebar.albums.value(window.sidebar.albums.albums.index(album)))
    qtbot.waitUntil(lambda: conductor.window.browsing.album == album, timeout=WORKER_MS)
