"""`guie-desktop export`, as a script uses it."""

from pathlib import Path

import pytest
from PIL import Image

from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.drawing import save_photos

pytestmark = pytest.mark.slow


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


def test_albums_photos_and_folders_are_copied(program: Program, tmp_path: Path) -> None:
    photos, out = save_photos(tmp_path / "photos", 4), tmp_path / "out"
    program.run("index", tmp_path / "photos")
    program.run("album", "add", "Gulls", *photos[:2])
    answer = program.json("export", out, "--album", "gulls", "--names", "{title} {number}", "--notes")
    assert (answer["copied"], answer["left"], answer["remaining"]) == (2, [], 0)
    assert {path.name for path in out.iterdir()} == {f"gulls {n}.{end}" for n in (1, 2) for end in ("jpg", "xmp")}
    said = program.run("export", out / "small", tmp_path / "photos", "--size", 64, "--quality", 80)
    assert "4 photos copied to small." in said
    with Image.open(out / "small" / photos[0].name) as copy:
        assert max(copy.size) == 64
    assert program.json("export", out / "small", photos[0], "--if-taken", "skip")["skipped"] == 1


def test_what_cannot_be_copied_is_told(program: Program, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 1)
    program.run("index", tmp_path / "photos")
    assert "nothing to export" in program.refuse("export", tmp_path / "out")
    assert "no {camera} in a name" in program.refuse(
        "export", tmp_path / "out", tmp_path / "photos", "--names", "{camera}"
    )
