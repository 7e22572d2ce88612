"""`study train` leaves a head, says what it found, and goes on after Ctrl+C."""

import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from guie_desktop.__main__ import main
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.learning.training.trainer import warmup_cosine
from guie_desktop.study.study_folder import StudyFolder
from guie_desktop.study.training.run import HEAD_FILE
from tests.study.made_study import make_study


@pytest.fixture
def study(tmp_path: Path) -> StudyFolder:
    return make_study(tmp_path / "study")


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    assert signal.getsignal(signal.SIGINT) is before


def test_it_trains_and_says_what_came_of_it(
    study: StudyFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made.guiehead"
    options = ["study", "train", str(study.root), "--preset", "study", "--epochs", "2", "--device", "cpu"]
    assert main([*options, "--out", str(out), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["photos"], answer["classes"], answer["steps"]) == (168, 28, 4)
    assert answer["recipe"]["seed"] == 42
    assert answer["head"] == str(out)
    assert GeneralHead.from_bytes(out.read_bytes()).fitted_on == 168
    assert out.read_bytes() == (study.run("study") / HEAD_FILE).read_bytes()
    assert main(options) == 0
    said = capsys.readouterr().out
    assert "168 photos of 28 classes, 4 steps on the cpu" in said
    assert "Held-out classes, at a quick look: mMP@5" in said


def test_name_loss_and_seed_are_where_and_how(study: StudyFolder, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["study", "train", str(study.root), "--preset", "study", "--epochs", "1", "--device", "cpu"]
    assert main([*options, "--loss", "arcface", "--seed", "7"]) == 0
    assert (study.run("study-arcface-seed-7") / HEAD_FILE).exists()
    capsys.readouterr()
    assert main([*options, "--name", "study-arcface-seed-7"]) == 1
    assert "was trained with another preset or other options. Give this one another name with --name" in (
        capsys.readouterr().err
    )
    assert main([*options, "--out", str(study.root)]) == 1
    said = capsys.readouterr().err
    assert f"{study.root} could not be written" in said
    assert str(study.run("study") / HEAD_FILE) in said


def test_what_is_missing_is_told(study: StudyFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in (["train"], ["evaluate"], ["evaluate", "--raw"], ["ablate", "--of", "losses"], ["table"], ["embed"]):
        assert main(["study", verb[0], str(tmp_path / "none"), *verb[1:]]) == 1
        said = capsys.readouterr().err
        assert "There is no manifest in" in said
        assert "study curate" in said
    shutil.rmtree(study.features)
    assert main(["study", "train", str(study.root)]) == 1
    assert "study embed" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a/b", "../elsewhere", "..", "a\\b", ""])
def test_a_run_is_named_by_one_folder(study: StudyFolder, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A deeper one would be in no table, nor the newest."""
    for verb, option in (("train", "--name"), ("evaluate", "--run")):
        with pytest.raises(SystemExit) as end:
            main(["study", verb, str(study.root), option, name])
        assert end.value.code == 2
        assert "must be the name of one folder" in capsys.readouterr().err


def test_ctrl_c_leaves_a_checkpoint(
    study: StudyFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["study", "train", str(study.root), "--preset", "study", "--epochs", "3", "--device", "cpu", "--json"]
    assert main([*options, "--name", "whole"]) == 0

    def interrupted(step: int, steps: int, warmup: float, final: float) -> float:
        if step == 3:
            signal.raise_signal(signal.SIGINT)
        return warmup_cosine(step, steps, warmup, final)

    with monkeypatch.context() as during:
        during.setattr("guie_desktop.study.training.training_state.warmup_cosine", interrupted)
        assert main([*options, "--name", "stopped"]) == 130
    assert "The next run goes on from here" in capsys.readouterr().err
    assert [file.name for file in study.run("stopped").glob("*.pt")] == ["checkpoint-0000000004.pt"]
    assert main([*options, "--name", "stopped"]) == 0
    one, other = (GeneralHead.from_bytes((study.run(name) / HEAD_FILE).read_bytes()) for name in ("whole", "stopped"))
    assert one.projection.matrix is not None
    assert other.projection.matrix is not None
    assert one.projection.matrix.tobytes() == other.projection.matrix.tobytes()
