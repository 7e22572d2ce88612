"""What of a shared library is above the line of likeness."""

import pytest
from pytestqt.qtbot import QtBot

from guie_desktop.domain import RemotePhoto
from guie_desktop.gui.backend.failure_reporter import FailureReporter
from guie_desktop.gui.shared.remote_tiles import RemoteTiles
from guie_desktop.messages import SharedPage

SCORES = (0.9, 0.5, 0.2)
PHOTOS = tuple(
    RemotePhoto(row, f"/archive/{row}.jpg", bytes([row]), 1000, 0.0, None, 160, 120, score)
    for row, score in enumerate(SCORES)
)


@pytest.mark.parametrize(("cutoff", "alike"), [(None, 3), (0.5, 2), (0.95, 0)])
def test_what_reaches_the_line_is_similar(cutoff: float | None, alike: int, qtbot: QtBot) -> None:
    tiles = RemoteTiles(FailureReporter())
    tiles.show(SharedPage(PHOTOS, {}, cutoff=cutoff))
    assert [hit.similar for hit in tiles.hits()] == [place < alike for place in range(len(SCORES))]
    assert [hit.score for hit in tiles.hits()] == list(SCORES)
    tiles.loader.close()
