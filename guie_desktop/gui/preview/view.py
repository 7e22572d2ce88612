"""One photo, large, over the window: look closer, go on to the next, search by a part of it."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.domain import Hit, Photo, Region
from guie_desktop.gui.backend.pictures import PictureRequest, Pictures
from guie_desktop.gui.desktop.file_names import readable, readable_path
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.look.wording import counted, remarks, size_text, taken_text
from guie_desktop.gui.photos.photo_list import OFFLINE, other_places
from guie_desktop.gui.preview.picture_area import PictureArea
from guie_desktop.gui.widgets.buttons import push_button, set_words, tool_button
from guie_desktop.gui.widgets.labels import ElidedLabel, plain_label
from guie_desktop.pictures.small_pictures import PREVIEW

_HINT = "Drag over a part of the photo to look for that part"


class PreviewView(QWidget):
    """Shows a photo; which is the next is the controller's."""

    closed = Signal()
    step_asked = Signal(int)
    similar_asked = Signal()
    """Of the part that is marked, or else of the photo."""
    play_asked = Signal()
    """Of a video."""
    covers = Signal(bool)
    """Whether the window lies under the preview now."""
    menu_asked = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.photo: Photo | None = None
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = ElidedLabel()
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.facts = ElidedLabel(muted=True)
        tooltip = "Find look-alikes of this photo, or of the part that you marked (S)"
        self.similar = push_button("Find similar", "similar", primary=True, tooltip=tooltip)
        self.similar.clicked.connect(self.similar_asked)
        self.play = push_button("Play", "play", tooltip="Play the video with your default program (Ctrl+Shift+Return)")
        self.play.clicked.connect(self.play_asked)
        self.area = PictureArea()
        self.area.part_marked.connect(self._name_search)
        previous = tool_button("left", "Previous photo (Left)", 22)
        previous.clicked.connect(lambda: self.step_asked.emit(-1))
        following = tool_button("right", "Next photo (Right)", 22)
        following.clicked.connect(lambda: self.step_asked.emit(1))
        self._steps = {-1: previous, 1: following}
        self._is_offline = False
        self.hint = plain_label(_HINT, style="muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = QHBoxLayout()
        middle.setContentsMargins(GAP, 0, GAP, 0)
        middle.setSpacing(GAP)
        middle.addWidget(previous)
        middle.addWidget(self.area, 1)
        middle.addWidget(following)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._top_line())
        layout.addLayout(middle, 1)
        layout.addWidget(self.hint)
        layout.addSpacing(GAP)
        self.hide()

    def _top_line(self) -> QHBoxLayout:
        more = tool_button("more", "What else can be done with this photo", 22)
        more.clicked.connect(lambda: self.menu_asked.emit(more.mapToGlobal(more.rect().bottomLeft())))
        close = tool_button("close", "Close (Esc)", 22)
        close.clicked.connect(self.closed)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.name)
        texts.addWidget(self.facts)
        top = QHBoxLayout()
        top.setContentsMargins(16, GAP, 12, GAP)
        top.setSpacing(GAP)
        top.addLayout(texts, 1)
        for widget in (self.play, self.similar, more, close):
            top.addWidget(widget)
        return top

    def show_photo(
        self, photo: Photo, small: QPixmap | None, hit: Hit | None = None, *, is_first: bool, is_last: bool
    ) -> None:
        """Show the small picture at once and the large one when it is there; of a hit also where else it lies."""
        self.photo = photo
        self.name.set_text(readable(photo.path.name))
        facts = [
            readable_path(photo.path.parent),
            f"{photo.width} × {photo.height}",
            size_text(photo.bytes),
            taken_text(photo),
            *remarks(photo),
        ]
        if hit is not None and len(hit.places) > 1:
            facts.append(f"{counted(len(hit.places), 'place')}, also {', '.join(other_places(hit))}")
        self.facts.set_text(" · ".join(facts))
        self.play.setVisible(photo.kind == "video")
        self._steps[-1].setEnabled(not is_first)
        self._steps[1].setEnabled(not is_last)
        self.area.show_small(small, QSize(photo.width, photo.height))
        self._name_search(None)

        def then(image: QImage) -> None:
            if self.photo is photo:
                self.area.show_large(image)

        def failed(title: str, remedy: str) -> None:
            if self.photo is photo and not self._is_offline:
                self.area.show_failure(f"{title} {remedy}".strip())

        self._pictures.fetch(PictureRequest(photo.path, PREVIEW, then, failed, photo.moment), photo.picture_hash)
        self.covers.emit(True)
        self.show()
        self.raise_()
        self.setFocus()

    def tell_offline(self, offline: bool) -> None:
        """Say whether the photo's drive is not connected, which is why there may be a small picture only."""
        self._is_offline = offline
        self.hint.setText(OFFLINE if offline else _HINT)

    def dismiss(self) -> None:
        """Close the preview."""
        self.photo = None
        self.area.show_small(None, QSize())
        self.hide()
        self.covers.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Esc first takes the mark away."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Space: 1,
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_PageDown: 1,
        }
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.step_asked.emit(steps[key])
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    @Slot()
    def leave(self) -> None:
        """One step out: the mark goes first, then the preview."""
        if self.area.part is not None:
            self.area.unmark()
        else:
            self.closed.emit()

    @Slot(object)
    def _name_search(self, part: Region | None) -> None:
        set_words(self.similar, "Find similar" if part is None else "Find this part", has_icon=True)
