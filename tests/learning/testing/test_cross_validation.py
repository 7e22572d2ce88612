"""Cross-validation: what is learned is found on held-out photos, what is not there is not, and nothing leaks."""

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.arrays import Floats
from guie_desktop.embedding.projection import Projection, unit_rows
from guie_desktop.embedding.weight_curve import CURVES, WeightCurve
from guie_desktop.learning.data.curation import TrainingSet
from guie_desktop.learning.testing import cross_validation, trial, weight_selection
from guie_desktop.learning.testing.acceptance import decide_acceptance
from guie_desktop.learning.testing.cross_validation import CrossValidation, cross_validate
from guie_desktop.learning.testing.paired_embeddings import PairedEmbeddings, trained_on_shares
from guie_desktop.learning.testing.trial import QueryOutcomes, Split, Trial, TrialContext
from guie_desktop.learning.training import trainer
from guie_desktop.learning.training.recipe import Recipe
from guie_desktop.learning.training.trainer import single_threaded, train
from guie_desktop.learning.training.within_class import WithinClassSpace, start_of
from tests.learning.worlds import QUICK, World, labels_of, library_context, training_set_of


@pytest.fixture(autouse=True)
def _single_threaded() -> Iterator[None]:
    with single_threaded():
        yield


def silent(_done: float) -> None:
    pass


def cross_validated(training_set: TrainingSet, unlabelled: Floats, recipe: Recipe = QUICK) -> CrossValidation:
    rows = training_set.features[training_set.is_in_album]
    result = cross_validate(training_set, library_context(rows, unlabelled), recipe, silent)
    assert result is not None
    return result


@pytest.fixture
def splits(monkeypatch: pytest.MonkeyPatch) -> list[Split]:
    """All folds that a test tries."""
    tried: list[Split] = []

    class Noted(Trial):
        def __init__(self, context: TrialContext, split: Split, projection: Projection) -> None:
            tried.append(split)
            super().__init__(context, split, projection)

    monkeypatch.setattr(cross_validation, "Trial", Noted)
    return tried


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[TrainingSet]:
    """All training sets of a test."""
    seen: list[TrainingSet] = []

    def train_and_note(training_set: TrainingSet, *others: Any) -> Projection:
        seen.append(training_set)
        return train(training_set, *others)

    monkeypatch.setattr(trainer, "train", train_and_note)
    return seen


# --- known answers


def test_weak_directions_under_strong_ones_are_found() -> None:
    world = World(0)
    training_set = training_set_of(world.albums(12), labels_of(10, 12))
    acceptance = decide_acceptance(training_set, cross_validated(training_set, world.far_away()), seed=1)
    assert acceptance.before.mmp5 < 0.4
    assert acceptance.after.mmp5 > 0.7
    assert acceptance.accepted
    assert acceptance.reason.outcome == "better"


def test_what_is_found_grows_with_what_was_learned() -> None:
    world = World(0)
    training_set = training_set_of(world.albums(12), labels_of(10, 12))
    (few, low), (more, middle), (most, high) = cross_validated(training_set, world.far_away()).learning_curve
    assert few < more < most < 120
    assert low < middle < high


def test_photos_of_another_domain_keep_their_ranking() -> None:
    world = World(1)
    training_set = training_set_of(world.albums(12), labels_of(10, 12))
    assert cross_validated(training_set, world.far_away()).agreement == 1.0


def test_photos_among_the_albums_do_not_keep_it() -> None:
    world = World(1)
    training_set = training_set_of(world.albums(12), labels_of(10, 12))
    agreement = cross_validated(training_set, world.albums(2)).agreement
    assert agreement is not None
    assert agreement < 0.9


def shuffled(seed: int, things: int = 8, photos: int = 12) -> tuple[TrainingSet, World]:
    world = World(seed, things)
    labels = world.rng.permutation(labels_of(things, photos))
    return training_set_of(world.albums(photos), labels), world


@pytest.mark.parametrize("seed", range(4))
def test_shuffled_labels_are_refused_with_a_reason(seed: int) -> None:
    training_set, world = shuffled(seed)
    acceptance = decide_acceptance(training_set, cross_validated(training_set, world.far_away()), seed=1)
    assert not acceptance.accepted
    assert acceptance.reason.outcome in ("not clearly better", "worse")


