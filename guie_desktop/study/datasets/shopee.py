"""Shopee: offers on a market in the internet, grouped by what is offered."""

from collections.abc import Iterator

from guie_desktop.study.reading.layout import part
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import csv_rows
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """All that train.csv (posting_id, image, image_phash, title, label_group) names in train_images/.

    As Kaggle's shopee-product-matching unpacks, and as the study reads it (UniFEx, src/datasets/shopee.py). One photo
    may be in several offers: the first counts.
    """
    expected = "train.csv [image, label_group], train_images/"
    table = part(photos.root, photos.dataset, expected, "train.csv")
    folder = str(part(photos.root, photos.dataset, expected, "train_images"))
    for row in csv_rows(table, ("image", "label_group")):
        yield from photos.take(row.path("image", folder), row.whole_number("label_group"))
