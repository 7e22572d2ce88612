"""`study evaluate`, `table` and `ablate` as a script uses them."""

import csv
from pathlib import Path

import pytest
from PIL import Image

from guie_desktop.__main__ import main
from guie_desktop.embedding.general_head import identity_head
from guie_desktop.paths import LibraryPaths
from guie_desktop.study.datasets import DATASETS
from guie_desktop.study.study_folder import StudyFolder
from tests.cli.test_cli import Program
from tests.study.made_study import make_study


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    return make_study(tmp_path / "study")


def test_baselines_are_judged_and_stand_side_by_side(program: Program, folder: StudyFolder, tmp_path: Path) -> None:
    said = program.run("study", "table", folder.root)
    assert "Nothing was evaluated with this manifest yet" in said
    for name in ("raw", "pooled", "pca", "general"):
        answer = program.json("study", "evaluate", folder.root, f"--{name}")
        assert (answer["name"], answer["ranking"], answer["classes"]) == (name, name, 0)
        assert Path(answer["file"]).is_file()
        assert [one["queries"] for one in answer["evaluation"]["domains"]] == [18, 18]
        assert 0 < answer["evaluation"]["merged"]["mmp5"][0] <= 1
    out = tmp_path / "out"
    answer = program.json("study", "table", folder.root, "--out", out)
    assert [run["column"] for run in answer["runs"]] == ["general", "pca", "pooled", "raw"]
    assert set(answer["best"]) == {"cars", "toys"}
    assert [one["photos"] for one in answer["data"]] == [120, 120]
    assert answer["outdated"] == []
    with (out / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    means = [row for row in rows if (row["domain"], row["index"]) == ("mean of domains", "merged")]
    assert [float(row["mmp5"]) for row in means] == pytest.approx(
        [run["evaluation"]["merged"]["mmp5"][0] for run in answer["runs"]], abs=1e-5
    )
    page = (out / "table.md").read_text(encoding="utf-8")
    assert "| the study | 0.722 | 0.721 | - | 431 M | 2.3 M |" in page
    assert "**" in page
    said = program.run("study", "table", folder.root, "--measure", "p1")
    assert said.startswith("P@1 on held-out classes")


def test_what_is_said_wrongly_is_told_in_words_of_the_guide(
    program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for share in ("abc", "0.6", "-1", "nan"):
        with pytest.raises(SystemExit) as end:
            main(["study", "curate", str(tmp_path), "--held-out", share])
        assert end.value.code == 2
        assert "--held-out: must be a number between 0 and 0.5" in capsys.readouterr().err
    assert main(["--library", str(program.paths.root), "study", "curate", str(tmp_path / "new")]) == 2
    said = capsys.readouterr().err
    assert next(name for name in DATASETS if f"--data {name}=FOLDER" in said)


def test_figures_of_another_manifest_are_left_out(program: Program, folder: StudyFolder) -> None:
    program.run("study", "evaluate", folder.root, "--raw")
    make_study(folder.root, classes=30)
    assert program.json("study", "table", folder.root)["outdated"] == ["raw"]
    assert "it was evaluated with another manifest: raw" in program.run("study", "table", folder.root)


def test_a_head_in_a_file_is_judged_like_a_run(program: Program, folder: StudyFolder, tmp_path: Path) -> None:
    assert "No training of the study" in program.refuse("study", "evaluate", folder.root)
    assert "could not be read" in program.refuse("study", "evaluate", folder.root, "--run", "mine")
    file = tmp_path / "same.guiehead"
    file.write_bytes(identity_head(32).to_bytes())
    head = program.json("study", "evaluate", folder.root, "--head", file)
    raw = program.json("study", "evaluate", folder.root, "--raw")
    assert (head["name"], head["ranking"]) == ("same", "head")
    assert head["evaluation"] == raw["evaluation"]
    run = folder.run("mine") / "head.guiehead"
    run.parent.mkdir(parents=True)
    run.write_bytes(file.read_bytes())
    newest = program.json("study", "evaluate", folder.root)
    assert (newest["name"], newest["file"]) == ("mine", str(folder.run("mine") / "evaluation.json"))
    file.write_bytes(identity_head(33).to_bytes())
    assert "33 numbers" in program.refuse("study", "evaluate", folder.root, "--head", file)
    file.write_bytes(b"something else")
    program.refuse("study", "evaluate", folder.root, "--head", file)


@pytest.mark.slow
def test_a_trained_head_brings_its_backbone_and_its_classes(program: Program, folder: StudyFolder) -> None:
    program.run("study", "train", folder.root, "--preset", "study", "--epochs", "2", "--name", "short")
    answer = program.json("study", "evaluate", folder.root)
    assert (answer["name"], answer["classes"], answer["dimension"]) == ("short", 28, 32)
    assert "32 learned" not in (said := program.run("study", "table", folder.root))
    assert "1,056 learned numbers remain" in said


@pytest.mark.slow
def test_an_ablation_leaves_tables_and_a_picture(program: Program, folder: StudyFolder, tmp_path: Path) -> None:
    command = ["study", "ablate", folder.root, "--of", "curation", "--preset", "study", "--out", tmp_path / "out"]
    answer = program.json(*command)
    assert [one["name"] for one in answer["variants"]] == ["all domains", "without cars", "without toys"]
    assert all(Path(file).is_file() for file in answer["files"])
    with Image.open(tmp_path / "out" / "curation.png") as picture:
        assert picture.width == 1600
    with (tmp_path / "out" / "curation.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["domain"] for row in rows] == ["", "cars", "toys"] * 3
    assert float(rows[0]["mmp5"]) == pytest.approx(answer["variants"][0]["mean"]["mmp5"][0], abs=1e-5)
    assert (rows[0]["ahead"], rows[4]["ahead"]) == ("", "")
    assert rows[3]["ahead"] != ""
    said = program.run(*command)
    assert "without toys" in said
