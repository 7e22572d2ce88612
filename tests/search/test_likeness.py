"""One scale for how alike hits are, before learning and after it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.search.likeness import Scale
from guie_desktop.search.space import Space
from tests.heads import some_personal_head
from tests.stored_photos import store_photos

ROWS = np.random.default_rng(1).normal(size=(200, 300)).astype(np.float32)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[CatalogWriter]:
    catalog = CatalogWriter.open(tmp_path / "catalogue.sqlite")
    yield catalog
    catalog.close()


@pytest.fixture
def space(catalog: CatalogWriter) -> Space:
    store = FeatureStore(catalog, "backbone")
    store.keep({f"{number}".encode(): row for number, row in enumerate(ROWS)})
    return Space(fit_general_head(ROWS), "1", store)


def test_steps_say_how_likely_a_hit_is_right(space: Space) -> None:
    cutoff = space.cutoff(0.0)
    assert cutoff is not None
    scale = Scale(space, np.zeros(300, np.float32), 0.0)
    scores = [0.95, 0.8, 0.6, 0.5, 0.1]
    likely, steps = zip(*scale.of(scores, [score >= cutoff for score in scores], [b""] * 5), strict=True)
    assert steps == ("same", "very", "alike", "perhaps", None)
    assert all(one is not None for one in likely)
    assert list(likely) == sorted(likely, key=lambda one: -(one or 0.0))


def test_where_nothing_is_known_of_scores_nothing_is_said(catalog: CatalogWriter) -> None:
    store = FeatureStore(catalog, "backbone")
    space = Space(fit_general_head(ROWS[:5]), "1", store)
    (found,) = Scale(space, np.zeros(300, np.float32), 0.0).of([0.9], [True], [b""])
    assert found == (None, None)


def test_what_the_engine_found_unlike_is_never_called_alike(space: Space) -> None:
    ((_, likeness),) = Scale(space, np.zeros(300, np.float32), 0.0).of([0.8], [False], [b""])
    assert likeness is None


def test_after_learning_a_copy_is_the_same_picture_also_where_what_was_learned_only_calls_it_alike(
    catalog: CatalogWriter,
) -> None:
    store = FeatureStore(catalog, "backbone")
    store.keep({f"{number}".encode(): row for number, row in enumerate(ROWS)})
    matrix = np.random.default_rng(4).normal(size=(300, 4)).astype(np.float32)
    learned = some_personal_head(
        projection=Projection.of(300, matrix=matrix), cutoff=0.8, midpoint=0.95, steepness=10.0
    )
    head = PairedHead(fit_general_head(ROWS), learned)
    space = Space(head, "1-1", store)
    asked = head.apply(ROWS[:1])[0]
    (likely, of_copy), (_, of_other) = Scale(space, asked, 1.0).of([1.0, 1.0], [True, True], [b"0", b"1"])
    assert likely is not None
    assert likely < 0.9
    assert (of_copy, of_other) == ("same", "alike")


def test_after_learning_features_are_read_only_of_what_is_nearly_the_same_picture(
    catalog: CatalogWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FeatureStore(catalog, "backbone")
    ids = store_photos(store, ROWS, Path("/photos"))
    projection = Projection.of(300, matrix=np.eye(300, 4, dtype=np.float32))
    head = PairedHead(fit_general_head(ROWS), some_personal_head(projection=projection))
    space = Space(head, "1-1", store)
    assert sum(space.reconcile()) == len(ROWS)
    found = catalog.photos(ids)
    contents = [found[photo_id].content_hash for photo_id in ids]
    read: list[int] = []

    def keyed(store: FeatureStore, hashes: Sequence[bytes], of: Any = FeatureStore.keyed) -> Any:
        read.append(len(hashes))
        return of(store, hashes)

    monkeypatch.setattr(FeatureStore, "keyed", keyed)
    told = list(Scale(space, head.apply(ROWS[:1])[0], 1.0).of([1.0] * 200, [True] * 200, contents))
    assert [likeness == "same" for _, likeness in told] == [content == contents[0] for content in contents]
    assert read == [1]
