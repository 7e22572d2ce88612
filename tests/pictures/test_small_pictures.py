"""Small pictures look like the large ones that they are made of."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from guie_desktop.pictures.small_pictures import make_thumbnail
from tests.drawing import KINDS, draw_scene


@pytest.mark.parametrize("kind", KINDS)
def test_a_tile_looks_as_if_it_were_made_of_all_pixels(kind: str) -> None:
    large = draw_scene(kind, 7, (1000, 750))
    careful = np.asarray(large.resize((320, 240), Image.Resampling.LANCZOS).convert("L"), np.float64)
    with Image.open(BytesIO(make_thumbnail(large))) as tile:
        assert tile.size == (320, 240)
        difference = np.asarray(tile.convert("L"), np.float64) - careful
    assert np.abs(difference).mean() < 1.5


def test_nothing_is_enlarged() -> None:
    with Image.open(BytesIO(make_thumbnail(Image.new("RGB", (200, 90))))) as tile:
        assert tile.size == (200, 90)
