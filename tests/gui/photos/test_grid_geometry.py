from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from guie_desktop.gui.photos.grid_geometry import GridGeometry


@st.composite
def geometries(draw: st.DrawFn) -> GridGeometry:
    count = draw(st.one_of(st.integers(1, 300), st.integers(900_000, 1_000_000)))
    width = draw(st.integers(120, 4000))
    wanted = draw(st.integers(96, 480))
    split = draw(st.one_of(st.none(), st.integers(0, count)))
    plain = GridGeometry(count, width, wanted, 28, split=split)
    lead = draw(st.integers(0, plain.columns - 1)) if split is None else 0
    return GridGeometry(count, width, wanted, 28, lead, split)


@given(geometries(), st.data())
def test_the_tile_under_the_middle_of_a_tile_is_that_tile(geometry: GridGeometry, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, geometry.count - 1))
    rect = geometry.rect(row)
    assert geometry.row_at(rect.center()) == row
    assert geometry.row_in_line(*geometry.place(row)) == row
    assert rect.left() >= 0
    assert rect.bottom() < geometry.height < 2**31


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
def test_up_and_down_stay_in_the_column_or_the_line_next_to_it(geometry: GridGeometry, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, geometry.count - 1))
    for step in (-1, 1):
        other = geometry.moved(row, step)
        line, column = geometry.place(row)
        other_line, other_column = geometry.place(other)
        assert 0 <= other < geometry.count
        assert other_line == min(max(line + step, 0), geometry.lines - 1)
        assert other_column == column or geometry.row_in_line(other_line, column) == -1


@given(geometries())
def test_there_is_nothing_beside_the_tiles(geometry: GridGeometry) -> None:
    assert geometry.row_at(QPoint(1, 1)) == -1
    assert geometry.row_at(QPoint(5, geometry.height + 5)) == -1
    if geometry.divided:
        assert geometry.row_at(geometry.divider.center()) == -1


@given(geometries(), st.data())
def test_the_picture_is_the_upper_part_of_its_tile(geometry: GridGeometry, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, geometry.count - 1))
    picture, tile = geometry.picture_rect(row), geometry.rect(row)
    assert picture.topLeft() == tile.topLeft()
    assert (picture.width(), picture.height() + geometry.caption) == (tile.width(), tile.height())


def test_an_empty_grid_has_no_tile_anywhere() -> None:
    empty = GridGeometry(0, 800, 184, 28)
    assert empty.rows_between(0, 900) == range(0)
    assert empty.nearest_in_line(0, 0) == -1
    assert empty.row_at(QPoint(30, 30)) == -1


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
    assert all(len({geometry.place(row)[0] for row in run}) == 1 for run in geometry.runs_in(area))


def test_between_two_tiles_nothing_is_touched() -> None:
    geometry = GridGeometry(10, 700, 200, 28)
    gap = geometry.rect(0).topRight() + QPoint(2, 0)
    assert geometry.runs_in(QRect(gap.x(), gap.y(), 3, 20)) == []
