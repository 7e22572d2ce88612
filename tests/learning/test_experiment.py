"""Contenders on features that are made up: divided honestly, asked alike, and measured as `evaluate` would."""

import numpy as np
import pytest

from guie_desktop.embedding.head import unit_rows
from guie_desktop.learning.contenders import Contender, Measured, backbone_contenders
from guie_desktop.learning.courses import Labelled, courses_of
from guie_desktop.learning.curation import MOST_PHOTOS
from guie_desktop.learning.evaluation import evaluate
from guie_desktop.learning.experiment import Experiment
from guie_desktop.learning.near_duplicates import near_duplicate_groups

RAW, OURS = Contender("one", "raw"), Contender("one", "ours", "arcface")


def some_photos(labels: int = 5, each: int = 12, searched: int | None = None, scenes: int = 0) -> Labelled:
    """Photos of labels taking turns; `scenes` makes them near-duplicates by so many."""
    chance = np.random.default_rng(4)
    count = labels * each
    belongs = np.eye(labels, dtype=bool)[np.arange(count) % labels]
    own = belongs @ chance.normal(size=(labels, 40))
    rows = own + chance.normal(size=(count, 6)) @ chance.normal(size=(6, 40))
    if scenes:
        rows = np.repeat(rows[: count // scenes], scenes, axis=0) + 0.01 * chance.normal(size=rows.shape)
        belongs = np.repeat(belongs[: count // scenes], scenes, axis=0)
    names = tuple(f"label {number}" for number in range(labels))
    features = {"one": unit_rows(rows.astype(np.float32))}
    return Labelled(names, belongs, count if searched is None else searched, features)


def figures(labelled: Labelled, *contenders: Contender, seeds: int = 1) -> tuple[Measured, ...]:
    experiment = Experiment(labelled, seeds)
    experiment.carry_out(contenders, lambda _: None)
    return experiment.figures(contenders)


def test_near_duplicates_are_never_torn_apart_and_each_is_asked_for_once() -> None:
    photos = some_photos(each=24, scenes=4)
    groups = near_duplicate_groups(photos.features["one"])
    courses = courses_of(photos, photos.lessons("one"), groups)
    for course in courses:
        assert set(groups[course.asked]).isdisjoint(groups[course.searched])
    np.testing.assert_array_equal(np.sort(np.concatenate([course.asked for course in courses])), np.arange(120))


def test_photos_to_ask_for_are_neither_learned_nor_searched() -> None:
    photos = some_photos(searched=40)
    [course] = courses_of(photos, photos.lessons("one"), np.arange(60))
    np.testing.assert_array_equal(course.searched, np.arange(40))
    np.testing.assert_array_equal(course.asked, np.arange(40, 60))
    assert course.taught(photos.lessons("one")).keys.max() < 40


def test_of_a_large_label_only_some_are_learned_and_all_are_searched() -> None:
    photos = some_photos(labels=3, each=MOST_PHOTOS + 50, searched=3 * MOST_PHOTOS + 100)
    lessons = photos.lessons("one")
    assert lessons.belongs.sum(axis=0).tolist() == [MOST_PHOTOS] * 3
    [course] = courses_of(photos, lessons, np.arange(len(photos.belongs)))
    assert len(course.searched) == 3 * MOST_PHOTOS + 100


def test_with_two_labels_there_is_no_course() -> None:
    photos = some_photos(labels=2)
    assert courses_of(photos, photos.lessons("one"), np.arange(24)) == []
    assert Experiment(photos, 1).queries == 0


def test_raw_features_score_as_evaluate_says() -> None:
    photos = some_photos(searched=40)
    [raw] = figures(photos, RAW)
    rows, labels = photos.features["one"], photos.belongs.argmax(axis=1).astype(str).tolist()
    score = evaluate(lambda some: rows[40:][some] @ rows[:40].T, labels[:40], labels[40:])
    assert (raw.mmp5.mean, raw.p1.mean) == pytest.approx((score.mmp5, score.p1))
    assert (raw.seeds, raw.spread, raw.ahead, raw.dimension) == (0, 0.0, None, 40)


def test_seeds_are_averaged_and_the_first_is_what_others_are_compared_with() -> None:
    photos = some_photos(searched=40)
    adacos = Contender("one", "ours", "adacos")
    raw, ours, other = figures(photos, RAW, OURS, adacos, seeds=3)
    assert (ours.seeds, ours.ahead) == (3, None)
    assert ours.mmp5.mean > raw.mmp5.mean
    assert other.ahead is not None
    assert other.ahead.mean == pytest.approx(other.mmp5.mean - ours.mmp5.mean, abs=1e-6)
    assert figures(photos, RAW, OURS, adacos, seeds=3) == (raw, ours, other)


def test_it_tells_how_far_it_is() -> None:
    told: list[float] = []
    experiment = Experiment(some_photos(), 2)
    experiment.carry_out([*backbone_contenders(["one"]), OURS, OURS], told.append)
    assert told == sorted(told)
    assert told[-1] == 1
