"""The honest test: what is learned is found on held-out photos, what is not there is not, and nothing leaks."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from guie_desktop.embedding.head import Floats, unit_rows
from guie_desktop.embedding.weight_curve import CURVES, WeightCurve
from guie_desktop.learning import exam, trial, weighing
from guie_desktop.learning.candidates import Candidates, taught_shares
from guie_desktop.learning.curation import Lessons
from guie_desktop.learning.exam import Exam, examine
from guie_desktop.learning.judgement import judge
from guie_desktop.learning.projection import Projection
from guie_desktop.learning.recipe import Recipe
from guie_desktop.learning.trainer import one_thread, train
from guie_desktop.learning.trial import Asked, Fold, Trial, TrialRoom
from tests.learning.worlds import QUICK, World, labels_of, lessons_of, surroundings


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    with one_thread():
        yield


def silent(_done: float) -> None:
    pass


def examined(lessons: Lessons, unlabelled: Floats, recipe: Recipe = QUICK) -> Exam:
    rows = lessons.rows[lessons.is_in_album]
    result = examine(lessons, surroundings(rows, unlabelled), recipe, silent)
    assert result is not None
    return result


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[Fold]:
    """All folds that a test tries."""
    tried: list[Fold] = []

    class Noted(Trial):
        def __init__(self, room: TrialRoom, fold: Fold, projection: Projection) -> None:
            tried.append(fold)
            super().__init__(room, fold, projection)

    monkeypatch.setattr(exam, "Trial", Noted)
    return tried


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> list[Lessons]:
    """All lessons that a test trains with."""
    seen: list[Lessons] = []

    def train_and_note(lessons: Lessons, *others: Any) -> Projection:
        from guie_desktop.learning.trainer import train

        seen.append(lessons)
        return train(lessons, *others)

    monkeypatch.setattr(exam, "train", train_and_note)
    return seen


# --- known answers


def test_weak_directions_under_strong_ones_are_found() -> None:
    world = World(0)
    lessons = lessons_of(world.albums(12), labels_of(10, 12))
    judgement = judge(lessons, examined(lessons, world.far_away()), seed=1)
    assert judgement.before.mmp5 < 0.4
    assert judgement.after.mmp5 > 0.7
    assert judgement.accepted
    assert "better" in judgement.reason


def test_what_is_found_grows_with_what_was_learned() -> None:
    world = World(0)
    lessons = lessons_of(world.albums(12), labels_of(10, 12))
    (few, low), (more, middle), (most, high) = examined(lessons, world.far_away()).curve
    assert few < more < most < 120
    assert low < middle < high


def test_photos_of_another_domain_keep_their_ranking() -> None:
    world = World(1)
    lessons = lessons_of(world.albums(12), labels_of(10, 12))
    assert examined(lessons, world.far_away()).agreement == 1.0


def test_photos_among_the_albums_do_not_keep_it() -> None:
    world = World(1)
    lessons = lessons_of(world.albums(12), labels_of(10, 12))
    assert examined(lessons, world.albums(2)).agreement < 0.9


def shuffled(seed: int, things: int = 8, photos: int = 12) -> tuple[Lessons, World]:
    world = World(seed, things)
    labels = world.chance.permutation(labels_of(things, photos))
    return lessons_of(world.albums(photos), labels), world


@pytest.mark.parametrize("seed", range(4))
def test_shuffled_labels_are_refused_with_a_reason(seed: int) -> None:
    lessons, world = shuffled(seed)
    judgement = judge(lessons, examined(lessons, world.far_away()), seed=1)
    assert not judgement.accepted
    assert "no better" in judgement.reason or "worse" in judgement.reason


def test_scenes_that_were_torn_apart_among_albums_teach_nothing() -> None:
    """If near-duplicates of queries were learned or could be found, all of this would be right."""
    chance = np.random.default_rng(3)
    scenes = unit_rows(chance.normal(size=(48, 64)).astype(np.float32))
    rows = unit_rows(np.repeat(scenes, 4, axis=0) + 0.02 * chance.normal(size=(192, 64)).astype(np.float32))
    lessons = lessons_of(rows, np.repeat(chance.permutation(labels_of(6, 8)), 4))
    assert len(set(lessons.groups)) == 48
    judgement = judge(lessons, examined(lessons, World(0).far_away()), seed=1)
    assert judgement.before.mmp5 < 0.5
    assert judgement.after.mmp5 < 0.5
    assert not judgement.accepted


# --- honesty


@pytest.mark.parametrize("photos", [6, 80, 160])
def test_nothing_that_is_asked_for_was_learned_nor_a_near_duplicate_of_it(
    photos: int, folds: list[Fold], taught: list[Lessons]
) -> None:
    world = World(5)
    rows = world.albums(photos)
    copies = unit_rows(rows[::3] + 0.001 * world.photos(0, len(rows[::3])))  # those in no album are "not this"
    every = np.concatenate([rows, copies])
    labels = np.concatenate([labels_of(10, photos), np.full(len(copies), -1)])
    refusals = {f"album {n}": list(range(len(rows) + 1 + n, len(every) + 1, 10)) for n in range(10)}
    lessons = lessons_of(every, labels, refusals)
    examined(lessons, world.far_away(), replace(QUICK, epochs=1))
    assert len(folds) == len(taught)
    asked = [set(fold.tested.tolist()) for fold in folds[: {6: 5, 80: 2, 160: 1}[photos]]]
    assert sum(map(len, asked)) == len(set.union(*asked))
    assert set.union(*asked) <= set(lessons.in_albums)
    if photos == 6:
        assert set.union(*asked) == set(lessons.in_albums)  # of few photos, every one is asked for
    for fold, seen in zip(folds, taught, strict=True):
        assert set(lessons.groups[fold.learned]).isdisjoint(lessons.groups[fold.tested])
        assert set(seen.keys).isdisjoint(lessons.keys[fold.tested])
        assert not seen.belongs[:, fold.strangers].any()
        assert not seen.refused[:, fold.strangers].any()
        strangers = lessons.is_in_album & ~lessons.without(fold.strangers).is_in_album
        assert set(seen.groups).isdisjoint(lessons.groups[strangers])
    assert any(seen.refused.any() for seen in taught)


def test_some_albums_are_held_out_whole_where_there_are_enough(folds: list[Fold]) -> None:
    world = World(2)
    lessons = lessons_of(world.albums(5), labels_of(10, 5))
    asked = examined(lessons, world.far_away(), replace(QUICK, epochs=1)).asked
    strangers = np.array([fold.strangers for fold in folds[:5]])
    assert (strangers.sum(axis=0) == 1).all()
    assert asked.is_stranger.sum() > 0


def test_few_albums_are_held_out_whole_in_trials_of_their_own(folds: list[Fold]) -> None:
    world = World(2, things=7)
    lessons = lessons_of(world.albums(5), labels_of(7, 5))
    result = examined(lessons, world.far_away(), replace(QUICK, epochs=1))
    assert not result.asked.is_stranger.any()
    assert result.strange.is_stranger.all()
    assert not any(fold.strangers.any() for fold in folds[:5])
    strangers = np.array([fold.strangers for fold in folds[5:12]])
    assert (strangers == np.eye(7, dtype=bool)).all()
    assert sorted(result.strange.photos) == list(range(35))


def test_without_a_third_album_none_is_held_out_whole() -> None:
    world = World(2, things=2)
    result = examined(lessons_of(world.albums(8), labels_of(2, 8)), world.far_away())
    assert len(result.strange.photos) == 0
    assert judge(lessons_of(world.albums(8), labels_of(2, 8)), result, seed=1).after.mmp5 > 0.5


def test_albums_that_were_held_out_whole_are_asked_for_among_all_but_their_own_scenes() -> None:
    world = World(9, things=9)
    rows = world.albums(6)
    every = np.concatenate([rows, unit_rows(rows + 0.001 * world.photos(0, len(rows)))])
    lessons = lessons_of(every, np.tile(labels_of(9, 6), 2))
    strange = examined(lessons, world.far_away()).strange
    for photo, nearest, score in zip(strange.photos, strange.nearest, strange.personal_scores, strict=True):
        assert lessons.groups[photo] not in lessons.groups[nearest[nearest >= 0]]
        assert (score < 0.99).all()
    assert len(strange.photos) == len(lessons.keys)
    assert (strange.nearest[:, 0] >= 0).all()


def between_two(spread: float) -> Lessons:
    """Two things and four that look like one of them, photographed with this spread in the directions that tell."""
    chance = np.random.default_rng(11)
    things = np.eye(6, 64)
    things[2:] = 0.8 * things[chance.integers(0, 2, 4)] + 0.2 * things[2:]
    spreads = np.array([spread] * 32 + [0.12] * 32)
    rows = np.concatenate([thing + spreads * chance.normal(size=(40, 64)) for thing in things])
    return lessons_of(unit_rows(rows.astype(np.float32)), labels_of(6, 40))


def fared(result: Exam) -> tuple[float, float]:
    """Gains of what was learned and of what was not."""
    gain, change = (float(np.nanmean(part.after - part.before)) for part in (result.asked, result.strange))
    return gain, change


def test_a_head_gets_less_of_a_say_where_it_would_harm_what_it_has_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons, far = between_two(0.1), World(0).far_away()
    gain, change = fared(examined(lessons, far))
    for module in (trial, weighing):
        monkeypatch.setattr(module, "CURVES", CURVES[-1:])
    boldest_gain, harm = fared(examined(lessons, far))
    assert harm < -0.1
    assert change > -0.02
    assert gain > 0.9 * boldest_gain > 0


def test_and_more_where_it_does_them_good() -> None:
    result = examined(between_two(0.02), World(0).far_away())
    assert min(fared(result)) > 0.3
    assert result.weighting in CURVES[-3:]


def test_albums_that_were_held_out_whole_are_no_candidates_for_what_was_learned(folds: list[Fold]) -> None:
    """Training on nonsense, too, draws what it saw nearer than what it did not see, which looked like a gain."""
    rows = np.repeat(np.eye(5, 64, dtype=np.float32), 10, axis=0)  # albums 0 and 1 look the same, 2 and 3, ...
    lessons = replace(lessons_of(rows, labels_of(10, 5)), groups=np.arange(50))
    asked = examined(lessons, World(0).far_away(), replace(QUICK, epochs=1)).asked
    strangers = np.repeat([fold.strangers for fold in folds[:5]], [len(fold.tested) for fold in folds[:5]], axis=0)
    album = lessons.belongs[asked.photos].argmax(axis=1)
    twin_is_strange = strangers[np.arange(len(album)), album ^ 1]
    freed = twin_is_strange & ~asked.is_stranger
    assert freed.any()
    for precision in (asked.before, asked.after, asked.first_before, asked.first_after):
        assert (precision[freed] == 1).all()
        assert precision[~twin_is_strange].mean() < 0.8


def test_albums_of_one_scene_each_leave_nothing_to_test_with() -> None:
    for things in (2, 3):
        rows = np.repeat(World(0).photos(0, things), 4, axis=0)
        lessons = lessons_of(rows, labels_of(things, 4))
        result = examine(lessons, surroundings(rows, World(0).far_away()), QUICK, silent)
        if things == 2:
            assert result is None  # without one of them there is nothing to tell apart
        else:
            assert result is not None
            judgement = judge(lessons, result, seed=1)
            assert not judgement.accepted
            assert "nothing to test with" in judgement.reason
            assert all(test.after is None for test in judgement.tests)


def test_a_loss_that_needs_three_albums_is_not_tried_with_two() -> None:
    world = World(0, things=2)
    lessons = lessons_of(world.albums(6), labels_of(2, 6))
    around = surroundings(lessons.rows, world.far_away())
    assert examine(lessons, around, replace(QUICK, loss="adacos"), silent) is None
    assert examine(lessons, around, QUICK, silent) is not None


def test_the_same_test_comes_out_the_same() -> None:
    world = World(4)
    lessons, far = lessons_of(world.albums(6), labels_of(10, 6)), world.far_away()
    one, same = (examined(lessons, far) for _ in range(2))
    for field in fields(Asked):
        np.testing.assert_array_equal(getattr(one.asked, field.name), getattr(same.asked, field.name))
        np.testing.assert_array_equal(getattr(one.strange, field.name), getattr(same.strange, field.name))
    assert (one.weighting, one.curve, one.agreement) == (same.weighting, same.curve, same.agreement)


def test_it_tells_how_far_it_is_and_ends_when_that_raises() -> None:
    world = World(4, things=3)
    lessons = lessons_of(world.albums(6), labels_of(3, 6))
    around = surroundings(lessons.rows, world.far_away())
    told: list[float] = []
    examine(lessons, around, QUICK, told.append)
    assert 0 == told[0] < max(told) < 1

    def stop(done: float) -> None:
        if done > 0.5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        examine(lessons, around, QUICK, stop)


@pytest.mark.parametrize("count", [0, 1, 10, 11])
def test_a_library_with_few_photos_beside_the_albums_or_none_is_tested_too(count: int) -> None:
    world = World(6, things=4)
    lessons = lessons_of(world.albums(6), labels_of(4, 6))
    result = examined(lessons, world.far_away(count))
    assert (result.agreement is None) == (count <= 10)
    assert result.agreement is None or 0 <= result.agreement <= 1
    assert judge(lessons, result, seed=1).after.unlabelled == result.agreement


def test_photos_in_several_albums_are_asked_for_in_all_of_them() -> None:
    world = World(7, things=4)
    rows = world.albums(10)
    plain = lessons_of(rows, labels_of(4, 10))
    belongs = np.concatenate([plain.belongs, plain.belongs[:, :2].any(axis=1, keepdims=True)], axis=1)
    lessons = replace(plain, names=(*plain.names, "both"), belongs=belongs, refused=np.zeros_like(belongs))
    asked = examined(lessons, world.far_away()).asked
    for photo, nearest, right in zip(asked.photos, asked.nearest, asked.right, strict=True):
        there = nearest >= 0
        np.testing.assert_array_equal(right[there], (belongs[nearest[there]] & belongs[photo]).any(axis=1))
    judgement = judge(lessons, Exam(asked, asked, CURVES[0], 1.0, ()), seed=1)
    assert {test.album for test in judgement.tests} == set(lessons.names)


# --- weights


def test_the_share_is_that_of_the_twenty_nearest() -> None:
    likeness = np.concatenate([np.ones((1, 20)), np.zeros((1, 20))], axis=1).astype(np.float32)

    def share(taught: int, each: NDArray[np.float32] | None = None) -> float:
        return float(taught_shares(likeness, np.arange(40) < taught, each)[0])

    assert share(0) == 0
    assert share(3) == pytest.approx(0.15)
    assert share(20) == share(40) == 1
    crowded = np.where(np.arange(40) < 4, 1, 4).astype(np.float32)
    assert share(4, crowded) == pytest.approx(4 / 68)
    likeness[0, :18] = -np.inf
    assert share(19) == pytest.approx(1 / 20)  # of those that are neighbours at all
    likeness[0, 20:] = -np.inf
    assert share(19) == pytest.approx(1 / 2)
    likeness[0] = -np.inf
    assert share(40) == 0


def test_scores_are_the_blend_of_both_cosines() -> None:
    chance = np.random.default_rng(0)
    photos = Candidates(*(unit_rows(chance.normal(size=(9, size)).astype(np.float32)) for size in (5, 3)))
    weights = np.array([0, 0.25, 1], np.float32)
    scores = photos.scores(photos.only(np.arange(3))).blended(weights)
    for row, weight in enumerate(weights):
        general, personal = photos.general[row] @ photos.general.T, photos.personal[row] @ photos.personal.T
        np.testing.assert_allclose(scores[row], (1 - weight) * general + weight * personal, atol=1e-6)


def test_the_hits_that_are_told_of_are_those_that_count() -> None:
    """An album that was held out whole cannot be what photos of a learned one are confused with."""
    world = World(8, things=12)
    result = examined(lessons_of(world.albums(8), labels_of(12, 8)), world.far_away(30))
    asked = result.asked
    judged = ~np.isnan(asked.after)
    assert asked.is_stranger.any()
    np.testing.assert_array_equal(asked.right[judged, 0], asked.first_after[judged] == 1)


def test_of_an_album_of_which_a_part_is_learned_each_photo_stands_for_several() -> None:
    """Otherwise the share of neighbours that were taught would be smaller in the test than in the library."""
    world = World(12, things=2)
    lessons = lessons_of(world.photos(0, 40), labels_of(2, 20))
    unlabelled = world.photos(0, 160)
    shares = []
    for each in (None, np.full(40, 4, np.float32)):
        around = replace(surroundings(lessons.rows, unlabelled), lessons_stand_for=each)
        fold = Fold(np.arange(40), np.arange(0), np.zeros(2, bool))
        one = Trial(TrialRoom(lessons, around), fold, train(lessons, around.geometry, QUICK))
        shares.append(one.ask(np.arange(40), WeightCurve(1.0, 1.0)).is_personal.mean())
    assert shares[0] < shares[1] - 0.2


@pytest.mark.parametrize("count", [0, 7, 160])
def test_the_share_that_a_trial_goes_by_is_that_among_all_photos(count: int) -> None:
    world = World(12, things=2)
    lessons, unlabelled = lessons_of(world.photos(0, 40), labels_of(2, 20)), world.photos(0, 160)[:count]
    around = surroundings(lessons.rows, unlabelled)
    learned, tested = np.arange(0, 40, 2), np.arange(1, 40, 2)
    fold = Fold(learned, tested, np.zeros(2, bool))
    one = Trial(TrialRoom(lessons, around), fold, train(lessons.only(learned), around.geometry, QUICK))
    general = around.general.apply(np.concatenate([lessons.rows[learned], unlabelled]))
    likeness = around.general.apply(lessons.rows[tested]) @ general.T
    likeness[:, :20][lessons.groups[tested][:, np.newaxis] == lessons.groups[learned]] = -np.inf
    expected = taught_shares(likeness, np.arange(len(general)) < 20)
    np.testing.assert_allclose(one.gains(tested).shares, expected, atol=1e-6)


def test_an_album_whose_photos_are_all_in_another_one_cannot_be_held_out(folds: list[Fold]) -> None:
    world = World(13, things=3)
    plain = lessons_of(world.albums(8), labels_of(3, 8))
    belongs = np.concatenate([plain.belongs, plain.belongs.any(axis=1, keepdims=True)], axis=1)
    lessons = replace(plain, names=(*plain.names, "all"), belongs=belongs, refused=np.zeros_like(belongs))
    result = examined(lessons, world.far_away())
    assert len(result.strange.photos) == 0
    assert not any(fold.strangers.any() for fold in folds)
