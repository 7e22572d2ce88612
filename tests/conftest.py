"""Fixtures that tests of several parts share."""

from pathlib import Path

import pytest
from hypothesis import settings

from guie_desktop.paths import LibraryPaths

# How long an example takes depends on what else the machine does.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where networks are converted to, so that this happens once per run."""
    models = LibraryPaths(tmp_path_factory.mktemp("shared")).models
    models.mkdir()
    return models


@pytest.fixture
def paths(tmp_path: Path, models_folder: Path) -> LibraryPaths:
    """An empty library whose model need not be converted anew."""
    made = LibraryPaths(tmp_path / "library")
    made.root.mkdir()
    made.models.symlink_to(models_folder, target_is_directory=True)
    return made
