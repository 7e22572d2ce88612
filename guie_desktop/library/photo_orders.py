"""The orders in which photos are shown, and reading many of them in one: what a grid needs, in a few bytes a photo."""

from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Engine, LargeBinary, Text, cast, func, select, type_coerce

from guie_desktop.library.database import NATURAL, reading
from guie_desktop.library.photo_columns import mark_of
from guie_desktop.library.tables import photos

Rows = NDArray[np.int64]

_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Order:
    """One of ORDERS, and which way."""

    name: str = "taken"
    descending: bool = True


NEWEST_FIRST = Order()

_by_name: ColumnElement[Any] = getattr(func, NATURAL)(photos.c.name)

ORDERS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "taken": (photos.c.taken,),
    "added": (photos.c.id,),
    "name": (_by_name, photos.c.taken),
    "size": (photos.c.bytes, photos.c.taken),
    "rating": (mark_of("rating"), photos.c.taken),
    "folder": (type_coerce(photos.c.directory, LargeBinary), _by_name),  # as SQLite compares it
}
"""The name of an order to what SQLite compares, first to last; what is equal in all of it goes by id."""


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


def sorted_by(order: Order) -> tuple[ColumnElement[Any], ...]:
    """What SQLite compares, first to last; an order that is not known is by date."""
    return (*ORDERS.get(order.name, ORDERS[NEWEST_FIRST.name]), photos.c.id)


def read_in_order(connection: Connection, which: Iterable[ColumnElement[bool]], order: Order) -> OrderedPhotos:
    """All photos of which this holds."""
    compared = sorted_by(order)
    ranked = [column.desc() if order.descending else column.asc() for column in compared]
    dated = compared[0] is photos.c.taken
    columns: list[ColumnElement[Any]] = [photos.c.id, photos.c.width, photos.c.height]
    query = select(*columns, *((photos.c.taken,) if dated else ())).where(*which).order_by(*ranked)
    ids, shapes, taken = array("q"), array("f"), array("d")
    # Past SQLAlchemy's own rows, each of which costs more than all of its numbers.
    cursor = connection.execute(query).cursor
    while cursor is not None and (rows := cursor.fetchmany(_AT_ONCE)):
        ids.extend([row[0] for row in rows])
        shapes.extend([row[1] / row[2] if row[1] and row[2] else 0.0 for row in rows])
        if dated:
            taken.extend([row[3] or 0.0 for row in rows])
    return OrderedPhotos(ids, shapes, taken if dated else None)


def named(database: Engine, which: ColumnElement[bool], text: str) -> NamedPhotos:
    """Those of which this holds and whose names have the text in them, whatever its case."""
    place = func.instr(func.lower(cast(photos.c.name, Text)), func.lower(text))
    begin, hold = array("q"), array("q")
    with reading(database) as connection:
        cursor = connection.execute(select(photos.c.id, place).where(which, place > 0)).cursor
        while cursor is not None and (rows := cursor.fetchmany(_AT_ONCE)):
            begin.extend([row[0] for row in rows if row[1] == 1])
            hold.extend([row[0] for row in rows if row[1] > 1])
    return NamedPhotos(begin, hold)