def test_from_scenes_that_were_torn_apart_among_albums_nothing_is_learned() -> None:
    """If near-duplicates of queries were trained on or could be found, all of this would be right."""
    rng = np.random.default_rng(3)
    scenes = unit_rows(rng.normal(size=(48, 64)).astype(np.float32))
    rows = unit_rows(np.repeat(scenes, 4, axis=0) + 0.02 * rng.normal(size=(192, 64)).astype(np.float32))
    training_set = training_set_of(rows, np.repeat(rng.permutation(labels_of(6, 8)), 4))
    assert len(set(training_set.groups)) == 48
    acceptance = decide_acceptance(training_set, cross_validated(training_set, World(0).far_away()), seed=1)
    assert acceptance.before.mmp5 < 0.5
    assert acceptance.after.mmp5 < 0.5
    assert not acceptance.accepted


# --- no leakage


@pytest.mark.parametrize("photos", [6, 80, 160])
def test_no_query_was_trained_on_nor_a_near_duplicate_of_it(
    photos: int, splits: list[Split], trained: list[TrainingSet]
) -> None:
    world = World(5)
    rows = world.albums(photos)
    copies = unit_rows(rows[::3] + 0.001 * world.photos(0, len(rows[::3])))  # those in no album are "not this"
    every = np.concatenate([rows, copies])
    labels = np.concatenate([labels_of(10, photos), np.full(len(copies), -1)])
    refusals = {f"album {n}": list(range(len(rows) + 1 + n, len(every) + 1, 10)) for n in range(10)}
    training_set = training_set_of(every, labels, refusals)
    cross_validated(training_set, world.far_away(), replace(QUICK, epochs=1))
    assert len(splits) == len(trained)
    held_out = [set(split.test.tolist()) for split in splits[: {6: 5, 80: 2, 160: 1}[photos]]]
    assert sum(map(len, held_out)) == len(set.union(*held_out))
    assert set.union(*held_out) <= set(training_set.in_albums)
    if photos == 6:
        assert set.union(*held_out) == set(training_set.in_albums)  # of few photos, every one is a query
    for split, seen in zip(splits, trained, strict=True):
        assert set(training_set.groups[split.train]).isdisjoint(training_set.groups[split.test])
        assert set(seen.keys).isdisjoint(training_set.keys[split.test])
        assert not seen.membership[:, split.held_out_classes].any()
        assert not seen.refused[:, split.held_out_classes].any()
        held_out_classes = training_set.is_in_album & ~training_set.without(split.held_out_classes).is_in_album
        assert set(seen.groups).isdisjoint(training_set.groups[held_out_classes])
    assert any(seen.refused.any() for seen in trained)


def test_some_albums_are_held_out_whole_where_there_are_enough(splits: list[Split]) -> None:
    world = World(2)
    training_set = training_set_of(world.albums(5), labels_of(10, 5))
    held_out = cross_validated(training_set, world.far_away(), replace(QUICK, epochs=1)).held_out
    held_out_classes = np.array([split.held_out_classes for split in splits[:5]])
    assert (held_out_classes.sum(axis=0) == 1).all()
    assert held_out.is_unseen.sum() > 0


def test_few_albums_are_held_out_whole_in_trials_of_their_own(splits: list[Split]) -> None:
    world = World(2, things=7)
    training_set = training_set_of(world.albums(5), labels_of(7, 5))
    result = cross_validated(training_set, world.far_away(), replace(QUICK, epochs=1))
    assert not result.held_out.is_unseen.any()
    assert result.unseen.is_unseen.all()
    assert not any(split.held_out_classes.any() for split in splits[:5])
    held_out_classes = np.array([split.held_out_classes for split in splits[5:12]])
    assert (held_out_classes == np.eye(7, dtype=bool)).all()
    assert sorted(result.unseen.photos) == list(range(35))


def test_without_a_third_album_none_is_held_out_whole() -> None:
    world = World(2, things=2)
    result = cross_validated(training_set_of(world.albums(8), labels_of(2, 8)), world.far_away())
    assert len(result.unseen.photos) == 0
    assert decide_acceptance(training_set_of(world.albums(8), labels_of(2, 8)), result, seed=1).after.mmp5 > 0.5


