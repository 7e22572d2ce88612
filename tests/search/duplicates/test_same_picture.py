"""Copies of a picture are recognised, however they were made; other pictures of the same thing are not."""

import numpy as np
import pytest
from PIL import Image

from guie_desktop.search.duplicates.alignment import TURNS, Placement, align, turned
from guie_desktop.search.duplicates.fingerprints import fingerprints, flatness
from guie_desktop.search.duplicates.same_picture import CLOSE_SIDE, SIDE, SmallPictures, surely_same
from tests.search.duplicates.copies import COPIES, PHOTOS, cropped, dated, moved, page, scene, squares

SCENES = range(len(PHOTOS))


def are_same(one: Image.Image, other: Image.Image) -> bool:
    """What the search says of two pictures."""
    likeness = SmallPictures(squares([one, other], SIDE)).likely_same(np.array([[0, 1]]))
    if not len(likeness.pairs):
        return False
    close = squares([one, other], CLOSE_SIDE).astype(np.float32)
    return bool(surely_same(likeness, close[:1], close[1:])[0])


@pytest.mark.parametrize("kind", COPIES)
def test_copies_are_recognised_from_either_side(kind: str) -> None:
    for number in SCENES:
        one, other = scene(number), COPIES[kind](scene(number))
        assert are_same(one, other), (kind, number)
        assert are_same(other, one), (kind, number)


def test_a_date_in_the_corner_makes_no_other_picture() -> None:
    assert all(are_same(scene(number), dated(scene(number))) for number in range(3))


def test_other_pictures_are_none() -> None:
    assert not any(are_same(scene(one), scene(other)) for one in SCENES for other in SCENES if one < other)


def test_what_has_changed_in_the_middle_is_no_copy() -> None:
    assert not any(are_same(scene(number), moved(scene(number))) for number in SCENES)


def test_pages_of_other_words_are_no_copies_and_the_same_page_is() -> None:
    for number in range(6):
        assert not are_same(page(number), page(number + 1))
        assert are_same(page(number), page(number).resize((200, 266)))


def test_a_detail_is_no_copy() -> None:
    assert not any(are_same(scene(number), cropped(scene(number), 0.3, 0.3, 0.3, 0.3)) for number in SCENES)


def test_no_pairs_are_no_likeness() -> None:
    assert not len(SmallPictures(squares([scene(0)], SIDE)).likely_same(np.empty((0, 2), np.int64)).pairs)


def test_fingerprints_are_those_of_the_turned_and_mirrored_picture() -> None:
    pictures = squares([scene(number) for number in SCENES], SIDE)
    own = fingerprints(pictures)
    for turn in range(TURNS):
        others = fingerprints(np.ascontiguousarray(turned(pictures.astype(np.float32), turn)).astype(np.uint8))
        np.testing.assert_allclose(own, others, atol=1e-4)
    alike = own @ own.T - np.eye(len(own))
    assert alike.max() < 0.97
    np.testing.assert_allclose(np.linalg.norm(own, axis=1), 1, atol=1e-5)


def test_a_picture_of_nothing_is_flat() -> None:
    plain = squares([Image.new("RGB", (300, 200), "#8899aa"), scene(0)], SIDE)
    assert flatness(plain)[0] == 0
    assert flatness(plain)[1] > 10


def test_a_part_is_placed_where_it_was_cut_out() -> None:
    image = scene(2)
    whole = squares([image], 64).astype(np.float32)
    part = squares([cropped(image, 0.06, 0.02, 0.0, 0.08)], 64).astype(np.float32)
    found = align(whole, part, Placement.all_of_it(1), ((16, 8), (32, 8), (64, 8)))
    np.testing.assert_allclose(found.numbers[0], [0.94, 0.06, 0.90, -0.06], atol=0.01)
    assert found.overhang[0] < 0.01
    np.testing.assert_allclose(found.inverse.inverse.numbers, found.numbers, atol=1e-5)
