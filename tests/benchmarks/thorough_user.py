"""A user of the real window who in time does all that can be done in it, at a person's pace or faster."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QItemSelectionModel, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from guie_desktop.asking import COLOURS, EVERYTHING, Filter
from guie_desktop.domain import ALL_PHOTOS, Place
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.photo_grid import PhotoGrid
from guie_desktop.messages import ImportAlbums
from guie_desktop.settings import LARGEST_TILE, SMALLEST_TILE
from tests.benchmarks.scrolling import turn_wheel

_NEWEST = 200
_WORDS = ("apple", "milk", "carton", "red pepper", "lemon", "juice", "Kiwi", "orange", "bottle", "Pear 2", "yoghurt")


class ThoroughUser:
    """Does one thing after the other; all waits are as long as `pace` says, 1 being a person's."""

    def __init__(self, conductor: Conductor, outside: Sequence[Path], pace: float = 1.0) -> None:
        """`outside` are photos that are dropped on the window."""
        self._conductor, self._outside, self._pace = conductor, outside, pace
        self._chance = random.Random(3)
        self.doing = "begun"
        self.done: dict[str, int] = {}

    def act(self) -> None:
        """One thing, and then a look at what is there."""
        often = (self.scroll, self.leaf, self.look_closely, self.search, self.type_words, self.drop)
        seldom = (self.jump, self.resize, self.filter, self.use_map, self.compare, self.use_album, self.see_slides)
        rare = (self.scroll_all, self.open_duplicates, self.open_settings, self.make_album)
        self.do(self._chance.choice(4 * often + 2 * seldom + rare))
        self._rest(2)

    def do(self, act: Callable[[], None]) -> None:
        """Act so, and come back."""
        self.doing = act.__name__
        self.done[self.doing] = self.done.get(self.doing, 0) + 1
        act()
        self._come_back()

    # --- browsing

    def scroll(self) -> None:
        for _ in range(4):
            turn_wheel(self._grid, 20)
            self._rest(1)

    def jump(self) -> None:
        bar = self._grid.verticalScrollBar()
        for _ in range(3):
            bar.setValue(self._chance.randint(0, bar.maximum()))
            self._rest(1)

    def resize(self) -> None:
        for size in (self._chance.choice((SMALLEST_TILE, 120, 260)), LARGEST_TILE, 184):
            self._grid.set_tile_size(size)
            self._rest(2)

    def scroll_all(self) -> None:
        """To the end and back, in three sizes."""
        grid = self._grid
        bar = grid.verticalScrollBar()
        for size in (184, SMALLEST_TILE, LARGEST_TILE):
            grid.set_tile_size(size)
            self._rest(0.5)
            down = list(range(0, bar.maximum() + 1, max(1, bar.maximum() // 100, 3 * grid.viewport().height() // 4)))
            for top in down + down[::-2]:
                bar.setValue(top)
                self._rest(0.15)
        grid.set_tile_size(184)

    # --- the large view

    def leaf(self) -> None:
        """Through some dozens, most of them as fast as they are recognised, and back."""
        self._open_large()
        for number in range(self._chance.randint(20, 40)):
            self._press(Qt.Key.Key_PageDown if number % 9 != 8 else Qt.Key.Key_PageUp)
            self._rest(self._chance.choice((0.3, 0.3, 0.6, 1.2)))

    def look_closely(self) -> None:
        """At some photos one after the other: all their pixels, here and there and from farther off."""
        self._open_large()
        area = self._conductor.window.preview.area
        for _ in range(5):
            area.zoom(1.0, QPointF(100, 100))
            self._rest(1)
            for _ in range(4):
                area.pan(QPointF(-150, -100))
                self._rest(0.3)
            area.step(-2)
            self._rest(0.5)
            self._press(Qt.Key.Key_PageDown)
            self._rest(0.7)

    def leaf_far(self, photos: int) -> None:
        """See so many photos large, one after the other, and all pixels of every tenth."""
        self._conductor.preview.open(self._gallery, 0)
        for number in range(photos):
            self._press(Qt.Key.Key_PageDown)
            self._rest(0.2)
            if number % 10 == 9:
                self._conductor.window.preview.area.zoom(1.0, QPointF(100, 100))
                self._rest(0.4)

    def see_slides(self) -> None:
        preview = self._conductor.preview
        self._open_large()
        preview.toggle_slides()
        self._rest(15)
        preview.toggle_slides()
        preview.toggle_info()
        preview.toggle_strip()
        self._rest(1)

    def compare(self) -> None:
        """Four photos beside each other, closely."""
        first = self._a_row()
        chosen = self._grid.selectionModel()
        chosen.clearSelection()
        for row in range(first, min(first + 4, self._gallery.photos.rowCount())):
            chosen.select(self._gallery.photos.index(row), QItemSelectionModel.SelectionFlag.Select)
        self._rest(0.5)
        self._conductor.compare.open()
        self._rest(3)

    # --- searching

    def search(self) -> None:
        """Look for photos like one of them, and for some like the hits."""
        gallery: Gallery = self._conductor.window.browsing
        search = self._conductor.search
        for _ in range(3):
            photo = gallery.photo_at(self._a_row())
            if photo is not None:
                search.look_for_photos([photo])
                self._rest(1.5)
                turn_wheel(self._grid, 5)
                self._rest(1)
                gallery = self._gallery

    def type_words(self) -> None:
        words = self._chance.choice(_WORDS)
        for end in range(1, len(words) + 1):
            self._conductor.search.state.describe(words[:end], typing=True)
            self._rest(0.15)
        self._conductor.search.state.describe(words)
        self._rest(2)

    def drop(self) -> None:
        """A photo that is not in the library."""
        window, mime = self._conductor.window, QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self._chance.choice(self._outside)))])
        copy, left, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        place = window.rect().center()
        QApplication.sendEvent(window, QDragEnterEvent(place, copy, mime, left, keys))
        self._rest(0.5)
        QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, mime, left, keys))
        self._rest(3)
        turn_wheel(self._grid, 5)

    def filter(self) -> None:
        filters = self._conductor.filters
        for part in (
            Filter(colours=(self._chance.choice(COLOURS),)),
            Filter(shapes=("portrait",)),
            Filter(least_pixels=self._chance.choice((1_000_000, 8_000_000))),
        ):
            filters.choose(part)
            self._rest(2)
            turn_wheel(self._grid, 5)
        filters.show(EVERYTHING)

    # --- pages

    def use_map(self) -> None:
        screen = self._conductor.screens.map
        screen.open()
        self._rest(3)
        view = screen.page.gallery.view
        for _ in range(3):
            view.zoom(1)
            self._rest(1)
            view.pan(self._chance.uniform(-300, 300), self._chance.uniform(-200, 200))
            self._rest(1)
        view.show_all()
        self._rest(1)

    def open_duplicates(self) -> None:
        self._conductor.screens.duplicates.open()
        self._rest(6)

    def open_settings(self) -> None:
        self._conductor.screens.preferences.open()
        self._rest(3)

    # --- albums

    def make_album(self) -> None:
        """Of some photos that lie beside each other."""
        gallery, first = self._conductor.window.browsing, self._a_row()
        ids = tuple(gallery.photos.ids[first : first + 8])
        self._conductor.albums.controller.create(f"Album {self.done['make_album']}", ids)
        self._rest(2)

    def import_albums(self) -> None:
        """Of the folders in those of the library."""
        overview = self._conductor.browsing.overview
        for folder in () if overview is None else overview.folders:
            self._conductor.client.ask(ImportAlbums(folder.path))
        self._rest(5)

    def learn(self) -> None:
        self._conductor.learning.controller.learn()
        self._rest(20)

    def use_album(self) -> None:
        """See one, and answer to some suggestions."""
        sidebar = self._conductor.window.sidebar
        albums = sidebar.albums.albums
        if not albums:
            return
        sidebar.go_to(Place(album_id=self._chance.choice(albums).id))
        self._rest(3)
        for _ in range(5):
            self._conductor.albums.suggestions.decide(self._chance.choice(("member", "not")))
            self._rest(1)

    # --- what all do

    @property
    def _gallery(self) -> Gallery:
        return self._conductor.window.shown_gallery()

    @property
    def _grid(self) -> PhotoGrid:
        return self._gallery.grid

    def _a_row(self) -> int:
        """Half of the time one of the newest, which are those that were added."""
        photos = self._gallery.photos.rowCount()
        return self._chance.randrange(max(1, self._chance.choice((photos, min(photos, _NEWEST)))))

    def _open_large(self) -> None:
        self._conductor.preview.open(self._gallery, self._a_row())
        self._rest(1)

    def _press(self, key: Qt.Key) -> None:
        view: QWidget = self._conductor.window.preview
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(view, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))

    def _come_back(self) -> None:
        """To all photos, with nothing over them."""
        for _ in range(4):
            self._conductor.navigation.step_out()
            self._rest(0.3)
        sidebar = self._conductor.window.sidebar
        sidebar.go_to(ALL_PHOTOS)
        self._rest(0.5)

    def _rest(self, seconds: float) -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds * self._pace), loop.quit)
        loop.exec()
