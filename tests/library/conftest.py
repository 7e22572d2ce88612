"""A catalog of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guie_desktop.library.catalog_writer import CatalogWriter


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[CatalogWriter]:
    opened = CatalogWriter.open(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()
