"""A library that was learned goes to another machine, where the photos are mounted elsewhere, and goes on as it was."""

import shutil
from pathlib import Path
from typing import Any, Literal

import pytest

from guie_desktop.library.backups import make_copy
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.cli.test_cli import Program
from tests.marks import COUNT

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the photos are on the first machine."""
    return tmp_path / "home" / "photos"


@pytest.fixture
def program(
    learned_marks: LibraryPaths, indexed_marks: LibraryPaths, home: Path, capsys: pytest.CaptureFixture[str]
) -> Program:
    """The first machine's."""
    made, photos = Program(learned_marks, capsys), indexed_marks.root.parent / "photos"
    shutil.copytree(photos, home)
    assert made.json("folder", "relocate", photos, home)["moved"] == COUNT
    return made


def what_it_finds(program: Program, photos: Path) -> dict[str, Any]:
    """Its albums, and what it finds with what was learned, whose paths begin with the folder of the photos."""
    found = program.json("search", photos / "red" / "red-000.jpg", "--top", 8)
    hits = [(Path(hit["path"]).relative_to(photos), hit["chance"]) for hit in found["hits"]]
    albums = {album["name"]: album["photos"] for album in program.json("album", "list")["albums"]}
    return {"albums": albums, "head": found["head"], "hits": hits}


def copy_while_sorting(paths: LibraryPaths) -> None:
    """Make the daily copy, while a photo comes to an album of one."""
    with WritableLibrary(paths) as library:
        first, second = library.catalog.photo_ids()[:2]
        album = library.albums.create("Meanwhile", [int(first)])

        def put_in(_done: int, _pages: int) -> None:
            library.albums.decide(album, [int(second)], "member")

        make_copy(paths, put_in)


@pytest.mark.parametrize(("taken", "told"), [("library", True), ("daily copy", False)])
def test_a_learned_library_goes_on_on_another_machine(
    program: Program,
    home: Path,
    tmp_path: Path,
    models_folder: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    taken: Literal["library", "daily copy"],
    told: bool,
) -> None:
    before = what_it_finds(program, home)
    assert before["head"] == "Version 1"
    copy_while_sorting(program.paths)
    machine, mounted = tmp_path / "machine", tmp_path / "machine" / "mnt" / "my photos"
    shutil.copytree(home, mounted, copy_function=shutil.copyfile)
    there = Program(LibraryPaths(machine / "library"), capsys)
    if taken == "library":
        shutil.copytree(program.paths.root, there.paths.root, symlinks=True)
    else:
        shutil.copytree(program.paths.backups, there.paths.backups)
        there.paths.networks.symlink_to(models_folder, target_is_directory=True)
    shutil.rmtree(home.parent)
    shutil.rmtree(program.paths.root)

    if taken == "daily copy":
        assert there.json("doctor", "--restore")["day"] is not None
    if told:
        assert there.json("folder", "relocate", home, mounted)["moved"] == COUNT
    report = there.json("index", mounted)
    assert (report["added"], report["missing"], report["embedded"], report["failed"]) == (0, 0, 0, [])
    after = what_it_finds(there, mounted)
    assert after["albums"] == before["albums"] | {"Meanwhile": 2 if taken == "library" else 1}
    assert after["head"] == before["head"]
    # The last of them are so alike that the processor's rounding tells which of two comes first.
    assert {path.parent for path, _ in after["hits"]} == {path.parent for path, _ in before["hits"]}
    assert [path for path, _ in after["hits"][:4]] == [path for path, _ in before["hits"][:4]]
    assert [chance for _, chance in after["hits"]] == pytest.approx([chance for _, chance in before["hits"]])
    there.run("doctor", "--repair")
    assert there.json("doctor") == {"problems": []}
