"""RP2K: goods on the shelves of shops."""

from collections.abc import Iterator

from guie_desktop.study.reading.class_folders import class_folders
from guie_desktop.study.reading.layout import part
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """All in all/train/, where each folder is a class, as https://www.pinlandata.com/rp2k_dataset unpacks.

    The layout is told by the data set's loader in TensorBay (tensorbay/opendataset/RP2K). The study reads the same
    photos through a table of its own that is not published (UniFEx, src/datasets/rp2k.py). Those in all/test/ are of
    the same classes, so they cannot be held out, and are not read.
    """
    expected = "all/train/"
    folder = part(photos.root, photos.dataset, expected, "all/train", "rp2k_dataset/all/train", "train")
    yield from class_folders(photos, folder)
