"""The Met: works of art of the Metropolitan Museum, of which each is a class."""

from collections.abc import Iterator

from guie_desktop.study.reading.layout import other_layout, part
from guie_desktop.study.reading.lists import entries, read_json
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.sample import Sample


def read(photos: Photos) -> Iterator[Sample]:
    """All that MET_database.json ([{"id": 34, "path": "MET/34/0.jpg"}, …]) names.

    As http://cmp.felk.cvut.cz/met publishes it: there both lie in one folder, or the table in ground_truth/.

    The study trains on these (UniFEx, src/datasets/met_dataset.py). The visitors' photos in test_met/ are of the same
    works, so they cannot be held out, and are not read.
    """
    expected = "MET_database.json [id, path], MET/"
    names = ("MET_database.json", "ground_truth/MET_database.json")
    table = part(photos.root, photos.dataset, expected, *names)
    # Some archives have a folder more around it.
    holders = (photos.root / "MET", photos.root / "images", photos.root)
    folder = next((str(holder) for holder in holders if (holder / "MET").is_dir()), None)
    if folder is None:
        raise other_layout(photos.root, photos.dataset, expected)
    for row in entries(table, read_json(table, list)):
        yield from photos.take(row.path("path", folder), row.whole_number("id"))
