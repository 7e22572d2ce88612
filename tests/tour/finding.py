"""More stops of the tour: finding by filters, words, chips and parts, what came of it, duplicates and the map."""

import shutil
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu, QSlider, QWidget

from guie_desktop.gui.duplicates.page import DuplicatesPage
from guie_desktop.gui.filters.dates_dialog import DatesDialog
from guie_desktop.gui.map.page import MapPage
from guie_desktop.gui.shell.window import MainWindow
from tests.gui.library_photos import PICTURES
from tests.tour.coming_and_going import go_to_the_top
from tests.tour.guide import Guide, middle
from tests.tour.stops import (
    PHOTOS,
    dialog_is_open,
    idle,
    no_dialog,
    of_album,
    of_folder,
    of_kind,
    of_part,
    of_window,
    stop,
    tile,
)


def menu_is_open(_: MainWindow) -> bool:
    """Whether a menu is on screen."""
    return isinstance(QApplication.activePopupWidget(), QMenu)


def no_menu(window: MainWindow) -> bool:
    """Whether none is."""
    return QApplication.activePopupWidget() is None and window.isActiveWindow()


def has_hits(window: MainWindow) -> bool:
    """Whether something was found."""
    return window.found.isVisible() and window.found.photos.rowCount() > 0


def is_browsing(window: MainWindow) -> bool:
    """Whether all photos are on screen."""
    return window.browsing.isVisible() and window.browsing.photos.rowCount() == PHOTOS


def of_line(words: str) -> Callable[[], QPoint]:
    """Where a line of the menu is that is open."""

    def where() -> QPoint:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text() == words)
        return menu.mapToGlobal(menu.actionGeometry(action).center())

    return where


def _is_left(menu: QWidget | None, _: MainWindow) -> bool:
    """Whether another menu is open now, or none."""
    return QApplication.activePopupWidget() is not menu


def _go_to(guide: Guide, row: int) -> None:
    guide.window.shown_gallery().grid.go_to(row)


def choose_filter(guide: Guide, *words: str, picture: str = "") -> None:
    """From the menu of filters, menu by menu, with a picture before the last click."""
    guide.click(of_window(guide, lambda window: window.search.filter_button))
    guide.wait(menu_is_open)
    for step in words[:-1]:
        menu = guide.ask(QApplication.activePopupWidget)
        guide.click(of_line(step))
        guide.wait(partial(_is_left, menu))
    guide.point_at(of_line(words[-1]))
    if picture:
        guide.picture(picture)
    guide.click(of_line(words[-1]))


def of_chip(guide: Guide, number: int) -> Callable[[], QPoint]:
    """Where the picture on a chip of the search is."""
    return lambda: middle(guide.window.search.area.chips[number].picture)


@stop("Filters: the menu, days on bars, chips that are switched off")
def filters(guide: Guide) -> None:
    go_to_the_top(guide)
    guide.key("ctrl+shift+f")
    guide.wait(menu_is_open)
    guide.picture("All filters (Ctrl+Shift+F)")
    guide.press_until("Escape", no_menu)
    choose_filter(guide, "Kind of file", "JPEG", picture="Kinds of files")
    guide.wait(lambda window: window.filters.isVisible())
    choose_filter(guide, "Date taken", "From one day to another…")
    guide.wait(dialog_is_open)
    dialog = guide.ask(lambda: of_kind(guide.window, DatesDialog))
    guide.wait(lambda _: bool(dialog.bars.accessibleDescription()))
    guide.picture("When photos were taken")

    def across(share: float) -> Callable[[], QPoint]:
        return lambda: dialog.bars.mapToGlobal(QPoint(round(share * dialog.bars.width()), dialog.bars.height() - 4))

    guide.drag(across(0.05), across(0.4), "A time is chosen by dragging over the bars")
    guide.press_until("Return", no_dialog)
    guide.wait(lambda window: 0 < window.browsing.photos.rowCount() < PHOTOS)
    guide.picture("Only the photos of that time")
    guide.click(lambda: middle(guide.window.filters.chips[1].words))
    guide.wait(is_browsing)
    guide.picture("A filter is switched off for now")
    choose_filter(guide, "Rating", "5 stars")
    guide.wait(lambda window: len(window.filters.chips) == 3)
    guide.click(lambda: middle(guide.window.filters.chips[0].words))
    guide.wait(lambda window: window.browsing.photos.rowCount() < PHOTOS)
    guide.picture("Nothing passes all filters, or little")
    guide.click(of_window(guide, lambda window: window.filters.clear))
    guide.wait(is_browsing)


