"""From albums to lessons: what is left out, what is capped, and what a photo in several albums teaches."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.domain import PHOTOS_TO_LEARN
from guie_desktop.learning import curation
from guie_desktop.learning.curation import MOST_IN_ALL, MOST_PHOTOS, Lessons, capped, make_lessons

KEYS = st.lists(st.integers(1, 30), max_size=12)


def features(count: int = 600) -> dict[int, np.ndarray]:
    rows = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    return dict(enumerate(rows / np.linalg.norm(rows, axis=1, keepdims=True), start=1))


def members(lessons: Lessons) -> dict[str, set[int]]:
    return {name: set(lessons.keys[lessons.belongs[:, n]].tolist()) for n, name in enumerate(lessons.names)}


def refused(lessons: Lessons) -> dict[str, set[int]]:
    return {name: set(lessons.keys[lessons.refused[:, n]].tolist()) for n, name in enumerate(lessons.names)}


def test_albums_with_fewer_than_three_photos_are_left_out_and_said_so() -> None:
    lessons = make_lessons({"two": [1, 2], "three": [3, 4, 5], "none": [], "one": [6, 6, 6]}, {}, features())
    assert lessons.names == ("three",)
    assert dict(lessons.left_out) == {
        "two": "It has 2 photos; put 1 more into it.",
        "none": "It has 0 photos; put 3 more into it.",
        "one": "It has 1 photo; put 2 more into it.",
    }


def test_of_a_large_album_a_part_is_learned_chosen_by_the_seed_alone() -> None:
    albums = {"large": range(1, MOST_PHOTOS + 101), "small": [501, 502, 503]}
    one, same, other = (capped(albums, seed) for seed in (1, 1, 2))
    assert len(set(one["large"]) & set(albums["large"])) == MOST_PHOTOS
    assert one == same
    assert one["large"] != other["large"]
    assert one["small"] == [501, 502, 503]


def test_of_many_large_albums_less_is_learned_and_small_ones_stay_whole() -> None:
    albums = {str(number): range(number * 400, number * 400 + 390) for number in range(100)} | {"small": [1, 2, 3]}
    sizes = {name: len(ids) for name, ids in capped(albums, 1).items()}
    assert MOST_IN_ALL - 101 < sum(sizes.values()) <= MOST_IN_ALL
    assert sizes.pop("small") == 3
    assert len(set(sizes.values())) == 1


def test_photos_without_a_feature_are_passed_over() -> None:
    lessons = make_lessons({"a": [1, 2, 3, 999], "b": [4, 5, 888]}, {"a": [777, 6]}, features())
    assert members(lessons) == {"a": {1, 2, 3}}
    assert refused(lessons) == {"a": {6}}


def test_what_is_refused_is_a_lesson_though_in_no_album() -> None:
    albums = {"a": [1, 2, 3], "b": [4, 5, 6]}
    lessons = make_lessons(albums, {"a": [4, 7], "b": [7], "gone": [8]}, features())
    assert refused(lessons) == {"a": {4, 7}, "b": {7}}
    assert lessons.keys[lessons.in_albums].tolist() == [1, 2, 3, 4, 5, 6]
    assert 8 not in lessons.keys


def test_a_copy_that_is_both_in_an_album_and_refused_for_it_belongs() -> None:
    lessons = make_lessons({"a": [1, 2, 3], "b": [4, 5, 6]}, {"a": [1, 4]}, features())
    assert refused(lessons)["a"] == {4}


@given(st.dictionaries(st.sampled_from("abcdef"), KEYS), st.dictionaries(st.sampled_from("abcdef"), KEYS))
def test_lessons_say_what_the_albums_say(albums: dict[str, list[int]], refusals: dict[str, list[int]]) -> None:
    lessons = make_lessons(albums, refusals, features(25))
    known = {name: {key for key in keys if key <= 25} for name, keys in albums.items()}
    assert members(lessons) == {name: keys for name, keys in known.items() if len(keys) >= PHOTOS_TO_LEARN}
    assert {name for name, _ in lessons.left_out} == set(albums) - set(lessons.names)
    assert not (lessons.belongs & lessons.refused).any()
    assert len(set(lessons.keys.tolist())) == len(lessons.keys) == len(lessons.rows) == len(lessons.groups)
    assert (lessons.belongs.any(axis=1) | lessons.refused.any(axis=1)).all()


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.integers(1, 12), min_size=3), min_size=1), st.data())
def test_parts_of_most_specific_are_disjoint_and_there_is_one_wherever_two_photos_share_an_album(
    albums: dict[str, set[int]], data: st.DataObject
) -> None:
    whole = make_lessons({name: sorted(keys) for name, keys in albums.items()}, {}, features(12))
    # What is held out may leave an album with a single photo.
    kept = data.draw(st.lists(st.integers(0, len(whole.keys) - 1), unique=True))
    lessons = whole.only(np.array(kept, np.int64))
    parts = lessons.most_specific()
    together = np.concatenate([*parts, np.empty(0, np.int64)])
    assert len(together) == len(set(together.tolist()))
    assert all(len(part) >= 2 and lessons.belongs[part].all(axis=0).any() for part in parts)
    assert bool(parts) == bool((lessons.belongs.sum(axis=0) >= 2).any())


def test_a_photo_in_two_albums_counts_for_the_smaller_one() -> None:
    lessons = make_lessons({"all": [1, 2, 3, 4, 5, 6], "few": [1, 2, 3]}, {}, features())
    assert [set(lessons.keys[part]) for part in lessons.most_specific()] == [{4, 5, 6}, {1, 2, 3}]


def test_without_an_album_it_is_as_if_nobody_had_made_it() -> None:
    lessons = make_lessons({"a": [1, 2, 3], "b": [3, 4, 5]}, {"a": [4], "b": [6]}, features())
    rest = lessons.without(np.array([False, True]))
    assert members(rest) == {"a": {1, 2, 3}, "b": set()}
    assert refused(rest) == {"a": {4}, "b": set()}
    np.testing.assert_array_equal(rest.rows, lessons.rows)


def test_the_cap_is_of_photos_and_not_of_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curation, "MOST_PHOTOS", 3)
    chosen = capped({"a": [1, 1, 1, 2, 3], "b": [4, 5, 6, 7]}, 1)
    assert chosen["a"] == [1, 2, 3]
    assert len(chosen["b"]) == 3
