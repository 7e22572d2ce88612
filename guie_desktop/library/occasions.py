"""Occasions: photos of one folder that were taken soon after one another, which mostly show the same things."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import select

from guie_desktop.library.conditions import VISIBLE
from guie_desktop.library.database import reading
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.tables import features, photos

_APART = 3600.0
"""Seconds without a photo after which another occasion begins."""
_UNTOLD = (None, "file time")
"""The time of a change says nothing of when a photo was taken."""


def read_occasions(store: FeatureStore) -> dict[str, list[int]]:
    """A name that tells them apart to feature ids, of present photos that were embedded; videos are left out.

    Photos that do not say when they were taken are one occasion for each folder: people mostly sort by what happened.
    """
    query = (
        select(photos.c.directory, photos.c.taken, photos.c.taken_from, features.c.id)
        .join(features, features.c.content_hash == photos.c.content_hash)
        .where(features.c.backbone == store.backbone_key, VISIBLE, photos.c.kind.is_distinct_from("video"))
        .order_by(photos.c.directory, photos.c.taken)
    )
    found: dict[str, list[int]] = {}
    with reading(store.catalog.database) as connection:
        rows = connection.execute(query)
        for number, occasion in enumerate(
            occasion for _, folder in groupby(rows, lambda row: row.directory) for occasion in _occasions(folder)
        ):
            found[str(number)] = occasion
    return found


def _occasions(folder: Iterator[Any]) -> Iterator[list[int]]:
    untold: list[int] = []
    current: list[int] = []
    last = 0.0
    for _, taken, taken_from, key in folder:
        if taken is None or taken_from in _UNTOLD:
            untold.append(key)
            continue
        if current and taken - last > _APART:
            yield current
            current = []
        current.append(key)
        last = taken
    yield from (part for part in (current, untold) if part)
