"""Copying, renaming and moving, from the keys and dialogs to the files on the disk and back."""

import threading
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from guie_desktop.disk.placing import move_without_replacing
from guie_desktop.domain import Place
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.filing.export_dialog import ExportDialog
from guie_desktop.gui.filing.move_dialog import MoveDialog
from guie_desktop.gui.filing.rename_dialog import RenameDialog, RenameManyDialog
from guie_desktop.jobs import moving
from guie_desktop.messages import Cancel, Progress
from guie_desktop.settings import Settings
from tests.drawing import save_photos
from tests.gui.driving import UNDO, WORKER_MS, activate, go_to, make_album, shown_albums

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
NAMES = ("rings-000.jpg", "stripes-001.jpg", "blocks-002.jpg")
DialogT = TypeVar("DialogT", bound=QDialog)


@pytest.fixture
def own(conductor: Conductor, tmp_path: Path, qtbot: QtBot) -> Path:
    """A folder of three photos of the library, which a test may do anything with."""
    save_photos(tmp_path / "own", 3)
    conductor.browsing.add_folders((tmp_path / "own",))
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 17, timeout=WORKER_MS)
    window = conductor.window
    folder = next(one for one in conductor.reader.folders() if one.path == tmp_path / "own")
    window.sidebar.go_to(Place(folder.id))
    qtbot.waitUntil(lambda: window.browsing.photos.rowCount() == 3, timeout=WORKER_MS)
    return tmp_path / "own"


def asked(conductor: Conductor, qtbot: QtBot, kind: type[DialogT]) -> DialogT:
    def there() -> list[DialogT]:
        return [dialog for dialog in conductor.window.findChildren(kind) if dialog.isVisible()]

    qtbot.waitUntil(lambda: bool(there()), timeout=WORKER_MS)
    return there()[0]


