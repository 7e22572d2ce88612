"""`guie-desktop rate` and `flag`, as a script uses them."""

from pathlib import Path

import pytest

from guie_desktop.__main__ import main
from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.drawing import save_photos

pytestmark = pytest.mark.slow


def test_photos_are_rated_and_flagged_and_hits_say_so(
    paths: LibraryPaths, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    program = Program(paths, capsys)
    photos = save_photos(tmp_path / "photos", 3)
    program.run("index", tmp_path / "photos")
    assert program.json("rate", "4", tmp_path / "photos")["changed"] == 3
    assert "3 photos, 1 of them changed" not in program.run("rate", "4", photos[0])
    answer = program.json("flag", photos[0])
    assert answer == {"changed": 1, "photos": [{"path": str(photos[0]), "rating": 4, "flagged": True}]}
    first = program.json("search", photos[0])["hits"][0]
    assert (first["path"], first["rating"], first["flagged"]) == (str(photos[0]), 4, True)
    assert program.json("flag", "--off", photos[0])["photos"][0]["flagged"] is False
    with pytest.raises(SystemExit):
        main(["--library", str(paths.root), "rate", "6", str(photos[0])])
