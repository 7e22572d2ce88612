"""`guie-desktop shared add`, `list`, `browse`, `take` and `forget`, as a script uses them."""

from pathlib import Path

import pytest

from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.paths import LibraryPaths
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.shared_table import SharedTable
from guie_desktop.workspace.open_library import WritableLibrary
from tests.cli.test_cli import Program
from tests.shared_library.made_table import made_features, make_table

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
    assert program.json("doctor")["problems"] == []


def test_what_there_is_not_is_said(program: Program, address: str) -> None:
    program.json("shared", "add", address)
    for said, *command in (
        ("no shared library gallery", "browse", "gallery"),
        ("no photo none.jpg", "take", "museum", "/archive/thing 1/none.jpg", "--album", "Things"),
        ("no shared library gallery", "forget", "gallery"),
        ("no file", "search", "museum", "/nowhere/cup.jpg"),
    ):
        assert said in program.refuse("shared", *command)


def test_who_keeps_it_calls_it_by_its_name_too(program: Program, address: str, tmp_path: Path) -> None:
    program.json("shared", "add", address)
    assert program.json("shared", "status", "museum")["photos"] == 60
    indexed = program.json("shared", "index", "museum")
    assert {one["done"] for one in indexed["indexes"]} == {"made", "too few"}
    assert indexed["freed"] == {"states": 0, "size": 0}
    table, head = Address.parse(address), tmp_path / "general.head"
    (facts,) = program.json("shared", "status", "museum")["columns"]
    head.write_bytes(fit_general_head(made_features(200, facts["dimension"])).to_bytes())
    assert program.json("shared", "tag", "museum", "before")["tag"] == "before"
    column = program.json("shared", "project", "museum", "--head", str(head))["column"]
    assert column in SharedTable.open(table).table.schema.names
    assert list(program.json("shared", "tags", "Museum")["tags"]) == ["before"]
    program.json("shared", "back", "museum", "before")
    assert program.json("shared", "tag", "museum", "before", "--remove")["tag"] is None
    assert program.json("shared", "tags", "museum") == {"tags": {}}
    assert column not in SharedTable.open(table).table.schema.names


def test_a_folder_of_where_one_is_needs_no_slash(
    program: Program, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(address).parent)
    assert program.json("shared", "status", Path(address).name)["photos"] == 60
    assert "no shared library other.lance" in program.refuse("shared", "status", "other.lance")
