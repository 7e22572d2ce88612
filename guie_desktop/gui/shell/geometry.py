"""Where the window was when the program was closed, as far as the screen has room for it now."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QMainWindow

_FIRST_SIZE = QSize(1180, 780)
_FRAME = QSize(16, 48)
"""About what the desktop draws around a window."""


def restore_geometry(window: QMainWindow, text: str) -> None:
    """Take up the place and size that were remembered, or those of the first start, as far as the screen has room.

    Qt takes up none that were remembered on a screen of quite another width, and keeps others on the screen.
    """
    room = window.screen().availableGeometry().size() - _FRAME
    window.setMinimumSize(window.minimumSize().boundedTo(room))
    if not window.restoreGeometry(QByteArray.fromBase64(text.encode())):
        window.resize(_FIRST_SIZE.boundedTo(room))
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)  # only a photo fills the screen
