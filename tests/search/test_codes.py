"""Rows in eight bits: however they lie in memory, their inner products are nearly what they are."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.search import codes
from guie_desktop.search.codes import Codes

COUNT = 50


def unit_rows(count: int, dimension: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(dimension).normal(size=(count, dimension)).astype(np.float32)
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


@pytest.mark.parametrize("dimension", [5, 384, 385, 768, 770])
def test_rows_of_any_width_are_compared_in_strips_and_blocks(
    dimension: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(codes, "_BLOCK", 8)
    rows, kept = unit_rows(COUNT, dimension), Codes(dimension)
    for start, end in ((0, 3), (3, 30), (30, COUNT)):
        kept.add(np.arange(start, end), rows[start:end])
    kept.remove(np.array([0, 8, 29, 48, 49]))
    kept.add(np.array([100]), rows[:1])
    kept.save(tmp_path / "made.codes")
    for one in (kept, Codes.load(tmp_path / "made.codes", dimension)):
        assert sorted(one.keys) == sorted({*range(1, COUNT), 100} - {8, 29, 48, 49})
        exact = rows[:2] @ rows[np.where(one.keys == 100, 0, one.keys)].T
        assert one.products(rows[:2]) == pytest.approx(exact, abs=0.02)


def test_of_no_rows_there_are_no_products() -> None:
    assert Codes(770).products(unit_rows(2, 770)).shape == (2, 0)
