"""The general head: what it computes, what its bytes keep, and that it is sane for small or monotonous libraries."""

import hashlib
import json
import math
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from guie_desktop.embedding.general_head import (
    CUTOFF,
    DIMENSIONS,
    FEWEST_PHOTOS,
    GENERAL_MAGIC,
    SAMPLE_SIZE,
    WHITENED_FROM,
    GeneralHead,
    fit_general_head,
    identity_head,
)
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.errors import UserError
from guie_desktop.jobs.refitting import FIRST_FIT, wants_fitting
from guie_desktop.learned import Quality
from tests.heads import some_general_head, trained_head

FEATURES = arrays(
    np.float32,
    st.tuples(st.integers(0, 6), st.just(4)),
    elements=st.floats(allow_nan=False, allow_infinity=False, width=32),
)


def library(photos: int, dimension: int = 300, seed: int = 0) -> NDArray[np.float32]:
    """Features with a common part and a falling spectrum, like those of a network."""
    rng = np.random.default_rng(seed)
    return (rng.normal(size=(photos, dimension)) * np.geomspace(1, 0.01, dimension) + 0.3).astype(np.float32)


def test_it_centres_and_reduces() -> None:
    features = library(2000, DIMENSIONS + 40)
    head = fit_general_head(features)
    rows = head.apply(features)
    assert rows.shape == (2000, DIMENSIONS)
    assert head.fitted_on == 2000
    assert np.abs(rows.mean(axis=0)).max() < 0.05


def test_the_same_features_give_the_same_head() -> None:
    features = library(500)
    assert fit_general_head(features).to_bytes() == fit_general_head(features.copy()).to_bytes()


def test_near_copies_stay_nearest() -> None:
    features = library(600)
    near = features + 0.003 * library(600, seed=1)
    head = fit_general_head(features)
    assert ((head.apply(near) @ head.apply(features).T).argmax(axis=1) == np.arange(600)).all()


def test_of_random_pairs_less_than_one_in_a_hundred_passes_the_cut_off() -> None:
    features = library(1500)
    head = fit_general_head(features)
    rows = head.apply(features)
    scores = (rows @ rows.T)[np.triu_indices(1500, k=1)]
    assert head.cutoff is not None
    assert (scores > head.cutoff).mean() < 0.01


@pytest.mark.parametrize(("things", "each"), [(2, 80), (6, 24), (12, 60), (40, 30)])
def test_however_few_things_a_library_shows_photos_of_one_pass_the_cut_off_and_of_two_do_not(
    things: int, each: int
) -> None:
    rng = np.random.default_rng(3)
    shown = library(things)
    features = (
        np.repeat(shown, 2 * each, axis=0) + 0.5 * shown.std() * rng.normal(size=(2 * each * things, 300))
    ).astype(np.float32)
    is_held, thing = np.tile(np.arange(2) == 0, each * things), np.repeat(np.arange(things), 2 * each)
    head = fit_general_head(features[is_held])
    scores = head.apply(features[~is_held]) @ head.apply(features[is_held]).T
    is_right = thing[~is_held][:, np.newaxis] == thing[is_held]
    assert head.cutoff is not None
    assert ((scores * is_right).max(axis=1) >= head.cutoff).mean() > 0.98
    assert (np.where(is_right, -1, scores) >= head.cutoff).mean() < 0.01


def test_a_head_with_a_stricter_line_which_was_once_drawn_takes_the_line_of_today() -> None:
    strict = replace(fit_general_head(library(200)), cutoff=0.9)
    assert GeneralHead.from_bytes(strict.to_bytes()).cutoff == CUTOFF


def test_how_likely_a_hit_is_right_rises_with_its_score() -> None:
    head = fit_general_head(library(200))
    likely = [head.probability(score) for score in (0.2, 0.45, 0.56, 0.75, 0.95)]
    assert likely == sorted(likely, key=lambda value: value or 0.0)
    assert likely[2] == pytest.approx(0.5)
    assert identity_head(4).probability(0.9) is None


def test_of_few_photos_only_the_mean_is_taken_away() -> None:
    head = fit_general_head(library(FEWEST_PHOTOS))
    assert (head.projection.matrix, head.cutoff) == (None, CUTOFF)
    assert head.projection.mean.any()


def test_photos_that_are_all_the_same_give_the_identity_and_are_not_tried_again_at_once() -> None:
    head = fit_general_head(np.full((FIRST_FIT, 8), 0.5, np.float16))
    assert (head.name, head.cutoff) == ("identity", None)
    assert not wants_fitting(FIRST_FIT + 20, head.fitted_on, is_settled=True)
    assert wants_fitting(2 * FIRST_FIT, head.fitted_on, is_settled=False)


