"""The photos of a manifest are embedded once for each model, through the command line."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from guie_desktop.__main__ import main
from guie_desktop.cluster.network import Network
from guie_desktop.cluster.ray_session import RaySession
from guie_desktop.study.manifest import SCHEMA, Manifest
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.study_folder import StudyFolder
from tests.drawing import save_photos


@pytest.fixture
def study(tmp_path: Path) -> StudyFolder:
    photos = [*save_photos(tmp_path / "photos", 6), tmp_path / "photos" / "gone.jpg"]
    rows = [
        {"path": str(photo), "label": f"set/{number % 2}", "domain": "toys", "dataset": "set", "split": "train"}
        for number, photo in enumerate(photos)
    ]
    folder = StudyFolder(tmp_path / "study")
    Manifest(pa.Table.from_pylist(rows, SCHEMA)).write(folder.manifest)
    return folder


@pytest.fixture
def running_ray() -> Iterator[None]:
    with RaySession(None, 2) as session:
        session.start()
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("running_ray")
def test_a_study_is_embedded_once_and_what_was_gone_later(
    study: StudyFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--library", str(tmp_path / "library"), "study", "embed", str(study.root), "--json"]

    def embed() -> tuple[int, int, int, int]:
        assert main(command) == 0
        told = json.loads(capsys.readouterr().out)
        return told["added"], told["changed"], told["unchanged"], told["failed"]

    assert embed() == (7, 0, 0, 1)
    with study.unreadable.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["photo"] == str(tmp_path / "photos" / "gone.jpg")
    assert row["reason"]
    save_photos(tmp_path / "photos", 1, first=9)[0].rename(tmp_path / "photos" / "gone.jpg")
    assert embed() == (0, 1, 6, 0)
    assert not study.unreadable.exists()
    features = StudyFeatures(study, Network(tmp_path).key)
    found = list(features.scan("train"))
    assert sorted(place for part in found for place in part.places) == list(range(7))
    assert {part.features.shape[1] for part in found} == {features.dimension}
    assert features.table.to_table(columns=["thumbnail"])["thumbnail"].null_count == 7


def test_without_a_manifest_it_is_said_what_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(tmp_path), "study", "embed", str(tmp_path / "study")]) == 1
    assert "no manifest" in capsys.readouterr().err
