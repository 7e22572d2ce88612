"""`guie-desktop bench`: figures of all parts, each with what it is compared with, and nothing left behind."""

import json
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from guie_desktop.__main__ import main
from guie_desktop.embedding.assets import DEFAULT_MODEL
from guie_desktop.jobs.measuring.figures import PARTS
from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.drawing import save_photos

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "work"))


def test_all_parts_of_the_library_s_photos_are_measured(
    indexed_marks: LibraryPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in indexed_marks.root.rglob("*.sqlite")}
    told = Program(indexed_marks, capsys).json("bench", "--photos", 30, "--out", tmp_path / "out")
    assert (told["photos"], told["model"]) == (30, DEFAULT_MODEL)
    assert told["threads"] >= 1
    figures = told["figures"]
    assert [part for part in PARTS if any(figure["part"] == part for figure in figures)] == list(PARTS)
    for figure in figures:
        assert figure["value"] > 0
        assert figure["anchor"]
        assert figure["ratio"] == figure["value"] / figure["of_anchor"]
    with Image.open(told["picture"]) as picture:
        assert picture.width == 1600
    assert {path: path.stat().st_mtime_ns for path in indexed_marks.root.rglob("*.sqlite")} == before
    assert list((tmp_path / "work").iterdir()) == []


def test_a_folder_is_measured_quickly_without_a_library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_photos(tmp_path / "photos", 14)
    (tmp_path / "photos" / "broken.jpg").write_bytes(b"no picture")
    command = ["--library", str(tmp_path / "none"), "bench", str(tmp_path / "photos"), "--quick"]
    assert main([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["photos"] == 14
    assert {figure["part"] for figure in told["figures"]} == {"indexing", "search"}
    assert main(command) == 0
    assert "plain loop" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_too_few_photos_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_photos(tmp_path / "photos", 3)
    assert main(["--library", str(tmp_path / "none"), "bench", str(tmp_path / "photos")]) == 1
    assert "fewer than 12 photos" in capsys.readouterr().err
    assert main(["--library", str(tmp_path / "none"), "bench"]) == 1
    assert "There is no library" in capsys.readouterr().err
