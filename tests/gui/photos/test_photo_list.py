"""The list and its grid together: what the user looks at and has chosen stays, whatever comes in."""

import random
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Hit
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.photos.gallery import Gallery
from guie_desktop.gui.photos.photo_facts import describe
from guie_desktop.gui.photos.tile_loader import TileLoader
from guie_desktop.library.id_differences import steps_between
from guie_desktop.library.ordered_photos import OrderedPhotos
from tests.gui.photos.made_up import photo_of

MANY = 1_000_000


@pytest.fixture
def gallery(qtbot: QtBot) -> Iterator[Gallery]:
    loader = TileLoader(FailureReporter())
    gallery = Gallery(loader)
    qtbot.addWidget(gallery)
    gallery.resize(900, 700)
    gallery.show()
    gallery.grid.setFocus()
    yield gallery
    loader.close()


def ordered(ids: Iterable[int], *, dated: bool = False) -> OrderedPhotos:
    """Photos of one shape; where they are dated, ten a day, the first ones last taken."""
    numbers = array("q", ids)
    taken = array("d", (-8640.0 * number for number in range(len(numbers)))) if dated else None
    return OrderedPhotos(numbers, array("f", [1.5]) * len(numbers), taken)


def rearrange(gallery: Gallery, new: "array[int]") -> None:
    for _ in gallery.photos.rearrange(ordered(new), steps_between(gallery.photos.ids, new)):
        pass


def columns_of(gallery: Gallery) -> int:
    return len(gallery.grid.geometry_now.rows_of(0))


def chosen_ids(gallery: Gallery) -> set[int]:
    return {gallery.photos.ids[row] for part in gallery.grid.selection_ranges() for row in part}


def test_a_million_photos_scroll_and_can_all_be_chosen(gallery: Gallery, qtbot: QtBot) -> None:
    gallery.show_ids(array("q", range(MANY)))
    bar = gallery.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert gallery.grid.rows_in_view().stop == MANY
    qtbot.keyClick(gallery.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert gallery.grid.selection_ranges() == [range(MANY)]
    assert gallery.chosen_count() == MANY
    assert len(gallery.chosen_rows()) == len(gallery.chosen_ids()) == MANY


def test_keys_move_through_the_grid(gallery: Gallery, qtbot: QtBot) -> None:
    gallery.show_ids(array("q", range(500)))
    grid, columns = gallery.grid, columns_of(gallery)
    grid.go_to(0)
    moves = [
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 499),
        (Qt.Key.Key_Right, 499),
        (Qt.Key.Key_Home, 0),
    ]
    for key, row in moves:
        qtbot.keyClick(grid, key)
        assert grid.currentIndex().row() == row
        assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.currentIndex().row() >= columns
    assert grid.currentIndex().row() % columns == 0


