"""Which photos of the grid have changed since it was read: noted by triggers, whatever writes, and kept for a while.

What is noted is a photo that is shown, or was, and of which something is another that says whether, where and in which
shape it is shown. So a reader brings what it read up to date by reading those photos again, and no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guie_desktop.asking import Filter
from guie_desktop.library.kept_counts import differ, shown

KEPT, DROPPED_AT_ONCE = 20_000, 1_000
"""Changes. Reading all photos anew is faster than following more."""

_SHAPE = (
    "missing_since",
    "folder_id",
    "kind",
    "content_hash",
    "directory",
    "name",
    "bytes",
    "taken",
    "width",
    "height",
)


def _noting(name: str, when: str, photo: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN INSERT INTO changed_photos (photo_id) VALUES ({photo}); END"


_STATEMENTS = (
    "CREATE TABLE changed_photos (number INTEGER PRIMARY KEY, photo_id INTEGER NOT NULL)",
    f"CREATE TRIGGER changes_dropped AFTER INSERT ON changed_photos WHEN new.number % {DROPPED_AT_ONCE} = 0 "
    f"BEGIN DELETE FROM changed_photos WHERE number <= new.number - {KEPT}; END",
    _noting("change_of_new_photo", f"AFTER INSERT ON photos WHEN {shown('new')}", "new.id"),
    _noting("change_of_gone_photo", f"AFTER DELETE ON photos WHEN {shown('old')}", "old.id"),
    _noting(
        "change_of_photo",
        f"AFTER UPDATE OF {', '.join(_SHAPE)} ON photos WHEN ({shown('old')} OR {shown('new')}) AND {differ(*_SHAPE)}",
        "new.id",
    ),
    *(
        _noting(f"change_of_{name}_{verb}", f"AFTER {event} ON {table}", f"{row}.photo_id")
        for table, name in (("album_photos", "member"), ("marks", "mark"), ("notes", "notes"))
        for verb, event, row in (("new", "INSERT", "new"), ("other", "UPDATE", "new"), ("gone", "DELETE", "old"))
    ),
)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is noted up to a moment."""

    number: int
    """Of the last change; 0 before the first."""
    photos: Sequence[int] | None = None
    """Ids of the photos that have changed since; None where too much has, or nothing is known."""


def make_changed_photos(connection: Connection) -> None:
    """Note what changes from now on."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)


def changes_since(connection: Connection, number: int | None) -> Changes:
    """What has changed since the change with this number; the number alone where that is None."""
    ends = "SELECT coalesce(min(number), 1), coalesce(max(number), 0) FROM changed_photos"
    first, last = connection.exec_driver_sql(ends).one()
    if number is None or number < first - 1 or number > last:
        return Changes(last)
    since = "SELECT photo_id FROM changed_photos WHERE number > ?"
    return Changes(last, tuple(set(connection.exec_driver_sql(since, (number,)).scalars())))


def photo_of_change(connection: Connection, number: int) -> int | None:
    """The photo that changed then; None where that is not noted any more."""
    which = "SELECT photo_id FROM changed_photos WHERE number = ?"
    return connection.exec_driver_sql(which, (number,)).scalar_one_or_none()


def are_followed(which: Filter) -> bool:
    """Whether a photo passes a filter by what is noted of it; else another one's change can have it pass or not."""
    of_others = (which.copies_hidden, which.unsearchable, which.colours, which.online is not None)
    return not any((*of_others, which.not_albums, which.unsorted))
