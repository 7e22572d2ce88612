"""Fixtures that tests of several parts share."""

from pathlib import Path

import pytest

from guie_desktop.paths import LibraryPaths


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where networks are converted to, so that this happens once per run."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture
def paths(tmp_path: Path, models_folder: Path) -> LibraryPaths:
    """An empty library whose model need not be converted anew."""
    made = LibraryPaths(tmp_path / "library")
    made.root.mkdir()
    made.models.symlink_to(models_folder, target_is_directory=True)
    return made
