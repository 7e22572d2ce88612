"""The picture: as large as its bars want, and each bar as long as its value."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from guie_desktop.cli.bar_chart import Bar, Panel, draw_chart

RED, BLUE = (200, 30, 30), (30, 30, 200)
COLOURS = {"one": RED, "two": BLUE}


def drawn(*bars: Bar, groups: int = 1) -> Image.Image:
    return draw_chart([Panel("Title", "mMP@5", [(f"group {n}", bars) for n in range(groups)])], COLOURS, ["A note."])


def widest_run(picture: Image.Image, colour: Sequence[int]) -> int:
    """Pixels of a colour in the row that has most of them."""
    return int((np.asarray(picture) == colour).all(axis=2).sum(axis=1).max())


def test_a_bar_is_as_long_as_its_value() -> None:
    half, whole = (widest_run(drawn(Bar("one", value, value, value)), RED) for value in (0.5, 1.0))
    assert abs(whole - 2 * half) <= 2


def test_another_number_gives_another_picture() -> None:
    one = drawn(Bar("one", 0.5, 0.4, 0.6))
    for other in (Bar("one", 0.51, 0.4, 0.6), Bar("one", 0.5, 0.41, 0.6), Bar("one", 0.5, 0.4, 0.61)):
        assert drawn(other).size == one.size
        assert drawn(other).tobytes() != one.tobytes()
    assert drawn(Bar("one", 0.5, 0.4, 0.6)).tobytes() == one.tobytes()


def test_series_keep_their_colours_and_groups_their_room() -> None:
    bars = Bar("one", 0.7, 0.6, 0.8), Bar("two", 0.3, 0.2, 0.4)
    picture = drawn(*bars)
    assert widest_run(picture, RED) > widest_run(picture, BLUE) > 100
    assert drawn(*bars, groups=5).height > drawn(*bars, groups=2).height > picture.height
    assert drawn(*bars, groups=5).width == picture.width


def test_the_margin_stays_empty() -> None:
    bars = [Bar(series, 1.0, 0.9, 1.0) for series in COLOURS]
    edge = np.asarray(drawn(*bars, groups=3))
    for strip in (edge[:20], edge[-20:], edge[:, :20], edge[:, -20:]):
        assert (strip == 255).all()
