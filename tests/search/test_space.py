"""A searchable space: its index is in step with the features, and a query's weight is what its neighbours say."""

from collections.abc import Generator, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.embedding.general_head import GeneralHead, fit_general_head, identity_head
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.personal_head import PersonalHead
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.weight_curve import NEIGHBOURS, WeightCurve
from guie_desktop.learning.testing.paired_embeddings import PairedEmbeddings, trained_on_shares
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.search.space import Space
from tests.stored_photos import keys_of, store_photos

SIZE = 16
CURVE = WeightCurve(0.3, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FeatureStore]:
    catalog = CatalogWriter.open(tmp_path / "catalogue.sqlite")
    yield FeatureStore(catalog, "lite-0123")
    catalog.close()


def photos(seed: int, count: int, shift: float = 0.0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, SIZE))
    rows[:, 0] += shift
    return unit_rows(rows.astype(np.float16).astype(np.float32))


def personal_head(*, expands: bool = False) -> PersonalHead:
    rng = np.random.default_rng(4)
    return PersonalHead(
        backbone_key="lite-0123",
        title="Version 1",
        projection=Projection.of(SIZE, matrix=rng.normal(size=(SIZE, 5)).astype(np.float32)),
        centres=unit_rows(rng.normal(size=(2, 5)).astype(np.float32)),
        weighting=CURVE,
        belonging=0.2,
        cutoff=0.6,
        steepness=10.0,
        midpoint=0.5,
        photos=20,
        expands=expands,
        recipe={},
        before=None,
        after=None,
    )


def filled(space: Space) -> Space:
    for _ in space.reconcile():
        pass
    return space


def spaces(store: FeatureStore, trained_on: list[int]) -> tuple[Space, Space]:
    """The general one and the paired one, of all that is stored."""
    (_, rows), *_ = store.by_id(store.live_ids())
    general = fit_general_head(np.concatenate([rows] * 4))  # a hundred photos are the fewest
    paired = PairedHead(general, personal_head())
    return (
        filled(Space(general, "1-0", store)),
        filled(Space(paired, "1-1", store, trained_on=np.array(trained_on, np.int64))),
    )


def test_the_weight_is_that_of_the_test_by_which_the_head_was_judged(store: FeatureStore, tmp_path: Path) -> None:
    store_photos(store, photos(0, 60), tmp_path)
    keys = store.live_ids()
    trained_on = keys[::10]
    _, space = spaces(store, trained_on.tolist())
    assert isinstance(space.head, PairedHead)
    (_, rows), *_ = store.by_id(keys)
    queries = photos(1, 12)
    general = space.head.general.apply(rows)
    asked = space.head.apply(queries)
    weights = CURVE.weights(trained_on_shares(space.head.general.apply(queries) @ general.T, np.isin(keys, trained_on)))
    assert len(set(weights)) > 3
    assert [space.personal_weight(row) for row in asked] == pytest.approx(weights, abs=1e-6)
    # And so are the scores.
    there = PairedEmbeddings(general, space.head.personal.apply(rows))
    wanted = PairedEmbeddings(space.head.general.apply(queries), space.head.personal.apply(queries))
    scores = there.scores(wanted).fused(weights)
    for row, (vector, weight) in enumerate(zip(asked, weights, strict=True)):
        found, found_scores = space.index.search(space.query(vector, float(weight)), 60)
        np.testing.assert_allclose(scores[row][np.searchsorted(keys, found)], found_scores, atol=4e-3)


