"""Photos in one order, a few bytes each; without SQL, which the window loads when it is on screen."""

from array import array
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Order:
    """One of the orders of photo_orders.py, and which way."""

    name: str = "taken"
    descending: bool = True


NEWEST_FIRST = Order()


@dataclass(frozen=True, slots=True)
class OrderedPhotos:
    """Photos in one order: N ids, N shapes, and N dates where the order is by date."""

    ids: "array[int]"
    shapes: "array[float]"
    """Width by height of the upright picture; 0 where it is not known."""
    taken: "array[float] | None" = None
    """Seconds since the epoch."""

    def without(self, ids: Collection[int]) -> "OrderedPhotos":
        """The same but for these; themselves where there are none."""
        return self.without_rows(self.rows_of(ids)) if ids else self

    def rows_of(self, ids: Collection[int]) -> Rows:
        """The rows of those of these photos that are here."""
        return np.flatnonzero(np.isin(np.frombuffer(self.ids, np.int64), np.fromiter(ids, np.int64)))

    def without_rows(self, rows: Rows) -> "OrderedPhotos":
        """The same but for these rows; themselves where there are none."""
        if not len(rows):
            return self
        taken = None if self.taken is None else _array("d", np.delete(self.taken, rows))
        return OrderedPhotos(_array("q", np.delete(self.ids, rows)), _array("f", np.delete(self.shapes, rows)), taken)

    def with_rows(self, others: "OrderedPhotos", at: Rows) -> "OrderedPhotos":
        """The same with others put in, each before the row of these at which it is to be."""
        if not len(at):
            return self
        taken = None
        if self.taken is not None and others.taken is not None:
            taken = _array("d", np.insert(self.taken, at, others.taken))
        ids, shapes = np.insert(self.ids, at, others.ids), np.insert(self.shapes, at, others.shapes)
        return OrderedPhotos(_array("q", ids), _array("f", shapes), taken)

    def spliced(self, until: int, other: "OrderedPhotos", since: int) -> "OrderedPhotos":
        """The first `until` of these photos, and after them the others from `since` on."""
        taken = None
        if self.taken is not None and other.taken is not None:
            taken = self.taken[:until] + other.taken[since:]
        return OrderedPhotos(self.ids[:until] + other.ids[since:], self.shapes[:until] + other.shapes[since:], taken)


def _array(typecode: str, values: NDArray[Any]) -> Any:
    made = array(typecode)
    made.frombytes(values.data.cast("B"))
    return made


@dataclass(frozen=True, slots=True)
class NamedPhotos:
    """Ids of the photos whose names begin with a text, and of those that hold it further on."""

    begin: "array[int]"
    hold: "array[int]"
