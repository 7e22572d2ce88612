"""The page of a library without folders: the first thing that a new user sees."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from guie_desktop.gui.desktop.file_names import readable_path
from guie_desktop.gui.look.icons import icon_pixmap, recolour_icon
from guie_desktop.gui.look.spoken import Role, announce, speak_as
from guie_desktop.gui.look.style_sheet import set_style
from guie_desktop.gui.look.theme import WIDE
from guie_desktop.gui.widgets.actions import key_text
from guie_desktop.gui.widgets.buttons import push_button
from guie_desktop.gui.widgets.flowing import Flowing
from guie_desktop.gui.widgets.labels import centred_label
from guie_desktop.language import ntr, tr, tr_noop

if TYPE_CHECKING:
    from guie_desktop.disk.photo_count import PhotoCount

_PROMISE = tr_noop("Everything happens on this computer. Your photos are never changed or sent away.")


class Welcome(QWidget):
    """Offers the user's folder of pictures, if there is one, or any other."""

    add_asked = Signal()
    pictures_asked = Signal(object)
    count_asked = Signal(object)
    """How many photos does this folder hold? `show_count` is the answer."""

    def __init__(self, pictures_folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder, self._is_counted, self._said = pictures_folder, False, ""
        self._icon = QLabel()
        speak_as(self._icon, Role.Whitespace)  # decoration: the words below say it all
        self.add = push_button(tr("Add folder…"), "folder-add", tooltip=key_text(QKeySequence("Ctrl+Shift+O")))
        self.add.clicked.connect(self.add_asked)
        self.pictures: QPushButton | None = None
        self.found = centred_label("", "muted")
        buttons = Flowing(where=Qt.AlignmentFlag.AlignHCenter)
        if pictures_folder is not None:
            self.pictures = push_button(tr("Add {folder}", folder=readable_path(pictures_folder)), "folder")
            self.pictures.clicked.connect(self._ask_for_pictures)
            buttons.addWidget(self.pictures)
        buttons.addWidget(self.add)
        self._put_first(self.pictures or self.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(36, 28, 36, 28)
        layout.setSpacing(WIDE)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(centred_label(tr("Drop a folder of photos here"), "title"))
        layout.addWidget(centred_label(tr("Then give it any photo, and it shows you those that look alike."), "muted"))
        layout.addLayout(buttons)
        layout.addWidget(self.found)
        layout.addStretch(3)
        layout.addWidget(centred_label(tr(_PROMISE), "muted"))

    def show_count(self, count: "PhotoCount") -> None:
        """Say what the folder of pictures holds; where that is nothing, another one is to be added."""
        assert self._folder is not None
        assert self.pictures is not None
        name = readable_path(self._folder)
        if count.photos and count.is_all:
            said = ntr("{folder} holds {number} photo.", "{folder} holds {number} photos.", count.photos, folder=name)
        elif not count.is_all:
            said = ntr(
                "{folder} holds more than {number} photo.",
                "{folder} holds more than {number} photos.",
                count.photos,
                folder=name,
            )
        else:
            said = tr("No photos were found in {folder}: add the folder that yours are in.", folder=name)
            had_focus = self.pictures.hasFocus()
            self.pictures.hide()
            self._put_first(self.add)
            if had_focus:
                self.add.setFocus()
        self._said = said
        self._say(said)

    @Slot()
    def show_idle(self) -> None:
        """Nothing is being added: that went wrong, which is told elsewhere."""
        self._say(self._said)

    @Slot()
    def _ask_for_pictures(self) -> None:
        assert self._folder is not None
        self._say(tr("Adding {folder}…", folder=readable_path(self._folder)))  # the worker may still be starting
        self.pictures_asked.emit(self._folder)

    def _say(self, text: str) -> None:
        self.found.setText(text)
        self.found.setAccessibleName(text)
        announce(self.found)

    def _put_first(self, button: QPushButton) -> None:
        """Let one stand out and have the keyboard: it is meant, unless the user means another."""
        set_style(button, "primary", True)
        recolour_icon(button)
        self.setFocusProxy(button)

    def showEvent(self, event: QShowEvent) -> None:
        """What the folder holds is of interest now, and once."""
        super().showEvent(event)
        if self._folder is not None and not self._is_counted:
            self._is_counted = True
            self.count_asked.emit(self._folder)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame that says: here."""
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        self._icon.setPixmap(icon_pixmap("photos", colour, 72, self.devicePixelRatioF()))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Dark), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(20, 20, -20, -20), 14, 14)
        painter.end()
