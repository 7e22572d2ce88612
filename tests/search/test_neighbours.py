"""Among the photos that pass a filter the same is found as by comparing all of them, whichever way they are found."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.asking import Filter, Query
from guie_desktop.embedding.general_head import identity_head
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.search import neighbours, vectors
from guie_desktop.search.neighbours import Neighbours
from guie_desktop.search.ranking import Ranking
from guie_desktop.search.space import Space
from tests.search.large import make_little_too_much
from tests.stored_photos import store_photos

COUNT, DIMENSION = 400, 16


@dataclass(frozen=True)
class Library:
    """Photos with ids from 1 on, and their rows."""

    catalog: CatalogWriter
    rows: NDArray[np.float32]
    whole: Space
    large: Space
    """In which only a part of each row is compared at first."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library")
    catalog = CatalogWriter.open(folder / "catalogue.sqlite")
    store = FeatureStore(catalog, "backbone")
    rows = np.random.default_rng(0).normal(size=(COUNT, DIMENSION)).astype(np.float16).astype(np.float32)
    assert store_photos(store, rows, folder) == list(range(1, COUNT + 1))
    whole, large = (Space(identity_head(DIMENSION), "0", store) for _ in range(2))
    for space in (whole, large):
        assert sum(space.reconcile()) == COUNT
    with pytest.MonkeyPatch.context() as patched:
        make_little_too_much(patched, large.index, width=4)
    yield Library(catalog, unit_rows(rows), whole, large)
    catalog.close()


def found_in(library: Library, space: Space, vector: NDArray[np.float32], query: Query) -> dict[int, float]:
    ranking = Ranking(space.index.near(vector), space.features, None, lambda _: None, "made", vector)
    hits = islice(Neighbours(library.catalog).of(ranking, query), query.top)
    return {showing.photos[0].id: score for showing, score in hits}


INSIDE = st.lists(st.integers(1, COUNT), unique=True, min_size=1, max_size=COUNT)


@settings(max_examples=40, deadline=None)
@given(
    inside=INSIDE | st.sampled_from([list(range(1, COUNT + 1)), list(range(1, COUNT, 2))]),
    nearest=st.integers(0, COUNT - 1),
    top=st.sampled_from([1, 10, COUNT]),
    dearer=st.sampled_from([0, 5, 100_000]),
    is_large=st.booleans(),
)
def test_among_what_passes_the_same_is_found_as_by_comparing_all_of_it(
    library: Library, *, inside: list[int], nearest: int, top: int, dearer: int, is_large: bool
) -> None:
    album = AlbumWriter(library.catalog).create(f"{inside} {nearest}"[:60], inside)
    vector = library.rows[nearest]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(neighbours, "_DEARER", dearer)
        patched.setattr(neighbours, "_SHOWN_AT_ONCE", 5)
        patched.setattr(neighbours, "_ASKED_AT_ONCE", 16)
        space = library.large if is_large else library.whole
        query = Query(which=Filter(albums=(album,)), top=top)
        found, again = (found_in(library, space, vector, query) for _ in range(2))
    scores = library.rows[np.array(inside) - 1] @ vector
    best = np.sort(scores)[::-1][:top]
    assert list(found.values()) == pytest.approx(best, abs=2e-3)  # what float16 leaves open
    assert set(found) <= set(inside)
    assert list(again.values()) == pytest.approx(best, abs=2e-3)
    assert set(again) <= set(inside)
    AlbumWriter(library.catalog).remove(album)


@settings(max_examples=20, deadline=None)
@given(inside=INSIDE, nearest=st.integers(0, COUNT - 1), dearer=st.sampled_from([0, 5, 100_000]))
def test_however_roughly_rows_are_compared_all_that_passes_is_found_once(
    library: Library, inside: list[int], nearest: int, dearer: int
) -> None:
    album = AlbumWriter(library.catalog).create(f"{inside} {nearest}"[:60], inside)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(neighbours, "_DEARER", dearer)
        patched.setattr(neighbours, "_SHOWN_AT_ONCE", 5)
        patched.setattr(neighbours, "_ASKED_AT_ONCE", 16)
        patched.setattr(vectors, "_SPARE_OF_PARTS", 0)
        space, query = library.large, Query(which=Filter(albums=(album,)), top=COUNT)
        ranking = Ranking(
            space.index.near(library.rows[nearest]), space.features, None, lambda _: None, "made", library.rows[nearest]
        )
        for _ in range(2):
            found = [showing.photos[0].id for showing, _ in Neighbours(library.catalog).of(ranking, query)]
            assert sorted(found) == sorted(inside)
    AlbumWriter(library.catalog).remove(album)


def test_where_what_passes_is_known_from_the_search_before_no_photo_is_asked_whether_it_does(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def passing(store: FeatureStore, keys: Any, which: Filter, of: Any = FeatureStore.passing) -> Any:
        asked.append(len(keys))
        return of(store, keys, which)

    monkeypatch.setattr(FeatureStore, "passing", passing)
    album = AlbumWriter(library.catalog).create("Few", [3, 5, 7, 9])
    query = Query(which=Filter(albums=(album,)), top=3)
    first = found_in(library, library.whole, library.rows[0], query)
    assert asked
    asked.clear()
    assert found_in(library, library.whole, library.rows[0], query) == first
    assert not asked
    AlbumWriter(library.catalog).decide(album, [11], "member")
    assert set(found_in(library, library.whole, library.rows[10], query)) > {11}
    assert asked
    AlbumWriter(library.catalog).remove(album)
