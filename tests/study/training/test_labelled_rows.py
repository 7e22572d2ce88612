"""Photos are trained on with their classes, whether their features are in memory or stay in the table."""

from collections.abc import Generator
from pathlib import Path

import lance
import numpy as np
import pyarrow as pa
import pytest

from guie_desktop.arrays import Mask
from guie_desktop.errors import UserError
from guie_desktop.messages import Progress
from guie_desktop.shared_library.schema import feature_column
from guie_desktop.study.manifest import Manifest
from guie_desktop.study.study_features import StudyFeatures
from guie_desktop.study.training.batches import batches
from guie_desktop.study.training.labelled_rows import LabelledRows, read_labelled_rows
from guie_desktop.study.training.row_order import epoch_order
from tests.running import finish
from tests.study.made_study import BACKBONE, make_study


def read(features: StudyFeatures, chosen: Mask | None = None, *, hold: bool) -> LabelledRows:
    job: Generator[Progress, None, LabelledRows] = read_labelled_rows(features, chosen, hold=hold)
    return finish(job)


@pytest.mark.parametrize("hold", [True, False])
def test_batches_have_each_photo_once_with_its_class_and_feature(tmp_path: Path, *, hold: bool) -> None:
    features = StudyFeatures(make_study(tmp_path, per_class=5), BACKBONE)
    rows = read(features, hold=hold)
    assert rows.in_memory == hold
    assert rows.datasets == ("cars-set", "toys-set")
    assert rows.classes == 28
    assert np.bincount(rows.domains).tolist() == [70, 70]
    order = epoch_order(len(rows.labels), None, 1, 0)
    got = list(batches(rows, order, 32, 0))
    assert [len(part) for part, _ in got] == [32, 32, 32, 32, 12]
    np.testing.assert_array_equal(np.concatenate([labels.numpy() for _, labels in got]), rows.labels[order])
    stored = np.concatenate([part.features for part in features.scan("train")])
    np.testing.assert_array_equal(np.concatenate([part for part, _ in got]), stored[order])
    np.testing.assert_array_equal(np.concatenate([part for part, _ in batches(rows, order, 32, 3)]), stored[order[96:]])


def test_memory_and_table_are_the_same_and_other_features_are_others(tmp_path: Path) -> None:
    features = StudyFeatures(make_study(tmp_path / "one"), BACKBONE)
    held, streamed = (read(features, hold=hold) for hold in (True, False))
    assert held.fingerprint == streamed.fingerprint
    twice = np.array([3, 1, 3, 0])
    np.testing.assert_array_equal(held.take(twice), streamed.take(twice))
    other = StudyFeatures(make_study(tmp_path / "other", seed=2), BACKBONE)
    assert read(other, hold=True).fingerprint != held.fingerprint
    half = np.arange(len(features.manifest.rows)) % 2 == 0
    assert read(features, half, hold=True).fingerprint != held.fingerprint


@pytest.mark.parametrize("hold", [True, False])
def test_rows_are_in_the_manifests_order_wherever_they_lie_in_the_table(tmp_path: Path, *, hold: bool) -> None:
    """Embedding with another model moves rows, which must not make what was trained another training."""
    folder = make_study(tmp_path)
    before = read(StudyFeatures(folder, BACKBONE), hold=hold)
    every = np.arange(len(before.labels))
    taken = before.take(every)
    table = lance.dataset(str(folder.features)).to_table()
    moved = table.take(np.random.default_rng(5).permutation(len(table)))
    lance.write_dataset(moved, str(folder.features), mode="overwrite")
    after = read(StudyFeatures(folder, BACKBONE), hold=hold)
    assert after.fingerprint == before.fingerprint
    np.testing.assert_array_equal(after.labels, before.labels)
    np.testing.assert_array_equal(after.take(every), taken)


def test_other_classes_are_another_training(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    before = read(StudyFeatures(folder, BACKBONE), hold=True)
    rows = Manifest.read(folder.manifest).rows
    labels = rows["label"].to_pylist()
    labels[0] = labels[-1]
    place = rows.schema.get_field_index("label")
    Manifest(rows.set_column(place, rows.schema.field("label"), pa.array(labels))).write(folder.manifest)
    assert read(StudyFeatures(folder, BACKBONE), hold=True).fingerprint != before.fingerprint


def test_a_part_of_the_photos_has_classes_of_its_own(tmp_path: Path) -> None:
    features = StudyFeatures(make_study(tmp_path), BACKBONE)
    chosen = np.array([domain == "toys" for domain in features.manifest.rows["domain"].to_pylist()])
    rows = read(features, chosen, hold=True)
    assert rows.datasets == ("toys-set",)
    assert np.unique(rows.labels).tolist() == list(range(14))


def test_features_that_are_no_numbers_are_left_out(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    whole = read(StudyFeatures(folder, BACKBONE), hold=True)
    table = lance.dataset(str(folder.features)).to_table()
    column = feature_column(BACKBONE)
    numbers = np.stack(table[column].to_pylist()).astype(np.float16)
    numbers[0, 3], numbers[2] = np.nan, 0
    place = table.schema.get_field_index(column)
    changed = table.set_column(
        place, table.schema.field(column), pa.array(list(numbers), table.schema.field(column).type)
    )
    lance.write_dataset(changed, str(folder.features), mode="overwrite")
    rows = read(StudyFeatures(folder, BACKBONE), hold=True)
    assert rows.unusable == 2
    assert len(rows.labels) == len(whole.labels) - 2


def test_too_few_classes_are_told(tmp_path: Path) -> None:
    features = StudyFeatures(make_study(tmp_path, classes=2), BACKBONE)
    with pytest.raises(UserError, match="fewer than 3 classes"):
        read(features, np.zeros(len(features.manifest.rows), bool), hold=True)
    chosen = np.array([domain == "toys" for domain in features.manifest.rows["domain"].to_pylist()])
    with pytest.raises(UserError, match="fewer than 3 classes"):
        read(features, chosen, hold=True)
