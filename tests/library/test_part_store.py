"""Parts of photos in a file of their own: by the ids of features, given back nearly as they were, and forgotten."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.arrays import Floats
from guie_desktop.asking import Filter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.part_store import PartStore
from tests.stored_photos import keys_of, store_photos

ROWS = np.random.default_rng(0).normal(size=(4, 16)).astype(np.float32)
EACH = 3


@pytest.fixture
def features(catalog: CatalogWriter, tmp_path: Path) -> FeatureStore:
    store = FeatureStore(catalog, "lite-0123")
    store_photos(store, ROWS[:2], tmp_path / "here")
    store_photos(store, ROWS[2:], tmp_path / "there")
    return store


@pytest.fixture
def parts(features: FeatureStore, tmp_path: Path) -> PartStore:
    return PartStore(tmp_path / "parts.sqlite", features, EACH, "grid1")


def drawn(seed: int) -> Floats:
    return np.random.default_rng(seed).gamma(0.3, size=(EACH, 1280)).astype(np.float32)


def test_there_is_no_file_until_there_are_parts(parts: PartStore) -> None:
    assert (parts.known().tolist(), parts.live_ids().tolist(), parts.count(), parts.size()) == ([], [], 0, 0)
    assert list(parts.by_id(np.array([64]))) == []
    parts.drop_orphans()
    parts.forget()
    parts.keep({})
    assert not parts.path.exists()


def test_rows_come_back_with_their_direction(parts: PartStore) -> None:
    rows = {1: drawn(1), 2: drawn(2)}
    rows[2][1] = 0
    parts.keep(rows)
    ((keys, read),) = parts.by_id(parts.keys_of(np.array([1, 2])))
    assert keys.tolist() == parts.keys_of(np.array([1, 2])).tolist()
    for row, before in zip(read, np.concatenate([rows[1], rows[2]]), strict=True):
        length = np.linalg.norm(row) * np.linalg.norm(before)
        assert row @ before >= 0.9995 * length
    assert not read[EACH + 1].any()
    assert parts.size() > 0


def test_only_parts_of_photos_that_are_there_and_pass_are_live(
    parts: PartStore, features: FeatureStore, tmp_path: Path
) -> None:
    first, *_, last = features.live_ids().tolist()
    parts.keep({first: drawn(1), last: drawn(2), 999: drawn(3)})
    assert parts.known().tolist() == [first, last, 999]
    assert parts.live_ids().tolist() == parts.keys_of(np.array([first, last])).tolist()
    there = Filter(folder=tmp_path / "there")
    assert parts.live_ids(which=there).tolist() == parts.keys_of(np.array([last])).tolist()
    keys = parts.live_ids()
    assert keys[parts.passing(keys, there)].tolist() == parts.live_ids(which=there).tolist()
    parts.drop_orphans()
    assert parts.known().tolist() == [first, last]


def test_backbones_and_grids_do_not_see_each_other(parts: PartStore, features: FeatureStore) -> None:
    first, second, *_ = features.live_ids().tolist()
    parts.keep({first: drawn(1)})
    other = PartStore(parts.path, FeatureStore(features.catalog, "siglip-0123"), EACH, "grid1")
    other.keep({second: drawn(2)})
    assert (parts.known().tolist(), other.known().tolist()) == ([first], [second])
    newer = PartStore(parts.path, features, EACH, "grid2")
    assert newer.count() == 0
    newer.drop_orphans()
    assert (parts.count(), other.count()) == (0, 0)


def test_what_is_forgotten_is_off_the_disk_and_can_be_made_again(parts: PartStore, tmp_path: Path) -> None:
    parts.keep({1: drawn(1)})
    parts.forget()
    assert list(tmp_path.glob("parts.sqlite*")) == []
    assert parts.count() == 0
    parts.keep({1: drawn(1)})
    assert parts.count() == 1


def test_damage_costs_the_parts_and_nothing_else(parts: PartStore) -> None:
    parts.keep({1: drawn(1), 2: drawn(2)})
    parts.close()
    with closing(sqlite3.connect(parts.path)) as connection:
        connection.execute("UPDATE parts SET numbers = x'00' WHERE feature_id = 1")
        connection.commit()
    ((keys, _),) = parts.by_id(parts.keys_of(np.array([1, 2])))
    assert keys.tolist() == parts.keys_of(np.array([2])).tolist()
    parts.close()
    parts.path.write_bytes(b"this is no file of SQLite" * 100)
    assert parts.count() == 0
    parts.keep({1: drawn(1)})
    assert parts.count() == 1


def test_of_pictures_are_the_features_of_photos_and_not_of_videos(features: FeatureStore, tmp_path: Path) -> None:
    there = store_photos(features, ROWS[:1] + 1, tmp_path / "more")
    assert keys_of(features, there)[0] in features.of_pictures(Filter()).tolist()
    assert len(features.of_pictures(Filter(folder=tmp_path / "here"))) == 2
