"""Two to four photos beside each other over the window, zoomed and moved together."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from guie_desktop.domain import Photo
from guie_desktop.gui.backend.mapped_pixels import MappedPixels
from guie_desktop.gui.backend.pictures import Pictures
from guie_desktop.gui.look.spoken import Role, speak_as
from guie_desktop.gui.look.theme import GAP
from guie_desktop.gui.preview.compare_pane import ComparePane
from guie_desktop.gui.preview.sharp_pictures import SharpPictures
from guie_desktop.gui.preview.sight import Fit
from guie_desktop.gui.preview.view import AWAY
from guie_desktop.gui.widgets.buttons import push_button, tool_button
from guie_desktop.gui.widgets.labels import ElidedLabel, plain_label
from guie_desktop.gui.widgets.margins import set_margins
from guie_desktop.language import tr, tr_noop

FEWEST, MOST = 2, 4
_HINT = (
    tr_noop("Click or ← → choose one · wheel, + and − zoom · 0 shows all · 1 own size · L zooms one alone · Esc ends"),
    tr_noop("← → choose one · + − zoom · 0 all · L alone · Esc ends"),
    tr_noop("← → choose one · + − zoom"),
    tr_noop("+ − zoom"),
)
_ZOOMS: dict[Qt.Key, Fit | float] = {Qt.Key.Key_0: "fit", Qt.Key.Key_1: 1.0, Qt.Key.Key_2: "fill"}
_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Compared:
    """A photo, what is shown of it at once, and whether it lies on a drive that is not connected."""

    photo: Photo
    small: QPixmap | None
    is_away: bool


class CompareView(QWidget):
    """One of the photos is meant: verbs act on it."""

    closed = Signal()
    meant_changed = Signal(object)
    """The Photo that is meant now."""
    covers = Signal(bool)
    """Whether the window lies under it now."""
    menu_asked = Signal(object)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speak_as(self, Role.Pane)
        self._pictures = pictures
        self._sharp = SharpPictures(pictures, self)
        self._follows = False
        """While others are being made to follow one."""
        self._meant = 0
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The menu is of the photo that is meant; a press on another one has made it that.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda point: self.menu_asked.emit(self.mapToGlobal(point)))
        self.panes = [ComparePane(self) for _ in range(MOST)]
        self.locked = push_button(tr("Zoom together"), tooltip=tr("Zoom and move all photos together (L)"))
        self.locked.setCheckable(True)
        self.locked.setChecked(True)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._build()
        for number, pane in enumerate(self.panes):
            pane.pressed.connect(partial(self.mean, number))
            pane.area.sight_changed.connect(partial(self._let_follow, pane))
            pane.area.pixels_wanted.connect(partial(self._fetch_pixels, pane))
        self._sharp.arrived.connect(self._show_sharp)
        self._sharp.failed.connect(self._show_failure)
        self.hide()

    def _build(self) -> None:
        more = tool_button("more", tr("What else can be done with the chosen photo"), 22)
        more.clicked.connect(lambda: self.menu_asked.emit(more.mapToGlobal(more.rect().bottomLeft())))
        close = tool_button("close", tr("Close (Esc)"), 22)
        close.clicked.connect(self.closed)
        top = QHBoxLayout()
        set_margins(top, 16, GAP, 12, GAP)
        top.addWidget(plain_label(tr("Compare"), style="heading"), 1)
        for widget in (self.locked, more, close):
            top.addWidget(widget)
        in_full, *shorter = map(tr, _HINT)
        hint = ElidedLabel(in_full, shorter=tuple(shorter), muted=True)
        below = QHBoxLayout()
        below.setContentsMargins(16, GAP, 16, GAP)
        below.addWidget(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(self._grid, 1)
        layout.addLayout(below)

    @property
    def photos(self) -> list[Photo]:
        """The photos that are compared."""
        return [pane.photo for pane in self.panes if pane.photo is not None]

    def show_photos(self, compared: Sequence[Compared]) -> None:
        """Show these beside each other; the first is meant."""
        columns = len(compared) if len(compared) < MOST else 2
        for column in range(MOST):
            self._grid.setColumnStretch(column, int(column < columns))
        for number, pane in enumerate(self.panes):
            self._grid.removeWidget(pane)
            one = compared[number] if number < len(compared) else None
            pane.setVisible(one is not None)
            pane.name_photo(None if one is None else one.photo)
            pane.area.enlarges_small = one is not None and not one.is_away
            if one is None:
                pane.area.show_small(None, QSize())
                continue
            self._grid.addWidget(pane, number // columns, number % columns)
            pane.area.show_small(one.small, QSize(one.photo.width, one.photo.height))
            if (sharp := self._sharp.picture(one.photo)) is not None:
                pane.area.show_large(sharp)
            elif one.is_away:
                pane.area.show_failure(tr(AWAY))
        self.covers.emit(True)
        self.show()
        self.raise_()
        self.setFocus()
        first, *others = [one.photo for one in compared]
        self._sharp.want(first, others)
        self.mean(0)

    def dismiss(self) -> None:
        """Close it."""
        for pane in self.panes:
            pane.name_photo(None)
            pane.area.show_small(None, QSize())
        self._sharp.forget()
        self.hide()
        self.covers.emit(False)

    def mean(self, number: int) -> None:
        """Let verbs act on this one."""
        self._meant = number
        for other, pane in enumerate(self.panes):
            pane.mean(other == number)
        if (photo := self.panes[number].photo) is not None:
            pane = self.panes[number]
            self.setAccessibleName(pane.name.text)
            self.setAccessibleDescription(pane.facts.text)
            self.meant_changed.emit(photo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, choose another one, or leave."""
        key, area = Qt.Key(event.key()), self.panes[self._meant].area
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in _ZOOMS:
            area.zoom(_ZOOMS[key])
        elif key in _STEPS:
            area.step(_STEPS[key])
        elif key in _MOVES:
            by = _MOVES[key]
            if self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                by = -by
            self.mean((self._meant + by) % max(1, len(self.photos)))
        elif key == Qt.Key.Key_L:
            self.locked.toggle()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _let_follow(self, pane: ComparePane) -> None:
        mine = pane.area.sizes()
        if self._follows or not self.locked.isChecked() or mine is None:
            return
        self._follows = True
        for other in self.panes:
            if other is not pane and other.photo is not None and (theirs := other.area.sizes()) is not None:
                other.area.look(pane.area.sight.alike(mine, theirs))
        self._follows = False

    def _fetch_pixels(self, pane: ComparePane) -> None:
        photo = pane.photo
        if photo is None:
            return

        def then(pixels: MappedPixels) -> None:
            if pane.photo is photo:
                pane.area.show_pixels(pixels)

        self._pictures.fetch_pixels(photo.path, photo.moment, then)

    @Slot(object)
    def _show_sharp(self, photo: Photo) -> None:
        sharp = self._sharp.picture(photo)
        for pane in self._panes_of(photo):
            if sharp is not None:
                pane.area.show_large(sharp)

    @Slot(object, str)
    def _show_failure(self, photo: Photo, sentence: str) -> None:
        for pane in self._panes_of(photo):
            away = not pane.area.enlarges_small
            pane.area.enlarges_small = False
            pane.area.show_failure(tr(AWAY) if away else sentence)

    def _panes_of(self, photo: Photo) -> list[ComparePane]:
        return [pane for pane in self.panes if pane.photo is not None and pane.photo.picture_hash == photo.picture_hash]
