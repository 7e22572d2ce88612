"""Heads as the catalog keeps them."""

import numpy as np
import pytest

from guie_desktop.errors import UserError
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.choices import Choices
from guie_desktop.library.head_store import HeadStore

KEY = "lite-0123"


@pytest.fixture
def store(catalog: CatalogWriter) -> HeadStore:
    return HeadStore(catalog)


def test_a_general_head_takes_the_place_of_the_one_before_under_a_new_id(store: HeadStore) -> None:
    store.keep_general("another", b"theirs", 5)
    first = store.keep_general(KEY, b"first", 100)
    second = store.keep_general(KEY, b"second", 200)
    assert store.latest_general(KEY) == second
    assert second.id != first.id
    theirs = store.latest_general("another")
    assert theirs is not None
    assert theirs.data == b"theirs"


def test_general_heads_that_were_taken_in_stay_beside_the_fitted_one(store: HeadStore) -> None:
    fitted = store.keep_general(KEY, b"fitted", 100)
    first, second = store.keep_trained(KEY, b"first", 5), store.keep_trained(KEY, b"second", 6)
    theirs = store.keep_trained("another", b"theirs", 7)
    assert store.latest_general(KEY) == fitted
    store.keep_general(KEY, b"fitted again", 200)
    assert store.trained_generals(KEY) == [second, first]
    assert store.trained_general(KEY, first.id) == first
    assert store.trained_general(KEY, theirs.id) is None
    assert store.trained_general(KEY, fitted.id) is None
    store.discard_general(KEY)
    store.discard_trained(second.id)
    assert store.latest_general(KEY) is None
    assert store.trained_generals(KEY) == [first]


def test_versions_are_kept_whole_for_their_backbone_the_newest_first(store: HeadStore) -> None:
    trained_on = np.array([3, 2**40, 7])
    first = store.keep_personal(KEY, "Version 1", b"one", trained_on, '{"albums": 2}')
    second = store.keep_personal(KEY, "Münzen 🪙", b"two", np.empty(0, np.int64), None)
    assert not store.is_personal_for_others(KEY)
    store.keep_personal("another", "Theirs", b"three", trained_on, None)
    assert store.is_personal_for_others(KEY)
    versions = store.personal_versions(KEY)
    assert [(one.id, one.title, one.data, one.report) for one in versions] == [
        (second, "Münzen 🪙", b"two", None),
        (first, "Version 1", b"one", '{"albums": 2}'),
    ]
    assert [one.trained_on.tolist() for one in versions] == [[], trained_on.tolist()]
    assert all(one.trained_on.dtype == np.int64 for one in versions)
    found = store.personal_version(KEY, first)
    assert found is not None
    assert found.title == "Version 1"
    assert store.personal_version("another", first) is None
    assert store.personal_version(KEY, 0) is None


def test_a_title_is_given_once(store: HeadStore) -> None:
    titles = []
    for _ in range(3):
        titles.append(store.next_title())
        store.keep_personal(KEY, titles[-1], b"", np.empty(0, np.int64), None)
    assert titles == ["Version 1", "Version 2", "Version 3"]


def test_a_full_disk_is_told_in_a_sentence(catalog: CatalogWriter, store: HeadStore) -> None:
    with catalog.database.connect() as connection:  # the pool hands out this connection again
        connection.exec_driver_sql("PRAGMA max_page_count=1")
    large = b"x" * 100_000
    for write in (
        lambda: store.keep_general(KEY, large, 1),
        lambda: store.keep_personal(KEY, "Version 1", large, np.empty(0, np.int64), None),
        lambda: Choices(catalog).choose_model("x" * 100_000),
    ):
        with pytest.raises(UserError, match="Free some disk space"):
            write()
    assert store.latest_general(KEY) is None
    assert store.personal_versions(KEY) == []
