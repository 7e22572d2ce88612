"""The right pixels reach the network: the views that a card names, of upright pictures of any size."""

import dataclasses
import math
import pickle
from typing import Any

import numpy as np
from PIL import Image

from guie_desktop.embedding.assets import DEFAULT_MODEL, USUAL_ENLARGEMENT, list_cards, load_card
from guie_desktop.embedding.parts import PARTS
from guie_desktop.embedding.view_preparation import ViewPreparation


def preparation(*views: str, **changes: Any) -> ViewPreparation:
    usual = {"largest_enlargement": USUAL_ENLARGEMENT, **changes}
    return ViewPreparation.of(dataclasses.replace(load_card(DEFAULT_MODEL), views=views, **usual))


def test_the_whole_view_is_squashed_with_all_its_edges() -> None:
    wide = Image.new("RGB", (800, 100), "black")
    wide.paste((255, 0, 0), (0, 0, 400, 100))
    (squashed,) = preparation("whole").prepare(wide)
    assert tuple(squashed[130, 10]) == (255, 0, 0)
    assert tuple(squashed[130, -10]) == (0, 0, 0)
    assert (squashed[:, :120, 0] > 250).all()
    assert (squashed[:, 140:, 0] < 5).all()


def test_the_centre_view_leaves_the_rim_out_and_mirrored_views_swap_sides() -> None:
    picture = Image.new("RGB", (400, 400), "white")
    picture.paste((255, 0, 0), (100, 100, 200, 300))
    picture.paste((0, 0, 255), (200, 100, 300, 300))
    centre, mirrored, whole = preparation("centre-50", "centre-50-mirrored", "whole").prepare(picture)
    assert tuple(centre[130, 5]) == (255, 0, 0)
    np.testing.assert_array_equal(mirrored, centre[:, ::-1])
    assert tuple(whole[5, 5]) == (255, 255, 255)


def test_the_smallest_side_fills_the_tightest_view_but_for_a_little_enlarging() -> None:
    assert preparation("whole").smallest_side == math.ceil(260 / 1.15)
    assert preparation("whole", "centre-50").smallest_side == math.ceil(520 / 1.15)


def test_a_card_may_have_views_enlarged_so_that_less_is_decoded() -> None:
    views = ("whole", "centre-70-mirrored", "centre-60")
    assert preparation(*views).smallest_side == 377  # 4000 x 3000 pixels come at a quarter
    assert preparation(*views, largest_enlargement=1.16).smallest_side <= 3000 / 8


def test_other_modes_are_read_as_rgb() -> None:
    grey = preparation("whole").prepare(Image.new("L", (9, 9), 77))
    assert (grey == 77).all()


def test_where_the_shortest_side_counts_the_centred_square_is_seen() -> None:
    wide = Image.new("RGB", (400, 200), "black")
    wide.paste((255, 0, 0), (100, 0, 300, 200))
    (seen,) = preparation("whole", resize_mode="shortest").prepare(wide)
    assert (seen[:, 4:-4] == (255, 0, 0)).all()  # as in torchvision, the filter reaches beyond the crop


def test_every_card_can_be_handed_to_another_process() -> None:
    for card in list_cards():
        made = ViewPreparation.of(card)
        assert pickle.loads(pickle.dumps(made)) == made


def test_the_parts_of_a_photo_are_views_of_the_same_network() -> None:
    whole = preparation("whole")
    parts = whole.of_parts()
    assert dataclasses.replace(parts, views=whole.views) == whole
    assert len(parts.prepare(Image.new("RGB", (90, 60), "white"))) == len(PARTS)
