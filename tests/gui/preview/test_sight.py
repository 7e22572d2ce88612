"""Zooming and panning are arithmetic: what is under the pointer stays there, and no gap opens beside a picture."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guie_desktop.gui.preview.sight import Point, Sight, Size, turned, turned_size

lengths = st.floats(20, 4000)
views = st.tuples(lengths, lengths)
pictures = st.tuples(st.floats(20, 20_000), st.floats(20, 20_000))
fractions = st.floats(0, 1)
points = st.tuples(fractions, fractions)
zooms = st.one_of(st.sampled_from(["fit", "fill"]), st.floats(0.05, 16))
sights = st.builds(Sight, zooms, points)


@given(sights, views, pictures)
def test_a_picture_is_in_the_middle_or_leaves_no_gap(sight: Sight, view: Size, picture: Size) -> None:
    place = sight.place(view, picture)
    for start, length, room in ((place.x, place.width, view[0]), (place.y, place.height, view[1])):
        if length <= room:
            assert start == pytest.approx((room - length) / 2, abs=1e-6)
        else:
            assert start <= 1e-6
            assert start + length >= room - 1e-6


@given(sights, views, pictures, points, st.floats(1.05, 4))
def test_what_is_under_the_pointer_stays_there(
    sight: Sight, view: Size, picture: Size, at: Point, factor: float
) -> None:
    point = at[0] * view[0], at[1] * view[1]
    before = sight.place(view, picture)
    assume(before.width > view[0] and before.height > view[1])
    scale = sight.scale(view, picture)
    assume(Sight().scale(view, picture) <= scale and scale * factor <= 16)
    after = sight.zoomed(scale * factor, view, picture, point).place(view, picture)
    for start, length, new_start, new_length, there in (
        (before.x, before.width, after.x, after.width, point[0]),
        (before.y, before.height, after.y, after.height, point[1]),
    ):
        assert (there - new_start) / new_length == pytest.approx((there - start) / length, abs=1e-6)


@given(sights, views, pictures, st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), max_size=5))
def test_panning_never_leaves_the_picture(
    sight: Sight, view: Size, picture: Size, ways: list[tuple[float, float]]
) -> None:
    for dx, dy in ways:
        moved = sight.panned(dx, dy, view, picture)
        assert moved.place(view, picture).width == pytest.approx(sight.place(view, picture).width)
        assert all(-1e-6 <= part <= 1 + 1e-6 for part in moved.centre)
        sight = moved


@given(views, pictures, st.integers(-40, 40))
def test_steps_halt_at_the_own_size_and_end_where_all_is_seen(view: Size, picture: Size, steps: int) -> None:
    sight, seen = Sight(), set()
    for _ in range(abs(steps)):
        sight = sight.stepped(1 if steps > 0 else -1, view, picture)
        seen.add(sight.scale(view, picture))
    least = Sight().scale(view, picture)
    assert all(least * 0.999 <= scale <= 16 for scale in seen)
    if seen and max(seen) > 1.0 > least * 1.01:
        assert 1.0 in seen
    if steps < 0:
        assert sight == Sight()


def test_fit_never_enlarges_and_fill_leaves_nothing_free() -> None:
    assert Sight().scale((800, 600), (400, 300)) == 1.0
    assert Sight().scale((800, 600), (4000, 3000)) == pytest.approx(0.2)
    assert Sight("fill").scale((800, 600), (4000, 2000)) == pytest.approx(0.3)
    assert Sight().shows_all((800, 600), (4000, 2000))
    assert not Sight("fill").shows_all((800, 600), (4000, 2000))
    assert Sight(2.0).zoomed("fit", (800, 600), (400, 300)) == Sight()


def test_pictures_of_different_sizes_show_the_same_part_alike() -> None:
    large, small = ((800.0, 600.0), (4000.0, 3000.0)), ((800.0, 600.0), (2000.0, 1500.0))
    sight = Sight(0.4, (0.3, 0.3))
    there = sight.alike(large, small)
    assert there.place(*small) == sight.place(*large)
    assert Sight(1.0).alike(large, small).zoom == 1.0  # own pixels are compared with own pixels
    assert Sight("fill").alike(large, small) == Sight("fill")


@given(st.tuples(fractions, fractions, st.floats(0.1, 1), st.floats(0.1, 1)), st.integers(-4, 8))
def test_four_turns_lead_back(region: tuple[float, float, float, float], turns: int) -> None:
    there = turned(region, turns)
    assert turned(there, -turns) == pytest.approx(region, abs=1e-9)
    assert turned_size(turned_size((4, 3), turns), -turns) == (4, 3)


def test_a_turn_to_the_right_brings_the_left_edge_to_the_top() -> None:
    assert turned((0.0, 0.0, 0.25, 1.0), 1) == pytest.approx((0.0, 0.0, 1.0, 0.25))


@given(views, pictures, st.tuples(st.floats(0.05, 0.9), st.floats(0.05, 0.9)), points)
def test_a_part_is_seen_as_a_whole_and_as_large_as_there_is_room(
    view: Size, picture: Size, size: Size, at: Point
) -> None:
    width, height = size
    part = (at[0] * (1 - width), at[1] * (1 - height), width, height)
    sight = Sight.of_part(part, view, picture)
    place, scale = sight.place(view, picture), sight.scale(view, picture)
    left, top = place.x + part[0] * place.width, place.y + part[1] * place.height
    assert left >= -1e-3
    assert top >= -1e-3
    assert left + width * place.width <= view[0] + 1e-3
    assert top + height * place.height <= view[1] + 1e-3
    assert scale <= max(2.0, Sight().scale(view, picture)) + 1e-9