def press(dialog: QDialog, words: str, conductor: Conductor, qtbot: QtBot) -> None:
    button = next(one for one in dialog.findChildren(QAbstractButton) if one.text().strip() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    # A question may follow, which is not to be kept from the keyboard.
    if not any(one.isVisible() for one in conductor.window.findChildren(QDialog)):
        conductor.window.activateWindow()


def in_folder(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def choose_all(conductor: Conductor) -> None:
    conductor.window.browsing.grid.setFocus()
    conductor.window.browsing.grid.selectAll()


def begin_copying(conductor: Conductor, qtbot: QtBot, out: Path) -> ExportDialog:
    activate(conductor, qtbot)
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_E, CTRL_SHIFT)
    dialog = asked(conductor, qtbot, ExportDialog)
    dialog.choose(out)
    return dialog


def test_photos_are_copied_and_names_that_are_taken_asked_of_once(
    conductor: Conductor, own: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    choose_all(conductor)
    dialog = begin_copying(conductor, qtbot, out)
    assert any("rings-000.jpg" in line for line in dialog.names.told)
    press(dialog, "Copy", conductor, qtbot)
    tasks = conductor.window.status.tasks
    qtbot.waitUntil(lambda: "3 photos copied to out." in tasks.label.text(), timeout=WORKER_MS)
    assert in_folder(out) == set(NAMES)
    assert conductor.undo.next_undo == "How to undo: 3 photos copied to out"  # and nothing older
    for name in NAMES:
        assert (out / name).read_bytes() == (own / name).read_bytes()
    press(begin_copying(conductor, qtbot, out), "Copy", conductor, qtbot)
    question = asked(conductor, qtbot, QMessageBox)
    assert "3 files of the same name" in question.text()
    press(question, "Keep both", conductor, qtbot)
    qtbot.waitUntil(lambda: len(in_folder(out)) == 6, timeout=WORKER_MS)
    # In the library nothing is replaced, so that is not offered there.
    press(begin_copying(conductor, qtbot, own), "Copy", conductor, qtbot)
    question = asked(conductor, qtbot, QMessageBox)
    assert [button.text() for button in question.buttons()] == ["Keep both", "Skip", "Cancel"]
    press(question, "Skip", conductor, qtbot)
    qtbot.waitUntil(lambda: "3 left out" in tasks.label.text(), timeout=WORKER_MS)
    assert in_folder(own) == set(NAMES)


def test_what_could_not_be_copied_is_listed(conductor: Conductor, own: Path, qtbot: QtBot, tmp_path: Path) -> None:
    choose_all(conductor)
    dialog = begin_copying(conductor, qtbot, tmp_path / "out")
    (own / NAMES[0]).write_bytes(b"another")
    press(dialog, "Copy", conductor, qtbot)
    told = asked(conductor, qtbot, QMessageBox)
    assert "1 could not be copied" in told.text()
    assert NAMES[0] in told.detailedText()
    told.close()


def test_what_was_chosen_is_remembered(conductor: Conductor, own: Path, qtbot: QtBot, tmp_path: Path) -> None:
    choose_all(conductor)
    dialog = begin_copying(conductor, qtbot, tmp_path / "out")
    dialog.kind.setCurrentIndex(dialog.kind.findData(1024))
    dialog.names.choose("{number}")
    assert dialog.names.told == ("For example: 1.jpg", "2.jpg", "3.jpg")
    press(dialog, "Copy", conductor, qtbot)
    qtbot.waitUntil(lambda: (tmp_path / "out").exists() and len(in_folder(tmp_path / "out")) == 3, timeout=WORKER_MS)
    kept = conductor.settings()
    assert (kept.export_folder, kept.export_size, kept.export_names) == (str(tmp_path / "out"), 1024, "{number}")
    again = begin_copying(conductor, qtbot, tmp_path / "out")
    assert (again.kind.currentData(), again.names.template) == (1024, "{number}")
    again.names.own.setText("{camera}")
    assert not again.verb.isEnabled()
    assert again.names.told == ("There is no {camera} in a name.",)
    again.reject()
    assert Settings().export_folder == ""


def test_a_photo_is_renamed_stays_in_its_album_and_gets_its_name_back(
    conductor: Conductor, own: Path, qtbot: QtBot
) -> None:
    (own / "rings-000.xmp").write_text("notes")
    go_to(conductor, NAMES[0])
    photo = conductor.window.browsing.chosen_ids()
    make_album(conductor, qtbot, "Gulls", tuple(photo))
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_F2)
    dialog = asked(conductor, qtbot, RenameDialog)
    assert dialog.field.selectedText() == "rings-000"
    dialog.field.setText("a/b")
    assert not dialog.verb.isEnabled()
    dialog.field.setText("Gull")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: in_folder(own) == {"Gull.jpg", "Gull.xmp", *NAMES[1:]}, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: "1 photo renamed." in conductor.window.status.tasks.label.text(), timeout=WORKER_MS)
    assert shown_albums(conductor)["Gulls"] == 1
    qtbot.waitUntil(lambda: next(iter(conductor.reader.photos(photo).values())).path.name == "Gull.jpg")
    activate(conductor, qtbot)
    qtbot.keyClick(conductor.window.browsing.grid, *UNDO)
    qtbot.waitUntil(lambda: in_folder(own) == {*NAMES, "rings-000.xmp"}, timeout=WORKER_MS)


def test_a_name_that_is_taken_is_told(conductor: Conductor, own: Path, qtbot: QtBot) -> None:
    go_to(conductor, NAMES[0])
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_F2)
    dialog = asked(conductor, qtbot, RenameDialog)
    dialog.field.setText("stripes-001")
    press(dialog, "Rename", conductor, qtbot)
    qtbot.waitUntil(conductor.window.banner.isVisible, timeout=WORKER_MS)
    assert "there is already a file stripes-001.jpg" in conductor.window.banner.title.text()
    assert in_folder(own) == set(NAMES)


def test_several_are_renamed_by_a_rule(conductor: Conductor, own: Path, qtbot: QtBot) -> None:
    choose_all(conductor)
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_F2)
    dialog = asked(conductor, qtbot, RenameManyDialog)
    dialog.names.choose("Trip {number}")
    press(dialog, "Rename", conductor, qtbot)
    qtbot.waitUntil(lambda: in_folder(own) == {f"Trip {number}.jpg" for number in (1, 2, 3)}, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: "3 photos renamed." in conductor.window.status.tasks.label.text(), timeout=WORKER_MS)
    activate(conductor, qtbot)
    qtbot.keyClick(conductor.window.browsing.grid, *UNDO)
    qtbot.waitUntil(lambda: in_folder(own) == set(NAMES), timeout=WORKER_MS)


