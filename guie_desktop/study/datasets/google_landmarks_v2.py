"""Google Landmarks v2: sights all over the world."""

from collections.abc import Iterator
from pathlib import Path

from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.layout import part
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import Row, csv_rows, plain_rows
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """All that train_clean.csv names, or else train.csv; the photo 0123….jpg is train/0/1/2/0123….jpg.

    train_clean.csv (landmark_id, images) and train.csv (id, url, landmark_id) are those of
    https://github.com/cvdfoundation/google-landmark; Kaggle's landmark-recognition-2021 has train.csv (id,
    landmark_id), which is the clean part already, and which the study uses (UniFEx, src/datasets/google_landmark.py).
    """
    expected = "train_clean.csv [landmark_id, images] / train.csv [id, landmark_id], train/0/…/f/"
    table = part(photos.root, photos.dataset, expected, "train_clean.csv", "train.csv")
    folder = str(part(photos.root, photos.dataset, expected, "train", "images/train"))
    for row, name, landmark in _clean(table) if table.name == "train_clean.csv" else _all(table):
        if len(name) < 3 or not name.isalnum():
            raise row.wrong(Sentence("“{name}” is no photo of the set", name=name))
        yield from photos.take(f"{folder}/{name[0]}/{name[1]}/{name[2]}/{name}.jpg", landmark)


def _all(table: Path) -> Iterator[tuple[Row, str, str]]:
    for row in csv_rows(table, ("id", "landmark_id")):
        yield row, row.text("id"), row.whole_number("landmark_id")


def _clean(table: Path) -> Iterator[tuple[Row, str, str]]:
    # Without quotes, and with rows that are longer than Python's csv takes.
    for row in plain_rows(table, ("landmark_id", "images"), separator=","):
        landmark = row.whole_number("landmark_id")
        for name in row.text("images").split():
            yield row, name, landmark
