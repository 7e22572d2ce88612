"""From the held-out test to a decision, with its reason and what would help."""

import json
from dataclasses import asdict, fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.embedding.weight_curve import CURVES
from guie_desktop.learned import Advice, Reason, TooFewPhotos
from guie_desktop.learning.data.curation import TrainingSet
from guie_desktop.learning.testing.acceptance import MIN_AGREEMENT, Acceptance, decide_acceptance
from guie_desktop.learning.testing.cross_validation import CrossValidation
from guie_desktop.learning.testing.trial import HITS, QueryOutcomes

ALBUMS, PHOTOS = 4, 10
COUNT = ALBUMS * PHOTOS


def training_set(groups: NDArray[np.int64] | None = None, names: tuple[str, ...] = tuple("ABCD")) -> TrainingSet:
    """Four albums of ten photos, each photo a scene of its own unless said otherwise."""
    membership = np.repeat(np.eye(ALBUMS, dtype=bool), PHOTOS, axis=0)
    keys = np.arange(COUNT, dtype=np.int64)
    rows = np.zeros((COUNT, 2), np.float32)
    return TrainingSet(keys, rows, names, membership, np.zeros_like(membership), keys if groups is None else groups)


def hits(of_first: list[int]) -> dict[str, NDArray[Any]]:
    """The photos of album A have these five nearest; the others their own album's."""
    album = np.arange(COUNT)[:, np.newaxis] // PHOTOS
    nearest = np.full((COUNT, HITS), -1)
    nearest[:, :5] = album * PHOTOS + np.arange(5)
    nearest[:PHOTOS, :5] = of_first
    return {"hits": nearest, "is_relevant": (nearest // PHOTOS == album) & (nearest >= 0)}


def validation(before: Any, after: Any, unseen: Any = False, **changes: Any) -> CrossValidation:
    """Every photo was a query, with these precisions."""
    figures = {
        "photos": np.arange(COUNT),
        "is_unseen": np.broadcast_to(unseen, COUNT),
        "mmp5_before": np.broadcast_to(np.float32(before), COUNT),
        "mmp5_after": np.broadcast_to(np.float32(after), COUNT),
        "p1_before": np.broadcast_to(np.float32(before), COUNT),
        "p1_after": np.broadcast_to(np.float32(after), COUNT),
        "relevant_count": np.full(COUNT, 5),
        **hits([0, 1, 2, 3, 4]),
        "personal_scores": np.full((COUNT, HITS), -1, np.float32),
        "personal_is_relevant": np.zeros((COUNT, HITS), bool),
        "is_personal": np.ones(COUNT, bool),
        "centroid_similarity": np.ones(COUNT, np.float32),
    }
    outcomes = QueryOutcomes(**figures | changes)
    unseen_queries = np.flatnonzero(outcomes.is_unseen)
    of_unseen = QueryOutcomes(*(getattr(outcomes, field.name)[unseen_queries] for field in fields(outcomes)))
    return CrossValidation(outcomes, of_unseen, CURVES[0], 0.97, ((20, 0.4), (40, 0.6)))


def decision(*arguments: Any, **named: Any) -> Acceptance:
    return decide_acceptance(training_set(), validation(*arguments, **named), seed=1)


def noisy(mean: float, seed: int = 0) -> NDArray[np.float32]:
    """Precisions of this mean."""
    return np.clip(mean + 0.2 * np.random.default_rng(seed).normal(size=COUNT), 0, 1).astype(np.float32)


# --- the decision


def test_what_is_clearly_better_is_accepted() -> None:
    acceptance = decision(noisy(0.4), noisy(0.7, seed=1))
    assert acceptance.accepted
    assert acceptance.reason == Reason("better", acceptance.before.mmp5, acceptance.after.mmp5)
    assert acceptance.before.mmp5 < acceptance.after.mmp5
    assert acceptance.after.low < acceptance.after.mmp5 < acceptance.after.high


def test_what_is_within_the_error_is_refused() -> None:
    acceptance = decision(noisy(0.4), noisy(0.42, seed=1))
    assert not acceptance.accepted
    assert acceptance.reason.outcome == "not clearly better"


def test_what_is_worse_is_refused() -> None:
    acceptance = decision(noisy(0.7), noisy(0.4, seed=1))
    assert not acceptance.accepted
    assert acceptance.reason.outcome == "worse"


def test_what_cannot_be_better_is_refused() -> None:
    acceptance = decision(0.99, 0.99)
    assert not acceptance.accepted
    assert acceptance.reason.outcome == "nothing to gain"


def test_what_harms_albums_that_it_did_not_see_is_refused() -> None:
    unseen = np.arange(COUNT) % 2 == 0
    before, after = np.where(unseen, 0.7, 0.4), np.where(unseen, 0.6, 0.8)
    acceptance = decision(before, after, unseen)
    assert not acceptance.accepted
    assert acceptance.reason.outcome == "unseen worse"
    assert acceptance.reason.unseen_loss == pytest.approx(0.1)
    assert (acceptance.before.mmp5, acceptance.after.mmp5) == pytest.approx((0.4, 0.8))  # of what it did see
    little = np.where(unseen, 0.69, 0.8)
    assert decision(before, little, unseen).accepted


def test_too_few_queries_are_said_to_be_so() -> None:
    matched = np.arange(COUNT) < 8
    before = np.where(matched, 0.5, np.nan)
    after = np.where(matched, np.where(np.arange(COUNT) % 2, 0.8, 0.3), np.nan)
    acceptance = decision(before, after)
    assert not acceptance.accepted
    assert (acceptance.reason.outcome, acceptance.reason.queries) == ("too few queries", 8)
    assert acceptance.advice[0] == Advice("more photos")


def test_without_queries_there_is_nothing_to_decide_by() -> None:
    for unseen in (False, True):
        acceptance = decision(np.nan if not unseen else 0.5, np.nan if not unseen else 0.9, unseen)
        assert not acceptance.accepted
        assert acceptance.reason == Reason("no queries")
        assert all(test.before is test.after is None for test in acceptance.tests)
        # What was held out whole lacks a test for that alone, and no photo that the user could add would change it.
        assert (Advice("other occasions in", tuple("ABCD")) in acceptance.advice) == (not unseen)


# --- intervals


def test_queries_of_one_scene_count_as_one() -> None:
    before, after = np.full(COUNT, 0.4), np.where(np.arange(COUNT) < 30, 0.6, 0.3)
    alone = decide_acceptance(training_set(), validation(before, after), seed=1)
    in_series = decide_acceptance(training_set(np.arange(COUNT) // 10), validation(before, after), seed=1)
    assert alone.accepted
    assert not in_series.accepted
    assert alone.after.mmp5 == in_series.after.mmp5
    assert in_series.after.high - in_series.after.low > 2 * (alone.after.high - alone.after.low)


@given(st.integers(0, 2**32 - 1))
def test_the_interval_holds_the_mean_and_the_seed_decides_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    groups = rng.integers(0, 12, COUNT)
    given = validation(rng.random(COUNT), rng.random(COUNT))
    one, same = (decide_acceptance(training_set(groups), given, seed=3) for _ in range(2))
    assert (one.before, one.after, one.accepted) == (same.before, same.after, same.accepted)
    for quality in (one.before, one.after):
        assert 0 <= quality.low <= quality.mmp5 <= quality.high <= 1


def test_of_many_means_the_interval_holds_nearly_all() -> None:
    held = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        given = validation(0.5, rng.random(COUNT))
        quality = decide_acceptance(training_set(), given, seed=1).after
        held += quality.low <= 0.5 <= quality.high
    assert held >= 52


# --- what the report shows


def test_each_album_has_its_result() -> None:
    before = np.repeat([0.1, 0.2, np.nan, 0.4], PHOTOS)
    acceptance = decision(before, before + 0.3, np.arange(COUNT) < 5)
    assert [(test.album, test.photos, test.tested) for test in acceptance.tests] == [
        ("A", 10, 5),
        ("B", 10, 10),
        ("C", 10, 0),
        ("D", 10, 10),
    ]
    assert acceptance.tests[1].before == pytest.approx(0.2)
    assert acceptance.tests[1].after == pytest.approx(0.5)
    assert (acceptance.tests[2].before, acceptance.tests[2].after) == (None, None)
    assert Advice("other occasions in", ("C",)) in acceptance.advice


def test_albums_that_are_taken_for_one_another_are_named() -> None:
    acceptance = decision(0.4, 0.5, **hits([0, 1, 20, 21, 10]))
    (pair,) = acceptance.confused
    assert (pair.album, pair.other) == ("A", "C")
    assert pair.share == pytest.approx(0.4)
    assert Advice("confused", ("A", "C")) in acceptance.advice
    assert decision(0.4, 0.5, **hits([0, 1, 2, 3, 4])).confused == ()


def test_what_comes_after_all_photos_of_a_small_album_is_no_mistake() -> None:
    """Of an album of three, two can be found; the other three of the five nearest are in other albums in any case."""
    found = hits([1, 2, 20, 21, 22])
    assert decision(0.4, 0.5, **found).confused != ()
    relevant_count = np.where(np.arange(COUNT) < PHOTOS, 2, 5)
    assert decision(0.4, 0.5, relevant_count=relevant_count, **found).confused == ()
    assert decision(0.4, 0.5, relevant_count=relevant_count, **hits([20, 1, 2, 3, 4])).confused[
        0
    ].share == pytest.approx(0.5)


def test_an_album_inside_another_is_not_confused_with_it() -> None:
    whole = training_set()
    membership = whole.membership.copy()
    membership[:PHOTOS, 1] = True  # A is inside B
    nested = replace(whole, membership=membership)
    given = validation(0.4, 0.5, **hits([10, 11, 12, 13, 14]))
    given.held_out.is_relevant[:PHOTOS] = given.held_out.hits[:PHOTOS] >= 0
    assert decide_acceptance(nested, given, seed=1).confused == ()


def test_small_albums_that_are_found_badly_would_gain_most() -> None:
    membership = training_set().membership.copy()
    membership[4:PHOTOS, 0] = False
    membership[4:PHOTOS, 1] = True
    small = replace(training_set(), membership=membership)
    acceptance = decide_acceptance(small, validation(0.2, np.where(np.arange(COUNT) < 4, 0.3, 0.9)), seed=1)
    assert acceptance.advice == (Advice("more photos in", ("A",)),)


def test_what_was_left_out_is_named() -> None:
    left_out = (("X", TooFewPhotos(1)), ("Y", TooFewPhotos(0)))
    acceptance = decide_acceptance(replace(training_set(), left_out=left_out), validation(0.2, 0.9), seed=1)
    assert acceptance.advice == (Advice("left out", ("X", "Y")),)


@given(st.integers(0, 2**32 - 1))
def test_whatever_comes_out_is_in_plain_numbers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    before, after = figures = rng.random((2, COUNT))
    figures[:, rng.random(COUNT) < rng.random()] = np.nan
    nearest = np.where(rng.random((COUNT, HITS)) < 0.9, rng.integers(0, COUNT, (COUNT, HITS)), -1)
    nearest[:, 0] = rng.integers(0, COUNT, COUNT)  # there is always something to find
    given = validation(
        before,
        after,
        rng.random(COUNT) < rng.random(),
        hits=nearest,
        is_relevant=rng.random((COUNT, HITS)) < 0.5,
    )
    acceptance = decide_acceptance(training_set(rng.integers(0, 30, COUNT)), given, seed=1)
    assert json.loads(json.dumps(asdict(acceptance.reason))) == asdict(acceptance.reason)
    assert all(type(album) is str for advice in acceptance.advice for album in advice.albums)
    shares = [share for test in acceptance.tests for share in (test.before, test.after) if share is not None]
    shares += [pair.share for pair in acceptance.confused]
    assert all(type(share) is float and 0 <= share <= 1 for share in shares)
    assert all(type(test.tested) is int for test in acceptance.tests)
    assert type(acceptance.accepted) is bool


def test_a_head_that_ranks_everything_else_anew_is_refused() -> None:
    outcomes = validation(noisy(0.5), 1.0)
    assert decide_acceptance(training_set(), replace(outcomes, agreement=MIN_AGREEMENT + 0.01), seed=1).accepted
    refused = decide_acceptance(training_set(), replace(outcomes, agreement=MIN_AGREEMENT - 0.01), seed=1)
    assert not refused.accepted
    assert refused.reason.outcome == "unlabelled ranked anew"
    assert refused.reason.agreement == MIN_AGREEMENT - 0.01
