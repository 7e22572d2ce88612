"""A window without worker and library, on which every view can be shown at once with photos that are made up."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import skimage
from PIL import Image
from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QDragLeaveEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Hit
from guie_desktop.domain import Album, Counts, Folder, Photo, SavedSearch, SharedLibrary
from guie_desktop.gui.backbones.page import ModelsPage
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.backend.pictures import PictureRequest
from guie_desktop.gui.duplicates.page import DuplicatesPage
from guie_desktop.gui.failures.page import FailuresPage
from guie_desktop.gui.learning.heads_page import HeadsPage
from guie_desktop.gui.learning.report_page import ReportPage
from guie_desktop.gui.look.theme import Theme
from guie_desktop.gui.map.map_gallery import MapGallery
from guie_desktop.gui.map.page import MapPage
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.picture_cache import TileBox
from guie_desktop.gui.photos.scrubber import Scrubber
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.gui.settings.page import SettingsPage
from guie_desktop.gui.shared.page import SharedLibraryPage
from guie_desktop.gui.shell.window import MainWindow
from guie_desktop.language import ntr, tr
from guie_desktop.library.directory_tree import tree_of
from guie_desktop.library.ordered_photos import OrderedPhotos
from guie_desktop.question import Example, Question
from tests.gui.driving import end_drag

SCHEMES = (Qt.ColorScheme.Light, Qt.ColorScheme.Dark)
SIZES = (QSize(1280, 800), QSize(900, 600), QSize(640, 464))
"""A usual window, a small one, and the smallest, which is larger where letters are."""
LONG_NAME = "Cats of the neighbourhood, young and old, seen from the kitchen window"
ALBUMS = (Album(1, "Coffee", 12, 0), Album(2, LONG_NAME, 120_345, 3), Album(3, "Rockets & space", 0, 0))
MANY_ALBUMS = tuple(Album(number, f"Album {number:02}", 7 * number, 0) for number in range(1, 81))
SEARCHES = (
    SavedSearch(1, "Cups & mugs", '{"text": "a cup"}'),
    SavedSearch(2, LONG_NAME, '{"text": "cats"}'),
    SavedSearch(3, "Rockets, 4 stars", '{"which": {"rating": 4}}'),
)
FOLDERS = (
    Folder(1, Path("/media/old drive/Photos"), online=False, photos=120_345),
    Folder(2, Path("/home/someone/Pictures/A folder with a rather long name of its own"), online=True, photos=7),
)
SHARED = SharedLibrary(LONG_NAME, "s3://museum/archive"), SharedLibrary("Archive", "/nas/archive")
OLD, NEW = (folder.path for folder in FOLDERS)
DIRECTORIES = tree_of(
    {
        str(OLD / "1999" / "By the sea"): 120_345,
        str(NEW): 1,
        str(NEW / "2024" / "Summer" / "A journey to the sea and back, by train"): 5,
        str(NEW / "2024" / "Winter"): 1,
    },
    (OLD, NEW),
)
_SOURCES = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")
_PHOTOS = 40
_COPIES = Path("/media/old drive/Photos/by the sea.jpg"), Path("/home/someone/Backup/by the sea (copy).jpg")
_SETTLED_MS = 5000
_TURNS = 12
"""Of the event loop, in which one layout after the other learns of the size that another has now."""


def _draw(name: str) -> tuple[bytes, QSize]:
    with Image.open(Path(skimage.__file__).parent / "data" / name) as opened:
        picture = opened.convert("RGBA")
    size = QSize(*picture.size)
    image = QImage(picture.tobytes(), size.width(), size.height(), QImage.Format.Format_RGBA8888)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 90)  # type: ignore[call-overload]
    return bytes(buffer.data().data()), size


class Shelf(QObject):
    """Photos by id, and their pictures by content, as the catalog and the cache have them."""

    def __init__(self) -> None:
        super().__init__()
        self._jpegs: dict[bytes, bytes] = {}
        self.photos: dict[int, Photo] = {}
        drawn = {name: _draw(name) for name in _SOURCES}
        for number, name in enumerate(islice(cycle(_SOURCES), _PHOTOS), start=1):
            jpeg, size = drawn[name]
            content = name.encode()
            self._jpegs[content] = jpeg
            called = f"{Path(name).stem} {number}.jpg" if number % 7 else f"{LONG_NAME}, {number}.jpeg"
            path = Path("/home/someone/Pictures/Family/A journey to the sea in the summer") / called
            taken = 1_600_000_000.0 + number * 30_000
            photo = Photo(number, 1, path, content, size.width(), size.height(), len(jpeg), 0, taken)
            self.photos[number] = replace(photo, rating=number % 7 % 6, flagged=number % 5 == 2)

    def read(self, ids: Sequence[int]) -> dict[int, Photo]:
        return {number: self.photos[number] for number in ids if number in self.photos}

    def picture(self, content: bytes, _size: int) -> bytes | None:
        return self._jpegs.get(content)

    def fetch(self, request: PictureRequest, content_hash: bytes | None = None) -> None:
        """As Pictures does."""
        jpeg = self._jpegs.get(content_hash or b"")
        if jpeg is None:
            QTimer.singleShot(0, self, lambda: request.failed("The picture could not be read.", "It is not there."))
        else:
            image = QImage.fromData(jpeg)
            QTimer.singleShot(0, self, lambda: request.then(image))


class Stage:
    """The window, and what scenes need to show something in it."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._scheme = Qt.ColorScheme.Unknown
        self.shelf = Shelf()
        self.loader = TileLoader(FailureReporter())
        self.loader.open(self.shelf.read, self.shelf.picture)
        self.window = MainWindow(self.shelf, self.loader, 184, Path("/home/someone/Pictures"))  # type: ignore[arg-type]
        self.failures, self.models = FailuresPage(), ModelsPage()
        self.report, self.versions = ReportPage(self.loader), HeadsPage()
        self.duplicates, self.map = DuplicatesPage(self.loader), MapPage(self.loader)
        self.settings = SettingsPage(self.window.choose_folder)
        self.shared = SharedLibraryPage(self.loader)
        for page in (self.failures, self.models, self.report, self.versions, self.settings, self.duplicates, self.map):
            self.window.pages.addWidget(page)
        self.window.pages.addWidget(self.shared)
        for name, icon in ((tr("Find similar"), "similar"), (tr("Add to album…"), "album")):
            self.window.selection_bar.offer(QAction(name, self.window), icon)
        self.window.resize(SIZES[0])
        self.window.show()
        self.window.set_sidebar_width(232)

    def dress(self, scheme: Qt.ColorScheme) -> None:
        """Put on light or dark, which takes a while."""
        if scheme != self._scheme:
            self._scheme = scheme
            self.theme.use(scheme)

    def close(self) -> None:
        self.loader.close()
        end_drag(self.window)
        self.window.close()
        self.window.deleteLater()

    @property
    def galleries(self) -> tuple[Gallery, ...]:
        return (
            *self.window.galleries,
            self.report.strip,
            self.duplicates.gallery,
            self.map.gallery,
            self.shared.gallery,
        )

    @property
    def ids(self) -> "array[int]":
        return array("q", self.shelf.photos)

    @property
    def ordered(self) -> OrderedPhotos:
        """All photos as a catalog gives them, by date."""
        photos = list(self.shelf.photos.values())
        shapes = array("f", (photo.shape for photo in photos))
        return OrderedPhotos(self.ids, shapes, array("d", (photo.taken for photo in photos)))

    def hits(self, alike: int, *, first: int = 1, probability: float | None = None) -> tuple[Hit, ...]:
        """Half of the photos, so many of them alike; every third one lies in several places."""
        photos = list(self.shelf.photos.values())[first - 1 : first + _PHOTOS // 2]
        return tuple(
            Hit(
                rank,
                photo.id,
                (photo.path, *_COPIES[: 2 * (rank % 3 == 1)]),
                0.97 - rank / 40,
                rank <= alike,
                probability and probability - rank / 60,
                shape=photo.shape,
            )
            for rank, photo in enumerate(photos, start=1)
        )

    def question(self, *ids: int, text: str = "") -> Question:
        return Question(
            tuple(Example(self.shelf.photos[number].path, self.shelf.photos[number]) for number in ids), text
        )

    def clear(self) -> None:
        """Back to browsing, as it is when nothing happens."""
        window = self.window
        window.preview.dismiss()
        window.selection_bar.hide()
        window.preview.show_info(False)
        window.preview.mark(False)
        window.compare.dismiss()
        self.loader.offline = frozenset()
        window.splitter.setEnabled(True)
        for strip in (window.overlay, window.offer, window.learned, window.banner, window.hint, window.suggestions):
            strip.hide()
        window.status.tasks.job_ended()
        window.status.tasks.end_message()
        window.status.tasks.set_idle_text(ntr("{number} photo", "{number} photos", 40))
        window.status.tasks.set_left_text("")
        window.show_model(None)
        QApplication.sendEvent(window.sidebar.albums.viewport(), QDragLeaveEvent())
        window.sidebar.show_library(FOLDERS, Counts(120_352, 1_204), ALBUMS)
        window.sidebar.searches.list.show_things(())
        window.sidebar.show_saved(None)
        window.sidebar.shared.list.show_things(())
        window.sidebar.show_shared(None)
        window.filters.show_filters([])
        window.browsing.show_stacks({})
        window.sidebar.learn.show_running(False)
        window.sidebar.learn.show_missing("")
        window.sidebar.learn.show_head(None, others=False)
        window.search.show()
        window.search.show_question(Question())
        window.search.results.show_scopes(FOLDERS, ALBUMS)
        window.search.results.show_unsearchable(0)
        window.search.results.ranking.show_album(None, offer=False)
        window.search.results.ranking.show_rankings("current", offer=False, comparing=False)
        for gallery in self.galleries:
            gallery.set_marks({})
            gallery.grid.clearSelection()
        window.status.zoom.setValue(184)
        window.browsing.show_ordered(self.ordered)
        window.browsing.line.show_place(tr("All photos"), len(self.ids))
        window.browsing.show_names(False)
        window.browsing.name_field.hide()
        bar = window.browsing.grid.verticalScrollBar()
        bar.setSliderDown(False)
        if isinstance(bar, Scrubber):
            bar.signs.hide()
        window.show_page(window.browsing)
        window.browsing.setFocus()

    def settle(self, qtbot: QtBot) -> None:
        """Let Qt lay out what changed, and the pictures of the tiles come."""
        for _ in range(_TURNS):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        qtbot.waitUntil(lambda: all(map(self._complete, self.galleries)), timeout=_SETTLED_MS)
        qtbot.waitUntil(self._has_loaded, timeout=_SETTLED_MS)

    def _has_loaded(self) -> bool:
        """Whether there is also what no gallery shows, such as the pictures of the film strip."""
        loader = self.loader
        return not (any(loader._jobs.values()) or loader._under_way or loader._done)

    def _complete(self, gallery: Gallery) -> bool:
        if not gallery.isVisible():
            return True
        if isinstance(gallery, MapGallery):
            room = QSize(gallery.view.side, gallery.view.side)
            return all(self._has_picture(gallery.photos.photo(spot.row), room) for spot in gallery.view.seen())
        geometry, top = gallery.grid.geometry_now, gallery.grid.verticalOffset()
        return all(
            self._has_picture(gallery.photos.photo(spot.row), QSize(spot.width, spot.height - geometry.caption))
            for spot in geometry.spots_between(top, top + gallery.grid.viewport().height())
        )

    def _has_picture(self, photo: Photo | None, room: QSize) -> bool:
        """Whether its picture is there, and not one that was made for less room or more."""
        picture = None if photo is None else self.loader.picture(photo, TileBox(room.width(), room.height(), 1.0))
        if photo is None or picture is None:
            return False
        size = picture.size()
        return (
            size.width() >= photo.width
            or min(abs(size.width() - room.width()), abs(size.height() - room.height())) <= 1
        )


Scene = Callable[[Stage], None]
