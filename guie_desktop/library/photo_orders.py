"""The orders in which photos are shown, and reading many of them in one: what a grid needs, in a few bytes a photo."""

from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Text, cast, func, select

from guie_desktop.library.database import NATURAL, reading
from guie_desktop.library.photo_columns import mark_of
from guie_desktop.library.tables import photos

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
    "folder": (photos.c.directory, _by_name),
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
        if not ids:
            return self
        kept = [row for row, photo_id in enumerate(self.ids) if photo_id not in ids]
        taken = None if self.taken is None else array("d", (self.taken[row] for row in kept))
        return OrderedPhotos(
            array("q", (self.ids[row] for row in kept)), array("f", (self.shapes[row] for row in kept)), taken
        )

    def spliced(self, until: int, other: "OrderedPhotos", since: int) -> "OrderedPhotos":
        """The first `until` of these photos, and after them the others from `since` on."""
        taken = None
        if self.taken is not None and other.taken is not None:
            taken = self.taken[:until] + other.taken[since:]
        return OrderedPhotos(self.ids[:until] + other.ids[since:], self.shapes[:until] + other.shapes[since:], taken)


@dataclass(frozen=True, slots=True)
class NamedPhotos:
    """Ids of the photos whose names begin with a text, and of those that hold it further on."""

    begin: "array[int]"
    hold: "array[int]"


def in_order(database: Engine, which: ColumnElement[bool], order: Order) -> OrderedPhotos:
    """All photos of which this holds; an order that is not known is the newest first."""
    compared = ORDERS.get(order.name, ORDERS[NEWEST_FIRST.name])
    ranked = [column.desc() if order.descending else column.asc() for column in (*compared, photos.c.id)]
    dated = compared is ORDERS["taken"]
    columns: list[ColumnElement[Any]] = [photos.c.id, photos.c.width, photos.c.height]
    query = select(*columns, *((photos.c.taken,) if dated else ())).where(which).order_by(*ranked)
    ids, shapes, taken = array("q"), array("f"), array("d")
    with reading(database) as connection:
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