@pytest.mark.parametrize("photos", [0, 1, FEWEST_PHOTOS - 1])
def test_few_photos_give_the_identity(photos: int) -> None:
    head = fit_general_head(library(photos))
    assert (head.projection.matrix, head.cutoff) == (None, None)
    assert head.apply(library(3)).shape == (3, 300)


def test_half_precision_and_fewer_photos_than_dimensions() -> None:
    head = fit_general_head(library(WHITENED_FROM).astype(np.float16))
    assert head.output_dimension < WHITENED_FROM
    assert np.isfinite(head.apply(library(50, seed=2))).all()


def test_copies_and_equal_photos_do_no_harm() -> None:
    copies = np.repeat(library(20), 50, axis=0)
    head = fit_general_head(copies)
    assert head.output_dimension == 19
    assert head.cutoff is not None
    rows = head.apply(copies)
    assert (np.einsum("nd,nd->n", rows[:-1:50], rows[1::50]) > head.cutoff).all()
    assert fit_general_head(np.repeat(library(1), 500, axis=0)).projection.matrix is None
    assert fit_general_head(np.zeros((500, 8), np.float32)).projection.matrix is None


def test_large_libraries_are_sampled_evenly() -> None:
    trips = np.concatenate([library(SAMPLE_SIZE, 8), library(SAMPLE_SIZE, 8, seed=1) - 0.6])
    head = fit_general_head(trips)
    assert head.fitted_on == len(trips)
    assert np.abs(head.projection.mean).max() < 0.02


# --- applied and stored


def assert_unit_or_zero(rows: NDArray[np.float32]) -> None:
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1)
    assert (np.isclose(lengths, 1, atol=1e-5) | (lengths == 0)).all()


@given(FEATURES)
def test_rows_are_unit_or_zero(features: NDArray[np.float32]) -> None:
    assert_unit_or_zero(some_general_head().apply(features))
    same = identity_head(4).apply(features)
    assert_unit_or_zero(same)
    assert ((same == 0).all(axis=1) == (features == 0).all(axis=1)).all()


@given(FEATURES, st.floats(1e-3, 1e3))
def test_the_length_of_a_feature_does_not_matter(features: NDArray[np.float32], factor: float) -> None:
    moderate = unit_rows(features)
    scaled = (moderate * np.float32(factor)).astype(np.float32)
    np.testing.assert_allclose(some_general_head().apply(scaled), some_general_head().apply(moderate), atol=1e-4)


def test_it_is_the_written_formula_also_for_half_precision() -> None:
    head = some_general_head()
    features = np.random.default_rng(1).normal(size=(9000, 4)).astype(np.float16)
    rows = features.astype(np.float64)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True) - head.projection.mean) @ head.projection.matrix
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    given_rows = head.apply(features)
    assert given_rows.dtype == np.float32
    np.testing.assert_allclose(given_rows, rows, atol=2e-4)


def test_a_feature_that_is_the_mean_is_similar_to_nothing() -> None:
    mean = np.array([0, 1], dtype=np.float32)
    head = GeneralHead("m", Projection.of(2, mean=mean, matrix=np.eye(2, dtype=np.float32)), None, 0)
    np.testing.assert_array_equal(head.apply(np.array([[0, 7]], np.float32)), [[0, 0]])


@pytest.mark.parametrize("features", [np.zeros((2, 3), np.float32), np.zeros(4, np.float32), np.full((1, 4), np.nan)])
def test_features_that_do_not_fit_are_refused(features: NDArray[np.float32]) -> None:
    with pytest.raises(ValueError, match=r"shape|finite"):
        some_general_head().apply(features.astype(np.float32))


@pytest.mark.parametrize("bad", [np.full((4, 2), np.inf, np.float32), np.zeros((3, 2), np.float32), np.zeros((4, 2))])
def test_a_head_cannot_hold_nonsense(bad: NDArray[np.float32]) -> None:
    with pytest.raises(ValueError, match=r"matrix|bias|finite"):
        GeneralHead("m", Projection.of(4, matrix=bad), None, 0)


@pytest.mark.parametrize(
    "head", [some_general_head(), some_general_head(None), identity_head(5)], ids=["full", "no cutoff", "identity"]
)
def test_bytes_bring_the_same_head_back(head: GeneralHead) -> None:
    back = GeneralHead.from_bytes(head.to_bytes())
    assert (back.name, back.dimension, back.cutoff, back.fitted_on) == (
        head.name,
        head.dimension,
        head.cutoff,
        head.fitted_on,
    )
    np.testing.assert_array_equal(back.projection.mean, head.projection.mean)
    assert (back.projection.matrix is None) == (head.projection.matrix is None)
    if back.projection.matrix is not None and head.projection.matrix is not None:
        np.testing.assert_array_equal(back.projection.matrix, head.projection.matrix)
    assert back.to_bytes() == head.to_bytes()


