from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from guie_desktop.gui.photos.grid_geometry import GAP, HEADING, MARGIN, NO_ROWS, GridGeometry

SHAPES = st.sampled_from([0.0, 0.3, 0.5625, 0.75, 1.0, 4 / 3, 1.5, 16 / 9, 6.0])


@st.composite
def geometries(draw: st.DrawFn) -> GridGeometry:
    count = draw(st.integers(1, 300))
    shapes = np.array(draw(st.lists(SHAPES, min_size=count, max_size=count)), np.float32)
    headed = draw(st.sets(st.integers(0, count - 1), max_size=12))
    return GridGeometry(
        shapes,
        draw(st.integers(120, 4000)),
        draw(st.integers(96, 640)),
        draw(st.sampled_from([0, 28])),
        np.array(sorted(headed), np.int64),
        stretched=draw(st.booleans()),
    )


@given(geometries(), st.data())
def test_the_tile_under_the_middle_of_a_tile_is_that_tile(geometry: GridGeometry, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, geometry.count - 1))
    rect = geometry.rect(row)
    assert geometry.row_at(rect.center()) == row
    assert row in geometry.rows_of(geometry.line_of(row))
    assert rect.left() >= 0
    assert rect.width() > 0
    assert rect.bottom() < geometry.height < 2**31


@given(geometries())
def test_all_rows_lie_in_lines_one_after_the_other_and_within_the_width(geometry: GridGeometry) -> None:
    rows = [row for line in range(geometry.lines) for row in geometry.rows_of(line)]
    assert rows == list(range(geometry.count))
    for line in range(geometry.lines):
        tiles = [geometry.rect(row) for row in geometry.rows_of(line)]
        assert all(after.left() - before.right() == GAP + 1 for before, after in pairwise(tiles))
        assert tiles[-1].right() <= geometry.width - MARGIN
        below = geometry.rect(geometry.rows_of(line + 1).start).top() if line + 1 < geometry.lines else geometry.height
        assert tiles[0].bottom() < below


@given(geometries(), st.data())
def test_rows_in_a_band_are_those_whose_tiles_touch_it(geometry: GridGeometry, data: st.DataObject) -> None:
    top = data.draw(st.integers(0, geometry.height))
    rows = geometry.rows_between(top, top + 900)
    assert len(rows) > 0
    for outside in (rows.start - 1, rows.stop):
        if 0 <= outside < geometry.count:
            rect = geometry.rect(outside)
            assert rect.bottom() < top or rect.top() > top + 900


@given(geometries(), st.data())
def test_all_tiles_of_a_band_are_where_each_of_them_is(geometry: GridGeometry, data: st.DataObject) -> None:
    top = data.draw(st.integers(-10, geometry.height))
    found = geometry.spots_between(top, top + 500, offset=70)
    assert [spot.row for spot in found] == list(geometry.rows_between(top, top + 500))
    assert all(spot.rect.translated(0, 70) == geometry.rect(spot.row) for spot in found)


@given(geometries(), st.data())
def test_up_and_down_lead_to_the_nearest_tile_of_the_next_line(geometry: GridGeometry, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, geometry.count - 1))
    line, middle = geometry.line_of(row), geometry.rect(row).center().x()
    for step in (-1, 1):
        other = geometry.moved(row, step)
        assert geometry.line_of(other) == min(max(line + step, 0), geometry.lines - 1)
        beside = geometry.rows_of(geometry.line_of(other))
        away = min(abs(geometry.rect(one).center().x() - middle) for one in beside)
        assert abs(geometry.rect(other).center().x() - middle) == away
    far = geometry.moved_by(row, 900)
    assert geometry.line_of(far) >= min(line + 1, geometry.lines - 1)
    assert geometry.line_of(geometry.moved_by(row, -900)) <= max(line - 1, 0)


@given(geometries(), st.data())
def test_each_tile_lies_under_its_heading(geometry: GridGeometry, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, geometry.count - 1))
    number = geometry.section_of(row)
    if number < 0:
        return
    area = geometry.heading_rect(number)
    first = geometry.rect(geometry.rows_under(number).start)
    assert row in geometry.rows_under(number)
    assert geometry.row_at(area.center()) == -1
    assert (area.bottom() + 1, area.left()) == (first.top(), first.left())
    assert geometry.section_at(area.top()) == geometry.section_at(first.bottom()) == number
    assert geometry.section_at(area.top() - 1) == number - 1
    assert number in geometry.headings_between(area.top(), area.bottom())
    assert number not in geometry.headings_between(area.bottom() + 2, area.bottom() + 900)
    assert number not in geometry.headings_between(area.top() - 900, area.top() - 1)


@given(geometries())
def test_there_is_nothing_beside_the_tiles(geometry: GridGeometry) -> None:
    assert geometry.row_at(QPoint(1, 1)) == -1
    assert geometry.row_at(QPoint(5, geometry.height + 5)) == -1


@given(geometries(), st.data())
def test_the_picture_is_the_upper_part_of_its_tile(geometry: GridGeometry, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, geometry.count - 1))
    picture, tile = geometry.picture_rect(row), geometry.rect(row)
    assert picture.topLeft() == tile.topLeft()
    assert (picture.width(), picture.height() + geometry.caption) == (tile.width(), tile.height())


def test_an_empty_grid_has_no_tile_anywhere() -> None:
    empty = GridGeometry(np.zeros(0, np.float32), 800, 184, 28)
    assert empty.rows_between(0, 900) == range(0)
    assert empty.spots_between(0, 900) == []
    assert empty.height == 2 * MARGIN
    assert empty.line_height == empty.nominal + 28 + GAP
    assert empty.row_at(QPoint(30, 30)) == -1
    assert empty.runs_in(QRect(0, 0, 100, 100)) == []
    assert list(empty.headings_between(0, 900)) == []


