"""Says over the whole window what letting go of a drag will do."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from guie_desktop.gui.look.wording import counted
from guie_desktop.gui.search.incoming import Incoming


def drop_sentence(incoming: Incoming) -> str:
    """What a drop of this will do."""
    folders = "this folder" if len(incoming.folders) == 1 else counted(len(incoming.folders), "folder")
    pictures = len(incoming.images) + (incoming.picture is not None)
    if incoming.folders and pictures:
        return f"Drop to add {folders} and to find look-alikes"
    if incoming.folders:
        return f"Drop to add {folders}"
    return "Drop to find look-alikes" if pictures < 2 else f"Drop to find look-alikes of {pictures} photos"


class DropOverlay(QWidget):
    """A sheet that lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.sentence = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def announce(self, sentence: str, beside: QWidget | None = None) -> None:
        """Show what will happen, over the whole window, or over what is at the right of a part of it."""
        self.sentence = sentence
        left = 0 if beside is None else beside.mapTo(self._covered, beside.rect().topRight()).x() + 1
        self.setGeometry(self._covered.rect().adjusted(left, 0, 0, 0))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil, a frame, and the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = self.palette().color(QPalette.ColorRole.Window)
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent, 3, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 14, 14)
        font = painter.font()
        font.setPixelSize(24)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        inside = self.rect().adjusted(40, 40, -40, -40)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.sentence)
        painter.end()
