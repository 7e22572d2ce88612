"""What is searched to be measured is like what is there, and what is found is judged by all products."""

import numpy as np
import pytest

from guie_desktop.embedding.projection import unit_rows
from guie_desktop.jobs.measuring.search_speed import of_made_vectors
from guie_desktop.search.vectors import VectorIndex

REAL = unit_rows(np.random.default_rng(1).normal(size=(30, 24)).astype(np.float32))


def test_a_scan_finds_what_all_products_find() -> None:
    time, found = of_made_vectors(REAL, 500)
    assert (time.unit, found.unit) == ("ms", "share")
    assert found.value > 0.98  # numbers of half precision may tell two of them apart otherwise
    assert found.of_anchor == 1


def test_what_misses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_no_use(self: VectorIndex, _query: object, most: int) -> tuple[object, object]:
        return np.arange(-most, 0), np.zeros(most)

    monkeypatch.setattr(VectorIndex, "search", of_no_use)
    assert of_made_vectors(REAL, 100)[1].value == 0
