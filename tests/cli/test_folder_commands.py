"""`guie-desktop folder`, as a script uses it, and a library that comes to another machine."""

import shutil
from pathlib import Path

import pytest

from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.drawing import save_photos

pytestmark = pytest.mark.slow


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


@pytest.fixture
def folder(program: Program, tmp_path: Path) -> Path:
    """A folder of five photos, all of them in one album."""
    made = tmp_path / "photos"
    save_photos(made, 5)
    program.run("index", made)
    program.run("album", "add", "All", made)
    return made


def told(path: Path, *, online: bool = True, watched: bool = True) -> dict[str, object]:
    return {"path": str(path), "online": online, "photos": 5, "watched": watched}


def test_a_folder_that_is_gone_is_listed_relocated_and_forgotten(program: Program, folder: Path) -> None:
    elsewhere = folder.with_name("elsewhere")
    assert program.json("folder", "list") == {"folders": [told(folder)]}
    folder.rename(elsewhere)
    assert program.json("folder", "list") == {"folders": [told(folder, online=False)]}
    assert "not connected" in program.run("status")
    assert program.json("folder", "relocate", folder, elsewhere) == {"moved": 5, "folders": [told(elsewhere)]}
    assert program.json("album", "list") == {"albums": [{"name": "All", "photos": 5}]}
    report = program.json("index", elsewhere)
    assert (report["unchanged"], report["embedded"]) == (5, 0)
    assert program.json("folder", "forget", elsewhere) == {"folders": []}
    assert program.json("album", "list") == {"albums": [{"name": "All", "photos": 0}]}
    program.run("index", elsewhere)
    assert program.json("album", "list") == {"albums": [{"name": "All", "photos": 5}]}


def test_a_folder_is_watched_or_not(program: Program, folder: Path) -> None:
    assert program.json("folder", "watch", folder, "--off") == {"folders": [told(folder, watched=False)]}
    assert "not watched" in program.run("folder", "list")
    assert program.json("folder", "watch", folder) == {"folders": [told(folder)]}


def test_what_cannot_be_is_refused_in_a_sentence(program: Program, folder: Path, tmp_path: Path) -> None:
    save_photos(tmp_path / "other", 2, first=50)
    assert "has no folder" in program.refuse("folder", "forget", tmp_path / "other")
    assert "does not hold" in program.refuse("folder", "relocate", folder, tmp_path / "other")
    assert "no folder" in program.refuse("folder", "relocate", folder, tmp_path / "nowhere")


@pytest.mark.parametrize("keep_times", [True, False])
def test_a_library_goes_on_on_another_machine_without_embedding_a_photo(
    program: Program, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, keep_times: bool
) -> None:
    machine, mounted = tmp_path / "machine", tmp_path / "machine" / "mnt" / "my photos"
    copy = shutil.copy2 if keep_times else shutil.copyfile
    shutil.copytree(folder, mounted, copy_function=copy)
    shutil.copytree(program.paths.root, machine / "library", symlinks=True)
    shutil.rmtree(folder)
    there = Program(LibraryPaths(machine / "library"), capsys)
    report = there.json("index", mounted)
    assert (report["added"], report["moved"], report["missing"], report["embedded"]) == (0, 5, 0, 0)
    assert there.json("folder", "list") == {"folders": [told(mounted)]}
    assert there.json("album", "list") == {"albums": [{"name": "All", "photos": 5}]}
