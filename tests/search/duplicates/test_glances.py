"""At a glance two pictures are as alike as they are at their best, in whichever way one of them is turned."""

import numpy as np
import pytest

from guie_desktop.search.duplicates.alignment import TURNS, reduced, turned
from guie_desktop.search.duplicates.glances import SIDE, Glances
from guie_desktop.search.duplicates.near_pairs import NO_PAIRS

PICTURES = np.random.default_rng(3).integers(0, 256, (6, 32, 32), np.uint8)
PAIRS = np.array([(one, other) for one in range(6) for other in range(6)])


def test_all_ways_to_turn_a_picture_are_compared_as_if_it_had_been_turned() -> None:
    small = reduced(PICTURES.astype(np.float32), SIDE)
    for turn, found in enumerate(Glances(PICTURES).alike(PAIRS).T):
        others = turned(small, turn)
        wanted = [np.corrcoef(small[one].ravel(), others[other].ravel())[0, 1] for one, other in PAIRS]
        np.testing.assert_allclose(found, wanted, atol=1e-5)


@pytest.mark.parametrize("turn", range(TURNS))
def test_the_likeliest_turn_is_the_one_that_undoes_what_was_done(turn: int) -> None:
    both = np.stack([turned(PICTURES[0], turn), PICTURES[0]])
    turns, alike = Glances(both).likeliest_turns(np.array([[0, 1]]), 2)
    assert turns[0, 0] == turn
    assert alike[0, 0] == pytest.approx(1, abs=1e-5)
    assert alike[0, 1] < 0.9


def test_a_flat_picture_is_like_nothing_and_no_pairs_are_no_glances() -> None:
    flat = Glances(np.full((2, 32, 32), 77, np.uint8))
    assert not flat.alike(np.array([[0, 1]])).any()
    assert flat.alike(NO_PAIRS).shape == (0, TURNS)
