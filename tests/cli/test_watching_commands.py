"""`guie-desktop skip` and `guie-desktop poll`, as a script uses them."""

from pathlib import Path

import pytest

from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary
from tests.cli.test_cli import Program


@pytest.fixture
def program(paths: LibraryPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Program:
    (tmp_path / "my photos").mkdir()
    catalog = CatalogWriter.open(paths.catalog)
    catalog.add_folder(tmp_path / "my photos")
    catalog.close()
    return Program(paths, capsys)


def test_patterns_are_added_listed_and_removed(program: Program) -> None:
    assert program.run("skip", "list") == "Nothing is left out.\n"
    program.run("skip", "add", "*_edited*")
    program.run("skip", "add", " Exports/ ")
    assert program.json("skip", "add", "Exports/") == {"patterns": ["*_edited*", "Exports/"]}
    assert program.run("skip", "list") == "*_edited*\nExports/\n"
    assert program.json("skip", "remove", "*_edited*") == {"patterns": ["Exports/"]}
    assert program.json("skip", "list") == {"patterns": ["Exports/"]}


def test_it_is_told_when_it_shows(program: Program, tmp_path: Path) -> None:
    said = program.run("skip", "add", "Exports/")
    assert said.endswith(f"up to date: guie-desktop index '{tmp_path / 'my photos'}'\n")


def test_what_makes_no_sense_is_refused_in_a_sentence(program: Program) -> None:
    assert "no pattern" in program.refuse("skip", "add", "/")
    assert "not among the patterns" in program.refuse("skip", "remove", "x*")


@pytest.mark.parametrize("choice", ["always", "never", "auto"])
def test_polling_is_chosen_and_told(program: Program, paths: LibraryPaths, choice: str) -> None:
    assert program.json("poll", choice) == {"poll": choice}
    assert program.run("poll").endswith(".\n")
    with OpenLibrary(paths) as library:
        assert library.choices.poll == choice


def test_videos_are_read_or_left_out_and_that_is_told(program: Program, paths: LibraryPaths) -> None:
    assert program.json("videos") == {"videos": True}
    assert program.json("videos", "off") == {"videos": False}
    assert program.run("videos").startswith("Videos are left out.")
    with OpenLibrary(paths) as library:
        assert not library.choices.videos
    assert program.run("videos", "on").startswith("Videos are read")


def test_small_files_are_left_out_by_their_bytes(program: Program) -> None:
    assert program.json("smallest") == {"smallest": 0}
    assert "30 kB" in program.run("smallest", "30000")
    with OpenLibrary(program.paths) as library:
        assert library.choices.smallest == 30_000
    assert program.json("smallest", "0") == {"smallest": 0}
