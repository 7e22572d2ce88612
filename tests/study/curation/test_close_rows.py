"""The bound misses no pair: what is found is what comparing all with all finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.embedding.projection import unit_rows
from guie_desktop.study.curation import close_rows
from guie_desktop.study.curation.close_rows import NONE, CloseRows, principal_basis


@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 60),
    st.integers(1, 60),
    st.sampled_from((2, 16, 200)),
    st.sampled_from((0.01, 0.3, 3.0)),
)
def test_it_finds_what_comparing_all_finds(seed: int, count: int, held: int, dimension: int, noise: float) -> None:
    rng = np.random.default_rng(seed)
    series = rng.normal(size=(7, dimension)) + 2 * rng.normal(size=dimension)

    def photos(number: int) -> NDArray[np.float16]:
        drawn = series[rng.integers(7, size=number)] + noise * rng.normal(size=(number, dimension))
        return unit_rows(drawn.astype(np.float32)).astype(np.float16)

    rows, others = photos(count), photos(held)
    centre = rows.astype(np.float32).mean(axis=0) / 2
    places, cosines = CloseRows(others, centre, principal_basis(rows - centre), "cpu").nearest(rows, 0.85)

    exact = unit_rows(rows - centre) @ unit_rows(others - centre).T
    clear = np.abs(exact.max(axis=1) - 0.85) > 1e-4
    assert np.array_equal((places != NONE)[clear], (exact.max(axis=1) >= 0.85)[clear])
    found = np.flatnonzero(places != NONE)
    assert np.allclose(exact[found, places[found]], exact[found].max(axis=1), atol=1e-4)
    assert np.allclose(cosines[found], exact[found].max(axis=1), atol=1e-4)
    assert (cosines[places == NONE] == 0).all()


def test_parts_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    rows, others = (unit_rows(rng.normal(size=(n, 8)).astype(np.float32)).astype(np.float16) for n in (40, 50))
    centre = np.zeros(8, np.float32)
    whole = CloseRows(others, centre, principal_basis(rows.astype(np.float32)), "cpu").nearest(rows, 0.5)
    for name in ("_HELD_AT_ONCE", "_PAIRS_AT_ONCE", "_DENSE"):
        monkeypatch.setattr(close_rows, name, 1)  # the last one: all pairs are picked, none by the product of all rows
    parts = CloseRows(others, centre, principal_basis(rows.astype(np.float32)), "cpu").nearest(rows, 0.5)
    assert (whole[0] != NONE).any()
    assert np.array_equal(whole[0], parts[0])
    assert np.allclose(whole[1], parts[1], atol=1e-6)
