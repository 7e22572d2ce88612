"""One photo, large, over the window: look closer, go on to the next, search by a part of it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.asking import Hit
from guie_desktop.domain import Photo, Region
from guie_desktop.gui.backend.mapped_pixels import MappedPixels
from guie_desktop.gui.backend.pictures import Pictures
from guie_desktop.gui.desktop.file_names import readable
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.photos.photo_facts import summary
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.preview.film_strip import FilmStrip
from guie_desktop.gui.preview.info_panel import InfoPanel
from guie_desktop.gui.preview.picture_area import PictureArea
from guie_desktop.gui.preview.sharp_pictures import SharpPictures
from guie_desktop.gui.preview.tool_line import Hint, ToolLine, hint_for, step_button
from guie_desktop.gui.widgets.buttons import push_button, set_words, tool_button
from guie_desktop.gui.widgets.labels import ElidedLabel
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.language import tr, tr_noop

AWAY = tr_noop("The drive of this photo is not connected. Connect it to see the photo large.")
_PAN = 80.0
"""Pixels of the layout that an arrow moves a zoomed picture."""
_STEPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ARROWS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}


class PreviewView(QWidget):
    """Shows a photo; which is the next is the controller's."""

    closed = Signal()
    step_asked = Signal(int)
    space_pressed = Signal()
    pace_asked = Signal(int)
    """Up or Down where nothing is to be panned."""
    similar_asked = Signal()
    """Of the part that is marked, or else of the photo."""
    play_asked = Signal()
    """Of a video."""
    covers = Signal(bool)
    """Whether the window lies under the preview now."""
    menu_asked = Signal(object)

    def __init__(self, pictures: Pictures, loader: TileLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, Role.Pane)
        self._pictures = pictures
        self.sharp = SharpPictures(pictures, self)
        self.photo: Photo | None = None
        self._is_away = False
        self._is_bare = False
        self._special_hint: Hint | None = None
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda point: self.menu_asked.emit(self.mapToGlobal(point)))
        self.name = ElidedLabel(is_name=True)
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.facts = ElidedLabel(muted=True)
        tooltip = tr("Find look-alikes of this photo, or of the part that you marked (S)")
        self.similar = push_button(tr("Find similar"), "similar", primary=True, tooltip=tooltip)
        self.similar.clicked.connect(self.similar_asked)
        playing = tr("Play the video with your default program (Ctrl+Shift+Return)")
        self.play = push_button(tr("Play"), "play", tooltip=playing)
        self.play.clicked.connect(self.play_asked)
        self.area = PictureArea()
        self.strip = FilmStrip(loader)
        self.info = InfoPanel()
        self.info.hide()
        self.tools = ToolLine()
        self._build()
        self.area.part_marked.connect(self._name_search)
        self.area.sight_changed.connect(self._tell_sight)
        self.area.pixels_wanted.connect(self._fetch_pixels)
        self.sharp.arrived.connect(self._show_sharp)
        self.sharp.failed.connect(self._show_failure)
        self.show_strip(True)
        self.hide()

    def _build(self) -> None:
        previous, following = (step_button(by, right_to_left=self.isRightToLeft()) for by in (-1, 1))
        previous.clicked.connect(lambda: self.step_asked.emit(-1))
        following.clicked.connect(lambda: self.step_asked.emit(1))
        self._steps = {-1: previous, 1: following}
        self._middle = middle = QHBoxLayout()
        middle.setContentsMargins(GAP, 0, GAP, 0)
        middle.setSpacing(GAP)
        middle.addWidget(previous)
        middle.addWidget(self.area, 1)
        middle.addWidget(following)
        middle.addWidget(self.info)
        self._top = self._top_line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addLayout(middle, 1)
        layout.addWidget(self.strip)
        layout.addWidget(self.tools)

    def _top_line(self) -> QWidget:
        more = tool_button("more", tr("What else can be done with this photo"), 22)
        more.clicked.connect(lambda: self.menu_asked.emit(more.mapToGlobal(more.rect().bottomLeft())))
        close = tool_button("close", tr("Close (Esc)"), 22)
        close.clicked.connect(self.closed)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.name)
        texts.addWidget(self.facts)
        line = QWidget()
        top = QHBoxLayout(line)
        set_margins(top, 16, GAP, 12, GAP)
        top.setSpacing(GAP)
        top.addLayout(texts, 1)
        for widget in (self.play, self.similar, more, close):
            top.addWidget(widget)
        return line

    def show_photo(
        self,
        photo: Photo,
        small: QPixmap | None,
        hit: Hit | None = None,
        *,
        is_first: bool,
        is_last: bool,
        turns: int = 0,
        ahead: Sequence[Photo] = (),
        is_away: bool = False,
    ) -> None:
        """Show the small picture at once and the large one when it is there; of a hit also where else it lies.

        `ahead` are those that may be looked at next. One that `is_away` lies on a drive that is not connected.
        """
        self._is_away = is_away
        self.tell(photo, hit)
        self.play.setVisible(photo.kind == "video")
        self._steps[-1].setEnabled(not is_first)
        self._steps[1].setEnabled(not is_last)
        self.area.enlarges_small = not is_away
        self.area.show_small(small, QSize(photo.width, photo.height), turns, None if hit is None else hit.box)
        self._tell_sight()
        self._name_search(None)
        self.covers.emit(True)
        self.show()
        self.raise_()
        self.setFocus()
        if (sharp := self.sharp.picture(photo)) is not None:
            self.area.show_large(sharp)
        elif is_away:
            self.area.show_failure(tr(AWAY))
        self.sharp.want(photo, ahead)

    def tell(self, photo: Photo, hit: Hit | None) -> None:
        """Say above the picture what is known of its photo now."""
        self.photo = photo
        self.name.set_text(readable(photo.path.name))
        in_full, *shorter = summary(photo, hit)
        self.facts.shorten_to(tuple(shorter))
        self.facts.set_text(in_full)
        for widget in (self, self.area):
            widget.setAccessibleName(self.name.text)
            widget.setAccessibleDescription(in_full)

    def dismiss(self) -> None:
        """Close the preview."""
        self.photo = None
        self.area.set_marking(False)
        self.area.show_small(None, QSize())
        self.sharp.forget()
        self.hide()
        self.covers.emit(False)

    # --- what is beside the picture

    def show_strip(self, shown: bool) -> None:
        """Show the film strip, or not."""
        self.tools.strip.setChecked(shown)
        self.strip.setVisible(shown and not self._is_bare)

    def show_info(self, shown: bool) -> None:
        """Show what is known of the photo, or not."""
        self.tools.info.setChecked(shown)
        self.info.setVisible(shown)

    def set_bare(self, bare: bool) -> None:
        """Show the picture alone, as on the full screen."""
        self._is_bare = self.area.on_black = bare
        side = 0 if bare else GAP
        self._middle.setContentsMargins(side, 0, side, 0)
        self._middle.setSpacing(side)
        for widget in (self._top, self.tools, *self._steps.values()):
            widget.setVisible(not bare)
        self.show_strip(self.tools.strip.isChecked())
        self.info.setVisible(self.tools.info.isChecked() and not bare)

    def hint_at(self, hint: Hint | None) -> None:
        """Tell this in place of what the keys do."""
        self._special_hint = hint
        self._tell_sight()

    @Slot()
    def toggle_marking(self) -> None:
        """Let a drag mark a part to look for, or no more."""
        self.mark(not self.area.marks)

    def mark(self, marks: bool) -> None:
        """Let a drag mark a part to look for, or move the picture."""
        self.area.set_marking(marks)
        self.tools.part.setChecked(marks)
        if not marks and self.area.part is not None:
            self.area.unmark()
        self._tell_sight()

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, or move a picture that is zoomed; Esc leads out step by step."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.step_asked.emit(_STEPS[key])
        elif key == Qt.Key.Key_Space:
            self.space_pressed.emit()
        elif key in _ARROWS:
            self._arrow(_ARROWS[key])
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _arrow(self, way: QPointF) -> None:
        if self.area.is_zoomed:
            self.area.pan(way * _PAN)
        elif way.x():
            self.step_asked.emit(round(way.x() if self.isRightToLeft() else -way.x()))
        else:
            self.pace_asked.emit(round(way.y()))

    @Slot()
    def leave(self) -> None:
        """One step out: the mark goes first, then the preview."""
        if self.area.marks:
            self.mark(False)
        else:
            self.closed.emit()

    # --- what arrives

    @Slot(object)
    def _show_sharp(self, photo: Photo) -> None:
        sharp = self.sharp.picture(photo)
        if self._shows(photo) and sharp is not None:
            self.area.show_large(sharp)

    @Slot(object, str)
    def _show_failure(self, photo: Photo, sentence: str) -> None:
        if self._shows(photo):
            self.area.enlarges_small = False
            self.area.show_failure(tr(AWAY) if self._is_away else sentence)

    def _shows(self, photo: Photo) -> bool:
        return self.photo is not None and self.photo.picture_hash == photo.picture_hash

    @Slot()
    def _fetch_pixels(self) -> None:
        photo = self.photo
        if photo is None or self._is_away:
            return

        def then(pixels: MappedPixels) -> None:
            if self._shows(photo):
                self.area.show_pixels(pixels)
                self._tell_sight()

        self._pictures.fetch_pixels(photo.path, photo.moment, then)

    @Slot()
    def _tell_sight(self) -> None:
        self.tools.show_scale(self.area.scale)
        self.tools.say(self._special_hint or hint_for(self.area, is_away=self._is_away))

    @Slot(object)
    def _name_search(self, part: Region | None) -> None:
        set_words(self.similar, tr("Find similar") if part is None else tr("Find this part"), has_icon=True)