def test_a_query_is_expanded_as_in_the_test_by_which_that_was_chosen(store: FeatureStore, tmp_path: Path) -> None:
    store_photos(store, photos(0, 60), tmp_path)
    keys = store.live_ids()
    _, plain = spaces(store, keys[::10].tolist())
    assert isinstance(plain.head, PairedHead)
    paired = PairedHead(plain.head.general, personal_head(expands=True))
    space = filled(Space(paired, "1-2", store, trained_on=keys[::10]))
    (_, rows), *_ = store.by_id(keys)
    queries = photos(1, 12)
    there, wanted = (
        PairedEmbeddings(paired.general.apply(part), paired.personal.apply(part)) for part in (rows, queries)
    )
    for weight in (0.0, 0.3, 1.0):
        weights = np.full(len(queries), weight, np.float32)
        ranking = there.scores(wanted).fused(weights)
        expected = there.expanded_scores(wanted, ranking, weights)
        if not weight:
            np.testing.assert_allclose(expected, ranking, atol=1e-5)
        for row, vector in enumerate(space.head.apply(queries)):
            asked = space.query(vector, weight)
            found, scores = space.index.search(space.expanded(asked, weight), 60)
            np.testing.assert_allclose(expected[row][np.searchsorted(keys, found)], scores, atol=6e-3)
            assert np.array_equal(plain.expanded(asked, weight), asked)  # a head that does not expand


def test_a_query_is_not_expanded_by_itself(store: FeatureStore, tmp_path: Path) -> None:
    store_photos(store, photos(0, 40), tmp_path)
    keys = store.live_ids()
    general, _ = spaces(store, [])
    assert isinstance(general.head, GeneralHead)
    head = PairedHead(general.head, personal_head(expands=True))
    space = filled(Space(head, "1-2", store, trained_on=keys))
    asked = space.query(space.index.rows(keys[:1])[0], 0.5)
    expanded, again = space.expanded(asked, 0.5, keys[:1]), space.expanded(asked, 0.5)
    scores = space.index.rows(keys) @ expanded
    assert scores[0] < 1  # drawn towards the others
    assert scores[0] < (space.index.rows(keys) @ again)[0]


def test_a_photo_does_not_count_as_its_own_neighbour(store: FeatureStore, tmp_path: Path) -> None:
    store_photos(store, photos(0, 21), tmp_path)
    keys = store.live_ids()
    _, space = spaces(store, [int(keys[0])])
    (_, rows), *_ = store.by_id(keys[:1])
    vector = space.head.apply(rows)[0]
    assert space.personal_weight(vector) == pytest.approx(1 / NEIGHBOURS / CURVE.full)
    assert space.personal_weight(vector, keys[:1]) == 0


def test_far_from_all_that_is_trained_on_the_ranking_is_the_general_one(store: FeatureStore, tmp_path: Path) -> None:
    near = store_photos(store, photos(0, 40, shift=-6), tmp_path)
    store_photos(store, photos(1, 40, shift=6), tmp_path)
    general, paired = spaces(store, keys_of(store, near))
    for query in photos(2, 10, shift=6):
        wanted = general.query(general.head.apply(query[np.newaxis])[0], 0.0)
        vector = paired.head.apply(query[np.newaxis])[0]
        weight = paired.personal_weight(vector)
        assert weight == 0
        keys, scores = general.index.search(wanted, 80)
        by_key = dict(zip(*paired.index.search(paired.query(vector, weight), 80), strict=True))
        # Equal to within what half precision keeps of each number.
        assert [by_key[key] for key in keys] == pytest.approx(scores, abs=2e-3)
        assert paired.cutoff(weight) == general.cutoff(weight)
        assert paired.probability(0.5, weight) is None


def test_where_nothing_is_trained_on_nothing_is_personal(store: FeatureStore, tmp_path: Path) -> None:
    store_photos(store, photos(0, 30), tmp_path)
    general, paired = spaces(store, [])
    for space in (general, paired):
        assert space.personal_weight(space.head.apply(photos(1, 1))[0]) == 0
    assert paired.head_name("general") == general.head_name("current") == "general"
    assert paired.head_name("current") == "Version 1"


def test_an_empty_library_has_no_weight_and_no_neighbours(store: FeatureStore) -> None:
    head = PairedHead(GeneralHead("general", Projection.of(SIZE), None, 0), personal_head())
    space = filled(Space(head, "0-1", store, trained_on=np.array([1])))
    vector = head.apply(photos(0, 1))[0]
    assert space.personal_weight(vector) == 0
    assert len(space.index.search(space.query(vector, 1.0), 5)[0]) == 0


