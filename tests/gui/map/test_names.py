"""What parts of the map are called."""

import numpy as np

from guie_desktop.gui.map.names import Label, Naming, labels
from guie_desktop.gui.map.plane import Points

MIDDLES = ((0.0, 0.0), (40.0, 0.0), (0.0, 40.0))


def groups(each: int = 50) -> Points:
    """Three round groups."""
    chance = np.random.default_rng(1)
    return np.concatenate([chance.normal(middle, 1.0, (each, 2)) for middle in MIDDLES]).astype(np.float32)


def naming(names: list[str], bearers: list[range], *, least: float = 0.5, weight: float = 1.0) -> Naming:
    rows = np.concatenate([np.array(some, np.int64) for some in bearers])
    which = np.concatenate([np.full(len(some), number) for number, some in enumerate(bearers)])
    return Naming(names, rows, which, least, weight)


def said(found: tuple[Label, ...]) -> dict[str, tuple[int, int]]:
    return {label.words: (round(label.x / 40), round(label.y / 40)) for label in found}


def test_each_group_has_the_name_that_most_of_it_bears() -> None:
    bears = naming(["cats", "dogs", "all"], [range(45), range(50, 100), range(150)])
    found = labels(groups(), [bears], apart=20)
    assert said(found) == {"cats": (0, 0), "dogs": (1, 0)}
    assert [label.photos for label in found] == sorted((label.photos for label in found), reverse=True)


def test_a_name_that_says_little_is_left_out() -> None:
    few = naming(["rare"], [range(10)])
    assert labels(groups(), [few], apart=20) == ()
    everywhere = naming(["everything"], [range(150)])
    assert labels(groups(), [everywhere], apart=20) == ()
    assert labels(groups(1)[:2], [few], apart=20) == ()
    assert labels(groups(), [naming([], [range(0)])], apart=20) == ()


def test_what_the_user_called_them_counts_more() -> None:
    folder = naming(["IMPORT"], [range(50)])
    album = naming(["Holidays"], [range(46)], weight=2.0)
    assert set(said(labels(groups(), [folder, album], apart=20))) == {"Holidays"}


def test_from_afar_groups_have_a_name_together() -> None:
    points = np.concatenate([groups(), groups() + np.float32(400)])
    bears = naming(["cats", "animals"], [range(45), range(150)])
    assert set(said(labels(points, [bears], apart=400))) == {"animals"}
    assert "cats" in said(labels(points, [bears], apart=20))
