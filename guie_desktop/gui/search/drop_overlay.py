"""Says over the whole window what letting go of a drag will do."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from guie_desktop.gui.look.spoken import Role, announce, speak_as
from guie_desktop.gui.search.incoming import MOST_FILES, Incoming
from guie_desktop.language import ntr, tr, tr_noop

_ROUND = 14
_SMALL = 160
"""Pixels of height, in which there is room for one line."""
ON_THE_BAR = tr_noop("On the search bar it is added to what you look for.")


def what_a_drop_does(incoming: Incoming, *, adds: bool) -> tuple[str, bool]:
    """The sentence on what a drop of this will do, and whether it can be dropped at all.

    `adds` is whether it would join what is looked for already.
    """
    photos, others = len(incoming.photos), len(incoming.images) - len(incoming.photos)
    if photos > MOST_FILES:
        said = ntr(
            "{number} file is too many: drop {most} at most, or add their folder",
            "{number} files are too many: drop {most} at most, or add their folder",
            photos,
            most=MOST_FILES,
        )
        return said, False
    folders, pictures = len(incoming.folders), photos + (incoming.picture is not None)
    if not folders and not pictures and others:
        return ntr("This is no photo", "There is no photo among these files", others), False
    # Picture data is not read before it is dropped.
    said = _deeds(folders, pictures, adds=adds) if pictures or not folders else _folders_alone(folders)
    if not others:
        return said, True
    left_out = ntr("{number} other file left out", "{number} other files left out", others)
    return tr("{sentence} ({left_out})", sentence=said, left_out=left_out), True


def what_own_photos_do(photos: int, *, adds: bool) -> str:
    """The sentence on what dropping so many photos of the library on the search bar will do."""
    return _deeds(0, photos, adds=adds)


def _folders_alone(folders: int) -> str:
    return ntr("Drop to add this folder", "Drop to add {number} folders", folders)


def _deeds(folders: int, pictures: int, *, adds: bool) -> str:
    """What becomes of pictures, and of folders beside them where there are any."""
    if not folders and adds:
        return ntr("Drop to add it to the search", "Drop to add {number} photos to the search", max(1, pictures))
    if not folders:
        return ntr("Drop to find look-alikes", "Drop to find look-alikes of {number} photos", max(1, pictures))
    if adds and pictures < 2:
        return ntr(
            "Drop to add this folder and to add it to the search",
            "Drop to add {number} folders and to add it to the search",
            folders,
        )
    if adds:
        return ntr(
            "Drop to add this folder and to add {photos} photos to the search",
            "Drop to add {number} folders and to add {photos} photos to the search",
            folders,
            photos=pictures,
        )
    if pictures < 2:
        return ntr(
            "Drop to add this folder and to find look-alikes",
            "Drop to add {number} folders and to find look-alikes",
            folders,
        )
    return ntr(
        "Drop to add this folder and to find look-alikes of {photos} photos",
        "Drop to add {number} folders and to find look-alikes of {photos} photos",
        folders,
        photos=pictures,
    )


class DropOverlay(QWidget):
    """A sheet that lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        speak_as(self, Role.AlertMessage)
        self._covered = parent
        self.sentence = self.hint = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def announce(self, sentence: str, hint: str = "", over: QRect | None = None) -> None:
        """Show what will happen, with a hint below it; over the whole window, or over a part of it."""
        self.sentence, self.hint = sentence, hint
        self.setAccessibleName(f"{sentence} {hint}".strip())
        self.setGeometry(over or self._covered.rect())
        self.raise_()
        self.show()
        self.update()
        announce(self)

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
