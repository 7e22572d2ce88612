"""`guie-desktop library` and `guie-desktop cache`, as a script uses them."""

from pathlib import Path

import pytest

from guie_desktop.__main__ import main
from guie_desktop.paths import LibraryPaths, LibraryPlace, keep_place, library_paths
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
    assert "without a thumbnail: " in program.run("doctor", "--repair")
    with WritableLibrary(program.paths) as library:
        assert not library.thumbnails.lacking(list(library.catalog.content_hashes()))


def test_where_there_is_no_library_that_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "no library" in Program(LibraryPaths(tmp_path / "none"), capsys).refuse("cache")
    assert not (tmp_path / "none").exists()


@pytest.fixture
def own(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own library, which nobody names."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("GUIE_LIBRARY", raising=False)
    keep_place(LibraryPlace(program.paths.root))
    return program.paths.root


def test_the_users_own_library_is_moved(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "drive"
    target.mkdir()
    assert main(["library"]) == 0
    assert capsys.readouterr().out == f"{own}\n"
    assert main(["library", "--move", str(target)]) == 0
    assert library_paths().root == target
    assert not own.exists()
    assert main(["album", "list"]) == 0
    target.rename(tmp_path / "away")
    assert main(["status"]) == 1
    assert "Connect the drive" in capsys.readouterr().err


def test_a_library_whose_folder_is_named_is_not_moved(program: Program, tmp_path: Path) -> None:
    assert program.json("library") == {"library": str(program.paths.root)}
    (tmp_path / "drive").mkdir()
    assert "cannot be moved by the program" in program.refuse("library", "--move", tmp_path / "drive")
