"""What the page of a shared library says of what was found."""

from pathlib import Path

import pytest

from guie_desktop.asking import Hit
from guie_desktop.gui.shared.wording import found


@pytest.mark.parametrize(
    ("alike", "others", "said"),
    [
        (0, 0, "Nothing was found that is like a cup."),
        (0, 3, "Nothing here is like a cup; what comes nearest is shown."),
        (1, 0, "The photo most like a cup"),
        (3, 0, "The 3 photos most like a cup"),
        (1, 2, "1 look-alike of a cup"),
        (2, 2, "2 look-alikes of a cup"),
    ],
)
def test_it_is_told_how_many_are_alike(alike: int, others: int, said: str) -> None:
    hits = [Hit(rank, rank, (Path("a.jpg"),), 0.5, similar=rank < alike) for rank in range(alike + others)]
    assert found(hits, "a cup") == said
