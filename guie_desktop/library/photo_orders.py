"""The orders in which photos are shown, as SQLite compares them, and reading many photos in one."""

from array import array
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, LargeBinary, Text, cast, func, select, type_coerce

from guie_desktop.library.database import NATURAL, reading
from guie_desktop.library.ordered_photos import NEWEST_FIRST, NamedPhotos, Order, OrderedPhotos
from guie_desktop.library.photo_columns import mark_of
from guie_desktop.library.tables import photos

_AT_ONCE = 4096


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