def test_shift_chooses_a_run_and_control_adds(gallery: Gallery, qtbot: QtBot) -> None:
    gallery.show_ids(array("q", range(100)))
    grid = gallery.grid
    columns = columns_of(gallery)

    def click(row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        point = grid.visualRect(grid.model().index(row, 0)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, point)

    click(1)
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert chosen_ids(gallery) == set(range(1, 2 + columns))
    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert chosen_ids(gallery) == {1}
    click(3, Qt.KeyboardModifier.ControlModifier)
    assert chosen_ids(gallery) == {1, 3}
    click(0)
    assert chosen_ids(gallery) == {0}


def test_a_rubber_band_chooses_what_it_touches(gallery: Gallery, qtbot: QtBot) -> None:
    gallery.show_ids(array("q", range(100)))
    grid = gallery.grid
    columns = columns_of(gallery)
    port = grid.viewport()
    left = Qt.MouseButton.LeftButton
    corner = grid.visualRect(grid.model().index(columns + 1, 0)).center()
    qtbot.mousePress(port, left, pos=QPoint(3, 3))
    qtbot.mouseMove(port, QPoint(40, 40))
    qtbot.mouseMove(port, corner)
    qtbot.mouseRelease(port, left, pos=corner)
    assert chosen_ids(gallery) == {0, 1, columns, columns + 1}


@pytest.mark.parametrize("scrolled", [False, True])
def test_new_photos_do_not_move_what_the_user_looks_at(gallery: Gallery, scrolled: bool) -> None:
    grid = gallery.grid
    gallery.show_ids(array("q", range(1000, 3000)))
    if scrolled:
        grid.verticalScrollBar().setValue(5003)
    seen = grid.rows_in_view()
    middle = gallery.photos.ids[seen[len(seen) // 2]]
    before = grid.visualRect(grid.model().index(gallery.photos.ids.index(middle), 0))
    flags = QItemSelectionModel.SelectionFlag
    grid.selectionModel().select(grid.model().index(gallery.photos.ids.index(middle), 0), flags.ClearAndSelect)
    rearrange(gallery, array("q", [*range(7), *range(1000, 1400), 999, *range(1401, 3000)]))
    after = grid.visualRect(grid.model().index(gallery.photos.ids.index(middle), 0))
    assert chosen_ids(gallery) == {middle}
    if scrolled:
        assert after.top() == before.top()
    else:
        assert grid.verticalScrollBar().value() == 0


@pytest.mark.parametrize("scrolled", [False, True])
def test_the_focus_ring_and_its_place_stay_with_the_photo(gallery: Gallery, scrolled: bool) -> None:
    grid = gallery.grid
    gallery.show_ids(array("q", range(1000, 3000)))
    grid.go_to(1200 if scrolled else 3)
    photo, before = gallery.photos.ids[grid.currentIndex().row()], grid.visualRect(grid.currentIndex())
    rearrange(gallery, array("q", [*range(57), *range(1000, 3000)]))
    assert gallery.photos.ids[grid.currentIndex().row()] == photo
    assert grid.visualRect(grid.currentIndex()).top() == before.top()
    hits = [Hit(rank, photo_id, (Path("x.jpg"),), 0.9, similar=True) for rank, photo_id in enumerate((5, photo, 7))]
    gallery.show_hits(hits)
    grid.go_to(1)
    gallery.show_hits_again([hits[2], hits[0], hits[1]])
    assert gallery.photos.ids[grid.currentIndex().row()] == photo
    assert chosen_ids(gallery) == {photo}


def test_a_ring_that_nobody_moved_stays_at_the_first_photo(gallery: Gallery) -> None:
    gallery.show_ids(array("q", range(1000, 1500)))
    gallery.grid.selectionModel().setCurrentIndex(gallery.photos.index(0), QItemSelectionModel.SelectionFlag.NoUpdate)
    rearrange(gallery, array("q", range(900, 1500)))
    assert gallery.grid.currentIndex().row() == 0
    assert not chosen_ids(gallery)


def test_a_click_on_a_date_chooses_its_photos(gallery: Gallery, qtbot: QtBot) -> None:
    gallery.show_ordered(ordered(range(500), dated=True))
    grid, left = gallery.grid, Qt.MouseButton.LeftButton
    assert grid.headings.are_dates
    second = grid.geometry_now.rows_under(1)
    qtbot.mouseClick(grid.viewport(), left, pos=grid.geometry_now.heading_rect(1).center())
    assert chosen_ids(gallery) == set(second)
    first = grid.geometry_now.heading_rect(0).center()
    qtbot.mouseMove(grid.viewport(), first)
    qtbot.mouseClick(grid.viewport(), left, Qt.KeyboardModifier.ControlModifier, first)
    assert chosen_ids(gallery) == set(range(second.stop))


def test_the_date_of_what_is_seen_stays_at_the_upper_edge(gallery: Gallery, qtbot: QtBot) -> None:
    gallery.show_ordered(ordered(range(500), dated=True))
    grid = gallery.grid
    rows = grid.geometry_now.rows_under(7)
    grid.verticalScrollBar().setValue(grid.geometry_now.rect(rows.start).top() + 20)
    assert grid.heading_under(QPoint(300, 10)) == 7
    grid.verticalScrollBar().setValue(grid.geometry_now.rect(rows.start).top() - 1)
    assert grid.heading_under(QPoint(300, 10)) == 7
    grid.grab()
    asked: list[QPoint] = []
    gallery.menu_asked.connect(asked.append)
    grid.customContextMenuRequested.emit(QPoint(300, 10))
    assert chosen_ids(gallery) == set(rows)
    assert len(asked) == 1
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    assert grid.visualRect(grid.currentIndex()).top() >= grid.geometry_now.heading_rect(0).height()


def test_what_becomes_known_of_photos_changes_their_tiles_and_nothing_else(gallery: Gallery) -> None:
    gallery.show_ids(array("q", range(1000)))
    gallery.grid.go_to(500)
    top = gallery.grid.visualRect(gallery.grid.currentIndex()).top()
    gallery.photos.correct(ordered(range(1000)))
    tile = gallery.grid.visualRect(gallery.grid.currentIndex())
    assert tile.top() == top
    assert gallery.grid.geometry_now.picture_rect(500).width() / tile.height() > 1.1
    assert chosen_ids(gallery) == {500}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_the_choice_follows_its_photos(gallery: Gallery, rng: random.Random) -> None:
    old = rng.sample(range(1, 400), 150)
    kept = [photo for photo in old if rng.random() < 0.8]
    new = list(kept)
    for photo in range(1000, 1000 + rng.randrange(60)):
        new.insert(rng.randrange(len(new) + 1), photo)
    gallery.show_ids(array("q", old))
    for _ in range(10):
        row = rng.randrange(len(old))
        gallery.grid.selectionModel().select(gallery.photos.index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    chosen = chosen_ids(gallery)
    rearrange(gallery, array("q", new))
    assert list(gallery.photos.ids) == new
    assert chosen_ids(gallery) == chosen & set(kept)


def test_the_list_keeps_the_rules_of_qt_models(gallery: Gallery) -> None:
    tester = QAbstractItemModelTester(
        gallery.photos, QAbstractItemModelTester.FailureReportingMode.Fatal, gallery.photos
    )
    gallery.show_ids(array("q", range(50)))
    rearrange(gallery, array("q", [99, *range(10, 50)]))
    rearrange(gallery, array("q", []))
    assert tester.model() is gallery.photos


def test_hits_that_are_less_alike_come_after_a_divider(gallery: Gallery) -> None:
    hits = [Hit(rank, 100 + rank, (Path("x.jpg"),), 1 - rank / 10, similar=rank < 3) for rank in range(6)]
    gallery.show_hits(hits)
    grid, geometry = gallery.grid, gallery.grid.geometry_now
    assert [grid.headings.words(row) for row in grid.headings.rows] == ["Less alike"]
    divider = geometry.heading_rect(0)
    assert geometry.rect(2).bottom() < divider.top()
    assert geometry.rect(3).top() > divider.bottom()
    assert grid.heading_under(divider.center()) == -1  # there is nothing to choose
    hit = gallery.photos.hit(5)
    assert hit is not None
    assert hit.score == pytest.approx(0.5)


def test_how_many_are_under_the_last_date_is_told_when_all_are_there(gallery: Gallery) -> None:
    def painted(number: int) -> QImage:
        area = gallery.grid.geometry_now.heading_rect(number)
        return gallery.grid.viewport().grab(area).toImage()

    photos = ordered(range(500), dated=True)
    gallery.photos.goes_on = True
    gallery.show_ordered(photos)
    last = len(gallery.grid.headings.rows) - 1
    assert last > 0
    before = painted(0)
    gallery.grid.scrollToBottom()
    unknown = gallery.grid.viewport().grab().toImage()
    gallery.photos.goes_on = False
    gallery.show_ordered(photos)
    assert painted(0) == before
    gallery.grid.scrollToBottom()
    assert gallery.grid.viewport().grab().toImage() != unknown


def test_control_and_wheel_change_the_size_of_tiles(gallery: Gallery, qapp: QApplication) -> None:
    before = gallery.grid.tile_size
    middle = gallery.grid.viewport().rect().center()
    event = QWheelEvent(
        middle,
        gallery.grid.viewport().mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    qapp.sendEvent(gallery.grid.viewport(), event)
    assert gallery.grid.tile_size > before


def test_the_round_button_asks_for_look_alikes_and_leaves_the_choice(gallery: Gallery, qtbot: QtBot) -> None:
    from guie_desktop.gui.photos.tile_painter import similar_button

    gallery.show_ids(array("q", range(20)))
    gallery.grid.go_to(5)
    point = similar_button(gallery.grid.geometry_now.picture_rect(2), gallery.grid.layoutDirection()).center()
    with qtbot.waitSignal(gallery.similar_asked) as asked:
        qtbot.mouseClick(gallery.grid.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert asked.args == [2]
    assert chosen_ids(gallery) == {5}


def test_screen_readers_find_every_photo(gallery: Gallery) -> None:
    gallery.show_ids(array("q", range(MANY)))
    interface = QAccessible.queryAccessibleInterface(gallery.grid)
    assert interface.role() == QAccessible.Role.List
    assert interface.childCount() == MANY
    assert interface.child(MANY - 1).role() == QAccessible.Role.ListItem


def test_the_other_places_of_a_hit_are_named_unless_they_are_many() -> None:
    places = tuple(Path(f"/photos/{number}.jpg") for number in range(12))
    assert "places" not in describe(photo_of(0), Hit(1, 0, places[:1], 0.9, similar=True))
    few = describe(photo_of(0), Hit(1, 0, places[:3], 0.9, similar=True)).splitlines()
    assert few[-3:] == ["The same photo in 3 places, also:", "/photos/1.jpg", "/photos/2.jpg"]
    many = describe(photo_of(0), Hit(1, 0, places, 0.9, similar=True)).splitlines()
    assert many[-1] == "and 3 others"
    assert many[-2] == "/photos/8.jpg"
