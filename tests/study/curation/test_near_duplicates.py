"""Nothing is trained on that looks almost the same as what is held out, and the test stays what it was."""

import csv
from pathlib import Path

import lance
import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from guie_desktop.errors import UserError
from guie_desktop.shared_library.schema import PATH, feature_column, table_schema
from guie_desktop.study.curation.candidates import Source
from guie_desktop.study.curation.curating import curate
from guie_desktop.study.curation.near_duplicates import Tied, embedded_backbones, tie_near_duplicates
from guie_desktop.study.curation.record import Record
from guie_desktop.study.curation.rules import PRESETS, Plan
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.sample import Sample
from guie_desktop.study.study_folder import StudyFolder
from tests.running import finish

BACKBONE, DIMENSION = "made-backbone", 24
SETS = {"shop": "packaged goods", "goods": "packaged goods", "sights": "landmarks"}


def make_study(root: Path, held_out: float = 0.2) -> StudyFolder:
    """Three data sets of eight classes, each of four photos."""
    folder = StudyFolder(root)
    samples = [
        Sample(f"/data/{name}/{label}/{photo}.jpg", f"{label}", name, domain)
        for name, domain in SETS.items()
        for label in range(8)
        for photo in range(4)
    ]
    plan = Plan(PRESETS["study"], held_out, trust_lists=True)
    finish(curate(folder, [Source("made", samples, "/data")], plan))
    return folder


def draw(rows: list[dict[str, str]], seed: int = 1) -> dict[str, NDArray[np.float64]]:
    """A feature for each path: domain, class and photo each add something of their own."""
    rng = np.random.default_rng(seed)
    domains: dict[str, NDArray[np.float64]] = {}
    classes: dict[str, NDArray[np.float64]] = {}
    drawn = {}
    for row in rows:
        domain = domains.setdefault(row["domain"], 2 * rng.normal(size=DIMENSION))
        middle = classes.setdefault(row["label"], rng.normal(size=DIMENSION))
        drawn[row["path"]] = domain + middle + rng.normal(size=DIMENSION)
    return drawn


def store(folder: StudyFolder, features: dict[str, NDArray[np.float64]]) -> None:
    schema = table_schema({BACKBONE: DIMENSION})
    columns = {PATH: list(features), feature_column(BACKBONE): list(np.array([*features.values()], np.float16))}
    table = pa.table(
        [
            pa.array(columns[field.name], field.type) if field.name in columns else pa.nulls(len(features), field.type)
            for field in schema
        ],
        schema=schema,
    )
    lance.write_dataset(table, str(folder.features), mode="overwrite")


def rows_of(folder: StudyFolder) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = Manifest.read(folder.manifest).rows.to_pylist()
    return rows


def tie(folder: StudyFolder) -> Tied:
    return finish(tie_near_duplicates(folder, BACKBONE))


def pick(rows: list[dict[str, str]], split: str, domain: str, number: int = 0) -> dict[str, str]:
    return [row for row in rows if row["split"] == split and row["domain"] == domain][number]


@pytest.mark.parametrize(("held_out", "trained"), [("landmarks",) * 2, ("packaged goods", "landmarks")])
def test_the_photo_to_be_trained_on_goes(tmp_path: Path, held_out: str, trained: str) -> None:
    folder = make_study(tmp_path)
    rows = rows_of(folder)
    features = draw(rows)
    asked, near = pick(rows, "query", held_out), pick(rows, "train", trained)
    features[near["path"]] = features[asked["path"]] + 0.05 * np.random.default_rng(2).normal(size=DIMENSION)
    store(folder, features)
    assert embedded_backbones(folder) == [BACKBONE]
    found = tie(folder)
    assert (found.near, found.small) == (1, 0)
    assert rows_of(folder) == [row for row in rows if row != near]
    counts = Record.read(folder).domains[-1]
    assert (counts.photos, counts.dropped) == (len(rows) - 1, {"near_held_out": 1})
    assert counts.read == counts.photos + 1
    told = list(csv.DictReader(folder.near_duplicates.read_text(encoding="utf-8").splitlines()))
    assert [(one["not_trained_on"], one["held_out"]) for one in told] == [(near["path"], asked["path"])]
    assert tie(folder).near == 0  # what went does not go twice
    assert Record.read(folder).domains[-1] == counts


def test_a_class_goes_that_has_too_few_photos_left(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    rows = rows_of(folder)
    features = draw(rows)
    asked, near = pick(rows, "index", "landmarks"), pick(rows, "train", "landmarks")
    of_class = [row["path"] for row in rows if row["label"] == near["label"]]
    for path in of_class[:2]:
        features[path] = features[asked["path"]]
    store(folder, features)
    found = tie(folder)
    assert (found.near, found.small) == (2, 2)
    assert {row["path"] for row in rows_of(folder)} == {row["path"] for row in rows} - set(of_class)
    counts = Record.read(folder).domains[-1]
    assert counts.dropped == {"near_held_out": 2, "small_class": 2}
    assert counts.train_classes == len({row["label"] for row in rows if row["split"] == "train"}) - 1


def test_what_is_alike_within_one_split_stays(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    rows = rows_of(folder)
    features = draw(rows)
    for split in ("train", "query"):
        one, other = (pick(rows, split, "landmarks", number) for number in (0, -1))
        features[one["path"]] = features[other["path"]]
    store(folder, features)
    assert tie(folder).near == 0
    assert rows_of(folder) == rows
    assert not folder.near_duplicates.exists()


def test_photos_without_features_stay_and_nothing_held_out_ties_nothing(tmp_path: Path) -> None:
    folder = make_study(tmp_path / "some")
    rows = rows_of(folder)
    store(folder, {path: feature for path, feature in draw(rows).items() if "goods" not in path})
    assert tie(folder).compared == sum("goods" not in row["path"] and row["split"] == "train" for row in rows)
    assert rows_of(folder) == rows
    folder = make_study(tmp_path / "none", held_out=0.0)
    store(folder, draw(rows_of(folder)))
    assert (tie(folder).held_out, tie(folder).near) == (0, 0)


def test_classes_of_different_data_sets_that_look_the_same_are_reported(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    rows = rows_of(folder)
    features = draw(rows)
    same = dict(
        zip(*([row["path"] for row in rows if row["label"] == label] for label in ("shop/1", "goods/5")), strict=True)
    )
    rng = np.random.default_rng(4)
    for one, other in same.items():
        features[one] = features[other] + 0.3 * rng.normal(size=DIMENSION)
    store(folder, features)
    found = tie(folder)
    assert [(one.one, one.other, one.why) for one in found.same_things] == [("goods/5", "shop/1", "look")]
    assert "goods/5,shop/1,look" in folder.same_things.read_text()


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no manifest"):
        tie(StudyFolder(tmp_path / "none"))
    folder = make_study(tmp_path / "study")
    assert embedded_backbones(folder) == []
    with pytest.raises(UserError, match="no features by this model"):
        tie(folder)


def test_a_new_manifest_forgets_what_went_from_the_one_before(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    rows = rows_of(folder)
    features = draw(rows)
    features[pick(rows, "train", "landmarks")["path"]] = features[pick(rows, "query", "landmarks")["path"]]
    store(folder, features)
    tie(folder)
    assert folder.near_duplicates.exists()
    assert rows_of(make_study(tmp_path)) == rows
    assert not folder.near_duplicates.exists()
