"""What users of other programs take for granted, each in its shortest way through the real window.

They are the twelve table stakes of the study of the field; each test names the ones that hold it in depth.
"""

import errno
import shutil
import sys
from array import array
from multiprocessing.connection import Connection
from pathlib import Path

import open_clip
import pytest
import torch
from PIL import Image
from PIL.ExifTags import Base
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDrag, QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Hit, Term
from guie_desktop.domain import Photo
from guie_desktop.gui.backbones.page import ModelRow
from guie_desktop.gui.backend.worker_link import Launch, RunningWorker, spawned
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos import actions
from guie_desktop.gui.photos import trash as trash_module
from guie_desktop.gui.photos.photo_list import tile_note
from guie_desktop.gui.photos.photo_mime import files_as_mime
from guie_desktop.gui.shell.restoring import Restoring
from guie_desktop.library.backups import make_copy
from guie_desktop.library.ordered_photos import OrderedPhotos
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths, LibraryPlace, keep_place, library_paths, read_place
from guie_desktop.pictures.images import decode
from guie_desktop.worker.loop import Loop
from guie_desktop.worker.process import run_worker
from tests.damage_drill import spoil
from tests.drawing import draw_scene, save_photos
from tests.gui.conftest import Start
from tests.gui.driving import (
    LEFT,
    WORKER_MS,
    activate,
    drop,
    go_to,
    ids,
    make_album,
    names_found,
    wait_for_albums,
    wait_for_answers,
    wait_for_hits,
    wait_for_rest,
)
from tests.gui.duplicates.test_duplicates import names as names_on_page
from tests.gui.duplicates.test_duplicates import show as show_kind
from tests.gui.filters.test_filtering import choose as choose_filter
from tests.gui.filters.test_filtering import names as names_in
from tests.gui.search.test_searching import look_for
from tests.pictures.test_images import HEIC
from tests.running import index_folder
from tests.search.duplicates.copies import COPIES, save, scene

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TURNED = 6
"""The EXIF orientation of a camera that was held upright."""


def hits(conductor: Conductor) -> list[Hit]:
    """What was found, from the first one on."""
    photos = conductor.window.found.photos
    return [hit for row in range(photos.rowCount()) if (hit := photos.hit(row)) is not None]


def drop_file(conductor: Conductor, qtbot: QtBot, path: Path) -> None:
    """Let go of a file over the window, and wait for what is like it."""
    mime = files_as_mime([])
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    drop(conductor, application, mime)
    qtbot.waitUntil(lambda: [one.path for one in conductor.search.state.question.examples] == [path])
    qtbot.waitUntil(lambda: conductor.search.answer is not None, timeout=WORKER_MS)
    wait_for_hits(conductor, qtbot)


def wait_for_number(conductor: Conductor, qtbot: QtBot, expected: int) -> None:
    qtbot.waitUntil(lambda: len(names_found(conductor)) == expected, timeout=WORKER_MS)


def wait_for_first(conductor: Conductor, qtbot: QtBot, name: str) -> None:
    qtbot.waitUntil(lambda: names_found(conductor)[0] == name, timeout=WORKER_MS)


def picture_of(conductor: Conductor, qtbot: QtBot, photo: Photo) -> QPixmap:
    """That of its tile, when it is there."""
    qtbot.waitUntil(lambda: conductor.loader.picture(photo) is not None, timeout=WORKER_MS)
    picture = conductor.loader.picture(photo)
    assert picture is not None
    return picture


def shown(conductor: Conductor) -> int:
    return conductor.window.browsing.photos.rowCount()


