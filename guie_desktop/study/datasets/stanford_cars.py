"""Stanford Cars: 196 models of cars."""

from collections.abc import Iterator

from guie_desktop.study.reading.layout import part
from guie_desktop.study.reading.matlab import read_records
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import Row
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """All that devkit/cars_train_annos.mat (annotations: bbox_…, class, fname) names in cars_train/.

    The layout is that of https://ai.stanford.edu/~jkrause/cars/car_dataset.html, as torchvision's StanfordCars reads
    it; Kaggle has the photos in cars_train/cars_train/. The study trains on these (UniFEx,
    src/datasets/stanford_cars.py). Those in cars_test/ are of the same models, so they cannot be held out, and are not
    read.
    """
    expected = "devkit/cars_train_annos.mat, cars_train/"
    names = ("devkit/cars_train_annos.mat", "car_devkit/devkit/cars_train_annos.mat", "cars_train_annos.mat")
    table = part(photos.root, photos.dataset, expected, *names)
    folder = str(part(photos.root, photos.dataset, expected, "cars_train/cars_train", "cars_train"))
    for number, annotation in enumerate(read_records(table, "annotations", ("fname", "class")), start=1):
        row = Row(table, number, annotation, in_list=True)
        yield from photos.take(row.path("fname", folder), row.whole_number("class"))
