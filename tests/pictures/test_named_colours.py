"""Small pictures are told by the colours that people would name in them."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from guie_desktop.asking import COLOURS, Colour
from guie_desktop.pictures import named_colours
from guie_desktop.pictures.named_colours import LEAST_SHARE, colours_in
from guie_desktop.pictures.small_pictures import make_thumbnail

NAMED: dict[str, Colour] = {
    # as everybody calls them, clear, light, dark and dull
    "crimson": "red",
    "firebrick": "red",
    "darkorange": "orange",
    "#e8862a": "orange",
    "gold": "yellow",
    "#f4e04d": "yellow",
    "forestgreen": "green",
    "olivedrab": "green",
    "lightgreen": "green",
    "teal": "teal",
    "turquoise": "teal",
    "royalblue": "blue",
    "skyblue": "blue",
    "navy": "blue",
    "rebeccapurple": "purple",
    "mediumorchid": "purple",
    "hotpink": "pink",
    "lightpink": "pink",
    "saddlebrown": "brown",
    "#5c3a21": "brown",
    "white": "white",
    "ivory": "white",
    "gray": "grey",
    "#a8a49c": "grey",
    "black": "black",
    "#1a1716": "black",
}


def jpeg(colour: str, rest: str = "", share: float = 1.0) -> bytes:
    image = Image.new("RGB", (200, 100), rest or colour)
    ImageDraw.Draw(image).rectangle((0, 0, round(200 * share) - 1, 100), colour)
    return make_thumbnail(image)


@pytest.mark.parametrize(("shade", "name"), NAMED.items())
def test_colours_are_called_as_people_call_them(shade: str, name: Colour) -> None:
    assert colours_in(jpeg(shade)) == {name: 100}


@settings(max_examples=30, deadline=None)
@given(st.floats(0.08, 0.92), st.permutations(["crimson", "gold", "forestgreen", "royalblue", "hotpink", "white"]))
def test_shares_are_those_of_the_picture(share: float, shades: list[str]) -> None:
    first, second = shades[:2]
    found = colours_in(jpeg(first, second, share))
    assert set(found) >= {NAMED[first], NAMED[second]}
    assert found[NAMED[first]] == pytest.approx(100 * share, abs=3)  # the edge between them is of neither


def test_each_step_has_the_name_of_the_centre_that_is_nearest_by_exact_numbers() -> None:
    names = named_colours._names()
    centres = [(name, bytes.fromhex(one)) for name, many in named_colours._CENTRES.items() for one in many.split()]
    assert tuple(named_colours._CENTRES) == COLOURS
    steps = (np.arange(len(names)) + 0.5) / len(names)
    asked = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 3)
    laid = [named_colours._oklab(one) for one in (asked, np.array([list(centre) for _, centre in centres]) / 255)]
    weighed = [one * (named_colours._LIGHTNESS, 1, 1) for one in laid]
    nearest = [((one - weighed[1]) ** 2).sum(axis=1).argmin() for one in weighed[0]]
    assert [COLOURS[place] for place in names.ravel()] == [centres[place][0] for place in nearest]


def test_what_is_hardly_there_is_not_named() -> None:
    assert set(colours_in(jpeg("crimson", "white", 0.02))) == {"white"}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 40))
def test_every_picture_shows_one_at_least(seed: int, width: int, height: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    found = colours_in(make_thumbnail(Image.fromarray(pixels)))
    assert found
    assert set(found) <= set(COLOURS)
    assert all(LEAST_SHARE <= share <= 100 for share in found.values())
    assert sum(found.values()) <= 100 + len(found)


def test_grey_pictures_have_no_hue_and_damaged_ones_nothing() -> None:
    grey = io.BytesIO()
    Image.linear_gradient("L").save(grey, "JPEG")
    assert set(colours_in(grey.getvalue())) == {"black", "grey", "white"}
    assert colours_in(grey.getvalue()[:100]) == {}
    assert colours_in(b"") == {}