@given(geometries(), st.data())
def test_the_runs_in_an_area_hold_the_tiles_that_it_touches_line_by_line(
    geometry: GridGeometry, data: st.DataObject
) -> None:
    sides = st.tuples(st.integers(-50, geometry.width + 50), st.integers(-50, geometry.height + 50))
    (left, top), (width, height) = data.draw(sides), data.draw(st.tuples(st.integers(1, 4000), st.integers(1, 1500)))
    area = QRect(left, top, width, height)
    found = [row for run in geometry.runs_in(area) for row in run]
    near = geometry.rows_between(area.top(), area.bottom())
    assert found == [row for row in near if geometry.rect(row).intersects(area)]
    assert all(len({geometry.line_of(row) for row in run}) == 1 for run in geometry.runs_in(area))


def test_full_lines_end_at_the_edge_and_keep_the_shapes_of_photos() -> None:
    shapes = np.tile(np.array([1.5, 0.75, 4 / 3], np.float32), 100)
    geometry = GridGeometry(shapes, 1000, 184, 0)
    for line in range(geometry.lines - 1):
        rows = geometry.rows_of(line)
        assert abs(geometry.rect(rows[-1]).right() + 1 - (1000 - MARGIN)) <= 1
        for row in rows:
            picture = geometry.picture_rect(row)
            assert picture.width() / picture.height() == pytest.approx(shapes[row], rel=0.03)
            assert 0.75 * geometry.nominal < picture.height() < 1.34 * geometry.nominal


def test_a_million_tiles_have_places() -> None:
    headed = np.arange(0, 1_000_000, 700)
    geometry = GridGeometry(np.full(1_000_000, 1.5, np.float32), 1200, 96, 0, headed)
    assert geometry.row_at(geometry.rect(999_999).center()) == 999_999
    assert geometry.rows_under(len(headed) - 1).stop == 1_000_000
    assert geometry.heading_rect(0).height() == HEADING
    assert len(NO_ROWS) == 0


EXACT = st.sampled_from([0.5, 0.75, 1.0, 1.5, 1.75, 2.25])
"""Shapes whose sums are exact, wherever they begin."""


@given(st.data())
def test_what_is_laid_out_after_an_earlier_one_lies_where_it_would_without(data: st.DataObject) -> None:
    def draw(shapes: list[float], begin: int, end: int, earlier: GridGeometry | None) -> GridGeometry:
        heads = np.array(sorted(row for row in {begin, end, len(shapes) // 2} if row < len(shapes)), np.int64)
        return GridGeometry(np.array(shapes, np.float32), 700, width, 20, heads, earlier=earlier)

    shapes, width = data.draw(st.lists(EXACT, max_size=200)), data.draw(st.sampled_from([100, 200]))
    begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(shapes))] * 2)))
    earlier = draw(shapes, begin, end, None)
    there = data.draw(st.integers(0, len(shapes)))
    changed = shapes[:there] + data.draw(st.lists(EXACT, max_size=5)) + shapes[there + data.draw(st.integers(0, 3)) :]
    more = len(changed) - len(shapes)
    moved = [row + more if row > there else row for row in (begin, end)]
    width = data.draw(st.sampled_from([width, 300]))
    later, anew = (draw(changed, max(0, moved[0]), max(0, moved[1]), one) for one in (earlier, None))
    assert [later.rect(row) for row in range(later.count)] == [anew.rect(row) for row in range(anew.count)]
    assert later.height == anew.height


def test_far_apart_changes_lay_out_their_own_sections_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[int] = []

    def counted(self: GridGeometry, since: int, until: int, of: Any = GridGeometry._lines_between) -> Any:
        laid_out.append(until - since)
        return of(self, since, until)

    shapes, headed = np.resize(np.array([1.5, 0.75, 1.25], np.float32), 10_000), np.arange(0, 10_000, 100)
    earlier = GridGeometry(shapes, 700, 184, 20, headed)
    monkeypatch.setattr(GridGeometry, "_lines_between", counted)
    there = np.array([250, 5050, 9950])
    more = np.insert(shapes, there, 1.0)
    moved = headed + np.searchsorted(there, headed)
    later = GridGeometry(more, 700, 184, 20, moved, earlier=earlier)
    assert sum(laid_out) == 3 * 101
    anew = GridGeometry(more, 700, 184, 20, moved)
    assert [later.rect(row) for row in range(0, later.count, 7)] == [anew.rect(row) for row in range(0, anew.count, 7)]


@given(st.lists(st.sampled_from([0.75, 1.5]), max_size=300), st.data())
def test_several_changes_at_once_lie_where_they_would_without_an_earlier_one(
    shapes: list[float], data: st.DataObject
) -> None:
    """Each photo is told apart by its shape alone, and each may begin a section, which is put in with it."""
    photos = [(shape, data.draw(st.integers(0, 9)) == 0) for shape in shapes]

    def draw(shown: list[tuple[float, bool]], earlier: GridGeometry | None) -> GridGeometry:
        heads = np.array([row for row, (_, begins) in enumerate(shown) if begins], np.int64)
        ratios = np.array([shape for shape, _ in shown], np.float32)
        return GridGeometry(ratios, 700, 200, 20, heads, earlier=earlier)

    before = draw(photos, None)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(photos)))
        photos[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.lists(st.tuples(st.sampled_from([0.75, 1.5]), st.booleans()), max_size=4)
        )
    later, anew = draw(photos, before), draw(photos, None)
    assert [later.rect(row) for row in range(later.count)] == [anew.rect(row) for row in range(anew.count)]
