"""Fixtures that tests of several parts share."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from guie_desktop.jobs.learning import learn
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.marks import save_all_marks, sort_marks
from tests.running import finish, index_folder

# Where the trash lies: send2trash looks for it once, when it is loaded, and the user's own is nothing for tests.
_DATA_HOME = tempfile.TemporaryDirectory(prefix="guie-desktop-tests-")
os.environ["XDG_DATA_HOME"] = _DATA_HOME.name

# Ray's processes would wait for the tests beside them, which leave no time; a user's own programs come first.
_NICENESS = "RAY_worker_niceness"  # as Ray spells it
os.environ[_NICENESS] = "0"

# How long an example takes depends on what else the machine does. The same examples are drawn each time, so that a
# submission fails for what it changed; "--hypothesis-profile=explore" looks for new ones.
settings.register_profile("landing", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile("landing")


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where networks are converted to, so that this happens once per run."""
    models = LibraryPaths(tmp_path_factory.mktemp("shared")).networks
    models.mkdir()
    return models


@pytest.fixture
def paths(tmp_path: Path, models_folder: Path) -> LibraryPaths:
    """An empty library whose model need not be converted anew."""
    made = LibraryPaths(tmp_path / "library")
    made.root.mkdir()
    made.networks.symlink_to(models_folder, target_is_directory=True)
    return made


@pytest.fixture(scope="session")
def indexed_marks(tmp_path_factory: pytest.TempPathFactory, models_folder: Path) -> LibraryPaths:
    """A closed library of the photos of tests/marks.py, which lie beside it in "photos"; without albums."""
    made = LibraryPaths(tmp_path_factory.mktemp("marks") / "library")
    made.root.mkdir()
    made.networks.symlink_to(models_folder, target_is_directory=True)
    save_all_marks(made.root.parent / "photos")
    index_folder(made, made.root.parent / "photos")
    return made


@pytest.fixture
def sorted_marks(indexed_marks: LibraryPaths, tmp_path: Path) -> LibraryPaths:
    """A copy of it with an album for each colour, for one test to change."""
    paths = LibraryPaths(shutil.copytree(indexed_marks.root, tmp_path / "sorted", symlinks=True))
    sort_marks(paths)
    return paths


@pytest.fixture(scope="session")
def learned_once(indexed_marks: LibraryPaths, tmp_path_factory: pytest.TempPathFactory) -> LibraryPaths:
    folder = tmp_path_factory.mktemp("learned") / "library"
    paths = LibraryPaths(shutil.copytree(indexed_marks.root, folder, symlinks=True))
    sort_marks(paths)
    with WritableLibrary(paths) as library:
        assert finish(learn(library, Recipe())).accepted
    return paths


@pytest.fixture
def learned_marks(learned_once: LibraryPaths, tmp_path: Path) -> LibraryPaths:
    """A copy with albums that were learned, for one test to change; the head is in use and has the number 1."""
    return LibraryPaths(shutil.copytree(learned_once.root, tmp_path / "learned", symlinks=True))
