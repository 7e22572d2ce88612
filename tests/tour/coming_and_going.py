"""More stops of the tour: what comes from other programs, and what goes away while it is shown."""

import shutil

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from guie_desktop.gui.shell.window import MainWindow
from tests.tour.guide import Guide, middle
from tests.tour.stops import PHOTOS, dialog_is_open, no_dialog, of_album, of_folder, of_window, stop, tile


def go_to_the_top(guide: Guide) -> None:
    """All photos, from the first one on."""
    guide.click(of_folder(guide, 0))
    guide.wait(lambda window: window.browsing.isVisible() and window.browsing.photos.rowCount() == PHOTOS)
    guide.ask(lambda: guide.window.browsing.grid.verticalScrollBar().setValue(0))


def in_albums(window: MainWindow) -> int:
    """How many photos all albums hold together."""
    return sum(album.photos for album in window.sidebar.albums.albums)


@stop("Files from outside on an album: their folder is offered, and one Undo takes all of it back")
def outside_files(guide: Guide) -> None:
    before = in_albums(guide.window)
    outside = guide.work / "Memory card"
    outside.mkdir()
    given = outside / "cats from the card.jpg"
    shutil.copyfile(guide.photos / "Cats" / "cats 3.jpg", given)
    given.write_bytes(given.read_bytes() + b"another content")
    source = guide.start_drag_source("both", given)
    assert source.stdout is not None
    assert source.stdout.readline().strip() == "shown"
    guide.drag(lambda: QPoint(70, 60), of_album(guide, 0), "Dragged on the album, which is lit")
    assert source.stdout.readline().strip() == "CopyAction"
    guide.wait(dialog_is_open)
    guide.picture("Its folder is offered")
    guide.press_until("Return", no_dialog)
    source.wait(30)
    guide.wait(lambda window: in_albums(window) == before + 1)
    guide.picture("It joined the album")
    guide.key("ctrl+z")
    guide.wait(lambda window: in_albums(window) == before)
    guide.wait(lambda window: window.browsing.photos.rowCount() == PHOTOS)
    guide.picture("Folder and photo are out again, and nothing older was undone")
    assert given.exists()


@stop("A photo of the library on the search bar, and a path that is pasted")
def on_the_bar(guide: Guide) -> None:
    go_to_the_top(guide)
    guide.drag(tile(guide, 1), of_window(guide, lambda window: window.search.frame), "The bar says what a drop does")
    guide.wait(lambda window: window.found.isVisible() and window.found.photos.rowCount() > 0)
    guide.drag(tile(guide, 5), of_window(guide, lambda window: window.search.frame), "A second one is added")
    guide.wait(lambda window: len(window.search.area.chips) == 2)
    guide.picture("Both are looked for")
    path = guide.photos / "Rockets" / "rockets 2.jpg"
    guide.ask(lambda: QApplication.clipboard().setText(path.as_uri()))
    guide.key("ctrl+v")
    guide.wait(lambda window: len(window.search.area.chips) == 1)
    guide.picture("A pasted file URL is looked for")
    guide.press_until("Escape", lambda window: window.browsing.isVisible())


@stop("Sorted by rating, and the scroll bar that says where it leads")
def order(guide: Guide) -> None:
    go_to_the_top(guide)
    guide.click(of_window(guide, lambda window: window.browsing.line.button))
    guide.picture("Orders")
    guide.key("Down", "Down", "Down", "Down", "Down", "Return")
    guide.wait(lambda window: window.browsing.order.name == "rating")
    guide.picture("The best first")
    guide.click(of_window(guide, lambda window: window.browsing.line.button))
    guide.key("Down", "Return")
    guide.wait(lambda window: window.browsing.order.name == "taken")
    for _ in range(14):
        guide.key("ctrl+plus")
    guide.point_at(lambda: middle(guide.window.browsing.grid.verticalScrollBar()))
    guide.picture("The years beside the scroll bar")
    for _ in range(8):
        guide.key("ctrl+minus")


@stop("A file that is gone, and a folder that is not connected")
def away(guide: Guide) -> None:
    gone, aside = guide.photos / "Kitchen" / "kitchen 8.jpg", guide.work / "aside.jpg"
    go_to_the_top(guide)
    shutil.move(gone, aside)
    guide.wait(lambda window: window.browsing.photos.rowCount() == PHOTOS - 1)
    guide.picture("A file was removed by another program: it leaves by itself")
    shutil.move(aside, gone)
    guide.wait(lambda window: window.browsing.photos.rowCount() == PHOTOS)
    shutil.move(guide.photos, guide.work / "elsewhere")
    guide.wait(lambda window: window.browsing.loader.offline)
    guide.click(tile(guide, 1), times=2)
    guide.wait(lambda window: window.preview.isVisible())
    guide.picture("A photo that is away says so")
    guide.press_until("Escape", lambda window: not window.preview.isVisible())
    guide.picture("Its folder does, too")
    shutil.move(guide.work / "elsewhere", guide.photos)
    guide.wait(lambda window: not window.browsing.loader.offline)
