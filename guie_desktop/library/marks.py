"""Ratings and flags: what the user thinks of photos, which holds for all copies of them, and all that was ever said."""

import time
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Integer, Select, bindparam, delete, literal, select, update
from sqlalchemy.dialects.sqlite import Insert, insert

from guie_desktop.domain import MOST_STARS, MarkKind
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.conditions import chunks
from guie_desktop.library.database import writing
from guie_desktop.library.photo_columns import mark_of
from guie_desktop.library.tables import mark_history, marks, photos
from guie_desktop.sentences import Sentence, tr_noop

HIGHEST: dict[MarkKind, int] = {"rating": MOST_STARS, "flag": 1}
_NO_SUCH: Mapping[MarkKind, str] = {
    "rating": tr_noop("There is no rating of {value}."),
    "flag": tr_noop("There is no flag of {value}."),
}

_COLUMNS = ["photo_id", "kind", "value", "said_at"]
# Made once: where thousands are numbered anew, making statements would take longer than carrying them out.
_SAID = select(bindparam("to", type_=Integer), marks.c.kind, marks.c.value, marks.c.said_at)
_FORGET = delete(marks).where(marks.c.photo_id == bindparam("row"))
_GO_ALONG = update(mark_history).where(mark_history.c.photo_id == bindparam("row")).values(photo_id=bindparam("to"))


class MarkWriter:
    """The marks of a catalog, by its only writer; each call is one transaction."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def mark(self, photo_ids: Sequence[int], kind: MarkKind, value: int) -> dict[int, tuple[int, ...]]:
        """Say this of photos and of all copies of them; 0 takes back what was said.

        What was said before, to the photos of which something else was. UserError where there is no such rating, or one
        of the photos is no longer in the library.
        """
        if not 0 <= value <= HIGHEST[kind]:
            raise UserError(
                Sentence(_NO_SUCH[kind], value=value),
                Sentence("Choose one from 0 to {highest}.", highest=HIGHEST[kind]),
            )
        before: dict[int, tuple[int, ...]] = {}
        with writing(self._catalog.database) as connection:
            for part in chunks(sorted(set(photo_ids))):
                rows = connection.execute(select(photos.c.id, mark_of(kind)).where(photos.c.id.in_(part))).all()
                if len(rows) < len(part):
                    raise UserError("Some of these photos are no longer in the library.", "Choose others.")
                changed = [photo_id for photo_id, said in rows if said != value]
                for former in {said for _, said in rows} - {value}:
                    those = tuple(photo_id for photo_id, said in rows if said == former)
                    before[former] = before.get(former, ()) + those
                _say(connection, changed, kind, value)
        return before


def hand_over_marks(connection: Connection, photo_id: int, to: int) -> None:
    """Let what was said of a photo go over to another row of it; what was said last counts."""
    for statement in (_HAND_OVER, _FORGET, _GO_ALONG):
        connection.execute(statement, {"row": photo_id, "to": to})


def mark_copies(connection: Connection) -> None:
    """Let copies of a photo that have come since it was marked say the same; what was said last counts."""
    marked, copy = photos.alias("marked"), photos.alias("copy")
    said = (
        select(copy.c.id, marks.c.kind, marks.c.value, marks.c.said_at)
        .join(marked, marked.c.id == marks.c.photo_id)
        .join(copy, copy.c.content_hash == marked.c.content_hash)
        .where(copy.c.id != marked.c.id)
    )
    connection.execute(_adding(said))


def _say(connection: Connection, photo_ids: Sequence[int], kind: MarkKind, value: int) -> None:
    now = time.time()
    said = (literal(kind), literal(value), literal(now))
    copy = photos.alias("copy")
    named = select(photos.c.id, *said).where(photos.c.id.in_(photo_ids))
    copies = (
        select(copy.c.id, *said)
        .join(photos, photos.c.content_hash == copy.c.content_hash)
        .where(photos.c.id.in_(photo_ids))
        .distinct()
    )
    for rows in (named, copies):
        connection.execute(_adding(rows, over_later=True))
    connection.execute(insert(mark_history).from_select(_COLUMNS, named))


def _adding(said: Select[tuple[int, str, int, float]], *, over_later: bool = False) -> Insert:
    """Adds these to what was said of other photos, and, where nothing was said later, puts them in its place."""
    adding = insert(marks).from_select(_COLUMNS, said)
    new = {"value": adding.excluded.value, "said_at": adding.excluded.said_at}
    is_later = None if over_later else adding.excluded.said_at > marks.c.said_at
    return adding.on_conflict_do_update(index_elements=["photo_id", "kind"], set_=new, where=is_later)


_HAND_OVER = _adding(_SAID.where(marks.c.photo_id == bindparam("row")))
