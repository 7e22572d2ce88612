"""`parts` and `search --parts`: what it takes, what was found where, and that it goes away."""

from pathlib import Path

import pytest

from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.drawing import draw_scene

pytestmark = pytest.mark.slow


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


@pytest.fixture
def folder(program: Program, tmp_path: Path) -> Path:
    """Photos of stripes, in one of which lies a small picture of dots; that picture lies outside."""
    folder = tmp_path / "photos"
    folder.mkdir()
    small = draw_scene("dots", 1, (160, 120))
    small.save(tmp_path / "small.png")
    for number in range(3):
        holding = draw_scene("stripes", number, (640, 480))
        if number == 1:
            holding.paste(small, (20, 20))
        holding.save(folder / f"{number}.jpg")
    program.run("index", folder)
    return folder


def test_parts_are_made_found_told_and_forgotten(program: Program, folder: Path, paths: LibraryPaths) -> None:
    small = folder.parent / "small.png"
    assert "No photos have been looked into" in program.refuse("search", small, "--parts")
    (cost,) = program.json("parts", folder, "--cost")["costs"]
    assert cost["photos"] == 3
    assert cost["seconds"] > 0
    assert program.json("parts") == {"photos": 0, "waiting": 0, "bytes": 0}
    assert program.run("parts", folder).startswith("3 photos have been looked into (")
    best = program.json("search", small, "--parts")["hits"][0]
    assert Path(best["path"]).name == "1.jpg"
    assert best["box"][:2] == [0.0, 0.0]
    assert "(part 0.00,0.00,0.33,0.33)" in program.run("search", small, "--parts", "--top", "1")
    assert all(hit["box"] is None for hit in program.json("search", small)["hits"])
    assert program.json("status")["parts"]["photos"] == 3
    assert "3 photos have been looked into" in program.run("status")
    draw_scene("rings", 9, (640, 480)).save(folder / "new.jpg")
    program.run("index")
    assert program.json("status")["parts"]["photos"] == 4
    assert program.run("parts", "--forget") == "No photos have been looked into.\n"
    assert "looked into" not in program.run("status")
    assert not list(paths.root.glob("parts*"))


def test_what_is_not_there_cannot_be_looked_into(program: Program, folder: Path) -> None:
    assert "has no photos in" in program.refuse("parts", folder / "nowhere")
    assert "no album named Nothing" in program.refuse("parts", "--album", "Nothing")
