"""Heads as the catalogue keeps them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.errors import UserError
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.choices import choose
from guie_desktop.library.features import Features
from guie_desktop.library.heads import (
    keep_general_head,
    keep_personal_head,
    latest_head,
    next_title,
    personal_version,
    personal_versions,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Features]:
    catalog = CatalogWriter.open(tmp_path / "catalogue.sqlite")
    yield Features(catalog.engine, "lite-0123")
    catalog.close()


def test_a_general_head_takes_the_place_of_the_one_before_under_a_new_id(store: Features) -> None:
    keep_general_head(store.engine, "another", b"theirs", 5)
    first = keep_general_head(store.engine, store.backbone, b"first", 100)
    second = keep_general_head(store.engine, store.backbone, b"second", 200)
    assert latest_head(store.engine, store.backbone) == second
    assert second.id != first.id
    theirs = latest_head(store.engine, "another")
    assert theirs is not None
    assert theirs.data == b"theirs"


def test_versions_are_kept_whole_for_their_backbone_the_newest_first(store: Features) -> None:
    taught = np.array([3, 2**40, 7])
    first = keep_personal_head(store, "Version 1", b"one", taught, '{"albums": 2}')
    second = keep_personal_head(store, "Münzen 🪙", b"two", np.empty(0, np.int64), None)
    keep_personal_head(Features(store.engine, "another"), "Theirs", b"three", taught, None)
    versions = personal_versions(store.engine, store.backbone)
    assert [(one.id, one.title, one.data, one.report) for one in versions] == [
        (second, "Münzen 🪙", b"two", None),
        (first, "Version 1", b"one", '{"albums": 2}'),
    ]
    assert [one.taught.tolist() for one in versions] == [[], taught.tolist()]
    assert all(one.taught.dtype == np.int64 for one in versions)
    found = personal_version(store.engine, store.backbone, first)
    assert found is not None
    assert found.title == "Version 1"
    assert personal_version(store.engine, "another", first) is None
    assert personal_version(store.engine, store.backbone, 0) is None


def test_a_title_is_given_once(store: Features) -> None:
    titles = []
    for _ in range(3):
        titles.append(next_title(store.engine))
        keep_personal_head(store, titles[-1], b"", np.empty(0, np.int64), None)
    assert titles == ["Version 1", "Version 2", "Version 3"]


def test_a_full_disk_is_told_in_a_sentence(store: Features) -> None:
    with store.engine.connect() as connection:  # the pool hands out this connection again
        connection.exec_driver_sql("PRAGMA max_page_count=1")
    large = b"x" * 100_000
    for write in (
        lambda: keep_general_head(store.engine, store.backbone, large, 1),
        lambda: keep_personal_head(store, "Version 1", large, np.empty(0, np.int64), None),
        lambda: choose(store.engine, {"model": "x" * 100_000}),
    ):
        with pytest.raises(UserError, match="Free some disk space"):
            write()
    assert latest_head(store.engine, store.backbone) is None
    assert personal_versions(store.engine, store.backbone) == []
