"""Storefronts-146: shops and their chains, a folder for each chain."""

from collections.abc import Iterator

from guie_desktop.study.reading.class_folders import class_folders, listed_in_folders
from guie_desktop.study.reading.layout import first_there
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """All in the folders of the classes, or what storefronts146_train.csv (img_path, label) names of it.

    The set is https://www.kaggle.com/datasets/kerrit/storefront-146. The table is the study's, to
    be laid beside the folders: data/storefronts146_train.csv of https://github.com/morrisfl/UniFEx. Its labels are the
    numbers of these folders, so a class is called as its folder is either way.
    Names of chains may hold a slash, as in "Apple Store/iTunes".
    """
    table = first_there(photos.root, "storefronts146_train.csv")
    yield from class_folders(photos, photos.root) if table is None else listed_in_folders(photos, table)
