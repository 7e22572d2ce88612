"""Fashion200k: garments of a shop, each with a few views."""

from collections.abc import Iterator

from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.layout import other_layout, part
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import plain_rows
from guie_desktop.study.sample import Sample

_COLUMNS = ("path", "score", "description")


def read(photos: Photos) -> Iterator[Sample]:
    """All that labels/dress_train_detect_all.txt and its four like name: path, score and description, apart by tabs.

    The class is the product, which is the folder of its photos: 51727804 of
    women/dresses/casual_and_day_dresses/51727804/51727804_0.jpeg. The layout is that of
    https://github.com/xthan/fashion-200k. The study reads the same through a table of its own that is not published
    (UniFEx, src/datasets/fashion200k.py), whose "img_id" is taken to be the product.
    """
    expected = "labels/dress_train_detect_all.txt, …, women/"
    labels = part(photos.root, photos.dataset, expected, "labels")
    folder = str(part(photos.root, photos.dataset, expected, "women").parent)
    tables = sorted(labels.glob("*_train_detect_all.txt"))
    if not tables:
        raise other_layout(photos.root, photos.dataset, expected)
    for table in tables:
        for row in plain_rows(table, _COLUMNS, has_header=False, separator="\t"):
            parts = row.text("path").split("/")
            if len(parts) < 3:
                raise row.wrong(Sentence("“{path}” is in no product's folder", path=row.text("path")))
            yield from photos.take(row.path("path", folder), parts[-2])
