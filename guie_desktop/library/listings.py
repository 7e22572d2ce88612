"""What the photos of a library have, with how many have it: what filters are chosen from."""

from sqlalchemy import Column, func, select

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import SHOWN
from guie_desktop.library.database import reading
from guie_desktop.library.tables import notes, photos
from guie_desktop.noted import Months, Noted


def noted_names(catalog: Catalog) -> Noted:
    """Cameras, lenses and places; also those of photos that are gone, which are few."""

    def names(column: Column[str]) -> tuple[str, ...]:
        query = select(column).where(column.is_not(None)).group_by(column).order_by(func.count().desc(), column)
        with reading(catalog.database) as connection:
            return tuple(connection.execute(query).scalars())

    return Noted(names(notes.c.camera), names(notes.c.lens), names(notes.c.place))


def photos_by_month(catalog: Catalog) -> Months:
    """By the calendar of where the computer is."""
    month = func.strftime("%Y-%m", photos.c.taken, "unixepoch", "localtime")
    with reading(catalog.database) as connection:
        rows = connection.execute(select(month, func.count()).where(SHOWN).group_by(month)).all()
    # A moment that no calendar has is in no month.
    return {(int(row[0][:4]), int(row[0][5:])): row[1] for row in rows if row[0] and row[0][:4].isdecimal()}
