"""Stars and flags in the window: by key, by menu and in the bar, seen at once, and taken back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from guie_desktop.domain import ChosenPhotos
from guie_desktop.gui.backend.pictures import Pictures
from guie_desktop.gui.backend.services import Services
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.photos.marks import Marks
from guie_desktop.gui.photos.selection_bar import SelectionBar
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.messages import Failed, Mark, Marked
from tests.gui.driving import LEFT, UNDO, WORKER_MS, go_to, ids
from tests.gui.pretending import Pretender

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMES = ("coffee 0.jpg", "coffee 1.jpg", "rocket 0.jpg")


def press(conductor: Conductor, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    qtbot.keyClick(conductor.window.browsing.grid, key, held)


def choose(conductor: Conductor, *names: str) -> None:
    grid = conductor.window.browsing.grid
    grid.clearSelection()
    for row in [go_to(conductor, name) for name in names]:
        index = grid.model().index(row, 0)
        grid.selectionModel().select(index, grid.selectionModel().SelectionFlag.Select)


def kept(conductor: Conductor) -> dict[str, tuple[int, bool]]:
    """What the catalog has of these photos."""
    photos = conductor.reader.photos(ids(conductor, *NAMES))
    return {photo.path.name: (photo.rating, photo.flagged) for photo in photos.values()}


def wait_for(conductor: Conductor, qtbot: QtBot, *expected: tuple[int, bool]) -> None:
    qtbot.waitUntil(lambda: kept(conductor) == dict(zip(NAMES, expected, strict=True)), timeout=WORKER_MS)


def test_each_photo_has_its_former_rating_back(conductor: Conductor, qtbot: QtBot) -> None:
    choose(conductor, "coffee 0.jpg")
    press(conductor, qtbot, Qt.Key.Key_2)
    wait_for(conductor, qtbot, (2, False), (0, False), (0, False))
    choose(conductor, *NAMES)
    press(conductor, qtbot, Qt.Key.Key_5)
    wait_for(conductor, qtbot, (5, False), (5, False), (5, False))
    label = conductor.window.status.tasks.label
    qtbot.waitUntil(lambda: "3 photos rated 5 stars." in label.text(), timeout=WORKER_MS)
    press(conductor, qtbot, UNDO[0])
    wait_for(conductor, qtbot, (2, False), (0, False), (0, False))
    press(conductor, qtbot, UNDO[0])
    wait_for(conductor, qtbot, (0, False), (0, False), (0, False))


def test_a_mark_is_seen_before_it_is_written_and_goes_where_it_is_refused(
    conductor: Conductor, worker: Pretender, qtbot: QtBot
) -> None:
    worker.hold(Mark)
    row = go_to(conductor, "coffee 0.jpg")
    press(conductor, qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier)
    assert conductor.window.browsing.tile(row).flagged
    told = conductor.window.browsing.photos.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.endswith("Flagged")
    worker.reply(Mark, Failed("The disk is full.", "Free some space."))
    qtbot.waitUntil(lambda: not conductor.window.browsing.tile(row).flagged, timeout=WORKER_MS)
    assert conductor.window.banner.title.text() == "The disk is full."


def test_whoever_is_quick_undoes_what_is_not_written_yet(conductor: Conductor, worker: Pretender, qtbot: QtBot) -> None:
    worker.hold(Mark)
    (photo,) = ids(conductor, "coffee 0.jpg")
    go_to(conductor, "coffee 0.jpg")
    press(conductor, qtbot, Qt.Key.Key_4)
    press(conductor, qtbot, UNDO[0])
    assert worker.of(Mark) == [Mark((photo,), "rating", 4)]
    worker.reply(Mark, Marked({1: (photo,)}))
    assert worker.of(Mark)[1:] == [Mark((photo,), "rating", 1)]


def test_a_flag_goes_where_all_have_one(conductor: Conductor, qtbot: QtBot) -> None:
    flag = (Qt.Key.Key_F, Qt.KeyboardModifier.NoModifier)
    choose(conductor, "coffee 0.jpg")
    press(conductor, qtbot, *flag)
    wait_for(conductor, qtbot, (0, True), (0, False), (0, False))
    choose(conductor, *NAMES)
    press(conductor, qtbot, *flag)
    wait_for(conductor, qtbot, (0, True), (0, True), (0, True))
    press(conductor, qtbot, *flag)
    wait_for(conductor, qtbot, (0, False), (0, False), (0, False))


def test_photos_that_were_never_on_screen_are_flagged_too(conductor: Conductor, qtbot: QtBot) -> None:
    chosen = ids(conductor, *NAMES)
    services = Services(
        conductor.client,
        conductor.reader,
        Pictures(conductor.client, conductor.reader, conductor.background),
        conductor.background,
        conductor.reporter,
        conductor.undo,
    )
    marks = Marks(TileLoader(conductor.reporter), services)
    marks.toggle_flag(chosen)
    wait_for(conductor, qtbot, (0, True), (0, True), (0, True))
    marks.toggle_flag(chosen)
    wait_for(conductor, qtbot, (0, False), (0, False), (0, False))


def test_the_bar_tells_of_what_is_chosen_and_takes_stars(conductor: Conductor, qtbot: QtBot) -> None:
    bar = conductor.window.selection_bar
    assert bar.isHidden()
    choose(conductor, *NAMES)
    qtbot.waitUntil(lambda: bar.text.text().startswith("3 chosen · "), timeout=WORKER_MS)
    qtbot.mouseClick(bar.stars[2], LEFT)
    wait_for(conductor, qtbot, (3, False), (3, False), (3, False))
    qtbot.waitUntil(lambda: "click again" in bar.stars[2].toolTip(), timeout=WORKER_MS)
    qtbot.mouseClick(bar.stars[2], LEFT)
    wait_for(conductor, qtbot, (0, False), (0, False), (0, False))
    qtbot.mouseClick(bar.flag, LEFT)
    wait_for(conductor, qtbot, (0, True), (0, True), (0, True))
    qtbot.mouseClick(bar.more, LEFT)
    menu = next(menu for menu in conductor.window.findChildren(QMenu) if menu.isVisible())
    assert {"Rating", "Flag", "Add to album", "Copy"} <= {action.text() for action in menu.actions()}
    menu.close()
    qtbot.mouseClick(bar.none, LEFT)
    assert bar.isHidden()


def test_none_and_the_others_are_chosen_by_key(conductor: Conductor, qtbot: QtBot) -> None:
    gallery = conductor.window.browsing
    everything = set(gallery.photos.ids)
    press(conductor, qtbot, Qt.Key.Key_I)
    assert set(gallery.chosen_ids()) == everything
    choose(conductor, *NAMES)
    press(conductor, qtbot, Qt.Key.Key_I)
    assert set(gallery.chosen_ids()) == everything - set(ids(conductor, *NAMES))
    press(conductor, qtbot, Qt.Key.Key_A, CTRL | SHIFT)
    assert gallery.chosen_ids() == ()


@pytest.fixture
def bar(qtbot: QtBot) -> SelectionBar:
    bar = SelectionBar()
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_what_has_no_room_is_left_to_the_menu(bar: SelectionBar, qtbot: QtBot) -> None:
    bar.show_chosen(ChosenPhotos(2, 3_000_000, None, 1))
    bar.resize(600, 44)
    assert bar.flag.isVisible()
    assert "differ" in bar.stars[0].toolTip()
    told = bar.flag.parentWidget()
    assert told is not None
    assert told.accessibleName() == "various ratings, 1 flagged"
    bar.resize(200, 44)
    assert not bar.flag.isVisible()
    with qtbot.waitSignal(bar.menu_asked) as asked:
        qtbot.mouseClick(bar.more, LEFT)
    assert isinstance(asked.args[0], QPoint) if asked.args else False
