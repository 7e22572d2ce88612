"""`guie-desktop ablate`: a table, a CSV file and a picture that say the same."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from guie_desktop.__main__ import main
from guie_desktop.learning.ablation import baselines
from guie_desktop.learning.losses import LOSSES
from guie_desktop.paths import LibraryPaths
from tests.cli.test_cli import Program
from tests.labelled import BACKBONES, save_labelled, store_features


@pytest.fixture(autouse=True)
def _few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baselines, "MIN_STEPS", 30)


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


@pytest.fixture
def labelled(paths: LibraryPaths, tmp_path: Path) -> list[Path]:
    """Photos to search, and photos to ask for."""
    folders = [tmp_path / "index", tmp_path / "queries"]
    save_labelled(folders[0], 6)
    save_labelled(folders[1], 3, first=100)
    store_features(paths, *folders)
    return folders


def asking(folders: list[Path], out: Path, *, losses: Sequence[str] = ("arcface", "adacos")) -> list[object]:
    return ["ablate", folders[0], "--queries", folders[1], "--losses", ",".join(losses), "--seeds", 1, "--out", out]


def test_table_csv_and_json_agree(program: Program, labelled: list[Path], tmp_path: Path) -> None:
    command = [*asking(labelled, tmp_path / "out"), "--backbones", ",".join(BACKBONES)]
    answer = program.json(*command)
    assert (answer["photos"], answer["queries"], answer["held_out"]) == (24, 12, False)
    assert len(answer["backbones"]) == 8
    assert [row["loss"] for row in answer["losses"]] == ["arcface", "arcface", "adacos", "adacos"]
    assert answer["csv"] == str(tmp_path / "out" / "ablation.csv")
    with Path(answer["csv"]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["study"] for row in rows] == ["backbones"] * 8 + ["losses"] * 4
    for row, told in zip(rows, answer["backbones"] + answer["losses"], strict=True):
        assert set(row) == {"study", *told}
        assert float(row["mmp5"]) == pytest.approx(told["mmp5"], abs=1e-4)
        assert (row["backbone"], row["method"]) == (told["backbone"], told["method"])
        assert (row["ahead"] == "") == (told["ahead"] is None)
    said = program.run(*command)
    for told in answer["backbones"] + answer["losses"]:
        assert f"{told['mmp5']:.3f} ({told['mmp5_low']:.3f} to {told['mmp5_high']:.3f})" in said
    assert str(tmp_path / "out" / "ablation.png") in said


def test_the_picture_can_be_read_and_shows_the_numbers(program: Program, labelled: list[Path], tmp_path: Path) -> None:
    pictures = []
    for number, losses in enumerate((("arcface",), ("li-arcface",), ("arcface", "adacos"))):
        answer = program.json(*asking(labelled, tmp_path / str(number), losses=losses))
        with Image.open(answer["picture"]) as picture:
            assert picture.format == "PNG"
            pictures.append(np.asarray(picture.convert("RGB")))
    one, other, larger = pictures
    assert one.shape[1] == 1600
    assert one.shape == other.shape
    assert (one != other).any()
    assert larger.shape[0] > one.shape[0]


def test_photos_are_held_out_without_queries(program: Program, labelled: list[Path], tmp_path: Path) -> None:
    said = program.run("ablate", labelled[0], "--losses", "arcface", "--seeds", 1, "--out", tmp_path)
    assert "24 queries held out from 24 photos" in said


def test_what_cannot_be_done_is_told_in_a_sentence(program: Program, labelled: list[Path], tmp_path: Path) -> None:
    assert "no folder" in program.refuse("ablate", tmp_path / "nowhere")
    assert "model download" in program.refuse("ablate", labelled[0], "--backbones", "siglip-b-16-224")
    (tmp_path / "file").touch()
    assert "--out" in program.refuse(*asking(labelled, tmp_path / "file"))


@pytest.mark.parametrize(
    "options",
    [["--losses", "arcface,no-such-loss"], ["--losses", ","], ["--seeds", "0"], ["--backbones", ""]],
)
def test_wrong_usage_ends_with_status_two(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["ablate", "photos", *options])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_all_losses_the_whole_way(program: Program, tmp_path: Path) -> None:
    folders = [tmp_path / "index", tmp_path / "queries"]
    save_labelled(folders[0], 5)
    save_labelled(folders[1], 2, first=100)
    answer = program.json(*asking(folders, tmp_path, losses=["all"]))
    assert {row["loss"] for row in answer["losses"]} == set(LOSSES)
    assert [row["dimension"] for row in answer["backbones"]] == [1280, 64, 1280, 256]
    assert program.run("status").startswith("0 photos")