@stop("Words: offered while they are typed, found in names and pictures, and words that are not known")
def words(guide: Guide) -> None:
    go_to_the_top(guide)
    guide.key("ctrl+f")
    guide.type("kitch")
    guide.wait(has_hits)
    guide.picture("Found while it is typed")
    guide.key("Escape")
    guide.press_until("Escape", is_browsing)
    guide.key("ctrl+f")
    guide.type("cat")
    guide.key("Return")
    guide.wait(has_hits)
    guide.picture("Names, and what the pictures show")
    guide.click(of_window(guide, lambda window: window.search.results.sources.buttons["names"]))
    guide.wait(lambda window: not window.search.results.sources.buttons["names"].isChecked() and has_hits(window))
    guide.picture("Only what the pictures show")
    guide.click(of_window(guide, lambda window: window.search.results.sources.buttons["names"]))
    guide.key("ctrl+f", "ctrl+a")
    guide.type("kitchen may 2019")
    guide.key("Return")
    guide.wait(lambda window: window.search.results.sources.buttons["dates"].isVisible())
    guide.picture("A month among the words")
    guide.key("ctrl+f", "ctrl+a")
    guide.type("tulips")
    guide.key("Return")
    guide.wait(lambda window: window.notice.isVisible())
    guide.picture("A word that is not known")
    guide.press_until("Escape", is_browsing)


@stop("A search made of parts: like, not like, how much, and not for now")
def parts_of_a_search(guide: Guide) -> None:
    go_to_the_top(guide)
    guide.click(tile(guide, 1))
    guide.key("s")
    guide.wait(has_hits)
    guide.click(of_folder(guide, 0))
    guide.wait(is_browsing)
    for row in (1, 12):
        guide.ask(partial(_go_to, guide, row))
        guide.drag(tile(guide, row), of_window(guide, lambda window: window.search.frame))
        guide.wait(has_hits)
    guide.wait(lambda window: len(window.search.area.chips) == 2)
    guide.picture("Two photos together")
    if guide.ask(guide.window.search.area.chips[1].turn_button.isVisible):
        guide.click(lambda: middle(guide.window.search.area.chips[1].turn_button))
    else:  # a narrow window has it in the menu alone
        guide.click(of_chip(guide, 1), button=3)
        guide.wait(menu_is_open)
        guide.click(of_line("Not like this"))
    guide.wait(lambda window: window.search.area.chips[1].accessibleName().startswith("Not like"))
    guide.picture("The first one, and not like the second")
    guide.key("ctrl+f")
    guide.type("animal")
    guide.key("Return")
    guide.wait(has_hits)
    guide.picture("With words beside them")
    guide.click(of_chip(guide, 0), button=3)
    guide.wait(menu_is_open)
    guide.click(of_line("How much it counts"))
    guide.picture("How much a photo counts")
    guide.press_until("Escape", no_menu)
    guide.click(of_chip(guide, 1))
    guide.wait(lambda window: window.search.area.chips[1].accessibleName().endswith("switched off"))
    guide.picture("The second one is switched off for now")
    guide.click(of_window(guide, lambda window: window.search.back_button), button=3)
    guide.wait(menu_is_open)
    guide.picture("The searches before this one")
    guide.press_until("Escape", no_menu)
    guide.click(of_window(guide, lambda window: window.search.back_button))
    guide.wait(lambda window: window.search.forward_button.isVisible())
    guide.picture("One search back")
    guide.press_until("Escape", is_browsing)


