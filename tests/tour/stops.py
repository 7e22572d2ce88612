"""The stops of the tour, in their order: what a user does, what must come of it, and a picture of that."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget

from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.shell.window import MainWindow
from tests.tour.album import Stop
from tests.tour.guide import Guide, middle

STOPS: list[Stop] = []
Visit = Callable[[Guide], None]


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
        area: QRect = grid.visualRect(grid.model().index(row, 0))
        return grid.viewport().mapToGlobal(area.center())

    return where


def gallery(window: MainWindow) -> Gallery:
    """What the user works in."""
    return window.shown_gallery()


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
    guide.wait(lambda window: window.browsing.photos.rowCount() == 32 and idle(window))
    guide.picture("All photos")


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
        source.wait(10)
        assert given.exists()
        if ended == "CopyAction":
            guide.wait(lambda window: window.found.isVisible() and window.found.photos.rowCount() > 0)
            guide.picture(f"Look-alikes of it (offered {action})")
            guide.key("Escape")
            guide.wait(lambda window: window.browsing.isVisible())
