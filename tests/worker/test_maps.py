"""The map as the window asks for it: drawn by a real worker, which is held, ended, and answers meanwhile."""

import pytest

from guie_desktop.library.library_map import read_map
from guie_desktop.messages import (
    Cancel,
    Cancelled,
    DrawMap,
    FindMap,
    JobEnded,
    ListHeads,
    MapDrawn,
    Pause,
    Progress,
    Resume,
)
from guie_desktop.paths import LibraryPaths
from tests.marks import COUNT
from tests.worker_end import Start

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(sorted_marks: LibraryPaths) -> LibraryPaths:
    return sorted_marks


def is_of_map(progress: Progress) -> bool:
    return progress.stage == "map"


def test_a_map_is_drawn_held_and_ended(start: Start) -> None:
    worker = start()
    worker.wait_for(JobEnded)
    found = worker.ask(FindMap())
    assert read_map(found.file) is None
    drawing = worker.send(DrawMap())
    worker.wait_for(Progress, is_of_map)
    worker.ask(Pause())
    worker.wait_for(Progress, lambda progress: is_of_map(progress) and progress.paused)
    worker.ask(ListHeads())
    assert drawing not in worker.replies
    worker.ask(Cancel())
    assert isinstance(worker.reply(drawing), Cancelled)
    assert read_map(found.file) is None
    drawing = worker.send(DrawMap())
    worker.wait_for(Progress, is_of_map)
    worker.ask(Pause())
    worker.ask(Resume())
    assert worker.reply(drawing) == found == worker.ask(FindMap())
    assert isinstance(found, MapDrawn)
    drawn = read_map(found.file)
    assert drawn is not None
    assert len(drawn.keys) == COUNT
    assert drawn.space.startswith(f"{found.backbone}.")
