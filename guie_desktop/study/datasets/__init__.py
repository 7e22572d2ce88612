"""Readers of published data sets, one file each, by the names that they have on the command line.

To add a data set: write a file here with a function `read(photos)` that yields what `photos.take` gives for each photo
that the set names; say in its docstring where the layout is published, and which part of the set the study used; name
it in DATASETS; and hold it in tests/study/datasets to a small tree in that layout (layouts.py). Files do not know each
other: what several need is in study/reading. A set without a reader is read as "folder", a folder for each class, or
as "csv".
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.photos import Photos, Reading
from guie_desktop.study.sample import Sample


@dataclass(frozen=True, slots=True)
class DataSet:
    """The file of a data set's reader, and what is on its photos, in the words of the study's eight domains."""

    file: str
    domain: str


DATASETS = {
    "products-10k": DataSet("products_10k", "packaged goods"),
    "google-landmarks-v2": DataSet("google_landmarks_v2", "landmarks"),
    "deepfashion-consumer-to-shop": DataSet("deepfashion_consumer_to_shop", "apparel"),
    "stanford-cars-refined": DataSet("stanford_cars_refined", "cars"),
    "met": DataSet("met", "artwork"),
    "shopee": DataSet("shopee", "packaged goods"),
    "h-and-m": DataSet("h_and_m", "apparel"),
    "rp2k": DataSet("rp2k", "packaged goods"),
    "stanford-online-products": DataSet("stanford_online_products", "packaged goods"),
    "fashion200k": DataSet("fashion200k", "apparel"),
    "food-recognition-2022": DataSet("food_recognition_2022", "food"),
    "stanford-cars": DataSet("stanford_cars", "cars"),
    "deepfashion2": DataSet("deepfashion2", "apparel"),
    "food-101": DataSet("food_101", "food"),
    "furniture-180": DataSet("furniture_180", "furniture"),
    "storefronts-146": DataSet("storefronts_146", "storefronts"),
    "folder": DataSet("folder", ""),
    "csv": DataSet("csv_file", ""),
}
"""Only text, so that the names can be listed without loading a reader.

The study's candidates; it settled on the first four. The last two have no domain of their own: it is called as the
user calls the set, "grocery" in "folder:grocery", or else as the folder or file is.
"""


def open_dataset(name: str, root: Path) -> Reading:
    """The photos of a data set in the folder `root`, one after the other; what is left out is counted on the way.

    "folder" and "csv" may have a name of the user's own behind a colon, which is data set and domain then. KeyError for
    a name that DATASETS lacks; UserError for a folder that is not laid out as the set is published, at once, and for a
    row that makes no sense, when it is reached.
    """
    kind, colon, own = name.partition(":")
    known = DATASETS[kind]
    if colon and (known.domain or not own):
        raise KeyError(name)
    root = root.expanduser().resolve()
    title = kind if known.domain else own or (root.stem if root.is_file() else root.name) or kind
    if "/" in title:
        raise UserError(Sentence("A data set cannot be called “{name}”.", name=title), "Leave out the slash.")
    module = importlib.import_module(f"guie_desktop.study.datasets.{known.file}")
    read = cast("Callable[[Photos], Iterator[Sample]]", module.read)
    return Reading(Photos(root, title, known.domain or title), read)
