"""Food-101: dishes of 101 kinds."""

from collections.abc import Iterator

from guie_desktop.study.reading.layout import part
from guie_desktop.study.reading.lists import damaged, read_json
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import Row
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """All that meta/test.json ({"apple_pie": ["apple_pie/1011328", …], …}) names in images/.

    The layout is that of https://data.vision.ee.ethz.ch/cvl/datasets_extra/food-101. The study trains on the test
    photos (UniFEx, src/datasets/food101.py), whose labels were cleaned, and not on the others, which are of the same
    classes.
    """
    expected = "meta/test.json, images/"
    table = part(photos.root, photos.dataset, expected, "meta/test.json")
    folder = str(part(photos.root, photos.dataset, expected, "images"))
    number = 0
    for label, names in read_json(table, dict).items():
        if not isinstance(names, list):
            raise damaged(table)
        for name in names:
            number += 1
            row = Row(table, number, {"photo": name, "class": label}, in_list=True)
            yield from photos.take(row.path("photo", folder, ".jpg"), row.text("class"))
