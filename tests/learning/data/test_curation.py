"""From albums to a training set: what is left out, what is capped, and for which album a photo in several counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.domain import PHOTOS_TO_LEARN
from guie_desktop.learned import TooFewPhotos
from guie_desktop.learning.data import curation
from guie_desktop.learning.data.curation import (
    MAX_PHOTOS_PER_CLASS,
    MAX_TRAINING_PHOTOS,
    TrainingSet,
    cap_classes,
    make_training_set,
)

KEYS = st.lists(st.integers(1, 30), max_size=12)


def features(count: int = 600) -> dict[int, np.ndarray]:
    rows = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    return dict(enumerate(rows / np.linalg.norm(rows, axis=1, keepdims=True), start=1))


def members(training_set: TrainingSet) -> dict[str, set[int]]:
    return {
        name: set(training_set.keys[training_set.membership[:, n]].tolist())
        for n, name in enumerate(training_set.names)
    }


def refused(training_set: TrainingSet) -> dict[str, set[int]]:
    return {
        name: set(training_set.keys[training_set.refused[:, n]].tolist()) for n, name in enumerate(training_set.names)
    }


def test_albums_with_fewer_than_three_photos_are_left_out_with_the_reason() -> None:
    training_set = make_training_set({"two": [1, 2], "three": [3, 4, 5], "none": [], "one": [6, 6, 6]}, {}, features())
    assert training_set.names == ("three",)
    assert dict(training_set.left_out) == {
        "two": TooFewPhotos(2),
        "none": TooFewPhotos(0),
        "one": TooFewPhotos(1),
    }


def test_of_a_large_album_a_part_is_learned_chosen_by_the_seed_alone() -> None:
    albums = {"large": range(1, MAX_PHOTOS_PER_CLASS + 101), "small": [501, 502, 503]}
    one, same, other = (cap_classes(albums, seed) for seed in (1, 1, 2))
    assert len(set(one["large"]) & set(albums["large"])) == MAX_PHOTOS_PER_CLASS
    assert one == same
    assert one["large"] != other["large"]
    assert one["small"] == [501, 502, 503]


def test_of_many_large_albums_less_is_learned_and_small_ones_stay_whole() -> None:
    albums = {str(number): range(number * 400, number * 400 + 390) for number in range(100)} | {"small": [1, 2, 3]}
    sizes = {name: len(ids) for name, ids in cap_classes(albums, 1).items()}
    assert MAX_TRAINING_PHOTOS - 101 < sum(sizes.values()) <= MAX_TRAINING_PHOTOS
    assert sizes.pop("small") == 3
    assert len(set(sizes.values())) == 1


def test_photos_without_a_feature_are_passed_over() -> None:
    training_set = make_training_set({"a": [1, 2, 3, 999], "b": [4, 5, 888]}, {"a": [777, 6]}, features())
    assert members(training_set) == {"a": {1, 2, 3}}
    assert refused(training_set) == {"a": {6}}


def test_what_is_refused_is_in_the_training_set_though_in_no_album() -> None:
    albums = {"a": [1, 2, 3], "b": [4, 5, 6]}
    training_set = make_training_set(albums, {"a": [4, 7], "b": [7], "gone": [8]}, features())
    assert refused(training_set) == {"a": {4, 7}, "b": {7}}
    assert training_set.keys[training_set.in_albums].tolist() == [1, 2, 3, 4, 5, 6]
    assert 8 not in training_set.keys


def test_a_copy_that_is_both_in_an_album_and_refused_for_it_belongs() -> None:
    training_set = make_training_set({"a": [1, 2, 3], "b": [4, 5, 6]}, {"a": [1, 4]}, features())
    assert refused(training_set)["a"] == {4}


@given(st.dictionaries(st.sampled_from("abcdef"), KEYS), st.dictionaries(st.sampled_from("abcdef"), KEYS))
def test_the_labels_are_those_of_the_albums(albums: dict[str, list[int]], refusals: dict[str, list[int]]) -> None:
    training_set = make_training_set(albums, refusals, features(25))
    known = {name: {key for key in keys if key <= 25} for name, keys in albums.items()}
    assert members(training_set) == {name: keys for name, keys in known.items() if len(keys) >= PHOTOS_TO_LEARN}
    assert {name for name, _ in training_set.left_out} == set(albums) - set(training_set.names)
    assert not (training_set.membership & training_set.refused).any()
    assert (
        len(set(training_set.keys.tolist()))
        == len(training_set.keys)
        == len(training_set.features)
        == len(training_set.groups)
    )
    assert (training_set.membership.any(axis=1) | training_set.refused.any(axis=1)).all()


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.integers(1, 12), min_size=3), min_size=1), st.data())
def test_parts_of_most_specific_are_disjoint_and_there_is_one_wherever_two_photos_share_an_album(
    albums: dict[str, set[int]], data: st.DataObject
) -> None:
    whole = make_training_set({name: sorted(keys) for name, keys in albums.items()}, {}, features(12))
    # What is held out may leave an album with a single photo.
    kept = data.draw(st.lists(st.integers(0, len(whole.keys) - 1), unique=True))
    training_set = whole.subset(np.array(kept, np.int64))
    parts = training_set.most_specific()
    together = np.concatenate([*parts, np.empty(0, np.int64)])
    assert len(together) == len(set(together.tolist()))
    assert all(len(part) >= 2 and training_set.membership[part].all(axis=0).any() for part in parts)
    assert bool(parts) == bool((training_set.membership.sum(axis=0) >= 2).any())


def test_a_photo_in_two_albums_counts_for_the_smaller_one() -> None:
    training_set = make_training_set({"all": [1, 2, 3, 4, 5, 6], "few": [1, 2, 3]}, {}, features())
    assert [set(training_set.keys[part]) for part in training_set.most_specific()] == [{4, 5, 6}, {1, 2, 3}]


def test_without_an_album_it_is_as_if_nobody_had_made_it() -> None:
    training_set = make_training_set({"a": [1, 2, 3], "b": [3, 4, 5]}, {"a": [4], "b": [6]}, features())
    rest = training_set.without(np.array([False, True]))
    assert members(rest) == {"a": {1, 2, 3}, "b": set()}
    assert refused(rest) == {"a": {4}, "b": set()}
    np.testing.assert_array_equal(rest.features, training_set.features)


def test_the_cap_is_of_photos_and_not_of_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curation, "MAX_PHOTOS_PER_CLASS", 3)
    chosen = cap_classes({"a": [1, 1, 1, 2, 3], "b": [4, 5, 6, 7]}, 1)
    assert chosen["a"] == [1, 2, 3]
    assert len(chosen["b"]) == 3


def test_albums_can_be_trained_from_two_photos_on_and_have_photos_of_their_own() -> None:
    training_set = make_training_set({"a": [1, 2, 3], "b": [3, 4, 5]}, {}, features())
    own = training_set.exclusive_to(np.array([True, False]))
    assert set(training_set.keys[own]) == {1, 2}
    assert training_set.trainable_classes == 2
    assert training_set.subset(own[:1]).trainable_classes == 0