def test_the_chance_of_a_hit_is_told_where_the_personal_head_alone_has_weight(
    store: FeatureStore, tmp_path: Path
) -> None:
    store_photos(store, photos(0, 30), tmp_path)
    _, space = spaces(store, [])
    assert space.probability(0.5, 1.0) == pytest.approx(0.5)
    assert space.probability(0.5, 0.99) is None


def test_it_is_loaded_as_it_was_saved_and_only_under_the_same_heads(store: FeatureStore, tmp_path: Path) -> None:
    store_photos(store, photos(0, 30), tmp_path)
    general, paired = spaces(store, [3, 4])
    paired.save(tmp_path / "vectors")
    again = Space.load(paired.head, "1-1", store, tmp_path / "vectors", np.array([3, 4]))
    assert again.trained_on is not None
    assert (len(again.index), again.is_saved, again.trained_on.tolist()) == (30, True, [3, 4])
    assert sum(again.reconcile()) == 0
    assert len(Space.load(general.head, "1-0", store, tmp_path / "vectors").index) == 0
    assert len(Space.load(general.head, "1-1", store, tmp_path / "vectors").index) == 0


def test_what_is_saved_lies_beside_the_others_until_they_are_forgotten(store: FeatureStore, tmp_path: Path) -> None:
    store_photos(store, photos(0, 30), tmp_path)
    general, paired = spaces(store, [3])
    other = filled(Space(general.head, "1-0", FeatureStore(store.catalog, "another-backbone")))
    for space in (general, paired, other):
        space.is_saved = False
        space.save(tmp_path / "vectors")

    def lengths() -> list[int]:
        return [
            len(Space.load(space.head, space.head_id, space.features, tmp_path / "vectors").index)
            for space in (general, paired)
        ]

    assert lengths() == [30, 30]
    paired.forget_others(tmp_path / "vectors")
    assert lengths() == [0, 30]
    assert (tmp_path / "vectors" / "another-backbone.1-0.usearch").exists()
    assert len(list((tmp_path / "vectors").iterdir())) == 6


@pytest.mark.parametrize("steps", [1, 3])
def test_cancelled_between_two_steps_the_rest_is_added_later_and_nothing_twice(
    store: FeatureStore, tmp_path: Path, steps: int
) -> None:
    store_photos(store, photos(0, 20), tmp_path)
    space = filled(Space(identity_head(SIZE), "0-0", store, rows_at_once=8))
    store_photos(store, photos(1, 30), tmp_path)
    cancelled = space.reconcile()
    for _ in range(steps):
        next(cancelled)
    assert isinstance(cancelled, Generator)
    cancelled.close()
    assert len(space.index) == 20 + 8 * steps
    assert sum(space.catch_up()) == 30 - 8 * steps
    assert sum(space.reconcile()) == 0
    assert set(space.index.keys) == set(store.live_ids())


def test_what_arrives_and_what_goes_is_followed(store: FeatureStore, tmp_path: Path) -> None:
    store_photos(store, photos(0, 20), tmp_path)
    _, space = spaces(store, [])
    arrived = store_photos(store, photos(1, 4), tmp_path)
    assert sum(space.catch_up()) == 4
    assert sum(space.catch_up()) == 0
    with store.catalog.database.begin() as connection:
        connection.exec_driver_sql("UPDATE photos SET missing_since = 1.0 WHERE id = ?", (arrived[0],))
    assert sum(space.reconcile()) == 1
    assert set(space.index.keys) == set(store.live_ids())


def test_photos_of_an_album_that_was_learned_are_known_as_trained_on(store: FeatureStore, tmp_path: Path) -> None:
    store_photos(store, photos(0, 20), tmp_path)
    keys = store.live_ids()
    general, paired = spaces(store, keys[:6].tolist())
    assert paired.is_trained_on(keys[:6])
    assert paired.is_trained_on(keys[:8])
    assert not paired.is_trained_on(keys[:12])
    assert not paired.is_trained_on(keys[:0])
    assert not general.is_trained_on(keys[:6])
    paired.trained_on = None  # as of a head from elsewhere
    assert not paired.is_trained_on(keys[:6])
