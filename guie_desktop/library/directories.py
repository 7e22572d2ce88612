"""Reads in which directories photos lie, and what some photos are together."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import func, select

from guie_desktop.domain import ChosenPhotos
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import chunks
from guie_desktop.library.database import reading
from guie_desktop.library.directory_tree import Directories, tree_of
from guie_desktop.library.kept_counts import counted_directories
from guie_desktop.library.photo_columns import mark_of
from guie_desktop.library.tables import photos


def read_directories(catalog: Catalog, roots: Iterable[Path]) -> Directories:
    """The directories at and below these folders."""
    counted = counted_directories.c
    with reading(catalog.database) as connection:
        rows = connection.execute(select(counted.directory, counted.shown).where(counted.shown > 0)).all()
    counts = Counter[str]()
    for directory, number in rows:  # by folder, of which two may hold one
        counts[os.fsdecode(directory)] += number
    return tree_of(counts, roots)


def sum_up(catalog: Catalog, photo_ids: Sequence[int]) -> ChosenPhotos:
    """What these photos are together; those that the library no longer knows are left out."""
    number = size = flags = 0
    ratings: set[int] = set()
    for part in chunks(photo_ids):
        rating = mark_of("rating")
        summed = (func.count(), func.sum(photos.c.bytes), func.sum(mark_of("flag")), func.min(rating), func.max(rating))
        with reading(catalog.database) as connection:
            row = connection.execute(select(*summed).where(photos.c.id.in_(part))).one()
        if row[0]:
            number, size, flags = number + row[0], size + row[1], flags + row[2]
            ratings |= {row[3], row[4]}
    return ChosenPhotos(number, size, ratings.pop() if len(ratings) == 1 else None, flags)
