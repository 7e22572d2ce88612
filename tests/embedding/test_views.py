"""Views are read from their names and cut what they say."""

import pytest

from guie_desktop.embedding.views import View


def test_names() -> None:
    assert View.named("whole") == View(1.0, mirrored=False)
    assert View.named("centre-76-mirrored") == View(0.76, mirrored=True)


@pytest.mark.parametrize("name", ["", "centre", "centre-0", "centre-100", "mirrored", "whole "])
def test_anything_else_is_no_view(name: str) -> None:
    with pytest.raises(ValueError, match="not a view"):
        View.named(name)


def test_the_box_lies_in_the_middle() -> None:
    assert View.named("whole").box(30, 20) == (0, 0, 30, 20)
    assert View.named("centre-50").box(40, 20) == (10, 5, 30, 15)
