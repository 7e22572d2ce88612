"""The photos of a grid, brought up to date by reading again those that have changed, however many there are."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, select

from guie_desktop.library.id_differences import Step, steps_between
from guie_desktop.library.ordered_photos import Order, OrderedPhotos, Rows
from guie_desktop.library.photo_orders import read_in_order, sorted_by
from guie_desktop.library.tables import photos

MOST_FOLLOWED = 2_000
"""Changes; reading all photos anew takes hardly longer than finding the places of more."""

_Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class FollowedPhotos:
    """Photos as they were read, up to which change, and how they came of those that were read before."""

    photos: OrderedPhotos
    change: int
    """Number of the last one that they show."""
    steps: tuple[Step, ...] | None = None
    """From the ones before; None where all were read anew."""


def follow(
    connection: Connection, before: OrderedPhotos, changed: Sequence[int], which: ColumnElement[bool], order: Order
) -> tuple[OrderedPhotos, tuple[Step, ...]]:
    """Photos of which this holds, in order, from those of which it held before any of the changed ones did change."""
    were = before.rows_of(changed)
    kept = before.without_rows(were)
    news = read_in_order(connection, (which, photos.c.id.in_(changed)), order)
    gaps = _gaps_of(connection, news.ids, kept.ids, order)
    after = kept.with_rows(news, gaps)
    if after == before:
        return before, ()
    return after, tuple(_steps(before.ids, were, after.ids, gaps + np.arange(len(gaps))))


def _gaps_of(connection: Connection, ids: "array[int]", others: "array[int]", order: Order) -> Rows:
    """Of each of these photos, which are in order, how many of the others, which are as well, come before it.

    All are looked for together, and the span in which each is to be is halved with each question to the catalog.
    """
    keys = _keys(connection, ids, order)
    low, high = np.zeros(len(ids), np.int64), np.full(len(ids), len(others), np.int64)
    while len(open_ones := np.flatnonzero(low < high)):
        middles = (low[open_ones] + high[open_ones]) // 2
        known = _keys(connection, {others[at] for at in middles.tolist()}, order)
        for one, at in zip(open_ones.tolist(), middles.tolist(), strict=True):
            own, other = keys[ids[one]], known[others[at]]
            if own > other if order.descending else own < other:
                high[one] = at
            else:
                low[one] = at + 1
    return low


def _keys(connection: Connection, ids: Any, order: Order) -> dict[int, _Key]:
    """What each of these photos is sorted by; nothing comes before all else, as in SQLite."""
    query = select(photos.c.id, *sorted_by(order)).where(photos.c.id.in_(list(ids)))
    return {row[0]: tuple((value is not None, value) for value in row[1:]) for row in connection.execute(query)}


def _steps(old: "array[int]", were: Rows, new: "array[int]", are: Rows) -> list[Step]:
    """First to last; `were` and `are` are the rows of what changed, and all else is in the same order in both."""
    steps: list[Step] = []
    gaps_before, gaps_now = were - np.arange(len(were)), are - np.arange(len(are))
    for gap in np.union1d(gaps_before, gaps_now).tolist():
        first, last = np.searchsorted(gaps_before, (gap, gap + 1)).tolist()
        first_now, last_now = np.searchsorted(gaps_now, (gap, gap + 1)).tolist()
        old_at, new_at = gap + first, gap + first_now
        removed, inserted = old[old_at : gap + last], new[new_at : gap + last_now]
        steps.extend(
            Step(old_at + step.old_at, step.removed, new_at + step.new_at, step.inserted)
            for step in steps_between(removed, inserted)
        )
    return steps
