"""H&M Personalized Fashion: garments of a shop; a class is a product in all its colours."""

from collections.abc import Iterator

from guie_desktop.study.reading.layout import part
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import csv_rows
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """All articles of articles.csv (article_id, product_code, …); that of 0108775015 is images/010/0108775015.jpg.

    As Kaggle's h-and-m-personalized-fashion-recommendations unpacks, and as the study reads it (UniFEx,
    src/datasets/hm_personalised_fashion.py). Some articles have no photo, and count as missing.
    """
    expected = "articles.csv [article_id, product_code], images/"
    table = part(photos.root, photos.dataset, expected, "articles.csv")
    folder = str(part(photos.root, photos.dataset, expected, "images"))
    for row in csv_rows(table, ("article_id", "product_code")):
        article = row.whole_number("article_id")
        yield from photos.take(f"{folder}/{article[:3]}/{article}.jpg", row.whole_number("product_code"))
