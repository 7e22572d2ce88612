"""One scale for how alike hits are, before learning and after it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.asking import Hit
from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.search.likeness import Scale
from guie_desktop.search.space import Space
from tests.heads import some_personal_head

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


def hits(*scores: float, cutoff: float) -> list[Hit]:
    return [
        Hit(rank, rank, (Path(f"{rank}.jpg"),), score, similar=score >= cutoff)
        for rank, score in enumerate(scores, start=1)
    ]


def test_steps_say_how_likely_a_hit_is_right(space: Space) -> None:
    cutoff = space.cutoff(0.0)
    assert cutoff is not None
    scale = Scale(space, np.zeros(300, np.float32), 0.0)
    found = list(scale.on(hits(0.95, 0.8, 0.6, 0.5, 0.1, cutoff=cutoff), [b""] * 5))
    assert [hit.likeness for hit in found] == ["same", "very", "alike", "perhaps", None]
    likely = [hit.likely for hit in found]
    assert all(one is not None for one in likely)
    assert likely == sorted(likely, key=lambda one: -(one or 0.0))


def test_where_nothing_is_known_of_scores_nothing_is_said(catalog: CatalogWriter) -> None:
    store = FeatureStore(catalog, "backbone")
    space = Space(fit_general_head(ROWS[:5]), "1", store)
    (found,) = Scale(space, np.zeros(300, np.float32), 0.0).on(hits(0.9, cutoff=0.0), [b""])
    assert (found.likely, found.likeness) == (None, None)


def test_what_the_engine_found_unlike_is_never_called_alike(space: Space) -> None:
    alike = hits(0.8, cutoff=0.5)[0]
    (found,) = Scale(space, np.zeros(300, np.float32), 0.0).on([replace(alike, similar=False)], [b""])
    assert found.likeness is None


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
    copy, other = Scale(space, asked, 1.0).on(hits(1.0, 1.0, cutoff=0.8), [b"0", b"1"])
    assert copy.likely is not None
    assert copy.likely < 0.9
    assert (copy.likeness, other.likeness) == ("same", "alike")
