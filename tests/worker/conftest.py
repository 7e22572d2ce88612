"""Real workers on the test's library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guie_desktop.paths import LibraryPaths
from tests.worker_end import Start, WorkerEnd


@pytest.fixture
def start(paths: LibraryPaths) -> Iterator[Start]:
    """Start workers on the test's library; they are ended with the test."""
    started: list[WorkerEnd] = []

    def start_one() -> WorkerEnd:
        started.append(WorkerEnd(paths))
        return started[-1]

    yield start_one
    for worker in started:
        worker.end()


@pytest.fixture
def red(indexed_marks: LibraryPaths) -> Path:
    """A photo of an album."""
    return indexed_marks.root.parent / "photos" / "red" / "red-000.jpg"
