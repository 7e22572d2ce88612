"""Features as they are stored: one row for each content and backbone, which never changes."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.asking import Filter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore, evenly
from guie_desktop.library.marks import MarkWriter
from tests.albums import make_album
from tests.stored_photos import keys_of, store_photos

ROWS = np.random.default_rng(0).normal(size=(12, 4)).astype(np.float32)


@pytest.fixture
def store(catalog: CatalogWriter) -> FeatureStore:
    return FeatureStore(catalog, "lite-0123")


def test_what_is_kept_is_known_and_given_back_in_half_precision(store: FeatureStore) -> None:
    assert store.is_empty()
    store.keep({b"a": ROWS[0], b"b": ROWS[1]})
    assert not store.is_empty()
    assert store.known([b"a", b"b", b"c"]) == {b"a", b"b"}
    found = store.keyed([b"a", b"c"])
    assert found.keys() == {b"a"}
    np.testing.assert_array_equal(found[b"a"][1], ROWS[0].astype(np.float16))


def test_a_row_never_changes(store: FeatureStore) -> None:
    store.keep({b"a": ROWS[0]})
    before = store.keyed([b"a"])[b"a"]
    store.keep({b"a": ROWS[1], b"b": ROWS[2]})
    key, row = store.keyed([b"a"])[b"a"]
    assert key == before[0]
    np.testing.assert_array_equal(row, before[1])


def test_backbones_do_not_see_each_other(store: FeatureStore) -> None:
    other = FeatureStore(store.catalog, "siglip-0123")
    store.keep({b"a": ROWS[0]})
    assert other.is_empty()
    assert not other.known([b"a"])
    other.keep({b"a": ROWS[1]})
    assert other.keyed([b"a"])[b"a"][0] != store.keyed([b"a"])[b"a"][0]
    assert other.ids().tolist() == [other.keyed([b"a"])[b"a"][0]]


def test_ids_are_those_of_present_photos_in_a_scope(store: FeatureStore, tmp_path: Path) -> None:
    here = store_photos(store, ROWS[:5], tmp_path / "here")
    there = store_photos(store, ROWS[5:8], tmp_path / "there")
    store.keep({b"of no photo": ROWS[8]})
    album = make_album(store.catalog, "Album", [here[1], there[2]], refused=[here[0]])
    assert store.live_ids().tolist() == keys_of(store, here + there)
    assert store.live_ids(after=keys_of(store, here)[-1]).tolist() == keys_of(store, there)
    assert store.live_ids(which=Filter(folder=tmp_path / "there")).tolist() == keys_of(store, there)
    assert store.live_ids(which=Filter(albums=(album,))).tolist() == keys_of(store, [here[1], there[2]])
    assert store.live_ids(which=Filter(folder=tmp_path / "here", albums=(album,))).tolist() == keys_of(store, here[1:2])
    assert store.decided_ids(album, "not").tolist() == keys_of(store, here[:1])


def test_what_passes_a_filter_is_found_among_few_as_among_all(store: FeatureStore, tmp_path: Path) -> None:
    here = store_photos(store, ROWS[:5], tmp_path / "here")
    store.keep({b"of no photo": ROWS[8]})
    marks = MarkWriter(store.catalog)
    marks.mark(here[:2], "rating", 4)
    marks.mark(here[1:3], "flag", 1)
    ids = store.ids()
    for which in (Filter(rating=4), Filter(flagged=True), Filter(rating=5), Filter(taken=((None, 5.0),))):
        assert ids[store.passing(ids, which)].tolist() == store.live_ids(which=which).tolist()
    assert store.live_ids(which=Filter(rating=4, flagged=True)).tolist() == keys_of(store, here[1:2])


def test_what_passed_is_asked_anew_where_something_has_changed(store: FeatureStore, tmp_path: Path) -> None:
    there, elsewhere = tmp_path / "there", tmp_path / "elsewhere"
    first = store_photos(store, ROWS[:2], there)
    which = Filter(folder=there)
    assert store.live_ids(which=which) is store.live_ids(which=which)
    assert store.live_ids(which=Filter(folder=elsewhere)).tolist() == []
    assert store.live_ids(which=which).tolist() == keys_of(store, first)
    more = store_photos(store, ROWS[2:4], there)
    assert store.live_ids(which=which).tolist() == keys_of(store, first + more)
    content = store.catalog.photos(first)[first[0]].content_hash
    store.discard(keys_of(store, first[:1]))
    store.keep({content: ROWS[4]})
    assert store.live_ids(which=which).tolist() == sorted(keys_of(store, first + more))


def test_rows_come_in_runs_and_unknown_ids_are_left_out(store: FeatureStore, tmp_path: Path) -> None:
    keys = np.array(keys_of(store, store_photos(store, ROWS, tmp_path)))
    runs = list(store.by_id(np.append(keys, 999), rows_at_once=5))
    assert [len(ids) for ids, _ in runs] == [5, 5, 2]
    np.testing.assert_array_equal(np.concatenate([rows for _, rows in runs]), ROWS.astype(np.float16))
    assert len(store.sample(5)) == 5
    assert len(store.sample(99)) == 12


def test_what_is_discarded_is_embedded_again(store: FeatureStore) -> None:
    store.keep({b"a": ROWS[0]})
    store.discard([store.keyed([b"a"])[b"a"][0]])
    assert store.is_empty()


@pytest.mark.parametrize(("count", "most"), [(0, 3), (3, 3), (10, 3), (10, 1)])
def test_ids_are_taken_evenly_and_the_same_at_every_call(count: int, most: int) -> None:
    ids = np.arange(count)
    taken = evenly(ids, most)
    assert len(taken) == min(count, most)
    assert (np.diff(taken) > 0).all()
    np.testing.assert_array_equal(taken, evenly(ids, most))
