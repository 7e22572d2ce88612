"""Variants on features that are made up: the same splits and queries for all, measured as `evaluate` would."""

import numpy as np
import pytest

from guie_desktop.embedding.projection import unit_rows
from guie_desktop.learning.ablation.runner import AblationRunner
from guie_desktop.learning.ablation.splits import LabelledPhotos, make_splits
from guie_desktop.learning.ablation.variants import Variant, VariantResult, backbone_variants
from guie_desktop.learning.data.curation import MAX_PHOTOS_PER_CLASS
from guie_desktop.learning.data.near_duplicates import near_duplicate_groups
from guie_desktop.learning.testing.evaluation import evaluate

RAW, OURS = Variant("one", "raw"), Variant("one", "ours", "arcface")


def some_photos(labels: int = 5, each: int = 12, gallery_size: int | None = None, scenes: int = 0) -> LabelledPhotos:
    """Photos of labels taking turns; `scenes` makes them near-duplicates by so many."""
    rng = np.random.default_rng(4)
    count = labels * each
    membership = np.eye(labels, dtype=bool)[np.arange(count) % labels]
    own = membership @ rng.normal(size=(labels, 40))
    rows = own + rng.normal(size=(count, 6)) @ rng.normal(size=(6, 40))
    if scenes:
        rows = np.repeat(rows[: count // scenes], scenes, axis=0) + 0.01 * rng.normal(size=rows.shape)
        membership = np.repeat(membership[: count // scenes], scenes, axis=0)
    names = tuple(f"label {number}" for number in range(labels))
    features = {"one": unit_rows(rows.astype(np.float32))}
    return LabelledPhotos(names, membership, count if gallery_size is None else gallery_size, features)


def results(labelled: LabelledPhotos, *variants: Variant, seeds: int = 1) -> tuple[VariantResult, ...]:
    runner = AblationRunner(labelled, seeds)
    runner.run(variants, lambda _: None)
    return runner.results(variants)


def test_near_duplicates_are_never_torn_apart_and_each_is_a_query_once() -> None:
    photos = some_photos(each=24, scenes=4)
    groups = near_duplicate_groups(photos.features["one"])
    splits = make_splits(photos, photos.training_set("one"), groups)
    for split in splits:
        assert set(groups[split.queries]).isdisjoint(groups[split.gallery])
    np.testing.assert_array_equal(np.sort(np.concatenate([split.queries for split in splits])), np.arange(120))


def test_queries_are_neither_trained_on_nor_searched() -> None:
    photos = some_photos(gallery_size=40)
    [split] = make_splits(photos, photos.training_set("one"), np.arange(60))
    np.testing.assert_array_equal(split.gallery, np.arange(40))
    np.testing.assert_array_equal(split.queries, np.arange(40, 60))
    assert split.training_part(photos.training_set("one")).keys.max() < 40


def test_of_a_large_label_only_some_are_trained_on_and_all_are_searched() -> None:
    photos = some_photos(labels=3, each=MAX_PHOTOS_PER_CLASS + 50, gallery_size=3 * MAX_PHOTOS_PER_CLASS + 100)
    training_set = photos.training_set("one")
    assert training_set.membership.sum(axis=0).tolist() == [MAX_PHOTOS_PER_CLASS] * 3
    [split] = make_splits(photos, training_set, np.arange(len(photos.membership)))
    assert len(split.gallery) == 3 * MAX_PHOTOS_PER_CLASS + 100


def test_with_two_labels_there_is_no_split() -> None:
    photos = some_photos(labels=2)
    assert make_splits(photos, photos.training_set("one"), np.arange(24)) == []
    assert AblationRunner(photos, 1).queries == 0


def test_raw_features_score_as_evaluate_says() -> None:
    photos = some_photos(gallery_size=40)
    [raw] = results(photos, RAW)
    rows, labels = photos.features["one"], photos.membership.argmax(axis=1).astype(str).tolist()
    score = evaluate(lambda some: rows[40:][some] @ rows[:40].T, labels[:40], labels[40:])
    assert (raw.mmp5.mean, raw.p1.mean) == pytest.approx((score.mmp5, score.p1))
    assert (raw.seeds, raw.seed_std, raw.paired_difference, raw.dimension) == (0, 0.0, None, 40)


def test_seeds_are_averaged_and_the_first_is_what_others_are_compared_with() -> None:
    photos = some_photos(gallery_size=40)
    adacos = Variant("one", "ours", "adacos")
    raw, ours, other = results(photos, RAW, OURS, adacos, seeds=3)
    assert (ours.seeds, ours.paired_difference) == (3, None)
    assert ours.mmp5.mean > raw.mmp5.mean
    assert other.paired_difference is not None
    assert other.paired_difference.mean == pytest.approx(other.mmp5.mean - ours.mmp5.mean, abs=1e-6)
    assert results(photos, RAW, OURS, adacos, seeds=3) == (raw, ours, other)


def test_progress_is_reported() -> None:
    reported: list[float] = []
    runner = AblationRunner(some_photos(), 2)
    runner.run([*backbone_variants(["one"]), OURS, OURS], reported.append)
    assert reported == sorted(reported)
    assert reported[-1] == 1
