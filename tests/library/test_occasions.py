"""Occasions: which photos are taken to belong together, where nobody has sorted them."""

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.occasions import read_occasions
from guie_desktop.library.tables import photos
from tests.stored_photos import keys_of, store_photos

HOUR = 3600.0


@pytest.fixture
def store(catalog: CatalogWriter) -> FeatureStore:
    return FeatureStore(catalog, "lite-0123")


def kept(store: FeatureStore, count: int, folder: str) -> list[int]:
    return store_photos(store, np.ones((count, 4), np.float32), Path(folder))


def say(store: FeatureStore, photo: int, **values: object) -> None:
    with writing(store.catalog.database) as connection:
        connection.execute(update(photos).where(photos.c.id == photo).values(values))


def occasions(store: FeatureStore) -> list[list[int]]:
    """As the numbers of photos, in the order of their keys."""
    photo_ids = list(range(1, 100))
    known = [photo for photo in photo_ids if photo in store.catalog.photos(photo_ids)]
    photo_of = dict(zip(keys_of(store, known), known, strict=True))
    return sorted(sorted(photo_of[key] for key in keys) for keys in read_occasions(store).values())


def test_an_hour_without_a_photo_ends_an_occasion_and_so_does_a_folder(store: FeatureStore) -> None:
    first, second = kept(store, 5, "/a"), kept(store, 2, "/b")
    for photo, taken in zip([*first, *second], [0, 0.9, 1.8, 2.9, 3.0, 2.95, 3.0], strict=True):
        say(store, photo, taken=taken * HOUR, taken_from="DateTimeOriginal")
    assert occasions(store) == [first[:3], first[3:], second]


def test_where_nothing_says_when_photos_were_taken_the_folder_is_the_occasion(store: FeatureStore) -> None:
    some = kept(store, 5, "/a")
    for photo, source in zip(some, ["file time", None, "file name", "XMP", "file time"], strict=True):
        say(store, photo, taken=photo * 9 * HOUR, taken_from=source)
    say(store, some[4], taken=None)
    assert occasions(store) == [[some[0], some[1], some[4]], [some[2]], [some[3]]]


def test_videos_and_what_is_gone_are_left_out(store: FeatureStore) -> None:
    some = kept(store, 4, "/a")
    say(store, some[0], kind="video")
    say(store, some[1], missing_since=1.0)
    assert occasions(store) == [some[2:]]
    assert read_occasions(FeatureStore(store.catalog, "another")) == {}
