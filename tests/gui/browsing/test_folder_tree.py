"""The folders of a library and what lies in them: opened, chosen, remembered, and kept in place by news."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from guie_desktop.domain import ALL_PHOTOS, Counts, Folder, Place
from guie_desktop.former import Former
from guie_desktop.gui.browsing.folder_tree import FolderTree
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.shell.sidebar import Sidebar
from guie_desktop.gui.widgets.line_list import LINE_HEIGHT, RIGHT
from guie_desktop.library.directory_tree import Directories, tree_of
from guie_desktop.messages import AddFolder, Changed, ImportAlbums
from guie_desktop.question import Example
from tests.gui.driving import LEFT, WORKER_MS
from tests.gui.pretending import Pretender

ROOT = Path("/photos")
SEA = ROOT / "2024" / "sea"


def folder(photos: int, *, online: bool = True) -> Folder:
    return Folder(1, ROOT, online=online, photos=photos)


def directories(**more: int) -> Directories:
    counts = {str(ROOT): 1, str(SEA): 5, str(ROOT / "2024"): 2, str(ROOT / "1999"): 1}
    return tree_of(counts | {str(ROOT / name): count for name, count in more.items()}, [ROOT])


@pytest.fixture
def tree(qtbot: QtBot) -> FolderTree:
    tree = FolderTree()
    qtbot.addWidget(tree)
    tree.show_folders((folder(9),), directories())
    tree.show()
    return tree


def shown(tree: FolderTree) -> list[str]:
    """The lines that are in view or can be scrolled there, each with its count."""

    def lines(item: QTreeWidgetItem, deep: int) -> list[str]:
        own = f"{'  ' * deep}{item.text(0)} {item.data(0, RIGHT)}"
        inside = [item.child(row) for row in range(item.childCount())] if item.isExpanded() else []
        return [own, *(line for one in inside if one is not None for line in lines(one, deep + 1))]

    return [line for row in range(tree.topLevelItemCount()) for line in lines(tree.top_line(row), 0)]


def menu_of(tree: FolderTree, item: QTreeWidgetItem) -> QMenu:
    tree.customContextMenuRequested.emit(tree.visualItemRect(item).center())
    menu = next(menu for menu in tree.findChildren(QMenu) if menu.isVisible())
    menu.close()
    return menu


def test_the_keyboard_opens_and_closes_folders(tree: FolderTree, qtbot: QtBot) -> None:
    chosen: list[Place] = []
    tree.chosen.connect(chosen.append)
    assert shown(tree) == ["All photos 9", "photos 9"]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(tree, key)
    assert shown(tree) == ["All photos 9", "photos 9", "  1999 1", "  2024 7", "    sea 5"]
    assert chosen[-1] == Place(1, directory=ROOT / "2024")
    qtbot.keyClick(tree, Qt.Key.Key_S)  # types ahead, and is no shortcut here
    assert chosen[-1] == Place(1, directory=SEA)
    for _ in range(2):
        qtbot.keyClick(tree, Qt.Key.Key_Left)
    assert shown(tree)[-1] == "  2024 7"
    assert chosen[-1] == Place(1, directory=ROOT / "2024")


def test_news_close_nothing_and_choose_nothing_else(tree: FolderTree) -> None:
    tree.choose(Place(1, directory=SEA))
    assert shown(tree)[-1] == "    sea 5"
    tree.show_folders((folder(12),), directories(new=3))
    assert shown(tree) == ["All photos 12", "photos 12", "  1999 1", "  2024 7", "    sea 5", "  new 3"]
    assert [item.text(0) for item in tree.selectedItems()] == ["sea"]
    assert tree.holds(Place(1, directory=SEA))
    tree.show_folders((folder(1),), tree_of({str(ROOT): 1}, [ROOT]))
    assert not tree.holds(Place(1, directory=SEA))
    assert not tree.holds(Place(2))
    assert tree.selectedItems() == []
    assert tree.holds(ALL_PHOTOS)


def test_what_was_chosen_in_a_folder_that_is_closed_gives_way_to_that_folder(tree: FolderTree, qtbot: QtBot) -> None:
    tree.choose(Place(1, directory=SEA))
    with qtbot.waitSignal(tree.chosen) as chosen:
        tree.top_line(1).setExpanded(False)
    assert chosen.args == [Place(1)]


def test_the_first_folder_moves_nothing_on_the_left_side(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.resize(232, 700)
    sidebar.show()
    sidebar.show_library((), Counts(0, 0), ())
    QApplication.processEvents()
    before = sidebar.albums_heading.y()
    assert before
    sidebar.show_library((folder(1),), Counts(1, 0), (), tree_of({str(ROOT): 1}, [ROOT]))
    QApplication.processEvents()
    assert sidebar.albums_heading.y() == before


def test_what_is_open_is_remembered(tree: FolderTree, qtbot: QtBot) -> None:
    tree.choose(Place(1, directory=SEA))
    again = FolderTree()
    qtbot.addWidget(again)
    again.remember(tree.opened, deep=tree.deep)
    again.show_folders((folder(9),), directories())
    assert shown(again) == shown(tree)


def test_folders_can_show_what_lies_in_themselves_alone(tree: FolderTree, qtbot: QtBot) -> None:
    tree.choose(Place(1, directory=ROOT / "2024"))
    menu = menu_of(tree, tree.top_line(1))
    deep = next(action for action in menu.actions() if action.isCheckable())
    assert deep.isChecked()
    with qtbot.waitSignal(tree.chosen) as chosen:
        deep.trigger()
    assert chosen.args == [Place(1, directory=ROOT / "2024", deep=False)]
    assert shown(tree) == ["All photos 9", "photos 1", "  1999 1", "  2024 2"]
    assert not tree.deep


def test_a_folder_that_is_away_says_so_with_all_that_is_in_it(tree: FolderTree) -> None:
    tree.show_folders((folder(9, online=False),), directories())
    tree.choose(Place(1, directory=SEA))
    (sea,) = tree.selectedItems()
    assert sea.data(0, Qt.ItemDataRole.AccessibleTextRole) == "sea, 5 photos, not connected"
    assert menu_of(tree, sea).actions()[0].text() == "Search only in this folder"


def test_a_directory_is_browsed_and_searched(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    """The two folders of the library become parts of the one in which they lie."""
    window, overview = conductor.window, conductor.browsing.overview
    assert overview is not None
    parent = overview.folders[0].path.parent
    conductor.client.ask(AddFolder(parent))
    tree = window.sidebar.folders
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 2, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: tree.place_of(parent) is not None, timeout=WORKER_MS)
    tree.top_line(1).setExpanded(True)
    qtbot.waitUntil(lambda: tree.height() >= 4 * LINE_HEIGHT, timeout=WORKER_MS)
    inside = tree.top_line(1).child(1)
    assert inside is not None
    qtbot.mouseClick(tree.viewport(), LEFT, pos=tree.visualItemRect(inside).center())
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 8, timeout=WORKER_MS)
    assert window.browsing.line.title.text == "Holidays · 8"
    photo = window.browsing.photo_at(0)
    assert photo is not None
    conductor.search.state.ask((Example(photo.path, photo),))
    assert tree.selectedItems() == []  # all photos are searched
    tree.search_asked.emit(parent / "Holidays")
    assert [item.text(0) for item in tree.selectedItems()] == ["Holidays"]
    assert window.search.results.scope.currentText() == "Only in Holidays"
    qtbot.waitUntil(lambda: 0 < window.found.photos.rowCount() <= 8, timeout=WORKER_MS)
    conductor.search.state.clear()
    assert [item.text(0) for item in tree.selectedItems()] == ["Holidays"]
    worker.answers[ImportAlbums] = lambda _: Changed(Former((), ()))
    tree.albums_asked.emit(parent)
    box = window.findChild(QMessageBox)
    assert box is not None
    qtbot.mouseClick(next(one for one in box.buttons() if one.text() == "Make albums"), LEFT)
    assert worker.of(ImportAlbums) == [ImportAlbums(parent)]
