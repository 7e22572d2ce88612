"""What albums say of features."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.labels import Labels, read_labels
from tests.albums import make_album
from tests.stored_photos import keys_of, store_photos


@pytest.fixture
def store(catalog: CatalogWriter) -> FeatureStore:
    return FeatureStore(catalog, "lite-0123")


@pytest.fixture
def photos(store: FeatureStore, tmp_path: Path) -> list[int]:
    return store_photos(store, np.eye(9, dtype=np.float32), tmp_path)


def change(store: FeatureStore, statement: str, *values: object) -> None:
    with store.catalog.database.begin() as connection:
        connection.exec_driver_sql(statement, values)


def test_members_and_refusals_by_album_in_the_order_of_making(store: FeatureStore, photos: list[int]) -> None:
    make_album(store.catalog, "Zebras", photos[3:6], refused=photos[:1])
    make_album(store.catalog, "Apples", photos[:4])
    make_album(store.catalog, "Empty", [])
    labels = read_labels(store)
    assert list(labels.members) == ["Zebras", "Apples", "Empty"]
    assert labels.members["Zebras"] == keys_of(store, photos[3:6])
    assert labels.members["Apples"] == keys_of(store, photos[:4])
    assert labels.refused == {"Zebras": keys_of(store, photos[:1]), "Apples": [], "Empty": []}


def test_removed_albums_say_nothing(store: FeatureStore, photos: list[int]) -> None:
    make_album(store.catalog, "Gone", photos[:4], removed_at=1.0)
    assert read_labels(store) == Labels({}, {})


def test_vanished_photos_and_those_of_removed_folders_say_nothing(store: FeatureStore, photos: list[int]) -> None:
    make_album(store.catalog, "Apples", photos[:4], refused=photos[4:6])
    change(store, "UPDATE photos SET missing_since = 1.0 WHERE id IN (?, ?)", photos[0], photos[4])
    change(store, "UPDATE photos SET folder_id = NULL WHERE id = ?", photos[1])
    labels = read_labels(store)
    assert labels.members["Apples"] == keys_of(store, photos[2:4])
    assert labels.refused["Apples"] == keys_of(store, photos[5:6])


def test_copies_of_a_photo_are_one_lesson(store: FeatureStore, photos: list[int]) -> None:
    change(
        store,
        "UPDATE photos SET content_hash = (SELECT content_hash FROM photos WHERE id = ?) WHERE id = ?",
        photos[0],
        photos[1],
    )
    make_album(store.catalog, "Apples", photos[:3])
    assert read_labels(store).members["Apples"] == sorted({*keys_of(store, [photos[0], photos[2]])})


def test_photos_that_this_backbone_has_not_seen_are_left_out(store: FeatureStore, photos: list[int]) -> None:
    make_album(store.catalog, "Apples", photos[:3])
    assert read_labels(FeatureStore(store.catalog, "another")).members == {"Apples": []}
