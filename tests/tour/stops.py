"""The stops of the tour, in their order: what a user does, what must come of it, and a picture of that."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from guie_desktop.gui.failures.page import FailuresPage
from guie_desktop.gui.learning.report_page import ReportPage
from guie_desktop.gui.settings.page import SettingsPage
from guie_desktop.gui.settings.rows import Section
from guie_desktop.gui.shell.about import AboutDialog
from guie_desktop.gui.shell.licences import LicencesDialog
from guie_desktop.gui.shell.window import MainWindow
from tests.tour.album import Stop
from tests.tour.guide import Guide, middle

STOPS: list[Stop] = []
PHOTOS = 32
"""How many tests/tour/photos.py makes."""
Visit = Callable[[Guide], None]
KindT = TypeVar("KindT", bound=QWidget)


def stop(title: str, *, prepares: bool = False) -> Callable[[Visit], Visit]:
    """The function is a stop of the tour."""

    def add(visit: Visit) -> Visit:
        STOPS.append(Stop(title, visit, prepares))
        return visit

    return add


def tile(guide: Guide, row: int) -> Callable[[], QPoint]:
    """Where a tile of the grid is."""

    def where() -> QPoint:
        grid = guide.window.shown_gallery().grid
        grid.scrollTo(grid.model().index(row, 0))  # a small window shows few
        area: QRect = grid.visualRect(grid.model().index(row, 0))
        return grid.viewport().mapToGlobal(area.center())

    return where


def of_folder(guide: Guide, line: int) -> Callable[[], QPoint]:
    """Where a line of the tree of folders is."""

    def where() -> QPoint:
        tree = guide.window.sidebar.folders
        item = tree.topLevelItem(line)
        assert item is not None
        area = tree.visualItemRect(item)
        return tree.viewport().mapToGlobal(QPoint(60, area.center().y()))

    return where


def of_album(guide: Guide, line: int) -> Callable[[], QPoint]:
    """Where a line of the list of albums is."""

    def where() -> QPoint:
        lines = guide.window.sidebar.albums
        area = lines.visualItemRect(lines.item(line))
        return lines.viewport().mapToGlobal(QPoint(60, area.center().y()))

    return where


def of_part(guide: Guide, across: float, down: float) -> Callable[[], QPoint]:
    """A place in the picture that is seen large, as shares of its width and height."""

    def where() -> QPoint:
        area = guide.window.preview.area
        rect = area.picture_rect()
        return area.mapToGlobal(rect.topLeft() + QPoint(round(across * rect.width()), round(down * rect.height())))

    return where


def names(window: MainWindow) -> set[str]:
    """The names of the photos that are on the screen."""
    gallery = window.shown_gallery()
    photos = (gallery.photo_at(row) for row in gallery.grid.rows_in_view())
    return {photo.path.name for photo in photos if photo is not None}


def dialog_is_open(_: MainWindow) -> bool:
    """Whether something waits for an answer."""
    return QApplication.activeModalWidget() is not None


def no_dialog(window: MainWindow) -> bool:
    """Whether nothing waits for an answer, and the window has the keyboard."""
    return QApplication.activeModalWidget() is None and window.isActiveWindow()


def idle(window: MainWindow) -> bool:
    """Whether no job runs."""
    return window.status.tasks.cancel_button.isHidden() or not window.status.tasks.cancel_button.isVisible()


def of_window(guide: Guide, widget: Callable[[MainWindow], QWidget]) -> Callable[[], QPoint]:
    """The middle of a widget of the window."""
    return lambda: middle(widget(guide.window))


def of_kind(window: QObject, kind: type[KindT]) -> KindT:
    """The one part of the window that is of this kind."""
    found = window.findChild(kind)
    assert isinstance(found, kind)
    return found


def show_from_its_top(page: SettingsPage, part: QWidget) -> None:
    """Scroll the page to a part of it."""
    area = page.area
    down = part.mapTo(area.viewport(), QPoint()).y()
    area.verticalScrollBar().setValue(area.verticalScrollBar().value() + down - 8)


@stop("First start: a folder is added", prepares=True)
def add_folder(guide: Guide) -> None:
    guide.wait(lambda window: window.welcome.isVisible())
    guide.picture("Welcome")
    guide.key("ctrl+shift+o")
    guide.wait(dialog_is_open)
    guide.type(str(guide.photos))
    guide.picture("The folder is chosen")
    guide.press_until("Return", no_dialog)  # the first one may go to the list of folders that complete the name
    guide.wait(lambda window: window.browsing.photos.rowCount() > 0)
    guide.picture("The first photos are there")
    guide.wait(lambda window: window.browsing.photos.rowCount() == PHOTOS and idle(window))
    guide.picture("All photos")


@stop("Undo: the last thing that was done, by its name")
def undo(guide: Guide) -> None:
    guide.click(tile(guide, 0))
    guide.click(tile(guide, 2), held="shift")
    guide.key("a")
    guide.wait(dialog_is_open)
    guide.type("Night")
    guide.picture("Three photos are put into a new album")
    guide.key("Return")
    guide.wait(lambda window: len(window.sidebar.albums.albums) == 1)
    guide.picture("Done, with a button to undo it")
    guide.key("ctrl+z")
    guide.wait(lambda window: not window.sidebar.albums.albums)
    guide.picture("Undone, with a button to redo it")
    guide.key("ctrl+shift+z")
    guide.wait(lambda window: [album.photos for album in window.sidebar.albums.albums] == [3])


@stop("The trash is undone, too")
def trash(guide: Guide) -> None:
    guide.click(tile(guide, 4))
    guide.key("Delete")
    guide.wait(dialog_is_open)
    guide.picture("The question before the trash")
    guide.press_until("Return", no_dialog)
    guide.wait(lambda window: window.browsing.photos.rowCount() == PHOTOS - 1)
    guide.picture("One photo went to the trash")
    guide.key("ctrl+z")
    guide.wait(lambda window: window.browsing.photos.rowCount() == PHOTOS)
    guide.picture("It is back")


@stop("Ratings, a flag, and the bar of what is chosen")
def ratings(guide: Guide) -> None:
    guide.click(tile(guide, 1))
    guide.key("ctrl+5", "f")
    guide.click(tile(guide, 3), held="ctrl")
    guide.key("ctrl+3")
    guide.picture("Two photos are chosen, rated and flagged")
    guide.key("Escape")


@stop("Dates, the scroll bar, sorting, names")
def grid(guide: Guide) -> None:
    guide.picture("Dates above the photos")
    for _ in range(6):
        guide.key("ctrl+minus")
    guide.picture("Small tiles, by year")
    for _ in range(14):
        guide.key("ctrl+plus")
    guide.picture("Large tiles")
    for _ in range(8):
        guide.key("ctrl+minus")
    guide.key("slash")
    guide.type("cats 5")
    guide.picture("A file is found by its name")
    guide.key("Escape")


@stop("The folders in a folder")
def folders(guide: Guide) -> None:
    guide.key("ctrl+Home")
    guide.click(of_folder(guide, 1))
    guide.key("Right", "Down")
    guide.picture("A folder in a folder")
    guide.click(of_folder(guide, 0))
    guide.wait(lambda window: window.browsing.photos.rowCount() == PHOTOS)


@stop("The viewer")
def viewer(guide: Guide) -> None:
    guide.click(tile(guide, 1), times=2)
    guide.wait(lambda window: window.preview.isVisible())
    guide.picture("A photo, large, with the film strip")
    guide.key("i")
    guide.picture("What is known of it")
    guide.key("1")
    guide.picture("At 100 %")
    guide.key("plus", "plus")
    guide.picture("Larger")
    guide.key("0", "r")
    guide.picture("Turned")
    guide.key("shift+r", "i", "Right", "p")
    guide.drag(of_part(guide, 0.3, 0.3), of_part(guide, 0.6, 0.7))
    guide.picture("A part is marked")
    guide.key("Escape", "F11")
    guide.picture("Full screen")
    guide.key("F11")
    guide.press_until("Escape", lambda window: not window.preview.isVisible())


@stop("Compare")
def compare(guide: Guide) -> None:
    guide.click(tile(guide, 0))
    guide.click(tile(guide, 3), held="shift")
    guide.key("c")
    guide.wait(lambda window: window.compare.isVisible())
    guide.key("1")
    guide.picture("Four photos with one zoom")
    guide.press_until("Escape", lambda window: not window.compare.isVisible())


@stop("Copies, names and places of files")
def filing(guide: Guide) -> None:
    guide.click(tile(guide, 0))
    guide.key("ctrl+shift+e")
    guide.wait(dialog_is_open)
    guide.picture("Copy to a folder")
    guide.press_until("Escape", no_dialog)
    guide.key("F2")
    guide.wait(dialog_is_open)
    guide.type("night sky")
    guide.press_until("Return", no_dialog)
    guide.wait(lambda window: "night sky.jpg" in names(window))
    guide.picture("Renamed")
    guide.key("ctrl+z")
    guide.wait(lambda window: "night sky.jpg" not in names(window))
    guide.click(tile(guide, 0), button=3)
    guide.picture("What can be done with a photo")
    guide.key("Escape")


@stop("Menus, commands, keys, about")
def menus(guide: Guide) -> None:
    guide.click(tile(guide, 2))
    guide.key("F10", "Down", "Right")
    guide.picture("All menus behind one button (F10)")
    guide.key("Escape", "Escape", "Escape")
    guide.key("ctrl+k")
    guide.wait(dialog_is_open)
    guide.type("album")
    guide.picture("Commands by name (Ctrl+K)")
    guide.key("Escape")
    guide.wait(no_dialog)
    guide.key("F1")
    guide.wait(dialog_is_open)
    guide.picture("Keys (F1)")
    guide.key("Escape")
    guide.wait(no_dialog)
    guide.key("ctrl+m")
    guide.picture("The menu bar (Ctrl+M)")
    guide.key("ctrl+m")


@stop("A drop is answered with Copy, and never with Move")
def drops(guide: Guide) -> None:
    given = guide.work / "from elsewhere.jpg"
    given.write_bytes((guide.photos / "Cats" / "cats 3.jpg").read_bytes())
    for action, ended in (("both", "CopyAction"), ("move", "IgnoreAction"), ("copy", "CopyAction")):
        source = guide.start_drag_source(action, given)
        assert source.stdout is not None
        assert source.stdout.readline().strip() == "shown"
        guide.drag(
            lambda: QPoint(70, 60),
            lambda: guide.window.mapToGlobal(guide.window.rect().center()),
            f"A file dragged from a program that offers {action}",
        )
        assert source.stdout.readline().strip() == ended, action
        source.wait(30)
        assert given.exists()
        if ended == "CopyAction":
            guide.wait(lambda window: window.found.isVisible() and window.found.photos.rowCount() > 0)
            guide.picture(f"Look-alikes of it (offered {action})")
            guide.key("Escape")
            guide.wait(lambda window: window.browsing.isVisible())


@stop("Search: one photo, and many")
def search(guide: Guide) -> None:
    guide.click(tile(guide, 0))
    guide.key("s")
    guide.wait(lambda window: window.found.isVisible() and window.found.photos.rowCount() > 0)
    guide.picture("Look-alikes of a photo")
    guide.key("Escape")
    guide.wait(lambda window: window.browsing.isVisible())
    guide.click(tile(guide, 0))
    guide.key("shift+Down", "shift+Down", "shift+Down", "shift+Down", "s")
    guide.wait(lambda window: window.found.isVisible() and window.found.photos.rowCount() > 0)
    guide.picture("Look-alikes of many photos")
    guide.key("Escape")
    guide.wait(lambda window: window.browsing.isVisible())


@stop("An album, and what may belong to it")
def album(guide: Guide) -> None:
    guide.wait(lambda window: len(window.sidebar.albums.albums) == 1)
    guide.click(of_album(guide, 0))
    guide.wait(lambda window: window.suggestions.isVisible() and window.browsing.photos.rowCount() == 3)
    guide.picture("An album")
    guide.click(of_folder(guide, 0))


@stop("Settings, each section of them, and models")
def settings(guide: Guide) -> None:
    guide.key("ctrl+comma")
    page = guide.ask(lambda: of_kind(guide.window, SettingsPage))
    guide.wait(lambda _: page.isVisible())
    for section in guide.ask(lambda: page.findChildren(Section)):
        name: str = guide.ask(section.accessibleName)
        guide.ask(partial(show_from_its_top, page, section))
        guide.picture(f"Settings: {name}")
    guide.click(lambda: middle(page.library.check))
    guide.wait(lambda _: page.library.check.isEnabled())
    guide.picture("The library was checked")
    guide.key("Escape", "F3")
    guide.picture("Models")
    guide.key("Escape")


@stop("What the program is, and its licences")
def about(guide: Guide) -> None:
    guide.ask(lambda: QTimer.singleShot(0, guide.window.about.trigger))
    guide.wait(dialog_is_open)
    guide.picture("About, with a report to be copied")
    guide.click(lambda: middle(of_kind(guide.window, AboutDialog).licences))
    guide.wait(lambda _: isinstance(QApplication.activeModalWidget(), LicencesDialog))
    guide.picture("Licences")
    guide.key("Escape", "Escape")
    guide.wait(no_dialog)


@stop("Learning the albums: the report, the versions, two rankings side by side")
def learning(guide: Guide) -> None:
    guide.ask(lambda: guide.window.browsing.grid.verticalScrollBar().setValue(0))
    for name, first in (("Bright", 0), ("Dark", 4)):
        guide.click(tile(guide, first))
        guide.click(tile(guide, first + 3), held="shift")
        guide.key("a")
        guide.wait(dialog_is_open)
        guide.type(name)
        guide.press_until("Return", no_dialog)
    guide.wait(lambda window: window.sidebar.learn.button.isEnabled())
    guide.click(of_window(guide, lambda window: window.sidebar.learn.button))
    guide.wait(lambda window: window.learned.isVisible() and idle(window))
    guide.picture("The albums were learned")
    guide.click(of_window(guide, lambda window: window.learned.accept_button))
    report = guide.ask(lambda: of_kind(guide.window, ReportPage))
    guide.wait(lambda _: report.isVisible())
    guide.picture("The report")
    guide.ask(lambda: report.area.verticalScrollBar().setValue(report.area.verticalScrollBar().maximum()))
    guide.picture("The report, further down")
    guide.key("Escape")
    guide.wait(lambda window: window.browsing.isVisible())
    if guide.ask(guide.window.sidebar.learn.versions.isVisible):
        guide.click(of_window(guide, lambda window: window.sidebar.learn.versions))
        guide.picture("Versions of what was learned")
        guide.key("Escape")


@stop("Files that could not be read")
def failures(guide: Guide) -> None:
    (guide.photos / "Cats" / "broken.jpg").write_bytes(b"This is no picture.")
    guide.wait(lambda window: window.sidebar.failures_button.isVisible())
    guide.click(of_window(guide, lambda window: window.sidebar.failures_button))
    page = guide.ask(lambda: of_kind(guide.window, FailuresPage))
    guide.wait(lambda _: page.isVisible() and page.model.rowCount() == 1)
    guide.key("Down", "Menu")
    guide.picture("Why a file could not be read, and what can be done")
    guide.key("Escape", "Escape")


@stop("Another language")
def language(guide: Guide) -> None:
    guide.key("ctrl+comma")
    page = guide.ask(lambda: of_kind(guide.window, SettingsPage))
    guide.wait(lambda _: page.isVisible())
    guide.ask(lambda: show_from_its_top(page, page.theme))
    guide.click(lambda: middle(page.language.box))
    guide.picture("The languages")
    guide.key("Home", "Return")
    guide.picture("The language changes with the next start")
    guide.key("Escape")
