"""DeepFashion2: garments of shops and as consumers wear them, in several styles."""

from collections.abc import Iterator
from pathlib import Path

from guie_desktop.study.reading.layout import first_there, part
from guie_desktop.study.reading.lists import damaged, read_json
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import Row, csv_rows
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """What the study cut out of the photos, where that is there, or else the photos that show one garment alone.

    The set is published by https://github.com/switchablenorms/DeepFashion2 as train/image/000001.jpg and
    train/annos/000001.json (source, pair_id, item1 with style, …). A class is a pair_id with a style above 0. The study
    cuts the garments out of photos with several into preprocessed_imgs/, and lists all in train.csv (img_path, label:
    UniFEx, data/deep_fashion2_preprocess.py). A photo is embedded whole here, so without those pieces the photos of
    several garments, and those of style 0, are left out and counted.
    """
    expected = "train/image/, train/annos/ / train.csv [img_path, label], preprocessed_imgs/"
    pieces = first_there(photos.root, "train.csv")
    if pieces is not None:
        for row in csv_rows(pieces, ("img_path", "label")):
            yield from photos.take(row.path("img_path", str(photos.root)), row.text("label"))
        return
    folder = str(part(photos.root, photos.dataset, expected, "train/image", "image"))
    for annotation in sorted(part(photos.root, photos.dataset, expected, "train/annos", "annos").glob("*.json")):
        label = _label(annotation)
        if label is None:
            photos.left_out += 1
        else:
            yield from photos.take(f"{folder}/{annotation.stem}.jpg", label)


def _label(annotation: Path) -> str | None:
    """The class of the one garment that is there."""
    told = read_json(annotation, dict)
    garments = [garment for name, garment in told.items() if name not in {"source", "pair_id"}]
    if not all(isinstance(garment, dict) for garment in garments):
        raise damaged(annotation)
    if len(garments) != 1:
        return None
    row = Row(annotation, 1, {"pair_id": told.get("pair_id", ""), **garments[0]}, in_list=True)
    style = row.whole_number("style")
    return f"{row.whole_number('pair_id')}_{style}" if int(style) else None
