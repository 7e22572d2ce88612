"""The page of duplicates in the real window: found, chosen, moved to the trash, undone, and what is no duplicate."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.duplicates.folders_dialog import FoldersDialog
from guie_desktop.gui.duplicates.page import DuplicatesPage
from guie_desktop.messages import DuplicatesFound, Failed, FindDuplicates
from guie_desktop.paths import LibraryPaths
from tests.gui.conftest import Start
from tests.gui.driving import UNDO, WORKER_MS, activate
from tests.gui.pretending import Pretender
from tests.running import index_folder
from tests.search.duplicates.copies import COPIES, save, scene

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the trash of other systems tells nothing"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A picture with an exact copy, one in three forms, and one alone."""
    root = tmp_path / "photos"
    for number in range(3):
        save(scene(number), root / f"{number}.jpg")
    (root / "copies").mkdir()
    (root / "copies" / "0.jpg").write_bytes((root / "0.jpg").read_bytes())
    save(COPIES["smaller"](scene(1)), root / "copies" / "1 small.jpg")
    save(COPIES["turned"](scene(1)), root / "1 turned.jpg", quality=50)
    return root


@pytest.fixture
def conductor(start: Start, folder: Path, tmp_path: Path, models_folder: Path) -> Conductor:
    paths = LibraryPaths(tmp_path / "library")
    paths.root.mkdir()
    paths.networks.symlink_to(models_folder, target_is_directory=True)
    index_folder(paths, folder)
    return start(paths)


@pytest.fixture
def page(conductor: Conductor, qtbot: QtBot) -> DuplicatesPage:
    """The page, with what was found; the search for it is over."""
    qtbot.keyClick(conductor.window, Qt.Key.Key_F7)
    page = conductor.screens.duplicates.page
    qtbot.waitUntil(lambda: page.look.isEnabled() and page.gallery.photos.rowCount() == 2, timeout=WORKER_MS)
    return page


def names(page: DuplicatesPage) -> list[str]:
    shown = [page.gallery.photo_at(row) for row in range(page.gallery.photos.rowCount())]
    return [f"{photo.path.parent.name}/{photo.path.name}" for photo in shown if photo is not None]


def marks(page: DuplicatesPage) -> dict[str, str]:
    return {name: page.gallery.photos.verdicts[page.gallery.photos.ids[row]] for row, name in enumerate(names(page))}


def show(page: DuplicatesPage, kind: int, qtbot: QtBot) -> None:
    button = page.kinds._group.button(kind)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press(conductor: Conductor, qtbot: QtBot) -> None:
    """Say yes to what is asked."""

    def asked() -> QMessageBox | None:
        return next((box for box in conductor.window.findChildren(QMessageBox) if box.isVisible()), None)

    qtbot.waitUntil(lambda: asked() is not None, timeout=WORKER_MS)
    box = asked()
    assert box is not None
    qtbot.keyClick(box, Qt.Key.Key_Return)
    activate(conductor, qtbot)


def test_groups_are_shown_by_kind_with_what_stays(page: DuplicatesPage, qtbot: QtBot) -> None:
    assert names(page) == ["photos/0.jpg", "copies/0.jpg"]
    assert sorted(marks(page).values()) == ["member", "not"]
    assert page.summary.text().startswith("1 group; to go: 1 photo, ")
    show(page, 1, qtbot)
    assert set(names(page)) == {"photos/1.jpg", "photos/1 turned.jpg", "copies/1 small.jpg"}
    assert marks(page)["photos/1.jpg"] == "member"
    assert names(page)[-1] == "copies/1 small.jpg"
    show(page, 2, qtbot)
    assert names(page) == []
    assert page.summary.text() == "There are no bursts."
    assert not page.trash.isEnabled()


def test_a_search_that_failed_does_not_say_that_there_are_none(conductor: Conductor, qtbot: QtBot) -> None:
    worker = Pretender(conductor)
    worker.answers[FindDuplicates] = lambda _: Failed("The search engine stopped unexpectedly.", "Please try again.")
    qtbot.keyClick(conductor.window, Qt.Key.Key_F7)
    page = conductor.screens.duplicates.page
    qtbot.waitUntil(lambda: page.summary.text().startswith("The search for duplicates did not"), timeout=WORKER_MS)
    worker.answers[FindDuplicates] = lambda _: DuplicatesFound(0, 0)
    page.look.click()
    qtbot.waitUntil(lambda: page.summary.text() == "There are no copies.", timeout=WORKER_MS)


def test_a_click_and_the_space_bar_let_a_photo_stay_and_go(
    page: DuplicatesPage, conductor: Conductor, qtbot: QtBot
) -> None:
    show(page, 1, qtbot)
    grid, last = page.gallery.grid, page.gallery.photos.rowCount() - 1
    grid.go_to(last)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert marks(page)["copies/1 small.jpg"] == "member"
    assert "Stays" in page.gallery.photos.index(last).data(Qt.ItemDataRole.AccessibleTextRole)
    place = grid.visualRect(page.gallery.photos.index(last)).center() + QPoint(0, 10)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert marks(page)["copies/1 small.jpg"] == "not"
    stays = next(row for row, name in enumerate(names(page)) if name == "photos/1.jpg")
    grid.go_to(stays)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert marks(page)["photos/1.jpg"] == "member"
    assert "One photo of a group has to stay." in conductor.window.status.tasks.label.text()


