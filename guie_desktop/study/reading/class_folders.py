"""Folders of which each holds the photos of one class."""

import os
from collections.abc import Iterator
from pathlib import Path

from guie_desktop.file_kinds import PHOTO_SUFFIXES
from guie_desktop.sentences import Sentence
from guie_desktop.study.reading.photos import Photos
from guie_desktop.study.reading.rows import csv_rows, is_utf8
from guie_desktop.study.sample import Sample, Split


def class_folders(photos: Photos, root: Path, given: Split | None = None) -> Iterator[Sample]:
    """All photos below root, each of the class that its folder is called, as "Apple Store/iTunes".

    Left out and counted are photos in root itself, and those with names that are not UTF-8, which no table can hold.
    Hidden files, and what macOS puts into archives, are passed over.
    """
    for folder, folders, files in os.walk(root, onerror=_raised):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        label = Path(folder).relative_to(root).as_posix()
        for name in sorted(files):
            if name.startswith(".") or f".{name.rpartition('.')[2].lower()}" not in PHOTO_SUFFIXES:
                continue
            path = f"{folder}/{name}"
            if label == "." or not is_utf8(path):
                photos.left_out += 1
            else:
                yield photos.found(path, label, given)


def listed_in_folders(photos: Photos, table: Path) -> Iterator[Sample]:
    """The photos that a CSV file (img_path, label) names in the folders of their classes beside it."""
    folder = str(table.parent)
    for row in csv_rows(table, ("img_path",)):
        label, slash, _ = row.text("img_path").rpartition("/")
        if not slash:
            raise row.wrong(Sentence("“{path}” is in no folder", path=row.text("img_path")))
        yield from photos.take(row.path("img_path", folder), label)


def _raised(error: OSError) -> None:
    raise error