def test_albums_that_were_held_out_whole_are_searched_among_all_but_their_own_scenes() -> None:
    world = World(9, things=9)
    rows = world.albums(6)
    every = np.concatenate([rows, unit_rows(rows + 0.001 * world.photos(0, len(rows)))])
    training_set = training_set_of(every, np.tile(labels_of(9, 6), 2))
    unseen = cross_validated(training_set, world.far_away()).unseen
    for photo, nearest, score in zip(unseen.photos, unseen.hits, unseen.personal_scores, strict=True):
        assert training_set.groups[photo] not in training_set.groups[nearest[nearest >= 0]]
        assert (score < 0.99).all()
    assert len(unseen.photos) == len(training_set.keys)
    assert (unseen.hits[:, 0] >= 0).all()


def between_two(deviation: float) -> TrainingSet:
    """Two things and four that look like one of them; `deviation` is that of photos in the directions of the things."""
    rng = np.random.default_rng(11)
    things = np.eye(6, 64)
    things[2:] = 0.8 * things[rng.integers(0, 2, 4)] + 0.2 * things[2:]
    deviations = np.array([deviation] * 32 + [0.12] * 32)
    rows = np.concatenate([thing + deviations * rng.normal(size=(40, 64)) for thing in things])
    return training_set_of(unit_rows(rows.astype(np.float32)), labels_of(6, 40))


def gains_of(result: CrossValidation) -> tuple[float, float]:
    """Gains of what was learned and of what was not."""
    gain, change = (float(np.nanmean(part.mmp5_after - part.mmp5_before)) for part in (result.held_out, result.unseen))
    return gain, change


def test_a_head_has_less_weight_where_it_would_harm_unseen_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    training_set, far = between_two(0.1), World(0).far_away()
    gain, change = gains_of(cross_validated(training_set, far))
    for module in (trial, weight_selection):
        monkeypatch.setattr(module, "CURVES", CURVES[-1:])
    boldest_gain, harm = gains_of(cross_validated(training_set, far))
    assert harm < -0.1
    assert change > -0.02
    assert gain > 0.9 * boldest_gain > 0


def test_and_more_where_it_does_them_good() -> None:
    result = cross_validated(between_two(0.02), World(0).far_away())
    assert min(gains_of(result)) > 0.3
    assert result.weighting in CURVES[-3:]


def test_albums_that_were_held_out_whole_are_no_candidates_for_what_was_learned(splits: list[Split]) -> None:
    """Training on nonsense, too, draws what it saw nearer than what it did not see, which looked like a gain."""
    rows = np.repeat(np.eye(5, 64, dtype=np.float32), 10, axis=0)  # albums 0 and 1 look the same, 2 and 3, ...
    training_set = replace(training_set_of(rows, labels_of(10, 5)), groups=np.arange(50))
    held_out = cross_validated(training_set, World(0).far_away(), replace(QUICK, epochs=1)).held_out
    held_out_classes = np.repeat(
        [split.held_out_classes for split in splits[:5]], [len(split.test) for split in splits[:5]], axis=0
    )
    album = training_set.membership[held_out.photos].argmax(axis=1)
    twin_is_unseen = held_out_classes[np.arange(len(album)), album ^ 1]
    freed = twin_is_unseen & ~held_out.is_unseen
    assert freed.any()
    for precision in (held_out.mmp5_before, held_out.mmp5_after, held_out.p1_before, held_out.p1_after):
        assert (precision[freed] == 1).all()
        assert precision[~twin_is_unseen].mean() < 0.8


def test_albums_of_one_scene_each_leave_nothing_to_test_with() -> None:
    for things in (2, 3):
        rows = np.repeat(World(0).photos(0, things), 4, axis=0)
        training_set = training_set_of(rows, labels_of(things, 4))
        result = cross_validate(training_set, library_context(rows, World(0).far_away()), QUICK, silent)
        if things == 2:
            assert result is None  # without one of them there are no two classes
        else:
            assert result is not None
            acceptance = decide_acceptance(training_set, result, seed=1)
            assert not acceptance.accepted
            assert acceptance.reason.outcome == "no queries"
            assert all(test.after is None for test in acceptance.tests)


def test_a_loss_that_needs_three_albums_is_not_tried_with_two() -> None:
    world = World(0, things=2)
    training_set = training_set_of(world.albums(6), labels_of(2, 6))
    library = library_context(training_set.features, world.far_away())
    assert cross_validate(training_set, library, replace(QUICK, loss="adacos"), silent) is None
    assert cross_validate(training_set, library, QUICK, silent) is not None