def test_others_go_to_the_trash_with_what_was_said_of_them_given_to_the_one_that_stays_and_undo_brings_all_back(
    page: DuplicatesPage, conductor: Conductor, folder: Path, qtbot: QtBot
) -> None:
    show(page, 1, qtbot)
    by_name = dict(zip(names(page), page.gallery.photos.ids, strict=True))
    small, stays = by_name["copies/1 small.jpg"], by_name["photos/1.jpg"]
    conductor.albums.controller.create("Cats", (small,))
    reader = conductor.reader
    qtbot.waitUntil(lambda: [album.photos for album in reader.albums()] == [1], timeout=WORKER_MS)
    (album,) = reader.albums()
    conductor.selection_bar.marks.rate((small,), 4)
    qtbot.waitUntil(lambda: reader.photos([small])[small].rating == 4, timeout=WORKER_MS)
    qtbot.mouseClick(page.trash, Qt.MouseButton.LeftButton)
    press(conductor, qtbot)
    gone = [folder / "copies" / "1 small.jpg", folder / "1 turned.jpg"]
    qtbot.waitUntil(lambda: not any(path.exists() for path in gone), timeout=WORKER_MS)
    qtbot.waitUntil(lambda: names(page) == [] and not conductor.undo.is_busy, timeout=WORKER_MS)
    assert (folder / "1.jpg").exists()
    assert reader.verdicts(album.id).get(stays) == "member"
    assert reader.photos([stays])[stays].rating == 4
    qtbot.keyClick(conductor.window, *UNDO)
    qtbot.waitUntil(lambda: all(path.exists() for path in gone) and len(names(page)) == 3, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: not conductor.undo.is_busy, timeout=WORKER_MS)
    assert reader.verdicts(album.id) == {small: "member"}
    assert (reader.photos([stays])[stays].rating, reader.photos([small])[small].rating) == (0, 4)


def test_nothing_goes_where_what_is_to_stay_is_not_there(
    page: DuplicatesPage, conductor: Conductor, folder: Path, qtbot: QtBot
) -> None:
    stays = next(name for name, mark in marks(page).items() if mark == "member")
    kept = folder.parent / stays if stays.startswith("photos") else folder / stays
    other = folder / "copies" / "0.jpg" if kept == folder / "0.jpg" else folder / "0.jpg"
    page.gallery.grid.go_to(0)
    kept.write_bytes(b"something else")
    qtbot.mouseClick(page.trash_group, Qt.MouseButton.LeftButton)
    banner = conductor.window.banner
    qtbot.waitUntil(lambda: banner.isVisible() and "cannot be relied on" in banner.title.text(), timeout=WORKER_MS)
    assert other.exists()
    assert not any(box.isVisible() for box in conductor.window.findChildren(QMessageBox))


def test_what_is_no_duplicate_is_not_shown_again_until_that_is_undone(
    page: DuplicatesPage, conductor: Conductor, qtbot: QtBot
) -> None:
    page.gallery.grid.go_to(0)
    qtbot.mouseClick(page.part, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(page) == [], timeout=WORKER_MS)
    assert page.summary.text().startswith("There are no mere copies; those of photos with other versions are under")
    qtbot.mouseClick(page.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.look.isEnabled, timeout=WORKER_MS)
    show(page, 1, qtbot)
    qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=WORKER_MS)
    page.gallery.grid.go_to(2)
    qtbot.mouseClick(page.leave_out, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(names(page)) == 2, timeout=WORKER_MS)
    qtbot.keyClick(conductor.window, *UNDO)
    qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=WORKER_MS)
    show(page, 0, qtbot)
    assert names(page) == []


def test_protected_folders_and_the_rule_are_remembered(
    page: DuplicatesPage, conductor: Conductor, folder: Path, qtbot: QtBot
) -> None:
    page.rules.setCurrentIndex(page.rules.findData("folder"))
    page.rules.activated.emit(page.rules.currentIndex())
    qtbot.waitUntil(lambda: conductor.reader.duplicates().choices.rule == "folder", timeout=WORKER_MS)
    qtbot.mouseClick(page.folders, Qt.MouseButton.LeftButton)
    (dialog,) = conductor.window.findChildren(FoldersDialog)
    assert dialog.list.count() == 2
    copies = next(row for row in range(2) if dialog.list.item(row).text().endswith("copies"))
    dialog.list.setCurrentRow(copies)
    if copies:
        qtbot.mouseClick(dialog.up, Qt.MouseButton.LeftButton)
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    activate(conductor, qtbot)
    choices = conductor.reader.duplicates
    qtbot.waitUntil(lambda: choices().choices.protected == (folder / "copies",), timeout=WORKER_MS)
    assert choices().choices.best == (folder / "copies", folder)
    assert marks(page) == {"photos/0.jpg": "not", "copies/0.jpg": "member"}
    page.gallery.grid.go_to(names(page).index("copies/0.jpg"))
    qtbot.keyClick(page.gallery.grid, Qt.Key.Key_Space)
    assert "protected" in conductor.window.status.tasks.label.text()


def test_thousands_of_groups_are_shown_at_once(conductor: Conductor, page: DuplicatesPage, qapp: QApplication) -> None:
    found = conductor.reader.duplicates()
    many = tuple(found.groups[0] for _ in range(5000))
    headings = {2 * number: f"group {number}" for number in range(5000)}
    page.show_groups(many, headings, {}, "5000 groups", can_go=True)
    bar = page.gallery.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    qapp.processEvents()
    assert page.gallery.grid.rows_in_view().stop == 10_000
    assert page.gallery.photos.tiles(184).headings.words(9998) == "group 4999"
