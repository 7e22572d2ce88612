"""Which colours photos show: kept by content, and of which contents they are not known."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from guie_desktop.asking import COLOURS, Colour
from guie_desktop.library.conditions import COLOURS_ARE_UNKNOWN, SHOWN
from guie_desktop.library.database import reading, writing
from guie_desktop.library.replacing import in_place
from guie_desktop.library.tables import colours, photos
from guie_desktop.library.unsettled import may_be_left

_LEAST: Mapping[Colour, int] = {
    **dict.fromkeys(("green", "teal", "blue", "purple", "pink"), 10),
    **dict.fromkeys(("red", "yellow"), 15),
    **dict.fromkeys(("orange", "white", "grey", "black"), 20),
    "brown": 30,
}
"""Percent of a picture from which on it shows a colour. Hues that are rare in what surrounds things are seen at once;
warm light and shade make some red, orange and much brown of what is not. Chosen by looking at groceries."""


def shows(colour: Colour) -> ColumnElement[bool]:
    """The condition that a row of `colours` says of its content that it shows this colour to speak of."""
    return colours.c[colour] >= _LEAST[colour]


_KEEP = in_place(colours)


def record_colours(connection: Connection, shares: Mapping[bytes, Mapping[Colour, int]]) -> None:
    """Keep the shares, in percent, that colours have of contents' pictures, in place of what was known of them."""
    none = dict.fromkeys(COLOURS, 0)
    rows = [none | dict(of_one) | {"content_hash": content_hash} for content_hash, of_one in shares.items()]
    if rows:
        connection.execute(_KEEP, rows)


class Colours:
    """The colours of a catalog, for its only writer."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._given_up: set[bytes] = set()
        """Contents whose small picture is not there, or damaged."""

    def unknown(self) -> list[bytes]:
        """The contents of photos that were shown and of which no colours are known, the newest first."""
        which = (SHOWN, photos.c.state == "ready", COLOURS_ARE_UNKNOWN)
        with reading(self._database) as connection:
            query = select(photos.c.content_hash).where(may_be_left(connection), *which)
            newest_first = query.group_by(photos.c.content_hash).order_by(func.max(photos.c.id).desc())
            found = connection.execute(newest_first).scalars()
            return [content_hash for content_hash in found if content_hash not in self._given_up]

    def give_up(self, contents: Iterable[bytes]) -> None:
        """Leave these out of what is unknown until the program starts anew."""
        self._given_up.update(contents)

    def keep(self, shares: Mapping[bytes, Mapping[Colour, int]]) -> None:
        """Keep those of these contents; one transaction."""
        with writing(self._database) as connection:
            record_colours(connection, shares)