def test_1_outside_photos_are_dropped_pasted_and_picked_and_any_tile_has_find_similar(
    conductor: Conductor, qtbot: QtBot, photo_folder: Path, tmp_path: Path
) -> None:
    """In depth: search/test_incoming.py, shell/test_drops.py, shell/test_window.py."""
    window = conductor.window
    outside = [
        Path(shutil.copy(photo_folder / "Holidays" / name, tmp_path / f"outside {name}"))
        for name in ("rocket 1.jpg", "coffee 1.jpg", "chelsea 1.jpg")
    ]
    drop_file(conductor, qtbot, outside[0])
    assert names_found(conductor)[0].startswith("rocket")

    QGuiApplication.clipboard().setText(str(outside[1]))
    qtbot.keyClick(window.found.grid, KEY.Key_V, CTRL)
    qtbot.waitUntil(lambda: names_found(conductor)[0].startswith("coffee"), timeout=WORKER_MS)

    qtbot.keyClick(window.found.grid, KEY.Key_O, CTRL)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(outside[2]))
    dialog.accept()
    activate(conductor, qtbot)
    qtbot.waitUntil(lambda: names_found(conductor)[0].startswith("chelsea"), timeout=WORKER_MS)

    qtbot.keyClick(window.found.grid, KEY.Key_Escape)
    grid = window.browsing.grid
    place = grid.visualRect(grid.model().index(go_to(conductor, "astronaut 1.jpg"), 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, grid.viewport().mapToGlobal(place))
    QApplication.sendEvent(grid.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Find similar").trigger()
    menu.close()
    qtbot.waitUntil(lambda: names_found(conductor)[0].startswith("astronaut"), timeout=WORKER_MS)
    activate(conductor, qtbot)


class Processes:
    """Starts workers as processes, and kills the last one."""

    def __init__(self) -> None:
        self.started: list[RunningWorker] = []

    def __call__(self, connection: Connection, paths: LibraryPaths) -> RunningWorker:
        self.started.append(spawned(run_worker)(connection, paths))
        return self.started[-1]


@pytest.mark.parametrize("launch", [Processes()], ids=["processes"])
def test_2_folders_are_watched_and_read_again_when_asked_and_a_killed_reading_goes_on(
    start: Start, launch: Launch, paths: LibraryPaths, tmp_path: Path, qtbot: QtBot
) -> None:
    """In depth: tests/jobs, tests/disk, tests/worker; tests/benchmarks/kills kills at any moment."""
    assert isinstance(launch, Processes)
    folder = tmp_path / "photos"
    save_photos(folder, 40)
    conductor = start(paths)
    grid = conductor.window.browsing
    killed: list[int] = []

    def kill_once(progress: Progress) -> None:
        if progress.stage in ("photos", "embed") and not killed:
            killed.append(progress.done)
            launch.started[-1].terminate()

    conductor.client.on(Progress, kill_once)
    conductor.browsing.add_folders((folder,))
    qtbot.waitUntil(lambda: grid.photos.rowCount() == 40 and len(launch.started) == 2, timeout=WORKER_MS)
    assert len(killed) == 1
    wait_for_rest(conductor, qtbot)
    save_photos(folder, 1, first=40)
    qtbot.waitUntil(lambda: grid.photos.rowCount() == 41, timeout=WORKER_MS)

    conductor.screens.preferences.open()
    (row,) = conductor.screens.preferences.page.folders.rows.values()
    qtbot.mouseClick(row.watched, LEFT)
    qtbot.waitUntil(lambda: not conductor.reader.folders()[0].watched, timeout=WORKER_MS)
    qtbot.keyClick(conductor.screens.preferences.page, KEY.Key_Escape)
    save_photos(folder, 1, first=41)
    qtbot.keyClick(grid.grid, KEY.Key_F5)
    qtbot.waitUntil(lambda: grid.photos.rowCount() == 42, timeout=WORKER_MS)


def test_3_tiles_tell_how_alike_they_are_between_a_least_and_a_most(
    start: Start, paths: LibraryPaths, photo_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """In depth: tests/search/test_likeness.py, tests/library/test_filters.py, benchmarks/likeness.py."""
    folder = tmp_path / "photos"
    save_photos(folder, 20)
    save(COPIES["smaller"](scene(2)), folder / "coffee small.jpg")
    save(scene(2), folder / "coffee.jpg")
    index_folder(paths, folder, photo_folder)
    conductor = start(paths)
    window, line = conductor.window, conductor.window.search.results.strictness
    look_for(conductor, qtbot, "coffee.jpg")
    found = window.found
    first = names_found(conductor).index("coffee small.jpg")
    assert tile_note(found.photo_at(first), found.photos.hit(first)) in ("Same picture", "Very alike")
    assert hits(conductor)[-1].likeness is None  # of what is not alike nothing is said

    def above() -> int:
        return sum(hit.similar for hit in hits(conductor))

    assert line.isVisible()
    line.setFocus()
    qtbot.keyClick(line, KEY.Key_Home)  # what is perhaps alike is enough
    at_least = above()
    qtbot.keyClick(line, KEY.Key_End)
    assert above() < at_least, [hit.likely for hit in hits(conductor)]

    qtbot.keyClick(window, KEY.Key_F7)
    qtbot.waitUntil(lambda: bool(conductor.reader.duplicates().groups), timeout=WORKER_MS)
    qtbot.keyClick(conductor.screens.duplicates.page, KEY.Key_Escape)
    choose_filter(conductor, "Without duplicates")  # the most that is wanted
    qtbot.waitUntil(lambda: "coffee small.jpg" not in names_found(conductor), timeout=WORKER_MS)


def test_4_searches_keep_to_a_place_and_to_filters_and_come_by_date(conductor: Conductor, qtbot: QtBot) -> None:
    """In depth: filters/test_filtering.py, tests/library/test_filters.py, browsing/test_ordering.py."""
    window, results = conductor.window, conductor.window.search.results
    make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 1.jpg", "coffee 2.jpg", "rocket 2.jpg"))
    look_for(conductor, qtbot, "coffee 0.jpg")
    for scope, expected in (("Only in Holidays", 8), ("Only in album “Cups”", 3)):
        results.scope.setCurrentIndex(results.scope.findText(scope))
        results.scope.activated.emit(results.scope.currentIndex())
        wait_for_number(conductor, qtbot, expected)
    results.scope.setCurrentIndex(0)
    results.scope.activated.emit(0)
    qtbot.waitUntil(lambda: len(names_found(conductor)) > 8, timeout=WORKER_MS)

    results.sort.setCurrentIndex(1)
    results.sort.activated.emit(1)

    def dates() -> list[float]:
        photos = conductor.reader.photos(window.found.photos.ids)
        return [photos[photo].taken for photo in list(window.found.photos.ids)[: window.found.photos.split]]

    qtbot.waitUntil(lambda: len(dates()) > 1 and dates() == sorted(dates(), reverse=True), timeout=WORKER_MS)
    choose_filter(conductor, "Not in an album", "Cups")
    qtbot.waitUntil(lambda: not {"coffee 1.jpg", "rocket 2.jpg"} & set(names_found(conductor)), timeout=WORKER_MS)
    choose_filter(conductor, "Date taken", "The last 30 days")
    # The other photos of this library are of 2020.
    qtbot.waitUntil(lambda: not any(name.endswith(("0.jpg", "1.jpg")) for name in names_found(conductor)))
    assert any(chip.words.text().startswith("Since ") for chip in window.filters.chips)


def test_5_heic_webp_and_tiff_are_upright_in_tiles_in_searches_and_when_they_are_dropped(
    start: Start, paths: LibraryPaths, tmp_path: Path, qtbot: QtBot
) -> None:
    """In depth: tests/pictures."""
    folder, outside = tmp_path / "photos", tmp_path / "outside"
    save_photos(folder, 30)
    outside.mkdir()
    (folder / "held.heic").write_bytes(HEIC)
    decode(HEIC, 64).image.save(outside / "held.heic.png")
    exif = Image.Exif()
    exif[Base.Orientation] = TURNED
    for kind, ending in (("rings", "webp"), ("dots", "tiff")):
        upright = draw_scene(kind, 99, (240, 320))
        upright.transpose(Image.Transpose.ROTATE_90).save(folder / f"held.{ending}", exif=exif)
        upright.save(outside / f"held.{ending}.png")
    index_folder(paths, folder)
    conductor = start(paths)
    for ending in ("heic", "webp", "tiff"):
        held = f"held.{ending}"
        for given in (outside / f"{held}.png", folder / held):
            drop_file(conductor, qtbot, given)
            wait_for_first(conductor, qtbot, held)
            assert hits(conductor)[0].likeness in ("same", "very")
        found = conductor.window.found
        photo = found.photo_at(0)
        assert photo is not None
        assert photo.width < photo.height
        picture = picture_of(conductor, qtbot, photo)
        assert picture.width() < picture.height()


def test_6_a_photo_words_and_what_it_is_not_are_looked_for_together(conductor: Conductor, qtbot: QtBot) -> None:
    """In depth: search/test_chips.py, search/test_words.py, tests/search/test_terms.py."""
    window, area = conductor.window, conductor.window.search.area
    coffee, rocket = ids(conductor, "coffee 0.jpg", "rocket 0.jpg")
    conductor.search.add_ids((coffee,))
    wait_for_hits(conductor, qtbot)
    conductor.search.add_ids((rocket,))
    qtbot.waitUntil(lambda: len(area.chips) == 2, timeout=WORKER_MS)
    qtbot.waitUntil(lambda: "rocket" in "".join(names_found(conductor)[:5]), timeout=WORKER_MS)
    qtbot.mouseClick(area.chips[1].turn_button, LEFT)
    qtbot.waitUntil(lambda: "rocket" in "".join(names_found(conductor)[-3:]), timeout=WORKER_MS)
    qtbot.keyClicks(window.search.words, "cat")
    qtbot.keyClick(window.search.words, KEY.Key_Return)
    qtbot.waitUntil(lambda: "chelsea" in "".join(names_found(conductor)[:4]), timeout=WORKER_MS)
    area.chips[0].customContextMenuRequested.emit(QPoint(4, 4))
    menu = next(one for one in area.chips[0].findChildren(QMenu) if one.parent() is area.chips[0])
    weights = next(action.menu() for action in menu.actions() if action.text() == "How much it counts")
    assert isinstance(weights, QMenu)
    next(action for action in weights.actions() if action.text() == "Three times as much").trigger()
    menu.close()
    query = conductor.search.state.question.query()
    assert (query.text, query.terms) == ("cat", (Term(photo=coffee, weight=3.0), Term(photo=rocket, unlike=True)))
    wait_for_hits(conductor, qtbot)


def test_7_exact_and_near_duplicates_are_apart_and_what_is_none_stays_none(
    start: Start, paths: LibraryPaths, tmp_path: Path, qtbot: QtBot
) -> None:
    """In depth: duplicates/test_duplicates.py, tests/search/duplicates."""
    folder = tmp_path / "photos"
    for number in range(3):
        save(scene(number), folder / f"{number}.jpg")
    shutil.copy(folder / "0.jpg", folder / "0 again.jpg")
    save(COPIES["smaller"](scene(1)), folder / "1 small.jpg")
    index_folder(paths, folder)
    conductor = start(paths)
    qtbot.keyClick(conductor.window, KEY.Key_F7)
    page = conductor.screens.duplicates.page
    exact, near = ["photos/0 again.jpg", "photos/0.jpg"], ["photos/1 small.jpg", "photos/1.jpg"]
    qtbot.waitUntil(lambda: sorted(names_on_page(page)) == exact, timeout=WORKER_MS)
    show_kind(page, 1, qtbot)
    assert sorted(names_on_page(page)) == near
    page.gallery.grid.go_to(0)
    qtbot.mouseClick(page.part, LEFT)
    qtbot.waitUntil(lambda: not names_on_page(page), timeout=WORKER_MS)
    qtbot.mouseClick(page.look, LEFT)
    qtbot.waitUntil(page.look.isEnabled, timeout=WORKER_MS)
    assert not names_on_page(page)
    show_kind(page, 0, qtbot)
    assert sorted(names_on_page(page)) == exact


def test_8_what_is_deleted_goes_to_the_trash_and_stays_where_there_is_none(
    conductor: Conductor, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In depth: photos/test_trash.py, photos/test_actions.py."""
    own, trash = save_photos(tmp_path / "own", 2), tmp_path / "trash"
    trash.mkdir()
    monkeypatch.setattr(trash_module, "send2trash", lambda path: shutil.move(path, trash))
    window, before = conductor.window, shown(conductor)
    conductor.browsing.add_folders((tmp_path / "own",))
    qtbot.waitUntil(lambda: shown(conductor) == before + 2, timeout=WORKER_MS)

    def throw_away(path: Path) -> None:
        go_to(conductor, path.name)
        qtbot.keyClick(window.browsing.grid, KEY.Key_Delete)
        qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)), timeout=WORKER_MS)
        box = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
        qtbot.mouseClick(next(one for one in box.findChildren(QPushButton) if "trash" in one.text()), LEFT)
        activate(conductor, qtbot)

    throw_away(own[0])
    qtbot.waitUntil(lambda: shown(conductor) == before + 1, timeout=WORKER_MS)
    assert (trash / own[0].name).exists()

    def refuse(path: Path) -> None:
        raise PermissionError(13, "There is no trash on this volume", str(path))

    monkeypatch.setattr(trash_module, "send2trash", refuse)
    throw_away(own[1])
    qtbot.waitUntil(window.banner.isVisible, timeout=WORKER_MS)
    assert window.banner.title.text().startswith(f"Not moved to the trash: {own[1].name}")
    assert own[1].exists()
    assert own[1].name in names_in(window.browsing)


def test_9_the_grid_reads_what_is_seen_keys_sort_and_files_go_to_other_programs(
    conductor: Conductor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In depth: photos/test_photo_list.py, photos/test_marks.py, photos/test_actions.py, benchmarks/scrolling.py."""
    window, grid = conductor.window, conductor.window.browsing.grid
    row = go_to(conductor, "coffee 0.jpg")
    photo = window.browsing.photo_at(row)
    assert photo is not None
    qtbot.keyClick(grid, KEY.Key_5, CTRL)
    qtbot.keyClick(grid, KEY.Key_F)

    def marks() -> tuple[int, bool]:
        now = conductor.reader.photos([photo.id])[photo.id]
        return now.rating, now.flagged

    qtbot.waitUntil(lambda: marks() == (5, True), timeout=WORKER_MS)
    revealed: list[Path] = []
    dragged: list[list[QUrl]] = []
    monkeypatch.setattr(actions, "reveal", lambda path, *_services: revealed.append(path))
    monkeypatch.setattr(QDrag, "exec", lambda drag, _actions: dragged.append(drag.mimeData().urls()))
    qtbot.keyClick(grid, KEY.Key_E, CTRL)
    qtbot.keyClick(grid, KEY.Key_C, CTRL | SHIFT)
    qtbot.waitUntil(lambda: revealed == [photo.path], timeout=WORKER_MS)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == str(photo.path), timeout=WORKER_MS)
    window.browsing.drag_asked.emit()
    assert dragged == [[QUrl.fromLocalFile(str(photo.path))]]

    # What is read now would be shown by what differs from the real photos.
    wait_for_answers(conductor, qtbot)
    qtbot.waitUntil(lambda: not (conductor.reader._reading or conductor.reader._timer.isActive()), timeout=WORKER_MS)
    times = 50_000
    many = OrderedPhotos(window.browsing.photos.ids * times, array("f", [1.5]) * (shown(conductor) * times))
    window.browsing.show_ordered(many)
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    QApplication.processEvents()
    assert grid.rows_in_view().stop == len(many.ids)
    assert len(grid.rows_in_view()) < 500


def noting_what_is_asked(connection: Connection, paths: LibraryPaths) -> None:
    """A worker in a process from which no network is reached, and of which it is known what it asks of it."""

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        is_local = event == "socket.connect" and isinstance(arguments[1], str | bytes)
        if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto") and not is_local:
            with asked_of_the_network(paths).open("a") as file:
                print(event, arguments[1:], file=file)
            raise OSError(errno.ENETUNREACH, "Network is unreachable")

    sys.addaudithook(watch)
    run_worker(connection, paths)


def asked_of_the_network(paths: LibraryPaths) -> Path:
    return paths.root.with_name("asked of the network")


@pytest.mark.parametrize("launch", [spawned(noting_what_is_asked)], ids=["process"])
def test_10_nothing_is_asked_of_the_network_and_a_damaged_model_is_refused(
    start: Start, library: LibraryPaths, tmp_path: Path, qtbot: QtBot
) -> None:
    """In depth: tests/test_privacy.py, tests/embedding/test_fetching.py, tests/embedding/test_checksummed_file.py.

    The worker has its own process here, so that no other test's connections, clients or refusals are in it. The window
    imports nothing that could ask a network (the contracts in pyproject.toml).
    """
    conductor, asked = start(library), asked_of_the_network(library)
    qtbot.waitUntil(lambda: shown(conductor) > 0 and bool(conductor.backbones.models), timeout=WORKER_MS)
    window, page = conductor.window, conductor.backbones.page
    look_for(conductor, qtbot, "coffee 0.jpg")
    qtbot.keyClicks(window.search.words, "cat")
    qtbot.keyClick(window.search.words, KEY.Key_Return)
    # Among the first: processors compute in integers a little differently, and what a cat is wanted with is a coffee.
    qtbot.waitUntil(lambda: any(name.startswith("chelsea") for name in names_found(conductor)[:2]), timeout=WORKER_MS)
    assert not asked.exists()

    torch.save(open_clip.create_model("PE-Core-T-16-384", pretrained=None).state_dict(), tmp_path / "mine.pt")
    conductor.backbones.open()
    conductor.backbones.add(tmp_path / "mine.pt")

    def row() -> ModelRow:
        return next(row for row in page.rows if row.model.name == "pe-core-t-16-384")

    qtbot.waitUntil(lambda: bool(page.rows) and row().model.installed, timeout=WORKER_MS)
    weights = max(library.weights.rglob("*"), key=lambda path: path.stat().st_size)
    with weights.open("r+b") as file:
        file.seek(weights.stat().st_size // 2)
        file.write(b"not what was written")
    with qtbot.waitSignal(conductor.reporter.failed, timeout=WORKER_MS) as failed:
        qtbot.mouseClick(row().button, LEFT)
    assert failed.args is not None
    assert failed.args[0] == "The Hugging Face Hub cannot be reached."  # it is fetched anew rather than used
    assert asked.exists()
    assert not row().model.in_use


def test_11_each_stage_tells_how_far_it_is_and_pauses_and_what_was_skipped_has_its_reason(
    start: Start, paths: LibraryPaths, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In depth: shell/test_task_line.py, look/test_progress_wording.py, failures/test_page.py, tests/jobs."""
    folder = tmp_path / "photos"
    save_photos(folder, 30)
    (folder / "no picture.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing more")
    conductor = start(paths)
    window, line = conductor.window, conductor.window.status.tasks
    told: list[Progress] = []
    conductor.client.on(Progress, told.append)
    at_once = Loop._patience

    def patience(loop: Loop) -> float:
        """Of the worker between steps, of which the window sees ten a second, until it has seen one of each stage."""
        return at_once(loop) if {"photos", "embed"} <= {progress.stage for progress in told} else 0.2

    monkeypatch.setattr(Loop, "_patience", patience)
    conductor.browsing.add_folders((folder,))
    qtbot.waitUntil(lambda: line.pause_button.isVisible() and line.pause_button.isEnabled(), timeout=WORKER_MS)
    qtbot.mouseClick(line.pause_button, LEFT)
    qtbot.waitUntil(lambda: told[-1].paused, timeout=WORKER_MS)
    assert line.pause_button.accessibleName() == "Resume"
    assert told[-1].done < 31
    qtbot.mouseClick(line.pause_button, LEFT)
    qtbot.waitUntil(lambda: shown(conductor) == 30, timeout=WORKER_MS)
    wait_for_rest(conductor, qtbot)
    assert {"photos", "embed"} <= {progress.stage for progress in told}
    assert any(progress.total and progress.seconds_left is not None for progress in told)
    qtbot.mouseClick(window.sidebar.failures_button, LEFT)
    qtbot.waitUntil(lambda: bool(conductor.screens.failures.page.model.failures), timeout=WORKER_MS)
    (failure,) = conductor.screens.failures.page.model.failures
    assert failure.path.name == "no picture.jpg"
    assert failure.reason


def files_below(library: Path) -> set[str]:
    """What a library has of its photos, by name."""
    found = (path.relative_to(library) for path in library.rglob("*") if path.is_file() and path.stat().st_size)
    return {
        str(path) for path in found if path.parts[0] != "full-size" and path.suffix in (".sqlite", ".usearch", ".npz")
    }


def test_12_the_library_moves_where_the_user_wants_and_its_copy_is_put_back(
    start: Start, library: LibraryPaths, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In depth: settings/test_library_move.py, shell/test_restoring.py, tests/test_damage_drill.py."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("GUIE_LIBRARY", raising=False)
    keep_place(LibraryPlace(library.root))
    conductor, drive = start(library_paths()), tmp_path / "drive"
    drive.mkdir()
    photos = shown(conductor)
    make_album(conductor, qtbot, "Cups", ids(conductor, "coffee 1.jpg", "coffee 2.jpg"))
    held = files_below(library.root)
    conductor.screens.preferences.open()
    qtbot.mouseClick(conductor.screens.preferences.page.library.move_button, LEFT)
    dialog = conductor.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(drive))
    dialog.selectFile(str(drive))
    dialog.accept()
    qtbot.waitUntil(lambda: conductor.window.findChild(QMessageBox) is not None, timeout=WORKER_MS)
    box = conductor.window.findChild(QMessageBox)
    assert box is not None
    with qtbot.waitSignal(conductor.screens.preferences.start_again_asked, timeout=WORKER_MS):
        qtbot.mouseClick(next(one for one in box.findChildren(QPushButton) if one.text() == "Move"), LEFT)
    assert read_place() == LibraryPlace(drive)
    assert not library.root.exists()
    assert held <= files_below(drive)

    make_copy(library_paths())
    spoil(library_paths().catalog, 0)
    moved = start(library_paths(), reads=False)
    moved.start()
    restoring = moved.window.findChild(Restoring)
    assert restoring is not None
    qtbot.waitUntil(lambda: restoring.question is not None, timeout=WORKER_MS)
    question = restoring.question
    assert question is not None
    next(one for one in question.buttons() if one.text().startswith("Put back the copy of")).click()
    qtbot.waitUntil(lambda: shown(moved) == photos, timeout=WORKER_MS)
    wait_for_albums(moved, qtbot, {"Cups": 2})
    assert any((drive / "backups").glob("damaged-*.sqlite"))
