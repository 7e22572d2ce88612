"""A library whose albums were learned twice; conftest.py lends it to the tests of jobs and of the workspace."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.jobs.learning import learn
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.head_versions import list_heads
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.albums import make_album
from tests.learning.worlds import QUICK, World
from tests.running import finish
from tests.stored_photos import fill_library

THINGS, PHOTOS, FAR = 6, 10, 120
COUNT = THINGS * PHOTOS + FAR


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> LibraryPaths:
    """A closed library whose albums were learned twice, the second version being in use; photos are numbered from 1."""
    paths = LibraryPaths(tmp_path_factory.mktemp("learned") / "library")
    made = World(0, THINGS)
    with WritableLibrary(paths) as library:
        ids = fill_library(library, np.concatenate([made.albums(PHOTOS), made.far_away(FAR)]), Path("/photos"))
        for number in range(THINGS):
            start = number * PHOTOS
            make_album(library.catalog, f"Anna's thing {number}", ids[start : start + PHOTOS])
        for seed in (1, 2):
            assert finish(learn(library, replace(QUICK, seed=seed))).accepted
    return paths


@pytest.fixture
def copied(learned: LibraryPaths, tmp_path: Path) -> LibraryPaths:
    """A copy for one test to change."""
    return LibraryPaths(shutil.copytree(learned.root, tmp_path / "library"))


@pytest.fixture
def library(copied: LibraryPaths) -> Iterator[WritableLibrary]:
    """The copy, opened."""
    with WritableLibrary(copied) as opened:
        yield opened


def heads_in_use(library: OpenLibrary) -> list[int]:
    """Ids of the heads that are searched with; it should be one."""
    return [state.id for state in list_heads(library) if state.in_use]
