"""Pieces to learn from and to test on: near-duplicates stay together, albums are spread."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.learning.curation import Lessons
from guie_desktop.learning.splitting import pieces_of

PIECES = 5


def lessons(albums: list[list[int]], groups: list[int]) -> Lessons:
    """Photos with these groups, in these albums (positions)."""
    count = len(groups)
    belongs = np.zeros((count, len(albums)), bool)
    for number, photos in enumerate(albums):
        belongs[photos, number] = True
    names = tuple(map(str, range(len(albums))))
    rows, keys = np.zeros((count, 2), np.float32), np.arange(count, dtype=np.int64)
    return Lessons(keys, rows, names, belongs, np.zeros_like(belongs), np.array(groups, np.int64))


@given(st.lists(st.integers(0, 30), max_size=40), st.integers(1, 7), st.integers(0, 99), st.data())
def test_near_duplicates_stay_together_and_every_photo_is_in_a_piece(
    groups: list[int], pieces: int, seed: int, data: st.DataObject
) -> None:
    positions = st.lists(st.integers(0, max(len(groups) - 1, 0)), unique=True) if groups else st.just([])
    given_lessons = lessons(data.draw(st.lists(positions, max_size=4)), groups)
    piece = pieces_of(given_lessons, pieces, seed)
    assert len(piece) == len(groups)
    assert ((piece >= 0) & (piece < pieces)).all()
    for group in set(groups):
        assert len(set(piece[np.array(groups) == group])) == 1
    np.testing.assert_array_equal(piece, pieces_of(given_lessons, pieces, seed))


@given(st.lists(st.integers(1, 23), min_size=1, max_size=6), st.integers(0, 99))
def test_an_album_of_single_photos_is_spread_evenly(sizes: list[int], seed: int) -> None:
    ends = np.cumsum([0, *sizes])
    albums = [list(range(start, end)) for start, end in pairwise(ends)]
    piece = pieces_of(lessons(albums, list(range(ends[-1]))), PIECES, seed)
    for album in albums:
        counts = np.bincount(piece[album], minlength=PIECES)
        assert counts.max() - counts.min() <= 1


def test_a_large_group_leaves_the_other_pieces_to_the_rest_of_its_album() -> None:
    groups = [0] * 8 + list(range(1, 9))
    piece = pieces_of(lessons([list(range(16))], groups), PIECES, 1)
    assert piece[0] not in piece[8:]
    assert np.bincount(piece[8:], minlength=PIECES).max() == 2


def test_another_seed_is_another_division() -> None:
    given_lessons = lessons([list(range(20)), list(range(20, 40))], list(range(40)))
    one, other = pieces_of(given_lessons, PIECES, 1), pieces_of(given_lessons, PIECES, 2)
    assert (one != other).any()


def test_photos_in_several_albums_are_spread_in_all_of_them() -> None:
    albums = [list(range(30)), list(range(10, 40)), list(range(0, 40, 2))]
    piece = pieces_of(lessons(albums, list(range(40))), PIECES, 3)
    for album in albums:
        counts = np.bincount(piece[album], minlength=PIECES)
        assert counts.min() >= 2
