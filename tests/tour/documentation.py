"""The stops whose pictures the documentation shows; each picture has the name that its page asks for."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QItemSelectionModel, QPoint

from guie_desktop.gui.backbones.page import ModelsPage
from guie_desktop.gui.duplicates.page import DuplicatesPage
from guie_desktop.gui.filters.dates_dialog import DatesDialog
from guie_desktop.gui.learning.heads_page import HeadsPage
from guie_desktop.gui.learning.report_page import ReportPage
from guie_desktop.gui.map.page import MapPage
from guie_desktop.gui.settings.page import SettingsPage
from guie_desktop.gui.shell.window import MainWindow
from tests.tour.album import Stop
from tests.tour.finding import choose_filter, has_hits, menu_is_open, of_line
from tests.tour.guide import Guide, middle
from tests.tour.stops import dialog_is_open, idle, no_dialog, of_album, of_folder, of_kind, of_part, of_window, tile

_IN_ALBUM = 10
"""As many as a report needs to say what became better."""
_ALBUMS = {
    "Chelsea by day": "chelsea by day",
    "Chelsea by lamp": "chelsea by lamp",
    "Dahlias": "dahlia",
    "Evening coffee": "evening coffee",
    "Morning coffee": "morning coffee",
}
"""The series of photos of each, without their last one, which is left to be suggested."""
_READ_WITHIN = 900.0
"""Seconds, on a computer that has much else to do."""
STOPS: list[Stop] = []
Visit = Callable[[Guide], None]


def shot(name: str, *, prepares: bool = False) -> Callable[[Visit], Visit]:
    """The function leads to a picture of this name."""

    def add(visit: Visit) -> Visit:
        STOPS.append(Stop(name, visit, prepares))
        return visit

    return add


def photo(guide: Guide, name: str) -> Callable[[], QPoint]:
    """Where the tile of a photo is, which is scrolled to."""

    def where() -> QPoint:
        return tile(guide, row_of(guide.window, name))()

    return where


def row_of(window: MainWindow, name: str) -> int:
    """The row in which a photo is shown."""
    gallery = window.shown_gallery()
    for row in range(gallery.photos.rowCount()):
        there = gallery.photo_at(row)
        if there is not None and there.path.stem == name:
            return row
    raise LookupError(name)


def begin(guide: Guide) -> None:
    """All photos from the first one on, nothing chosen, the pointer out of the way."""
    guide.press_until("Escape", lambda window: window.browsing.isVisible() and window.isActiveWindow())
    guide.click(of_folder(guide, 0))
    guide.wait(lambda window: window.browsing.isVisible() and window.browsing.photos.rowCount() == guide.count)
    guide.ask(lambda: guide.window.browsing.grid.verticalScrollBar().setValue(0))
    rest(guide)


def rest(guide: Guide) -> None:
    """Put the pointer where it lights nothing."""
    guide.point_at(lambda: guide.window.mapToGlobal(QPoint(8, guide.window.height() - 4)))


def make_album(guide: Guide, name: str, photos: list[str]) -> None:
    """Put photos into a new album."""
    begin(guide)
    guide.click(tile(guide, 0))

    def choose() -> None:
        grid = guide.window.browsing.grid
        chosen = grid.selectionModel()
        chosen.clearSelection()
        for one in photos:
            index = grid.model().index(row_of(guide.window, one), 0)
            chosen.select(index, QItemSelectionModel.SelectionFlag.Select)

    guide.ask(choose)
    guide.key("a")
    guide.wait(dialog_is_open)
    guide.type(name)
    guide.press_until("Return", no_dialog)
    guide.wait(lambda window: name in [album.name for album in window.sidebar.albums.albums])


@shot("first-run", prepares=True)
def first_run(guide: Guide) -> None:
    guide.wait(lambda window: window.welcome.isVisible())
    rest(guide)
    guide.picture("first-run")
    guide.key("ctrl+shift+o")
    guide.wait(dialog_is_open)
    guide.type(str(guide.photos))
    guide.press_until("Return", no_dialog)
    guide.wait(lambda window: window.browsing.photos.rowCount() == guide.count and idle(window), _READ_WITHIN)


@shot("albums", prepares=True)
def albums(guide: Guide) -> None:
    for name, series in _ALBUMS.items():
        make_album(guide, name, [f"{series} {number}" for number in range(1, _IN_ALBUM + 1)])


@shot("library")
def library(guide: Guide) -> None:
    begin(guide)
    guide.point_at(lambda: middle(guide.window.browsing.grid.verticalScrollBar()))
    guide.picture("library")


@shot("search")
def search(guide: Guide) -> None:
    begin(guide)
    guide.click(photo(guide, "summer palace 3"))
    guide.key("s")
    guide.wait(lambda window: has_hits(window) and window.search.results.strictness.is_known)
    rest(guide)
    guide.picture("search")


@shot("large-view")
def large_view(guide: Guide) -> None:
    begin(guide)
    guide.click(photo(guide, "summer palace 2"))
    guide.key("ctrl+5")
    guide.click(photo(guide, "summer palace 2"), times=2)
    guide.wait(lambda window: window.preview.isVisible())
    guide.key("i")
    rest(guide)
    guide.picture("large-view")
    guide.key("i")
    guide.press_until("Escape", lambda window: not window.preview.isVisible())


@shot("words")
def words(guide: Guide) -> None:
    begin(guide)
    guide.key("ctrl+f")
    guide.type("cat")
    guide.key("Return")
    guide.wait(has_hits)
    rest(guide)
    guide.picture("words")


@shot("filters")
def filters(guide: Guide) -> None:
    begin(guide)
    choose_filter(guide, "Colour", "Orange")
    guide.wait(lambda window: window.filters.isVisible())
    choose_filter(guide, "Date taken", "From one day to another…")
    guide.wait(dialog_is_open)
    dialog = guide.ask(lambda: of_kind(guide.window, DatesDialog))
    guide.wait(lambda _: bool(dialog.bars.accessibleDescription()))

    def across(share: float) -> Callable[[], QPoint]:
        return lambda: dialog.bars.mapToGlobal(QPoint(round(share * dialog.bars.width()), dialog.bars.height() - 4))

    guide.drag(across(0.3), across(0.75))
    guide.picture("filters")
    guide.press_until("Escape", no_dialog)
    guide.click(of_window(guide, lambda window: window.filters.clear))


@shot("chips")
def chips(guide: Guide) -> None:
    begin(guide)
    guide.click(photo(guide, "evening coffee 3"))
    guide.key("s")
    guide.wait(has_hits)
    guide.click(photo(guide, "chelsea by lamp 3"))
    guide.key("shift+s")
    guide.wait(lambda window: has_hits(window) and len(window.search.area.chips) == 2)
    guide.click(lambda: middle(guide.window.search.area.chips[1].turn_button))
    guide.wait(lambda window: window.search.area.chips[1].accessibleName().startswith("Not like") and idle(window))
    rest(guide)
    guide.picture("chips")


@shot("album")
def album(guide: Guide) -> None:
    begin(guide)
    guide.click(of_album(guide, 0))
    guide.wait(lambda window: window.suggestions.strip.isVisible() and window.browsing.photos.rowCount() == _IN_ALBUM)
    rest(guide)
    guide.picture("album")


@shot("map")
def library_map(guide: Guide) -> None:
    begin(guide)
    guide.key("F8")
    page = guide.ask(lambda: of_kind(guide.window, MapPage))
    guide.wait(lambda window: page.isVisible() and page.nearer.isEnabled() and idle(window))
    rest(guide)
    guide.picture("map")


@shot("duplicates")
def duplicates(guide: Guide) -> None:
    begin(guide)
    guide.key("F7")
    page = guide.ask(lambda: of_kind(guide.window, DuplicatesPage))
    guide.wait(lambda window: page.isVisible() and idle(window))
    guide.click(lambda: middle(page.kinds._group.buttons()[1]))
    guide.wait(lambda window: page.gallery.photos.rowCount() > 0 and idle(window))
    rest(guide)
    guide.picture("duplicates")


@shot("settings")
def settings(guide: Guide) -> None:
    begin(guide)
    guide.key("ctrl+comma")
    guide.wait(lambda window: of_kind(window, SettingsPage).isVisible())
    rest(guide)
    guide.picture("settings")


@shot("models")
def models(guide: Guide) -> None:
    begin(guide)
    guide.key("F3")
    guide.wait(lambda window: of_kind(window, ModelsPage).isVisible())
    rest(guide)
    guide.picture("models")


@shot("parts")
def parts(guide: Guide) -> None:
    make_album(guide, "On the wall", ["cat on the wall 1", "cat on the wall 2"])
    names: list[str] = guide.ask(lambda: [album.name for album in guide.window.sidebar.albums.albums])
    guide.click(of_album(guide, names.index("On the wall")), button=3)
    guide.wait(menu_is_open)
    guide.click(of_line("Look inside these photos…"))
    guide.wait(dialog_is_open)
    guide.press_until("Return", no_dialog)
    with suppress(TimeoutError):  # it may be over before it is seen to run
        guide.wait(lambda window: not idle(window), 10)
    guide.wait(idle)
    begin(guide)
    guide.click(photo(guide, "morning coffee 1"), times=2)
    guide.wait(lambda window: window.preview.isVisible())
    guide.key("p")
    guide.drag(of_part(guide, 0.2, 0.05), of_part(guide, 0.85, 0.95))
    guide.key("s")
    guide.wait(has_hits)
    rest(guide)
    guide.picture("parts")


@shot("learn")
def learn(guide: Guide) -> None:
    begin(guide)
    guide.click(of_window(guide, lambda window: window.sidebar.learn.button))
    guide.wait(lambda window: window.learned.isVisible() and idle(window))
    guide.click(of_window(guide, lambda window: window.learned.accept_button))
    guide.wait(lambda window: of_kind(window, ReportPage).isVisible())
    rest(guide)
    guide.picture("learn")


@shot("versions")
def versions(guide: Guide) -> None:
    begin(guide)
    guide.click(of_window(guide, lambda window: window.sidebar.learn.versions))
    guide.wait(lambda window: of_kind(window, HeadsPage).isVisible())
    rest(guide)
    guide.picture("versions")


@shot("compare")
def compare(guide: Guide) -> None:
    begin(guide)
    guide.click(photo(guide, "evening coffee 7"))
    guide.key("s")
    guide.wait(lambda window: has_hits(window) and window.search.results.ranking.compare_button.isVisible())
    guide.click(of_window(guide, lambda window: window.search.results.ranking.compare_button))
    guide.wait(lambda window: window.comparison.isVisible())
    rest(guide)
    guide.picture("compare")