@stop("The line between what is alike and what is not, and the newest first")
def line(guide: Guide) -> None:
    go_to_the_top(guide)
    guide.click(tile(guide, 1))
    guide.key("s")
    guide.wait(has_hits)
    guide.wait(lambda window: window.search.results.strictness.is_known)
    if not guide.ask(guide.window.search.results.strictness.isVisible):  # in a narrow window there is no room
        guide.press_until("Escape", is_browsing)
        return
    slider: QSlider = guide.ask(lambda: guide.window.search.results.strictness)
    guide.picture("Where the line is")

    def of_slider(share: float) -> Callable[[], QPoint]:
        return lambda: slider.mapToGlobal(QPoint(round(share * slider.width()), slider.height() // 2))

    def now() -> QPoint:
        return of_slider(slider.value() / 100)()

    guide.drag(now, of_slider(0.97))
    guide.picture("Only what is surely alike")
    guide.drag(now, of_slider(0.05))
    guide.picture("What is perhaps alike, too")
    guide.click(of_window(guide, lambda window: window.search.results.sort))
    guide.key("Down", "Return")
    guide.wait(lambda window: window.search.results.sort.currentData() == "date")
    guide.picture("The newest first, above the line")
    guide.click(of_window(guide, lambda window: window.search.results.sort))
    guide.key("Up", "Return")
    guide.press_until("Escape", is_browsing)


@stop("Yes and no on what was found, and what else may belong to an album")
def yes_and_no(guide: Guide) -> None:
    go_to_the_top(guide)
    guide.click(tile(guide, 1))
    guide.key("s")
    guide.wait(has_hits)
    guide.click(tile(guide, 0))
    guide.key("y", "y", "n")
    guide.picture("Two are right, one is not: the others are ranked anew")
    guide.press_until("Escape", is_browsing)
    guide.click(tile(guide, 0))
    guide.click(tile(guide, 2), held="shift")
    guide.key("a")
    guide.wait(dialog_is_open)
    guide.type("To be reviewed")
    guide.press_until("Return", no_dialog)

    def line_of_it(window: MainWindow) -> int:
        return [album.name for album in window.sidebar.albums.albums].index("To be reviewed")

    guide.wait(lambda window: any(album.name == "To be reviewed" for album in window.sidebar.albums.albums))
    guide.click(of_album(guide, guide.ask(lambda: line_of_it(guide.window))))
    guide.wait(lambda window: window.suggestions.strip.isVisible())
    guide.picture("What may belong to the album as well")
    guide.click(of_folder(guide, 0))
    guide.wait(is_browsing)


@stop("Looking inside photos: what is small in them is found and framed")
def inside(guide: Guide) -> None:
    go_to_the_top(guide)
    guide.key("ctrl+k")
    guide.wait(dialog_is_open)
    guide.type("look inside all")
    guide.key("Return")
    guide.wait(lambda _: QApplication.activeModalWidget() is not None and not _is_palette())
    guide.picture("What looking inside takes")
    guide.press_until("Return", no_dialog)
    guide.wait(idle)
    guide.click(tile(guide, 1), times=2)
    guide.wait(lambda window: window.preview.isVisible())
    guide.key("p")
    guide.drag(of_part(guide, 0.55, 0.1), of_part(guide, 0.95, 0.5))
    guide.picture("A part is marked")
    guide.key("s")
    guide.wait(has_hits)
    guide.picture("Parts like it, each in its frame")
    guide.click(tile(guide, 2), times=2)
    guide.wait(lambda window: window.preview.isVisible())
    guide.picture("The frame in the large view")
    guide.key("3")
    guide.picture("Looked at closely")
    guide.press_until("Escape", lambda window: not window.preview.isVisible())
    guide.press_until("Escape", is_browsing)


def _is_palette() -> bool:
    modal = QApplication.activeModalWidget()
    return type(modal).__name__ == "CommandPalette"


@stop("Duplicates, and which of them stays")
def duplicates(guide: Guide) -> None:
    go_to_the_top(guide)
    copies = [guide.photos / name for name in ("coins.png", "coins again.png")]
    for copy in copies:
        shutil.copyfile(PICTURES / "coins.png", copy)
    guide.wait(lambda window: window.browsing.photos.rowCount() == PHOTOS + 2 and idle(window))
    guide.key("F7")
    page = guide.ask(lambda: of_kind(guide.window, DuplicatesPage))
    guide.wait(lambda _: page.isVisible() and page.gallery.photos.rowCount() == 2)
    guide.picture("Exact copies")
    for kind in guide.ask(lambda: page.kinds._group.buttons()[1:]):
        guide.click(partial(middle, kind))
        name: str = guide.ask(kind.text)
        guide.picture(f"Duplicates: {name}")
    guide.click(lambda: middle(page.folders))
    guide.wait(dialog_is_open)
    guide.picture("Which folders are best, and which protected")
    guide.press_until("Escape", no_dialog)
    guide.key("Escape")
    for copy in copies:
        copy.unlink()
    guide.wait(is_browsing)


@stop("The map of the library")
def library_map(guide: Guide) -> None:
    go_to_the_top(guide)
    guide.key("F8")
    page = guide.ask(lambda: of_kind(guide.window, MapPage))
    guide.wait(lambda window: page.isVisible() and page.nearer.isEnabled() and idle(window))
    guide.picture("The whole map")
    guide.click(lambda: middle(page.nearer), times=3)
    guide.picture("Nearer")
    guide.key("Home")
    guide.click(lambda: middle(page.around))
    view = page.gallery.view

    def at(across: float, down: float) -> Callable[[], QPoint]:
        return lambda: view.mapToGlobal(QPoint(round(across * view.width()), round(down * view.height())))

    guide.draw([at(0.1, 0.1), at(0.6, 0.05), at(0.7, 0.6), at(0.2, 0.7)], "A line around photos")
    guide.wait(lambda _: bool(page.gallery.chosen_count()))
    guide.picture("They are chosen")
    guide.click(lambda: middle(page.around))
    guide.press_until("Escape", is_browsing)


@stop("Colours, and a filter that is saved")
def colours_and_saved(guide: Guide) -> None:
    go_to_the_top(guide)
    choose_filter(guide, "Colour", "Orange", picture="Colours")
    guide.wait(lambda window: window.filters.isVisible() and window.browsing.photos.rowCount() < PHOTOS)
    guide.picture("Photos that show much of this colour")
    guide.key("ctrl+shift+s")
    guide.wait(lambda window: window.sidebar.searches.isVisible())
    guide.type("Orange things")
    guide.key("Return")
    guide.wait(lambda window: window.sidebar.searches.list.count() == 1)
    guide.picture("A filter that is saved is a smart album")
    guide.click(lambda: middle(guide.window.filters.clear))
    guide.wait(is_browsing)
