"""The map in the real window: drawn by the worker, moved and zoomed, photos chosen on it and looked for."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.gui.conductor import Conductor
from guie_desktop.gui.map.map_view import MapView
from tests.gui.driving import WORKER_MS, ids, make_album, wait_for_hits

pytestmark = pytest.mark.slow

PHOTOS = 12
"""In the tests' library, each content once."""
SHIFT, PLAIN, CONTROL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def view(conductor: Conductor, qtbot: QtBot) -> MapView:
    """The map, drawn for the first time."""
    qtbot.keyClick(conductor.window, Qt.Key.Key_F8)
    page = conductor.screens.map.page
    qtbot.waitUntil(lambda: page.isVisible() and page.gallery.photos.rowCount() == PHOTOS, timeout=WORKER_MS)
    qtbot.waitUntil(page.anew.isEnabled, timeout=WORKER_MS)
    view, photos = page.gallery.view, page.gallery.photos
    qtbot.waitUntil(lambda: all(photos.photo(spot.row) for spot in view.seen()), timeout=WORKER_MS)
    return view


def draw_around(view: MapView, qtbot: QtBot, *, radius: float = 0.49, keys: Qt.KeyboardModifier = SHIFT) -> None:
    """Draw a circle around the middle; half of the view's width is a radius of 0.5."""
    area = view.viewport()
    middle, reach = area.rect().center(), QPointF(radius * area.width(), radius * area.height())
    turns = [number / 16 * 2 * math.pi for number in range(17)]
    points = [middle + QPointF(reach.x() * math.cos(turn), reach.y() * math.sin(turn)).toPoint() for turn in turns]
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, keys, points[0])
    for point in points:
        qtbot.mouseMove(area, point)
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, keys, points[-1])


def turn_wheel(view: MapView, notches: int, at: QPoint) -> None:
    where = QPointF(view.viewport().mapToGlobal(at))
    turned = QPoint(0, 120 * notches)
    event = QWheelEvent(
        QPointF(at), where, QPoint(), turned, Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view.viewport(), event)


def names_on(conductor: Conductor) -> set[str]:
    return {photo.path.name for photo in conductor.selection.photos()}


def test_all_photos_are_on_it_and_those_that_look_alike_side_by_side(conductor: Conductor, view: MapView) -> None:
    assert conductor.screens.map.page.summary.text().startswith("12 photos")
    assert len(view.seen()) >= 4  # there are four sorts, which may lie as close together as tiles
    photos = map(conductor.screens.map.page.gallery.photo_at, range(PHOTOS))
    pictures = [photo.path.stem.split()[0] for photo in photos if photo is not None]
    apart = np.linalg.norm(view.plane.points[:, np.newaxis] - view.plane.points, axis=2)
    np.fill_diagonal(apart, np.inf)
    assert sum(pictures[row] == pictures[near] for row, near in enumerate(apart.argmin(axis=1))) >= PHOTOS * 0.5


