"""Folds: near-duplicates stay together, albums are spread."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.learning.data.curation import TrainingSet
from guie_desktop.learning.data.splitting import assign_folds, folds_to_test

FOLDS = 5


def training_set(albums: list[list[int]], groups: list[int]) -> TrainingSet:
    """Photos with these groups, in these albums (positions)."""
    count = len(groups)
    membership = np.zeros((count, len(albums)), bool)
    for number, photos in enumerate(albums):
        membership[photos, number] = True
    names = tuple(map(str, range(len(albums))))
    rows, keys = np.zeros((count, 2), np.float32), np.arange(count, dtype=np.int64)
    return TrainingSet(keys, rows, names, membership, np.zeros_like(membership), np.array(groups, np.int64))


@given(st.lists(st.integers(0, 30), max_size=40), st.integers(1, 7), st.integers(0, 99), st.data())
def test_near_duplicates_stay_together_and_every_photo_is_in_a_fold(
    groups: list[int], folds: int, seed: int, data: st.DataObject
) -> None:
    positions = st.lists(st.integers(0, max(len(groups) - 1, 0)), unique=True) if groups else st.just([])
    divided = training_set(data.draw(st.lists(positions, max_size=4)), groups)
    fold_of = assign_folds(divided, folds, seed)
    assert len(fold_of) == len(groups)
    assert ((fold_of >= 0) & (fold_of < folds)).all()
    for group in set(groups):
        assert len(set(fold_of[np.array(groups) == group])) == 1
    np.testing.assert_array_equal(fold_of, assign_folds(divided, folds, seed))


@given(st.lists(st.integers(1, 23), min_size=1, max_size=6), st.integers(0, 99))
def test_an_album_of_single_photos_is_spread_evenly(sizes: list[int], seed: int) -> None:
    ends = np.cumsum([0, *sizes])
    albums = [list(range(start, end)) for start, end in pairwise(ends)]
    fold_of = assign_folds(training_set(albums, list(range(ends[-1]))), FOLDS, seed)
    for album in albums:
        counts = np.bincount(fold_of[album], minlength=FOLDS)
        assert counts.max() - counts.min() <= 1


def test_a_large_group_leaves_the_other_folds_to_the_rest_of_its_album() -> None:
    groups = [0] * 8 + list(range(1, 9))
    fold_of = assign_folds(training_set([list(range(16))], groups), FOLDS, 1)
    assert fold_of[0] not in fold_of[8:]
    assert np.bincount(fold_of[8:], minlength=FOLDS).max() == 2


def test_another_seed_is_another_division() -> None:
    divided = training_set([list(range(20)), list(range(20, 40))], list(range(40)))
    one, other = assign_folds(divided, FOLDS, 1), assign_folds(divided, FOLDS, 2)
    assert (one != other).any()


def test_photos_in_several_albums_are_spread_in_all_of_them() -> None:
    albums = [list(range(30)), list(range(10, 40)), list(range(0, 40, 2))]
    fold_of = assign_folds(training_set(albums, list(range(40))), FOLDS, 3)
    for album in albums:
        counts = np.bincount(fold_of[album], minlength=FOLDS)
        assert counts.min() >= 2


def test_the_more_photos_the_fewer_folds_are_tested() -> None:
    assert [folds_to_test(photos) for photos in (10, 599, 600, 1500, 90_000)] == [5, 5, 2, 1, 1]
