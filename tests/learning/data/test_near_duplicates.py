"""Groups of near-duplicates: photos that are alike share one, whatever their order and however many there are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.embedding.projection import unit_rows
from guie_desktop.learning.data.near_duplicates import MIN_SIMILARITY, near_duplicate_groups


def some_rows(seed: int, count: int, dimension: int = 4) -> NDArray[np.float32]:
    """Few directions and many photos, so that there are pairs, chains and loners."""
    return unit_rows(np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32))


def alike(rows: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(N, N) written out."""
    centred = unit_rows(rows - rows.mean(axis=0))
    return centred @ centred.T >= MIN_SIMILARITY


def closure(pairs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which photos are joined by any chain of alike ones."""
    joined = pairs | np.eye(len(pairs), dtype=bool)
    for between in range(len(pairs)):
        joined |= joined[:, [between]] & joined[[between]]
    return joined


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 40))
def test_two_photos_share_a_group_just_when_a_chain_of_alike_ones_joins_them(seed: int, count: int, block: int) -> None:
    rows = some_rows(seed, count)
    groups = near_duplicate_groups(rows, block_size=block)
    np.testing.assert_array_equal(groups[:, np.newaxis] == groups, closure(alike(rows)))


@given(st.integers(0, 2**32 - 1), st.integers(2, 40))
def test_the_order_of_photos_does_not_matter(seed: int, count: int) -> None:
    rows = some_rows(seed, count)
    order = np.random.default_rng(seed).permutation(count)
    groups, shuffled = near_duplicate_groups(rows), near_duplicate_groups(rows[order])
    np.testing.assert_array_equal(groups[order][:, np.newaxis] == groups[order], shuffled[:, np.newaxis] == shuffled)


def test_a_series_is_one_though_its_ends_differ() -> None:
    angles = np.radians(np.arange(0, 120, 15))
    series = np.stack([np.cos(angles), np.sin(angles), 0 * angles], axis=1)
    others = np.array([[-1, -1, 0.5], [0, -1, -1], [-1, 0, -1]])
    groups = near_duplicate_groups(unit_rows(np.concatenate([series, others]).astype(np.float32)))
    assert len(set(groups[:8])) == 1
    assert len(set(groups)) == 4


def test_photos_that_are_all_the_same_are_one_group() -> None:
    rows = np.repeat(some_rows(1, 1, 64), 9, axis=0)
    assert set(near_duplicate_groups(rows)) == {0}


def test_the_same_photo_twice_is_one_group_and_none_is_none() -> None:
    rows = some_rows(2, 12, 64)
    groups = near_duplicate_groups(np.concatenate([rows, rows[:3]]))
    assert groups[:3].tolist() == groups[12:].tolist()
    assert len(set(groups)) == 12
    assert len(near_duplicate_groups(np.empty((0, 0), np.float32))) == 0


def test_photos_of_one_kind_far_from_the_library_are_not_all_one_scene() -> None:
    rng = np.random.default_rng(5)
    kind = rng.normal(size=40)
    rows = unit_rows((3 * kind + rng.normal(size=(60, 40))).astype(np.float32))
    library_mean = unit_rows(rng.normal(size=(500, 40)).astype(np.float32)).mean(axis=0)
    from_there = unit_rows(rows - library_mean)
    assert (from_there @ from_there.T).mean() > MIN_SIMILARITY
    assert len(set(near_duplicate_groups(rows, library_mean))) > 30
