"""Cells, lines around photos, and zooming: arithmetic of the map."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from guie_desktop.gui.map.map_sight import MapSight
from guie_desktop.gui.map.plane import Plane, Points, along_a_curve

SEEDS = st.integers(0, 10_000)


def scattered(seed: int, count: int = 200) -> Points:
    return np.random.default_rng(seed).uniform(-30, 30, (count, 2)).astype(np.float32)


def plane_of(points: Points) -> Plane:
    return Plane(points, np.zeros(len(points), bool))


@given(SEEDS, st.floats(0.5, 40))
def test_each_photo_is_in_one_cell_of_which_one_is_seen(seed: int, size: float) -> None:
    points = scattered(seed)
    cells = plane_of(points).cells(size)
    assert int(cells.counts.sum()) == len(points)
    assert cells.cell_of[cells.rows].tolist() == list(range(len(cells.rows)))
    assert (np.floor(points[:, 0].astype(float) / size) == cells.columns[cells.cell_of]).mean() > 0.99
    for row in range(0, len(points), 40):
        assert cells.at(*points[row].tolist()) == cells.cell_of[row]
    left, top, right, bottom = plane_of(points).bounds
    assert len(cells.within(left, top, right, bottom)) == len(cells.rows)
    assert cells.at(1000, 0) == -1


@given(SEEDS)
def test_a_photo_that_is_seen_from_afar_is_seen_when_nearer(seed: int) -> None:
    plane = plane_of(scattered(seed))
    assert set(plane.cells(16).rows.tolist()) <= set(plane.cells(8).rows.tolist())


@given(SEEDS, st.floats(2, 30))
def test_what_does_not_pass_is_seen_only_where_nothing_else_is(seed: int, size: float) -> None:
    points = scattered(seed)
    faint = np.random.default_rng(seed).random(len(points)) < 0.6
    cells = Plane(points, faint).cells(size)
    passing = np.bincount(cells.cell_of, ~faint)
    assert (faint[cells.rows] == (passing == 0)).all()


@given(SEEDS, st.integers(3, 12))
def test_what_is_drawn_around_is_what_lies_inside(seed: int, corners: int) -> None:
    points = scattered(seed)
    outline = np.random.default_rng(seed + 1).uniform(-30, 30, (corners, 2))
    polygon = QPolygonF([QPointF(*corner) for corner in outline.tolist()])
    wanted = [
        row
        for row, (x, y) in enumerate(points.tolist())
        if polygon.containsPoint(QPointF(x, y), Qt.FillRule.OddEvenFill)
    ]
    found = plane_of(points).inside(outline).tolist()
    assert len(set(wanted) ^ set(found)) <= 1  # one may lie on the line


@given(SEEDS, st.integers(0, 300))
def test_the_curve_goes_through_each_photo_once_from_neighbour_to_neighbour(seed: int, count: int) -> None:
    points = scattered(seed, count)
    order = along_a_curve(points)
    assert sorted(order.tolist()) == list(range(count))
    if count > 100:
        steps = np.linalg.norm(np.diff(points[order], axis=0), axis=1)
        assert np.median(steps) < 8


def test_a_part_of_the_map_is_a_few_runs_of_rows() -> None:
    points = scattered(4, 20_000)
    points = points[along_a_curve(points)]
    inside = plane_of(points).inside(np.array([[-10, -10], [10, -10], [10, 10], [-10, 10]]))
    assert len(inside) > 2000
    assert (np.diff(inside) > 1).sum() < 100


@given(SEEDS, st.lists(st.tuples(st.integers(-9, 9), st.floats(0, 800), st.floats(0, 600)), max_size=8))
def test_what_is_under_the_pointer_stays_there(seed: int, turns: list[tuple[int, float, float]]) -> None:
    sight = MapSight(plane_of(scattered(seed)))
    sight.width, sight.height = 800, 600
    sight.fit()
    for steps, x, y in turns:
        before = sight.on_map(x, y)
        sight.zoom(steps, x, y)
        after = sight.on_map(x, y)
        assert abs(after[0] - before[0]) * sight.scale <= 2
        assert abs(after[1] - before[1]) * sight.scale <= 2


@given(SEEDS, st.integers(100, 2000), st.integers(100, 2000))
def test_all_is_seen_at_first(seed: int, width: int, height: int) -> None:
    plane = plane_of(scattered(seed))
    sight = MapSight(plane)
    sight.width, sight.height = width, height
    sight.fit()
    left, top, right, bottom = plane.bounds
    for x, y in ((left, top), (right, bottom)):
        column, line = np.floor(np.array([x, y]) / sight.cell).astype(int).tolist()
        across, down = sight.tile_at(column, line)
        assert -sight.side <= across <= width
        assert -sight.side <= down <= height


def test_keys_lead_to_the_next_photo_in_their_direction() -> None:
    points = np.array([[0, 0], [10, 0], [20, 1], [0, 10], [-10, -10]], np.float32)
    cells = plane_of(points).cells(4)
    assert cells.next_to(0, 1, 0) == 1
    assert cells.next_to(1, 1, 0) == 2
    assert cells.next_to(2, 1, 0) == -1
    assert cells.next_to(0, 0, 1) == 3
    assert cells.next_to(0, -1, 0) == 4
