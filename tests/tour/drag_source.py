"""A window of another program, from which files can be dragged: `drag_source move|copy|both X,Y FILES...`.

Prints where it is when it is on screen, and the action with which a drag ended; like some file managers it would
remove what was moved.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel

_ACTIONS = {
    "move": Qt.DropAction.MoveAction,
    "copy": Qt.DropAction.CopyAction,
    "both": Qt.DropAction.MoveAction | Qt.DropAction.CopyAction,
}

_WIDTH = 150
_STAYS_MS = 3000
"""After a drop, which is when the other program asks for the files."""


class Source(QLabel):
    """Drags its files away."""

    def __init__(self, action: str, place: QPoint, paths: list[Path]) -> None:
        super().__init__()
        self._actions, self._paths = _ACTIONS[action], paths
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self._shown = QPixmap(str(paths[0])).scaledToWidth(_WIDTH, Qt.TransformationMode.SmoothTransformation)
        self.setPixmap(self._shown)
        self.setStyleSheet("background: white; border: 6px solid white")
        self.setGeometry(QRect(place, self._shown.size() + QSize(12, 12)))

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it is there."""
        super().showEvent(event)
        print("shown", flush=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in self._paths])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.setPixmap(self._shown)
        done = drag.exec(self._actions, Qt.DropAction.MoveAction)
        if done == Qt.DropAction.MoveAction:
            for path in self._paths:
                path.unlink(missing_ok=True)
        print(done.name, flush=True)
        QTimer.singleShot(_STAYS_MS, QApplication.quit)


if __name__ == "__main__":
    application = QApplication([])
    source = Source(sys.argv[1], QPoint(*map(int, sys.argv[2].split(","))), [Path(name) for name in sys.argv[3:]])
    source.show()
    application.exec()
