"""Food Recognition 2022: dishes as people photographed them for an app."""

from collections.abc import Iterator
from typing import Any

from guie_desktop.study.reading.layout import first_there, part
from guie_desktop.study.reading.lists import entries, read_json
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import csv_rows
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """What the study cut out of the photos, where that is there, or else the photos that show one food alone.

    The set is published by https://www.aicrowd.com/challenges/food-recognition-benchmark-2022 as annotations.json
    (COCO: images, annotations with image_id and category_id) and images/. The study cuts each food out into
    preprocessed_imgs/ and lists it in train.csv (img_path, label: UniFEx, data/food_rec22_preprocess.py). A photo is
    embedded whole here, so without those pieces the photos of several foods are left out and counted.
    """
    expected = "annotations.json, images/ / train.csv [img_path, label], preprocessed_imgs/"
    pieces = first_there(photos.root, "train.csv")
    if pieces is not None:
        for row in csv_rows(pieces, ("img_path", "label")):
            yield from photos.take(row.path("img_path", str(photos.root)), row.whole_number("label"))
        return
    table = part(photos.root, photos.dataset, expected, "annotations.json")
    folder = str(part(photos.root, photos.dataset, expected, "images"))
    coco = read_json(table, dict, _without_outlines)
    foods: dict[str, set[str]] = {}
    for row in entries(table, coco.get("annotations")):
        foods.setdefault(row.whole_number("image_id"), set()).add(row.whole_number("category_id"))
    for row in entries(table, coco.get("images")):
        found = foods.get(row.whole_number("id"), set())
        if len(found) == 1:
            yield from photos.take(row.path("file_name", folder), next(iter(found)))
        else:
            photos.left_out += 1


def _without_outlines(entry: dict[str, Any]) -> dict[str, Any]:
    """Most of the file, and of no use here."""
    entry.pop("segmentation", None)
    return entry
