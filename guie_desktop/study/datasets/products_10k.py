"""Products-10k: things that a shop sells, of which each class is one item."""

from collections.abc import Iterator

from guie_desktop.study.reading.layout import part
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import csv_rows
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """All that train.csv (name, class, group) names in train/, as https://products-10k.github.io unpacks.

    The study trains on these (UniFEx, src/datasets/products10k.py). The test photos are of the same classes, so they
    cannot be held out, and are not read.
    """
    expected = "train.csv [name, class, group], train/"
    table = part(photos.root, photos.dataset, expected, "train.csv")
    folder = str(part(photos.root, photos.dataset, expected, "train"))
    for row in csv_rows(table, ("name", "class")):
        yield from photos.take(row.path("name", folder), row.whole_number("class"))