def test_the_same_test_comes_out_the_same() -> None:
    world = World(4)
    training_set, far = training_set_of(world.albums(6), labels_of(10, 6)), world.far_away()
    one, same = (cross_validated(training_set, far) for _ in range(2))
    for field in fields(QueryOutcomes):
        np.testing.assert_array_equal(getattr(one.held_out, field.name), getattr(same.held_out, field.name))
        np.testing.assert_array_equal(getattr(one.unseen, field.name), getattr(same.unseen, field.name))
    assert (one.weighting, one.learning_curve, one.agreement) == (same.weighting, same.learning_curve, same.agreement)


def test_what_trainings_do_without_torch_is_done_while_it_loads_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(4, things=3)  # a fold, one album after another, and smaller parts
    training_set = training_set_of(world.albums(6), labels_of(3, 6))
    library = library_context(training_set.features, world.far_away())
    steps: list[str] = []

    def start_and_note(*of: Any) -> WithinClassSpace:
        steps.append("start")
        return start_of(*of)

    def train_and_note(*of: Any) -> Projection:
        steps.append("train" if of[-1] is None else "go on")
        return train(*of)

    monkeypatch.setattr(cross_validation, "start_of", start_and_note)
    monkeypatch.setattr(trainer, "train", train_and_note)
    expected = cross_validate(training_set, library, QUICK, silent)
    trainings = len(steps)
    assert steps == ["train"] * trainings

    def ahead(loading: list[bool]) -> CrossValidation | None:
        steps.clear()
        return cross_validate(training_set, library, QUICK, silent, partial(loading.pop, 0))

    for loading, starts in (([True, True, False], 2), ([True] * trainings, 3)):
        result = ahead(loading)
        assert steps == ["start"] * starts + ["go on"] * starts + ["train"] * (trainings - starts)
        assert expected is not None
        assert result is not None
        assert (result.learning_curve, result.weighting) == (expected.learning_curve, expected.weighting)
        for field in fields(QueryOutcomes):
            np.testing.assert_array_equal(getattr(result.held_out, field.name), getattr(expected.held_out, field.name))


def test_progress_is_reported_and_it_ends_when_the_callback_raises() -> None:
    world = World(4, things=3)
    training_set = training_set_of(world.albums(6), labels_of(3, 6))
    library = library_context(training_set.features, world.far_away())
    reported: list[float] = []
    cross_validate(training_set, library, QUICK, reported.append)
    assert 0 == reported[0] < max(reported) < 1

    def stop(done: float) -> None:
        if done > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        cross_validate(training_set, library, QUICK, stop)


@pytest.mark.parametrize("count", [0, 1, 10, 11])
def test_a_library_with_few_photos_beside_the_albums_or_none_is_tested_too(count: int) -> None:
    world = World(6, things=4)
    training_set = training_set_of(world.albums(6), labels_of(4, 6))
    result = cross_validated(training_set, world.far_away(count))
    assert (result.agreement is None) == (count <= 10)
    assert result.agreement is None or 0 <= result.agreement <= 1
    assert decide_acceptance(training_set, result, seed=1).after.unlabelled == result.agreement


def test_photos_in_several_albums_are_relevant_to_all_of_them() -> None:
    world = World(7, things=4)
    rows = world.albums(10)
    plain = training_set_of(rows, labels_of(4, 10))
    membership = np.concatenate([plain.membership, plain.membership[:, :2].any(axis=1, keepdims=True)], axis=1)
    training_set = replace(
        plain, names=(*plain.names, "both"), membership=membership, refused=np.zeros_like(membership)
    )
    held_out = cross_validated(training_set, world.far_away()).held_out
    for photo, nearest, right in zip(held_out.photos, held_out.hits, held_out.is_relevant, strict=True):
        there = nearest >= 0
        np.testing.assert_array_equal(right[there], (membership[nearest[there]] & membership[photo]).any(axis=1))
    acceptance = decide_acceptance(training_set, CrossValidation(held_out, held_out, CURVES[0], 1.0, ()), seed=1)
    assert {test.album for test in acceptance.tests} == set(training_set.names)


# --- weights