def test_what_is_drawn_around_is_chosen_and_looked_for(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    draw_around(view, qtbot)
    assert conductor.selection.count() == PHOTOS
    assert conductor.selection.gallery is conductor.screens.map.page.gallery
    qtbot.waitUntil(conductor.window.selection_bar.isVisible, timeout=WORKER_MS)
    draw_around(view, qtbot, radius=0.01)
    draw_around(view, qtbot, keys=SHIFT | CONTROL)
    assert conductor.selection.count() == PHOTOS
    view.go_to(0)
    [wanted] = conductor.selection.ids()
    conductor.actions.similar.trigger()
    wait_for_hits(conductor, qtbot)
    assert conductor.search.state.question.photos == (wanted,)
    assert not conductor.screens.map.page.isVisible()


def test_the_button_lets_the_mouse_draw_without_shift(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    qtbot.mouseClick(conductor.screens.map.page.around, Qt.MouseButton.LeftButton)
    draw_around(view, qtbot, keys=PLAIN)
    assert conductor.selection.count() == PHOTOS
    qtbot.mouseClick(conductor.screens.map.page.around, Qt.MouseButton.LeftButton)
    before = view.seen()
    draw_around(view, qtbot, keys=PLAIN, radius=0.05)
    assert conductor.selection.count() == PHOTOS
    assert view.seen() == before  # moved all the way round


def test_an_album_is_made_of_what_is_chosen(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    draw_around(view, qtbot)
    album = make_album(conductor, qtbot, "On the map", conductor.selection.ids())
    assert album.photos == PHOTOS
    # It is a name on the map by then; here all photos bear it, so it would say nothing.
    assert all(label.words != "On the map" for named in view.labels.values() for label in named)


def test_coming_nearer_without_a_mouse_ends_at_a_photo(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    for _ in range(30):
        qtbot.mouseClick(conductor.screens.map.page.nearer, Qt.MouseButton.LeftButton)
        assert view.seen()


def test_mouse_and_keys_move_and_zoom(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    spots = {spot.row: spot for spot in view.seen()}
    row, spot = next(iter(spots.items()))
    turn_wheel(view, 4, spot.rect.center())
    near = view.visualRect(view.model().index(row, 0))
    assert (near.center() - spot.rect.center()).manhattanLength() < 3 * view.side
    assert view.seen() != list(spots.values())
    before = view.visualRect(view.model().index(row, 0))
    area = view.viewport()
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, PLAIN, QPoint(200, 200))
    for step in range(1, 6):
        qtbot.mouseMove(area, QPoint(200 + 10 * step, 200 + 4 * step))
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, PLAIN, QPoint(250, 220))
    moved = view.visualRect(view.model().index(row, 0))
    assert (moved.topLeft() - before.topLeft() - QPoint(50, 20)).manhattanLength() <= 2
    assert conductor.selection.count() == 0
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.visualRect(view.model().index(row, 0)).left() < moved.left()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert {spot.row: spot for spot in view.seen()} == spots


def test_a_click_chooses_and_keys_lead_on(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    spot = view.seen()[0]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, PLAIN, spot.rect.center())
    assert conductor.selection.ids() == (conductor.screens.map.page.gallery.photos.ids[spot.row],)
    other = view.seen()[-1]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CONTROL, other.rect.center())
    assert conductor.selection.count() == 2
    seen = set()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(view, key, CONTROL)
        seen |= set(conductor.selection.ids())
        assert conductor.selection.count() == 1
    assert len(seen) > 1
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, PLAIN, QPoint(2, 2))
    assert conductor.selection.count() == 0


def test_a_photo_opens_large_and_leads_to_its_neighbour(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    spot = view.seen()[0]
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, PLAIN, spot.rect.center())
    preview = conductor.window.preview
    assert preview.isVisible()
    gallery = conductor.screens.map.page.gallery
    assert preview.photo is not None
    assert preview.photo.id == gallery.photos.ids[spot.row]
    step = 1 if spot.row == 0 else -1
    conductor.preview._step(step)
    assert preview.photo.id == gallery.photos.ids[spot.row + step]
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert view.hasFocus()
    assert view.currentIndex().row() == spot.row + step
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert preview.isVisible()


def test_it_holds_to_the_filters(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    assert conductor.browsing.overview is not None
    page, folder = conductor.screens.map.page, conductor.browsing.overview.folders[0].path
    conductor.filters.choose(Filter(folder=folder))
    qtbot.waitUntil(lambda: bool(view.plane.faint.any()), timeout=WORKER_MS)
    assert page.isVisible()
    assert conductor.window.filters.isVisible()
    faint = {page.gallery.photos.ids[row] for row in range(PHOTOS) if view.plane.faint[row]}
    assert {conductor.reader.photos([number])[number].path.parent == folder for number in faint} == {False}
    assert page.summary.text().startswith(f"{PHOTOS - len(faint)} of 12 photos pass the filter")
    assert [page.gallery.tile(row).dimmed for row in range(PHOTOS)] == view.plane.faint.tolist()
    conductor.filters.clear()
    qtbot.waitUntil(lambda: not view.plane.faint.any(), timeout=WORKER_MS)
    assert conductor.filters.which == EVERYTHING


def test_what_is_chosen_stays_while_the_map_is_drawn_anew(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    chosen = ids(conductor, "chelsea 1.jpg", "rocket 2.jpg")
    gallery = conductor.screens.map.page.gallery
    rows = sorted(list(gallery.photos.ids).index(number) for number in chosen)
    for place, row in enumerate(rows):
        index = view.model().index(row, 0)
        rect = view.visualRect(index)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CONTROL if place else PLAIN, rect.center())
    before = set(conductor.selection.ids())
    assert before
    plane = view.plane
    qtbot.mouseClick(conductor.screens.map.page.anew, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.plane is not plane, timeout=WORKER_MS)
    assert set(conductor.selection.ids()) == before


def test_it_can_be_left_and_opened_again(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert conductor.window.browsing.isVisible()
    places = view.plane.points.tolist()
    conductor.screens.map.open()
    assert view.isVisible()
    qtbot.waitUntil(conductor.screens.map.page.anew.isEnabled, timeout=WORKER_MS)
    assert view.plane.points.tolist() == places


def test_a_map_that_cannot_be_drawn_is_told(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    drawn, before = conductor.screens.map._drawn, view.plane.points.tolist()
    assert drawn is not None
    drawn.file.with_suffix(".tmp").mkdir()  # so that nothing can be written beside it
    told: list[str] = []
    conductor.reporter.failed.connect(lambda title, *_: told.append(title))
    qtbot.mouseClick(conductor.screens.map.page.anew, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told) and conductor.screens.map.page.anew.isEnabled(), timeout=WORKER_MS)
    assert view.plane.points.tolist() == before


def test_esc_ends_a_line_and_then_the_page(conductor: Conductor, view: MapView, qtbot: QtBot) -> None:
    area = view.viewport()
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, SHIFT, QPoint(10, 10))
    for point in (QPoint(400, 20), QPoint(300, 300)):
        qtbot.mouseMove(area, point)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, SHIFT, QPoint(300, 300))
    assert conductor.screens.map.page.isVisible()
    assert conductor.selection.count() == 0
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not conductor.screens.map.page.isVisible()