def test_photos_are_moved_to_a_folder_that_becomes_part_of_the_library(
    conductor: Conductor, own: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    to = tmp_path / "to"
    to.mkdir()
    choose_all(conductor)
    make_album(conductor, qtbot, "All", tuple(conductor.window.browsing.chosen_ids()))
    qtbot.keyClick(conductor.window.browsing.grid, Qt.Key.Key_M, CTRL_SHIFT)
    dialog = asked(conductor, qtbot, MoveDialog)
    assert dialog.add_it.isHidden()
    dialog.choose(to)
    assert not dialog.add_it.isHidden()
    dialog.add_it.setChecked(False)
    assert "the photos leave it" in dialog.told.text()
    dialog.add_it.setChecked(True)
    press(dialog, "Move", conductor, qtbot)
    qtbot.waitUntil(lambda: in_folder(to) == set(NAMES), timeout=WORKER_MS)
    qtbot.waitUntil(lambda: any(folder.path == to for folder in conductor.reader.folders()), timeout=WORKER_MS)
    qtbot.waitUntil(lambda: shown_albums(conductor)["All"] == 3, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: "3 photos moved." in conductor.window.status.tasks.label.text(), timeout=WORKER_MS)
    assert conductor.settings().moved_to == str(to)
    activate(conductor, qtbot)
    qtbot.keyClick(conductor.window.browsing.grid, *UNDO)
    qtbot.waitUntil(lambda: in_folder(own) == set(NAMES) and not in_folder(to), timeout=WORKER_MS)


def test_who_is_quick_takes_back_what_was_asked_for_last(conductor: Conductor, own: Path, qtbot: QtBot) -> None:
    choose_all(conductor)
    make_album(conductor, qtbot, "All", tuple(conductor.window.browsing.chosen_ids()))
    photos = conductor.reader.photos(conductor.window.browsing.chosen_ids())
    first = next(photo for photo in photos.values() if photo.path.name == NAMES[0])
    conductor.filing.moves.rename_to(first, "Gull.jpg")
    conductor.undo.take_back()  # before the worker has answered
    qtbot.waitUntil(lambda: not conductor.undo.is_busy, timeout=WORKER_MS)
    assert in_folder(own) == set(NAMES)
    assert shown_albums(conductor)["All"] == 3
    assert conductor.undo.next_redo == "Redo: 1 photo renamed"


def test_of_a_move_that_is_cancelled_as_much_is_undone_as_was_done(
    conductor: Conductor, own: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = own / "more"
    to.mkdir()
    save_photos(own, 60)
    conductor.browsing.rescan()
    qtbot.waitUntil(lambda: conductor.window.browsing.photos.rowCount() == 60, timeout=WORKER_MS)
    choose_all(conductor)

    def cancel_once(news: Progress) -> None:
        if news.stage == "move" and not cancelled.is_set():
            conductor.client.ask(Cancel())
            cancelled.set()

    def move(source: Path, target: Path) -> None:
        """However late the window hears of it, it is cancelled after the second."""
        assert len(in_folder(to)) < 2 or cancelled.wait(WORKER_MS / 1000)
        move_without_replacing(source, target)

    cancelled = threading.Event()
    monkeypatch.setattr(moving, "move_without_replacing", move)  # the worker is in this process
    conductor.client.on(Progress, cancel_once)
    conductor.filing.moves.move_to(conductor.window.browsing.chosen_ids(), to, add=False)
    qtbot.waitUntil(lambda: not conductor.undo.is_busy, timeout=WORKER_MS)
    went = in_folder(to)
    assert 0 < len(went) < 60
    assert str(len(went)) in conductor.undo.next_undo
    conductor.undo.take_back()
    qtbot.waitUntil(lambda: not conductor.undo.is_busy, timeout=WORKER_MS)
    assert not in_folder(to)
    conductor.undo.do_again()
    qtbot.waitUntil(lambda: not conductor.undo.is_busy, timeout=WORKER_MS)
    assert in_folder(to) == went


def test_all_of_it_is_in_the_menu_of_the_photos(conductor: Conductor, own: Path, qtbot: QtBot) -> None:
    go_to(conductor, NAMES[0])
    menus: list[QMenu] = []
    conductor.actions.menu_made.connect(menus.append)
    conductor.actions.open_menu(conductor.window.rect().center())
    texts = [action.text() for action in menus[0].actions()]
    wanted = ["Copy to a folder…", "Rename…", "Move to a folder…"]
    assert [text for text in texts if text in wanted] == wanted
    inner = next(action.menu() for action in menus[0].actions() if action.text() == "Open with")
    assert isinstance(inner, QMenu)
    inner.aboutToShow.emit()
    assert inner.actions()[-1].text() == "Another program…"
    menus[0].close()