def test_the_share_is_that_of_the_twenty_nearest() -> None:
    similarity = np.concatenate([np.ones((1, 20)), np.zeros((1, 20))], axis=1).astype(np.float32)

    def share(trained: int, each: NDArray[np.float32] | None = None) -> float:
        return float(trained_on_shares(similarity, np.arange(40) < trained, each)[0])

    assert share(0) == 0
    assert share(3) == pytest.approx(0.15)
    assert share(20) == share(40) == 1
    crowded = np.where(np.arange(40) < 4, 1, 4).astype(np.float32)
    assert share(4, crowded) == pytest.approx(4 / 68)
    similarity[0, :18] = -np.inf
    assert share(19) == pytest.approx(1 / 20)  # of those that are neighbours at all
    similarity[0, 20:] = -np.inf
    assert share(19) == pytest.approx(1 / 2)
    similarity[0] = -np.inf
    assert share(40) == 0


def test_scores_are_the_blend_of_both_cosines() -> None:
    rng = np.random.default_rng(0)
    photos = PairedEmbeddings(*(unit_rows(rng.normal(size=(9, size)).astype(np.float32)) for size in (5, 3)))
    weights = np.array([0, 0.25, 1], np.float32)
    scores = photos.scores(photos.subset(np.arange(3))).fused(weights)
    for row, weight in enumerate(weights):
        general, personal = photos.general[row] @ photos.general.T, photos.personal[row] @ photos.personal.T
        np.testing.assert_allclose(scores[row], (1 - weight) * general + weight * personal, atol=1e-6)


def test_the_hits_that_are_kept_are_those_that_count() -> None:
    """An album that was held out whole cannot be what photos of a learned one are confused with."""
    world = World(8, things=12)
    result = cross_validated(training_set_of(world.albums(8), labels_of(12, 8)), world.far_away(30))
    held_out = result.held_out
    matched = ~np.isnan(held_out.mmp5_after)
    assert held_out.is_unseen.any()
    np.testing.assert_array_equal(held_out.is_relevant[matched, 0], held_out.p1_after[matched] == 1)


def test_of_an_album_of_which_a_part_is_learned_each_photo_stands_for_several() -> None:
    """Otherwise the share of neighbours that were trained on would be smaller in the test than in the library."""
    world = World(12, things=2)
    training_set = training_set_of(world.photos(0, 40), labels_of(2, 20))
    unlabelled = world.photos(0, 160)
    shares = []
    for each in (None, np.full(40, 4, np.float32)):
        library = replace(library_context(training_set.features, unlabelled), labelled_weights=each)
        split = Split(np.arange(40), np.arange(0), np.zeros(2, bool))
        one = Trial(TrialContext(training_set, library), split, train(training_set, library.statistics, QUICK))
        shares.append(one.outcomes(np.arange(40), WeightCurve(1.0, 1.0)).is_personal.mean())
    assert shares[0] < shares[1] - 0.2


@pytest.mark.parametrize(("count", "batch_size"), [(0, 512), (7, 512), (160, 512), (160, 7)])
def test_the_share_that_a_trial_goes_by_is_that_among_all_photos(
    count: int, batch_size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "BATCH_SIZE", batch_size)
    world = World(12, things=2)
    training_set, unlabelled = training_set_of(world.photos(0, 40), labels_of(2, 20)), world.photos(0, 160)[:count]
    library = library_context(training_set.features, unlabelled)
    learned, tested = np.arange(0, 40, 2), np.arange(1, 40, 2)
    split = Split(learned, tested, np.zeros(2, bool))
    one = Trial(
        TrialContext(training_set, library), split, train(training_set.subset(learned), library.statistics, QUICK)
    )
    general = library.general.apply(np.concatenate([training_set.features[learned], unlabelled]))
    similarity = library.general.apply(training_set.features[tested]) @ general.T
    similarity[:, :20][training_set.groups[tested][:, np.newaxis] == training_set.groups[learned]] = -np.inf
    expected = trained_on_shares(similarity, np.arange(len(general)) < 20)
    np.testing.assert_allclose(one.gains(tested).shares, expected, atol=1e-6)


def test_an_album_whose_photos_are_all_in_another_one_cannot_be_held_out(splits: list[Split]) -> None:
    world = World(13, things=3)
    plain = training_set_of(world.albums(8), labels_of(3, 8))
    membership = np.concatenate([plain.membership, plain.membership.any(axis=1, keepdims=True)], axis=1)
    training_set = replace(plain, names=(*plain.names, "all"), membership=membership, refused=np.zeros_like(membership))
    result = cross_validated(training_set, world.far_away())
    assert len(result.unseen.photos) == 0
    assert not any(split.held_out_classes.any() for split in splits)
