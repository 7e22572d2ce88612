"""Both heads side by side: any blend of the two is an inner product, and the ends are each of them alone."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from guie_desktop.embedding.general_head import GeneralHead, identity_head
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import Projection
from tests.heads import some_personal_head

SEEDS = st.integers(0, 2**32 - 1)
WEIGHTS = st.floats(0, 1, width=32)


def pair(cutoff: float | None = 0.3) -> PairedHead:
    rng = np.random.default_rng(8)
    mean, matrix = (rng.normal(size=shape).astype(np.float32) for shape in (6, (6, 3)))
    return PairedHead(
        GeneralHead("general", Projection.of(6, mean=0.1 * mean, matrix=matrix), cutoff, 100), some_personal_head()
    )


def features(seed: int, count: int) -> NDArray[np.float16]:
    return np.random.default_rng(seed).normal(size=(count, 6)).astype(np.float16)


@given(SEEDS, WEIGHTS)
def test_the_score_is_the_blend_of_both_cosines(seed: int, weight: float) -> None:
    head, rows = pair(), features(seed, 9)
    general, personal = head.general.apply(rows), head.personal.apply(rows)
    embeddings = head.apply(rows)
    queries = head.query(embeddings[:3], np.full(3, weight, np.float32))
    expected = (1 - weight) * general[:3] @ general.T + weight * personal[:3] @ personal.T
    np.testing.assert_allclose(queries @ embeddings.T, expected, atol=1e-5)


@given(SEEDS)
def test_the_ends_are_general_alone_and_personal_alone(seed: int) -> None:
    head, rows = pair(), features(seed, 9)
    embeddings = head.apply(rows)
    for weight, alone in ((0, head.general), (1, head.personal)):
        single = alone.apply(rows)
        scores = head.query(embeddings, np.full(9, weight, np.float32)) @ embeddings.T
        np.testing.assert_allclose(scores, single @ single.T, atol=1e-5)


@given(SEEDS)
def test_the_half_of_the_general_head_is_what_that_makes_of_the_photos_alone(seed: int) -> None:
    head, rows = pair(), features(seed, 9)
    np.testing.assert_allclose(head.general_half(head.apply(rows)), head.general.apply(rows), atol=1e-6)


@given(SEEDS, st.lists(WEIGHTS, min_size=2, max_size=2))
def test_each_query_has_its_own_weight(seed: int, weights: list[float]) -> None:
    head = pair()
    embeddings = head.apply(features(seed, 2))
    both = head.query(embeddings, np.array(weights, np.float32))
    for row, weight in enumerate(weights):
        alone = head.query(embeddings[[row]], np.array([weight], np.float32))
        np.testing.assert_array_equal(both[row], alone[0])


@given(SEEDS, WEIGHTS, st.floats(0.01, 100))
def test_of_a_sum_of_photos_each_half_counts_by_its_direction(seed: int, weight: float, length: float) -> None:
    head = pair()
    embeddings = head.apply(features(seed, 4))
    total = embeddings.sum(axis=0, keepdims=True)
    weights = np.array([weight], np.float32)
    np.testing.assert_allclose(
        head.query(total * np.float32(length), weights), head.query(total, weights), rtol=1e-4, atol=1e-5
    )


def test_rows_are_of_unit_length_and_each_half_has_half_of_it() -> None:
    embeddings = pair().apply(features(1, 20))
    assert embeddings.shape == (20, pair().output_dimension) == (20, 7)
    assert np.linalg.norm(embeddings, axis=1) == pytest.approx(1)
    assert np.linalg.norm(embeddings[:, :3], axis=1) == pytest.approx(np.sqrt(0.5))


def test_a_photo_without_a_direction_in_one_half_is_similar_to_nothing() -> None:
    head = PairedHead(identity_head(6), some_personal_head())
    rows = np.zeros((1, 6), np.float32)
    assert head.personal.apply(rows).any()
    assert not head.apply(rows).any()


def test_the_cut_off_moves_from_one_head_to_the_other() -> None:
    head = pair(0.3)
    assert head.cutoff_at(0) == pytest.approx(0.3)
    assert head.cutoff_at(1) == pytest.approx(head.personal.cutoff)
    assert head.cutoff_at(0.5) == pytest.approx((0.3 + head.personal.cutoff) / 2)
    unknown = pair(None)
    assert unknown.cutoff_at(0) is None
    assert unknown.cutoff_at(0.9) is None
    assert unknown.cutoff_at(1) == head.personal.cutoff


def test_it_is_called_what_the_personal_one_is_called() -> None:
    assert (pair().name, pair().cutoff) == (some_personal_head().title, 0.3)


def test_what_lies_near_a_centre_of_the_albums_is_known() -> None:
    head, rows = pair(), features(3, 40)
    embeddings = head.apply(rows)
    nearest = (head.personal.apply(rows) @ head.personal.centres.T).max(axis=1)
    np.testing.assert_array_equal(head.knows(embeddings), nearest >= head.personal.belonging)
    assert head.knows(embeddings).any()


@given(SEEDS, st.floats(1 / 64, 63 / 64, width=32))
def test_stretched_embeddings_have_the_score_as_their_inner_product(seed: int, weight: float) -> None:
    head = pair()
    embeddings = head.apply(features(seed, 9))
    stretched = embeddings * head.stretch(weight)
    queries = head.query(embeddings[:3], np.full(3, weight, np.float32))
    np.testing.assert_allclose(stretched[:3] @ stretched.T, queries @ embeddings.T, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(queries / head.stretch(weight), axis=1), 1, atol=1e-5)
