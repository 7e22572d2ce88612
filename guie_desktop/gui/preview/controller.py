"""Looking at one photo: which one the preview shows, and where its arrows lead."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from guie_desktop.domain import Photo
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.selection import Selection
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.preview.info_controller import InfoController
from guie_desktop.gui.preview.slide_show import SlideShow
from guie_desktop.gui.preview.tool_line import Hint
from guie_desktop.gui.preview.view import PreviewView
from guie_desktop.language import ntr

_AHEAD = 2
"""Photos that are decoded before they are looked at, in the direction in which the user leafs."""


class PreviewController(QObject):
    """Opens the preview from a gallery and walks through that gallery."""

    left = Signal()
    """The preview was closed, and the gallery where it was opened is not on screen to take the keyboard."""

    def __init__(
        self, view: PreviewView, selection: Selection, loader: TileLoader, services: Services, slide_seconds: int
    ) -> None:
        super().__init__(view)
        self._view, self._selection, self._loader = view, selection, loader
        self._gallery: Gallery | None = None
        """Where the preview was opened."""
        self._direction = 1
        self._turns: dict[int, int] = {}
        """How photos were turned while the program runs, by id."""
        self._was_maximized = False
        self.slides = SlideShow(slide_seconds, self)
        self._info = InfoController(view.info, services)
        view.step_asked.connect(self._step)
        view.space_pressed.connect(self._space)
        view.pace_asked.connect(self._change_pace)
        view.closed.connect(self._step_out)
        view.area.part_marked.connect(selection.mark)
        view.strip.row_asked.connect(self._go_to)
        loader.arrived.connect(self._retell)
        self.slides.next_asked.connect(self._next_slide)
        self.slides.changed.connect(self._show_slides)

    def watch(self, gallery: Gallery) -> None:
        """Open what is double-clicked there."""
        gallery.opened.connect(partial(self.open, gallery))

    @Slot()
    def open_chosen(self) -> None:
        """Show the first of the chosen photos."""
        gallery = self._selection.gallery
        if rows := gallery.chosen_rows():
            self.open(gallery, rows[0])

    @Slot()
    def follow(self) -> None:
        """Show what became the current photo of the gallery; close where there is none."""
        if not self._view.isVisible() or self._gallery is None:
            return
        row = self._gallery.grid.currentIndex().row()
        photo = self._gallery.photo_at(row)
        if photo is None:
            self.close()
        elif self._view.photo is None or photo.id != self._view.photo.id:
            self._show(self._gallery, photo, row)
        else:
            self._tell_facts()

    def open(self, gallery: Gallery, row: int) -> None:
        """Show the photo in this row of a gallery."""
        if gallery.photo_at(row) is not None:
            self._gallery, self._direction = gallery, 1
            self._go_to(row)

    @Slot()
    def close(self) -> None:
        """Back to the grid, where the photo that was seen last is the current one."""
        if not self._view.isVisible():
            return
        self.slides.end()
        self._leave_full_screen()
        self._view.dismiss()
        self._selection.look_away()
        if self._gallery is not None and self._gallery.isVisible():
            self._gallery.setFocus()
        else:
            self.left.emit()

    @Slot()
    def toggle_full_screen(self) -> None:
        """Show the picture alone on the whole screen, or in the window again."""
        window = self._view.window()
        if window.isFullScreen():
            self._leave_full_screen()
        else:
            self._was_maximized = window.isMaximized()
            self._view.set_bare(True)
            window.showFullScreen()

    @Slot()
    def toggle_info(self) -> None:
        """Show beside the picture what is known of the photo, or not."""
        self._view.show_info(self._view.info.isHidden())
        self._tell_facts()

    @Slot()
    def toggle_strip(self) -> None:
        """Show the photos around this one below it, or not."""
        self._view.show_strip(self._view.strip.isHidden())

    def turn(self, by: int) -> None:
        """Turn the view of the photo by so many quarters to the right; the file stays as it is."""
        if (photo := self._view.photo) is not None:
            self._turns[photo.id] = (self._view.area.turns + by) % 4
            self._view.area.turn(self._turns[photo.id])

    @Slot()
    def _step_out(self) -> None:
        if self.slides.is_on:
            self.slides.end()
            self._leave_full_screen()
        elif self._view.window().isFullScreen():
            self._leave_full_screen()
        else:
            self.close()

    @Slot(int)
    def _step(self, by: int) -> None:
        if self._gallery is not None:
            self._direction = by
            self._go_to(self._gallery.grid.currentIndex().row() + by)

    @Slot(int)
    def _go_to(self, row: int) -> None:
        gallery = self._gallery
        photo = None if gallery is None else gallery.photo_at(row)
        if gallery is not None and photo is not None:
            gallery.grid.go_to(row)
            self._show(gallery, photo, row)

    def _show(self, gallery: Gallery, photo: Photo, row: int) -> None:
        steps = [*(self._direction * step for step in range(1, _AHEAD + 1)), -self._direction]
        ahead = (gallery.photo_at(row + step) for step in steps)
        self._view.show_photo(
            photo,
            self._loader.picture(photo),
            gallery.photos.hit_of(photo.id),
            is_first=row == 0,
            is_last=row == len(gallery.photos.ids) - 1,
            turns=self._turns.get(photo.id, 0),
            ahead=[near for near in ahead if near is not None and not self._loader.is_offline(near)],
            is_away=self._loader.is_offline(photo),
        )
        self._view.strip.show_row(gallery, row)
        self.slides.start_anew()
        self._selection.look_at(gallery, photo)
        self._tell_facts()

    @Slot()
    def _retell(self) -> None:
        """The photo that is seen may have another rating now, or hold another picture."""
        seen, gallery = self._view.photo, self._gallery
        known = self._loader.photo(seen.id) if seen is not None else None
        if seen is None or gallery is None or known is None:
            return
        now = gallery.photos.as_shown(known)
        if now.picture_hash != seen.picture_hash:
            self._show(gallery, now, gallery.grid.currentIndex().row())
        elif now != seen:
            self._view.tell(now, gallery.photos.hit_of(now.id))
            self._tell_facts()

    def _tell_facts(self) -> None:
        photo, gallery = self._view.photo, self._gallery
        if photo is not None and gallery is not None and self._view.info.isVisible():
            self._info.show(photo, gallery.photos.hit_of(photo.id))

    # --- full screen and slide show

    def _leave_full_screen(self) -> None:
        window = self._view.window()
        if window.isFullScreen():
            self._view.set_bare(False)
            window.showMaximized() if self._was_maximized else window.showNormal()

    @Slot()
    def toggle_slides(self) -> None:
        """Show one photo after the other on the whole screen, or stay at this one."""
        self.slides.toggle()
        if self.slides.is_on != self._view.window().isFullScreen():
            self.toggle_full_screen()

    @Slot()
    def _space(self) -> None:
        if self.slides.is_on:
            self.slides.pause_or_go_on()
        else:
            self._step(1)

    @Slot(int)
    def _change_pace(self, by: int) -> None:
        if self.slides.is_on:
            self.slides.change_pace(by)

    @Slot()
    def _next_slide(self) -> None:
        if self._gallery is not None:
            self._direction = 1
            self._go_to((self._gallery.grid.currentIndex().row() + 1) % max(1, len(self._gallery.photos.ids)))

    @Slot()
    def _show_slides(self) -> None:
        self._view.hint_at(None if not self.slides.is_on else _told(self.slides))
        self._view.setCursor(Qt.CursorShape.ArrowCursor)


def _told(slides: SlideShow) -> Hint:
    seconds = slides.seconds
    in_full = ntr(
        "Slide show, {number} second a photo: Space pauses · ↑ ↓ change the seconds · Esc ends it",
        "Slide show, {number} seconds a photo: Space pauses · ↑ ↓ change the seconds · Esc ends it",
        seconds,
    )
    if slides.is_paused:
        in_full = ntr(
            "Slide show, {number} second a photo: paused, Space goes on · ↑ ↓ change the seconds · Esc ends it",
            "Slide show, {number} seconds a photo: paused, Space goes on · ↑ ↓ change the seconds · Esc ends it",
            seconds,
        )
    return in_full, ntr("{number} second · Esc ends it", "{number} seconds · Esc ends it", seconds)
