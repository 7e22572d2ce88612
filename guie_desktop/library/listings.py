"""What the photos of a library have, with how many have it: what filters are chosen from."""

from collections.abc import Mapping

from sqlalchemy import func, select

from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import SHOWN
from guie_desktop.library.database import reading
from guie_desktop.library.tables import photos

Months = Mapping[tuple[int, int], int]
"""Year and month to how many photos were taken then."""

NO_MONTHS: Months = {}


def photos_by_month(catalog: Catalog) -> Months:
    """By the calendar of where the computer is."""
    month = func.strftime("%Y-%m", photos.c.taken, "unixepoch", "localtime")
    with reading(catalog.database) as connection:
        rows = connection.execute(select(month, func.count()).where(SHOWN).group_by(month)).all()
    # A moment that no calendar has is in no month.
    return {(int(row[0][:4]), int(row[0][5:])): row[1] for row in rows if row[0] and row[0][:4].isdecimal()}
