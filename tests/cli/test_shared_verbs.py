"""`guie-desktop shared add`, `list`, `browse`, `take` and `forget`, as a script uses them."""

from pathlib import Path

import pytest

from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.cli.test_cli import Program
from tests.shared_library.made_table import make_table

pytestmark = pytest.mark.slow


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


@pytest.fixture
def address(paths: LibraryPaths, tmp_path: Path) -> str:
    with WritableLibrary(paths) as library:
        dimension, key = library.backbone.card.feature_dimension, library.backbone.key
    return make_table(tmp_path / "museum.lance", dimension=dimension, backbone=key).uri


def test_a_shared_library_is_added_browsed_and_forgotten(program: Program, address: str) -> None:
    added = program.json("shared", "add", address)
    assert added == {"name": "museum", "address": address, "photos": 60}
    program.json("shared", "add", address, "--name", "Museum of things")
    assert program.json("shared", "list")["libraries"] == [{"name": "Museum of things", "address": address}]
    photos = program.json("shared", "browse", "museum of things", "--folder", "/archive/thing 1", "--top", "3")[
        "photos"
    ]
    assert [Path(photo["path"]).parent.name for photo in photos] == ["thing 1"] * 3
    assert program.json("shared", "browse", address, "--to", "1999-01-01")["photos"] == []
    assert program.json("shared", "forget", address) == {"libraries": []}


def test_photos_are_taken_into_an_album(program: Program, address: str) -> None:
    program.json("shared", "add", address)
    photos = program.json("shared", "browse", "museum", "--top", "3")["photos"]
    first, *others = (photo["path"] for photo in photos)
    assert program.json("shared", "take", "museum", first, "--album", "Things")["photos"] == 1
    assert program.json("shared", "take", "museum", first, *others, "--album", "Things")["photos"] == 3
    status = program.json("status")
    assert (status["photos"], status["embedded"], status["folders"][0]["online"]) == (3, 3, False)


def test_what_there_is_not_is_said(program: Program, address: str) -> None:
    program.json("shared", "add", address)
    for said, *command in (
        ("no shared library gallery", "browse", "gallery"),
        ("no photo none.jpg", "take", "museum", "/archive/thing 1/none.jpg", "--album", "Things"),
        ("no shared library gallery", "forget", "gallery"),
    ):
        assert said in program.refuse("shared", *command)
