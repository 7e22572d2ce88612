"""`shared index`, `shared status`, `shared search`, as a user calls them."""

import json
from pathlib import Path
from typing import Any

import lance
import numpy as np
import pyarrow as pa
import pytest

from guie_desktop.__main__ import main
from guie_desktop.paths import LibraryPaths
from guie_desktop.shared_library.schema import HASH, PATH, TAKEN, feature_column, table_schema
from guie_desktop.workspace.open_library import OpenLibrary

pytestmark = pytest.mark.slow


def called(capsys: pytest.CaptureFixture[str], paths: LibraryPaths, *words: str, status: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["--library", str(paths.root), "shared", *words, "--json"]) == status
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.fixture
def shared(learned_marks: LibraryPaths, tmp_path: Path) -> str:
    """A table of the photos of the library that was learned, as another program has embedded them."""
    with OpenLibrary(learned_marks) as library:
        features, key = library.backbone.features, library.backbone.key
        photos = library.catalog.photos(library.catalog.photo_ids()).values()
        stored = features.keyed([photo.content_hash for photo in photos])
        known = [photo for photo in photos if photo.content_hash in stored]
        vectors = [stored[photo.content_hash][1].astype(np.float16) for photo in known]
        schema = table_schema({key: len(vectors[0])})
    columns = {
        PATH: [str(photo.path) for photo in known],
        HASH: [photo.content_hash for photo in known],
        TAKEN: [float(number) for number in range(len(known))],
        feature_column(key): list(vectors),
    }
    arrays = [pa.array(columns.get(field.name, [None] * len(known)), field.type) for field in schema]
    place = str(tmp_path / "shared.lance")
    lance.write_dataset(pa.table(arrays, schema=schema), place, enable_stable_row_ids=True)
    return place


def test_a_picture_finds_what_a_search_of_the_own_library_finds(
    shared: str, learned_marks: LibraryPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    with OpenLibrary(learned_marks) as library:
        image = str(library.catalog.photos(library.catalog.photo_ids()[:1]).popitem()[1].path)
    found = called(capsys, learned_marks, "search", shared, image, "--top", "5")
    assert found["hits"][0]["path"] == image
    assert found["hits"][0]["score"] == pytest.approx(1, abs=1e-2)
    assert 0 <= found["personal"] <= 1
    general = called(capsys, learned_marks, "search", shared, image, "--top", "5", "--head", "general")
    assert general["personal"] == 0
    assert general["hits"][0]["path"] == image
    some = called(capsys, learned_marks, "search", shared, image, "--folder", str(Path(image).parent), "--top", "3")
    assert len(some["hits"]) == 3
    none = called(capsys, learned_marks, "search", shared, image, "--from", "2020-01-01")
    assert none["hits"] == []


def test_indexes_are_made_and_told(
    shared: str, learned_marks: LibraryPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    before = called(capsys, learned_marks, "status", shared)
    assert before["scalar_indexes"] == []
    made = called(capsys, learned_marks, "index", shared)
    assert [one["done"] for one in made["indexes"]] == ["made", "made", "too few"]
    after = called(capsys, learned_marks, "status", shared)
    assert after["scalar_indexes"] == ["path", "taken"]
    assert after["photos"] == before["photos"]
    capsys.readouterr()
    assert main(["--library", str(learned_marks.root), "shared", "status", shared]) == 0
    assert "compared one by one" in capsys.readouterr().out


def test_what_is_not_there_is_told(tmp_path: Path, paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(paths.root), "shared", "status", str(tmp_path / "none")]) == 1
    assert "There is no shared library at" in capsys.readouterr().err
