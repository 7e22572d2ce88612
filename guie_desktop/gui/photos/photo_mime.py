"""Photos as they are dragged and copied: as files for other programs, and as ids for this one."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent

from guie_desktop.domain import Photo
from guie_desktop.gui.desktop.file_names import path_of, url_of

_IDS = "application/x-guie-desktop-photos"


def files_as_mime(photos: Sequence[Photo]) -> QMimeData:
    """The photos' files, as file managers and other programs take them."""
    mime = QMimeData()
    urls = [url_of(photo.path) for photo in photos]
    mime.setUrls(urls)
    listed = b"\n".join(bytes(url.toEncoded().data()) for url in urls)
    mime.setData("x-special/gnome-copied-files", b"copy\n" + listed)
    return mime


def add_ids(mime: QMimeData, ids: Sequence[int]) -> None:
    """Say which photos of the library they are; ids mean something in this process's library only."""
    numbers = " ".join(map(str, (os.getpid(), *ids)))
    mime.setData(_IDS, numbers.encode())


def ids_in(mime: QMimeData) -> tuple[int, ...]:
    """The photos of this window's library that are dragged; none where it is something else."""
    numbers = [int(number) for number in bytes(mime.data(_IDS).data()).split()]
    return tuple(numbers[1:]) if numbers[:1] == [os.getpid()] else ()


def accept_photos(event: QDropEvent) -> bool:
    """Accept a drag that brings photos of this library."""
    event.setAccepted(is_ours(event) and accept_unmoved(event))
    return event.isAccepted()


def accept_photos_and_files(event: QDropEvent) -> bool:
    """The same, or one that brings files of other programs."""
    event.setAccepted((is_ours(event) or event.mimeData().hasUrls()) and accept_unmoved(event))
    return event.isAccepted()


def is_ours(event: QDropEvent) -> bool:
    """Whether a drag brings photos of this library."""
    # Looked at with every move of the mouse, so a million ids are not read for it.
    return bytes(event.mimeData().data(_IDS).data()).startswith(b"%d " % os.getpid())


def files_in(mime: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this computer that are dragged."""
    return tuple(path for path in map(path_of, mime.urls()) if path is not None)


def accept_unmoved(event: QDropEvent) -> bool:
    """Accept a drag as a copy, or else as a link; one that can only move is refused.

    A file manager that hears of a move removes the file, which would be the user's photo.
    """
    for action in (Qt.DropAction.CopyAction, Qt.DropAction.LinkAction):
        if event.possibleActions() & action:
            event.setDropAction(action)
            event.accept()
            return True
    event.ignore()
    return False