@given(st.data())
def test_damaged_bytes_are_refused(data: st.DataObject) -> None:
    sound = some_general_head().to_bytes()
    place = data.draw(st.integers(0, len(sound) - 1))
    flip = data.draw(st.integers(1, 255))
    for damaged in (sound[:place], sound + b"\0", sound[:place] + bytes([sound[place] ^ flip]) + sound[place + 1 :]):
        with pytest.raises(UserError, match="nothing that was learned"):
            GeneralHead.from_bytes(damaged)


@given(st.binary(max_size=80), st.binary(max_size=40))
def test_a_whole_file_with_other_content_is_refused(line: bytes, numbers: bytes) -> None:
    refuses(line, numbers)


def refuses(line: bytes, numbers: bytes) -> None:
    content = line + b"\n" + numbers
    stored = b"guie-desktop head 1\n" + hashlib.sha256(content).digest() + content
    with pytest.raises(UserError, match="nothing that was learned"):
        GeneralHead.from_bytes(stored)


@pytest.mark.parametrize("facts", [b"[]", b"1", b'{"dimension": -1}', b'{"name": "x", "dimension": "4"}'])
def test_json_that_is_not_a_head_is_refused(facts: bytes) -> None:
    refuses(facts, b"")


# --- trained elsewhere


def some_trained_head(**changes: Any) -> GeneralHead:
    return trained_head("lite-0123", some_general_head().projection, **changes)


@pytest.mark.parametrize(
    "head",
    [
        some_trained_head(),
        some_trained_head(cutoff=None),
        some_trained_head(
            same=0.97, before=Quality(0.5, 0.6, 0.45, 0.55, None), after=Quality(0.7, 0.8, 0.6, 0.8, None)
        ),
    ],
)
def test_where_it_was_trained_and_what_its_scores_mean_go_along(head: GeneralHead) -> None:
    back = GeneralHead.from_bytes(head.to_bytes())
    told = ("name", "cutoff", "fitted_on", "even_chance", "steepness", "same", "origin", "before", "after")
    assert [getattr(back, part) for part in told] == [getattr(head, part) for part in told]
    assert back.to_bytes() == head.to_bytes()


def test_its_cut_off_may_be_higher_than_that_of_fitted_heads_and_its_curve_is_its_own() -> None:
    head = GeneralHead.from_bytes(some_trained_head(cutoff=0.9).to_bytes())
    assert head.cutoff == 0.9
    assert head.probability(0.75) == pytest.approx(0.5)
    assert head.probability(0.8) == pytest.approx(1 / (1 + math.exp(-22.5 * 0.05)))


def test_the_file_of_a_fitted_head_says_nothing_of_where_it_was_trained() -> None:
    line = fit_general_head(library(200)).to_bytes()[len(GENERAL_MAGIC) + 32 :].partition(b"\n")[0]
    assert set(json.loads(line)) == {"cutoff", "dimension", "fitted_on", "name", "output_dimension"}


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": {}},
        {"origin": 3},
        {"origin": [1]},
        {"cutoff": 7},
        {"cutoff": "high"},
        {"cutoff": math.nan},
        {"even_chance": -1.5},
        {"even_chance": None},
        {"steepness": 0},
        {"steepness": 1e9},
        {"same": 1.5},
        {"fitted_on": 0},
        {"name": 5},
        {"before": {"mmp5": 1}},
        {"dimension": 0},
        {"dimension": 3},
        {"dimension": 10**30},
        {"output_dimension": 10**30},
        {"output_dimension": 2.5},
        {"output_dimension": None},
    ],
)
def test_a_file_from_elsewhere_is_believed_nothing_that_cannot_be(changes: dict[str, Any]) -> None:
    content = some_trained_head().to_bytes()[len(GENERAL_MAGIC) + 32 :]
    line, _, numbers = content.partition(b"\n")
    refuses(json.dumps(json.loads(line) | changes).encode(), numbers)


@pytest.mark.parametrize("number", [math.nan, math.inf, 0.0])
def test_a_file_whose_matrix_is_no_matrix_is_refused(number: float) -> None:
    stored = some_trained_head().to_bytes()
    line = stored[len(GENERAL_MAGIC) + 32 :].partition(b"\n")[0]
    refuses(line, np.full(4 + 4 * 2, number, "<f4").tobytes())


def test_it_has_no_bias() -> None:
    with pytest.raises(ValueError, match="no bias"):
        GeneralHead("mine", Projection.of(3, bias=np.ones(3, np.float32)), None, 1)
