"""Stanford Cars, refined by the study's author: a class is a model in a colour."""

import re
from collections.abc import Iterator

from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.layout import part
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import csv_rows
from guie_desktop.study.sample import Sample

_MODEL_AND_COLOUR = re.compile(r"[0-9]+_[0-9]+")


def read(photos: Photos) -> Iterator[Sample]:
    """All that refined_train.csv (x1, y1, x2, y2, Class, image, Probability) names; "14_8" is model 14 in colour 8.

    The table is data/refined_train.csv of https://github.com/morrisfl/stanford_cars_refined, to be laid beside the
    photos of Stanford Cars; Kaggle has these in cars_train/cars_train/.
    """
    expected = "refined_train.csv [Class, image], cars_train/"
    names = ("refined_train.csv", "data/refined_train.csv", "sc_refined_train.csv")
    table = part(photos.root, photos.dataset, expected, *names)
    folder = str(part(photos.root, photos.dataset, expected, "cars_train/cars_train", "cars_train"))
    for row in csv_rows(table, ("Class", "image")):
        label = row.text("Class")
        if not _MODEL_AND_COLOUR.fullmatch(label):
            raise row.wrong(Sentence("“{label}” is no model and colour", label=label))
        yield from photos.take(row.path("image", folder), label)
