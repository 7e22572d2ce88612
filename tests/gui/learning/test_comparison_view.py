"""Two rankings side by side: scrolling one shows the same ranks in the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guie_desktop.asking import Answer, Hit
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.learning.comparison_view import ComparisonView
from guie_desktop.gui.photos.tile_loader import TileLoader

COUNT = 120


def answer_of(shapes: tuple[float, ...], alike: int) -> Answer:
    """Hits of these shapes in turn, so many of which are alike."""
    hits = (
        Hit(rank, rank, (Path(f"/{rank}.jpg"),), 0.5, rank <= alike, shape=shapes[rank % len(shapes)])
        for rank in range(1, COUNT + 1)
    )
    return Answer(tuple(hits), "model", "head", 0.1, nothing_similar=False)


@pytest.fixture
def loader() -> Iterator[TileLoader]:
    loader = TileLoader(FailureReporter())
    yield loader
    loader.close()


def test_both_show_the_same_ranks_however_high_their_lines_are(qtbot: QtBot, loader: TileLoader) -> None:
    view = ComparisonView(loader)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show()
    view.show_answers(answer_of((0.7, 1.0), alike=8), answer_of((1.9, 1.0, 0.8), alike=40))
    general, learned = view.general.grid, view.learned.grid
    for moved, other in ((general, learned), (learned, general)):
        bar = moved.verticalScrollBar()
        for value in (bar.maximum() // 3, bar.maximum() // 2):
            bar.setValue(value)
            first = moved.rows_in_view().start
            seen = other.geometry_now.rect(first).top() - other.verticalOffset()
            assert seen == moved.geometry_now.rect(first).top() - moved.verticalOffset()
        bar.setValue(0)
        assert other.verticalOffset() == 0
