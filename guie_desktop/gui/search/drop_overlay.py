"""Says over the whole window what letting go of a drag will do."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from guie_desktop.gui.look.wording import counted
from guie_desktop.gui.search.incoming import MOST_FILES, Incoming

_ROUND = 14
_SMALL = 160
"""Pixels of height, in which there is room for one line."""
ON_THE_BAR = "On the search bar it is added to what you look for."


def what_a_drop_does(incoming: Incoming, *, adds: bool) -> tuple[str, bool]:
    """The sentence on what a drop of this will do, and whether it can be dropped at all.

    `adds` is whether it would join what is looked for already.
    """
    photos, others = len(incoming.photos), len(incoming.images) - len(incoming.photos)
    if photos > MOST_FILES:
        return f"{photos:,} files are too many: drop {MOST_FILES} at most, or add their folder", False
    folders = "this folder" if len(incoming.folders) == 1 else counted(len(incoming.folders), "folder")
    pictures = photos + (incoming.picture is not None)
    if not incoming.folders and not pictures and others:
        return ("This is no photo" if others == 1 else "There is no photo among these files"), False
    deeds = [f"add {folders}"] if incoming.folders else []
    if pictures or not deeds:  # picture data is not read before it is dropped
        which = "" if pictures < 2 else f" {pictures} photos" if adds else f" of {pictures} photos"
        deeds.append(f"add{which or ' it'} to the search" if adds else f"find look-alikes{which}")
    left_out = f" ({counted(others, 'other file')} left out)" if others else ""
    return f"Drop to {' and to '.join(deeds)}{left_out}", True


class DropOverlay(QWidget):
    """A sheet that lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.sentence = self.hint = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def announce(self, sentence: str, hint: str = "", over: QRect | None = None) -> None:
        """Show what will happen, with a hint below it; over the whole window, or over a part of it."""
        self.sentence, self.hint = sentence, hint
        self.setGeometry(over or self._covered.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil, a frame, and the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = self.palette().color(QPalette.ColorRole.Window)
        is_small = self.height() < _SMALL
        veil.setAlpha(255 if is_small else 225)
        painter.fillRect(self.rect(), veil)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent, 3, Qt.PenStyle.DashLine))
        inset = 2 if is_small else 16
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), _ROUND, _ROUND)
        font = painter.font()
        font.setPixelSize(15 if is_small else 24)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        inside = self.rect() if is_small else self.rect().adjusted(40, 40, -40, -40)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(inside, flags, self.sentence)
        if self.hint:
            said = painter.boundingRect(inside, int(flags), self.sentence)
            font.setPixelSize(15)
            font.setBold(False)
            painter.setFont(font)
            below = inside.adjusted(0, said.bottom() - inside.top() + 12, 0, 0)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self.hint)
        painter.end()
