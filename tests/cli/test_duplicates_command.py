"""`guie-desktop duplicates`, as a script uses it."""

from pathlib import Path

import pytest

from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.search.duplicates.copies import COPIES, save, scene

pytestmark = pytest.mark.slow


def test_copies_are_listed_and_with_near_the_same_pictures(
    paths: LibraryPaths, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program = Program(paths, capsys)
    root = tmp_path / "photos"
    one, other = save(scene(0), root / "one.jpg"), save(scene(1), root / "other.jpg")
    again = root / "deeper" / "again.jpg"
    again.parent.mkdir()
    again.write_bytes(one.read_bytes())
    small = save(COPIES["smaller"](scene(1)), root / "small.jpg")
    program.run("index", root)
    exact = {"kind": "exact", "photos": [str(one), str(again)]}
    assert program.json("duplicates") == {"groups": [exact], "uncompared": 0}
    same = {"kind": "same", "photos": [str(other), str(small)]}
    assert program.json("duplicates", "--near")["groups"] == [exact, same]
    assert program.json("duplicates", "--near", "--folder", root / "deeper")["groups"] == []
    said = program.run("duplicates", "--near").splitlines()
    assert said == ["Copies of one file:", f"  {one}", f"  {again}", "The same picture:", f"  {other}", f"  {small}",
                    "2 groups of 4 photos"]  # fmt: skip
    assert "no photos in" in program.refuse("duplicates", "--folder", tmp_path / "elsewhere")
    assert all(path.exists() for path in (one, again, other, small))
