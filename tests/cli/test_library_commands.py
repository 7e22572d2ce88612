"""`guie-desktop cache`, as a script uses it."""

from pathlib import Path

import pytest

from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.cli.test_cli import Program


@pytest.fixture
def program(sorted_marks: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(sorted_marks, capsys)


def test_what_is_made_again_is_cleared_and_nothing_else(program: Program) -> None:
    pasted = program.paths.pasted / "pasted.png"
    pasted.write_bytes(b"what the user pasted")
    before, albums = program.json("cache"), program.run("album", "list")
    after = program.json("cache", "--clear")
    assert after["pictures"] < before["pictures"]
    assert program.run("cache").splitlines()[0].endswith("made again when they are seen")
    assert program.run("album", "list") == albums
    assert pasted.read_bytes() == b"what the user pasted"
    assert program.run("doctor") == "Everything is as it should be.\n"
    with WritableLibrary(program.paths) as library:
        lacking = library.thumbnails.lacking(list(library.catalog.content_hashes()))
    assert lacking


@pytest.mark.slow
def test_doctor_makes_them_again_where_that_is_asked_for(program: Program) -> None:
    program.run("cache", "--clear")
    assert "without a small picture: " in program.run("doctor", "--repair")
    with WritableLibrary(program.paths) as library:
        assert not library.thumbnails.lacking(list(library.catalog.content_hashes()))


def test_where_there_is_no_library_that_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "no library" in Program(LibraryPaths(tmp_path / "none"), capsys).refuse("cache")
    assert not (tmp_path / "none").exists()
