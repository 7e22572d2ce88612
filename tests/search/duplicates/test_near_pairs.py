"""All pairs that lie close together are found, as if each row had been compared with each."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guie_desktop.embedding.projection import unit_rows
from guie_desktop.search.duplicates import near_pairs as module
from guie_desktop.search.duplicates.near_pairs import NO_PAIRS, distinct, near_pairs


def all_pairs(rows: np.ndarray, least: float, most: int = 100, threads: int = 1) -> set[tuple[int, int]]:
    found = distinct(np.concatenate([NO_PAIRS, *near_pairs(rows, least, most, threads=threads)]))
    assert (found[:, 0] < found[:, 1]).all()
    return {(int(one), int(other)) for one, other in found}


@settings(deadline=None, max_examples=30)
@given(count=st.integers(0, 60), least=st.floats(0.3, 0.95), seed=st.integers(0, 99))
def test_few_rows_are_compared_all_with_all(count: int, least: float, seed: int) -> None:
    rows = unit_rows(np.random.default_rng(seed).normal(size=(count, 6)).astype(np.float32))
    alike = np.triu(rows @ rows.T, 1)
    assert all_pairs(rows, least) == {(int(one), int(other)) for one, other in np.argwhere(alike >= least)}


def test_of_a_row_only_the_nearest_are_taken() -> None:
    rows = unit_rows(np.random.default_rng(1).normal(size=(50, 4)).astype(np.float32) * 0.01 + 1)
    pairs = all_pairs(rows, 0.5, most=3)
    assert 50 * 3 / 2 <= len(pairs) <= 50 * 3


def test_many_rows_are_compared_within_cells_and_copies_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COMPARED_ALL", 100)
    rng = np.random.default_rng(2)
    originals = rng.normal(size=(2000, 32)).astype(np.float32)
    copies = originals[:300] + 0.1 * rng.normal(size=(300, 32)).astype(np.float32)
    pairs = all_pairs(unit_rows(np.concatenate([originals, copies])), 0.9)
    wanted = {(number, 2000 + number) for number in range(300)}
    assert len(pairs & wanted) >= 297
    assert len(pairs - wanted) < 10


def test_any_number_of_threads_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COMPARED_ALL", 100)
    rows = unit_rows(np.random.default_rng(4).normal(size=(1500, 8)).astype(np.float32))
    assert all_pairs(rows, 0.9, 5, threads=3) == all_pairs(rows, 0.9, 5) != set()


def test_each_pair_is_kept_once() -> None:
    pairs = np.array([(3, 7), (0, 7), (3, 7), (0, 1), (0, 7)])
    assert distinct(pairs).tolist() == [[0, 1], [0, 7], [3, 7]]
    assert distinct(NO_PAIRS).shape == (0, 2)
