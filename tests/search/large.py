"""An index that is small and behaves like a large one."""

import pytest

from guie_desktop.search import vectors
from guie_desktop.search.vectors import VectorIndex


def make_little_too_much(monkeypatch: pytest.MonkeyPatch, index: VectorIndex, width: int | None = None) -> None:
    """Let it compare only part of each row, as if whole ones would take too long."""
    monkeypatch.setattr(vectors, "LONGEST_SCAN", -1.0)
    monkeypatch.setattr(vectors, "TRIED_FROM", 0)
    monkeypatch.setattr(vectors, "WIDTH", width or index.dimension - 2)
    assert index.grow()
