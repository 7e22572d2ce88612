"""A tile's picture is opaque, has the photo's colours, and round corners."""

import io

from PIL import Image

from guie_desktop.gui.photos.fitted_picture import fitted
from guie_desktop.gui.photos.picture_cache import TileBox
from tests.gui.photos.made_up import photo_of


def test_it_is_seen_whole_but_for_its_corners() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), (200, 30, 40)).save(buffer, "JPEG", quality=95)
    picture = fitted(buffer.getvalue(), photo_of(1), TileBox(150, 100, 1.0))
    assert picture is not None
    seen = [picture.pixelColor(x, y) for x in range(10, 140, 7) for y in range(10, 90, 7)]
    assert {colour.alpha() for colour in seen} == {255}
    assert all(abs(colour.red() - 200) < 4 and abs(colour.blue() - 40) < 4 for colour in seen)
    assert picture.pixelColor(0, 0).alpha() < 50
