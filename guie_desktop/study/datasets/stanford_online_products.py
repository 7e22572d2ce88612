"""Stanford Online Products: offers on eBay, each a class."""

from collections import Counter
from collections.abc import Iterator

from guie_desktop.study.reading.layout import part
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import plain_rows
from guie_desktop.study.sample import Sample

_COLUMNS = ("image_id", "class_id", "super_class_id", "path")


def read(photos: Photos) -> Iterator[Sample]:
    """What Ebay_train.txt names, to train on, and what Ebay_test.txt names, as index and queries in turn.

    The layout is that of https://cvgl.stanford.edu/projects/lifted_struct. The study reads the first table alone
    (UniFEx, src/datasets/stanford_products.py). In UnED each test photo asks for all others; here a photo is either
    asked for or found, so of a class the first is in the index, the second a query, and so on.
    """
    expected = "Ebay_train.txt, Ebay_test.txt [image_id class_id super_class_id path], bicycle_final/, …"
    train = part(photos.root, photos.dataset, expected, "Ebay_train.txt")
    test = part(photos.root, photos.dataset, expected, "Ebay_test.txt")
    folder = str(photos.root)
    for row in plain_rows(train, _COLUMNS):
        yield from photos.take(row.path("path", folder), row.whole_number("class_id"), "train")
    seen: Counter[str] = Counter()
    for row in plain_rows(test, _COLUMNS):
        label = row.whole_number("class_id")
        for sample in photos.take(row.path("path", folder), label, "query" if seen[label] % 2 else "index"):
            seen[label] += 1
            yield sample
