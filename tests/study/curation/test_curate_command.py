"""`guie-desktop study curate`, as a script uses it, on data sets in their published layouts."""

from pathlib import Path

import pytest

from guie_desktop.__main__ import main
from guie_desktop.paths import LibraryPaths
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.study_folder import StudyFolder
from tests.cli.test_cli import Program
from tests.study.curation.test_near_duplicates import draw, pick, store
from tests.study.datasets.layouts import make

OF_THE_STUDY = ("products-10k", "google-landmarks-v2", "deepfashion-consumer-to-shop", "stanford-cars-refined")


@pytest.fixture
def program(paths: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(paths, capsys)


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    """What to say for the four data sets of the study and one's own folder, eight classes of four photos each."""
    for name in (*OF_THE_STUDY, "folder:toys"):
        make(name, tmp_path / name, 8, 4)
    return [word for name in (*OF_THE_STUDY, "folder:toys") for word in ("--data", f"{name}={tmp_path / name}")]


def test_data_sets_become_a_manifest(program: Program, data: list[str], tmp_path: Path) -> None:
    study = tmp_path / "study"
    answer = program.json("study", "curate", study, *data)
    counts = {one["domain"]: one for one in answer["domains"]}
    assert set(counts) == {"packaged goods", "landmarks", "apparel", "cars", "toys", "all"}
    for domain in ("packaged goods", "landmarks", "cars", "toys"):
        assert counts[domain]["splits"] == {"train": 24, "query": 4, "index": 4}
        assert (counts[domain]["train_classes"], counts[domain]["held_out_classes"]) == (6, 2)
    assert counts["apparel"]["held_out_classes"] == 2  # as the set itself says
    rows = Manifest.read(StudyFolder(study).manifest).rows
    assert len(rows) == counts["all"]["photos"] == counts["all"]["read"]
    assert all(Path(path).is_file() for path in rows["path"].to_pylist())
    said = program.run("study", "curate", study, *data, "--held-out", 0, "--most-per-class", 3, "--seed", 4)
    assert "left out: 38 photos (its class has more than are taken of one)" in said


def test_near_duplicates_are_tied_where_there_are_features(program: Program, data: list[str], tmp_path: Path) -> None:
    folder = StudyFolder(tmp_path / "study")
    program.run("study", "curate", folder.root, *data)
    rows = Manifest.read(folder.manifest).rows.to_pylist()
    features = draw(rows)
    features[pick(rows, "train", "toys")["path"]] = features[pick(rows, "query", "toys")["path"]]
    store(folder, features)
    answer = program.json("study", "curate", folder.root)
    assert answer["near_duplicates"]["made-backbone"]["near"] == 1
    assert len(Manifest.read(folder.manifest).rows) == len(rows) - 1
    said = program.run("study", "curate", folder.root, *data)  # made anew, and tied at once
    assert "1 photos are not trained on any more" in said
    assert len(Manifest.read(folder.manifest).rows) == len(rows) - 1


def test_what_a_reader_passes_over_is_told(program: Program, tmp_path: Path) -> None:
    make("products-10k", tmp_path / "goods", 8, 4)
    (tmp_path / "goods" / "train" / "5.jpg").unlink()
    said = program.run("study", "curate", tmp_path / "study", "--data", f"products-10k={tmp_path / 'goods'}")
    assert f"products-10k={tmp_path / 'goods'}: 1 photos are not there" in said


def test_wrong_usage_is_told(program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make("folder", tmp_path / "toys", 4, 4)
    toys = f"folder={tmp_path / 'toys'}"
    for words, told in (
        ((), "No data set is named"),
        (("--data", f"mnist={tmp_path}"), "no data set mnist. Name one of these: products-10k"),
        (("--data", toys, "--data", toys), "Two data sets are called toys"),
    ):
        assert main(["study", "curate", str(tmp_path / "study"), *words]) == 2
        assert told in capsys.readouterr().err
    assert "no folder" in program.refuse("study", "curate", tmp_path / "study", "--data", f"folder={tmp_path / 'none'}")
    for words in (("--data", str(tmp_path)), ("--held-out", "0.9"), ("--held-out", "many"), ("--most-photos", "0")):
        with pytest.raises(SystemExit, match="2"):
            program.run("study", "curate", tmp_path / "study", *words)
    assert not (tmp_path / "study").exists()
