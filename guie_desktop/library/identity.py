"""Which photo a file is: decisions go with the content, and a name is only how it is found.

While photos are read, each row remembers the content that it had before (`former_hash`). New content under an old name
is an edit, unless the old content turns up elsewhere in the same run, or the new content is that of another photo: then
the row follows its content, and what lies under its old name is a photo of its own. So two names may be swapped, or a
whole folder numbered anew, and each album still holds the same pictures.
"""

import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, bindparam, delete, func, insert, or_, select, update

from guie_desktop.library.conditions import chunks
from guie_desktop.library.decisions import hand_over, stay_with_copies
from guie_desktop.library.tables import photos

NO_CONTENT = b""
"""The former content of a photo that is read for the first time. One that has its own content there has moved."""

_COPIES_LOOKED_AT = 32
"""Of vanished photos of one content; which of them is back is told by their names."""

# Made once: where thousands are numbered anew, making statements would take longer than carrying them out.
_ROW = select(photos).where(photos.c.id == bindparam("row"))
CHANGE_ROW = update(photos).where(photos.c.id == bindparam("row"))
_FRESH = insert(photos).returning(photos.c.id)
_GO = delete(photos).where(photos.c.id == bindparam("row"))
_VANISHED_OWNER = (
    select(photos)
    .where(photos.c.content_hash == bindparam("content"), photos.c.missing_since.is_not(None))
    .where(photos.c.id != bindparam("but"))
    .order_by((photos.c.directory == bindparam("directory")).desc(), photos.c.id)
    .limit(_COPIES_LOOKED_AT)
)
_OVERWRITTEN_OWNER = (
    select(photos)
    .where(photos.c.former_hash == bindparam("content"), photos.c.missing_since.is_(None))
    .where(photos.c.content_hash.is_distinct_from(bindparam("content")), photos.c.id != bindparam("but"))
    .order_by(photos.c.id)
    .limit(1)
)
_HELD_BEFORE = (
    select(photos.c.id)
    .where(
        or_(
            and_(photos.c.content_hash == bindparam("content"), photos.c.former_hash.is_(None)),
            photos.c.former_hash == bindparam("content"),
        ),
        photos.c.id != bindparam("but"),
    )
    .limit(1)
)
_HAS_MOVED = (
    select(photos.c.id)
    .where(photos.c.content_hash == bindparam("content"), photos.c.former_hash == bindparam("content"))
    .where(photos.c.missing_since.is_(None))
    .limit(1)
)
_TURNED_UP = select(photos.c.id).where(
    photos.c.content_hash == bindparam("content"),
    photos.c.former_hash.is_not(None),
    photos.c.former_hash != bindparam("content"),
)

_other = photos.alias("other")
_WAS_ELSEWHERE = or_(
    select(_other.c.id)
    .where(_other.c.content_hash == photos.c.content_hash, _other.c.missing_since.is_not(None))
    .exists(),
    select(_other.c.id).where(_other.c.former_hash == photos.c.content_hash).exists(),
)
_CONCERNS_OTHERS = select(photos.c.id).where(
    photos.c.id.in_(bindparam("rows", expanding=True)), or_(photos.c.former_hash != NO_CONTENT, _WAS_ELSEWHERE)
)


def follow_contents(connection: Connection, photo_ids: Sequence[int]) -> list[int]:
    """Let the rows of photos that were just read go where their content went; whose places they took."""
    waiting = deque(_concern_others(connection, photo_ids))
    taken: list[int] = []
    while waiting:
        row = row_of(connection, waiting.popleft())
        if row is None or row["former_hash"] is None or row["missing_since"] is not None:
            continue
        former, content = row["former_hash"], row["content_hash"]
        if former == content:
            continue  # it has moved here
        owner = None if content is None else _displaced_owner(connection, content, row)
        if owner is not None:
            place = row["id"] if former == NO_CONTENT else _set_apart(connection, row)
            if owner["missing_since"] is None:
                waiting.append(_set_apart(connection, owner))
            _take_place(connection, owner["id"], place)
            taken.append(row["id"])
            waiting.extend(_set_all_apart(connection, content))
        elif former != NO_CONTENT and _has_moved(connection, former):
            waiting.append(_set_apart(connection, row))
        elif former != NO_CONTENT and content is not None and _is_known(connection, content, row["id"]):
            _set_apart(connection, row)
        if former != NO_CONTENT:
            waiting.extend(_where_it_turned_up(connection, former))
    return taken


def settle_contents(connection: Connection) -> None:
    """All that had changed was read: what is new content under its old name counts as an edit from now on.

    A file that cannot be read keeps the memory of its content until it can.
    """
    stay_with_copies(connection)
    read = and_(photos.c.former_hash.is_not(None), photos.c.state == "ready")
    connection.execute(update(photos).where(read).values(former_hash=None))


def vacate(connection: Connection, photo_ids: Sequence[int]) -> None:
    """Let vanished photos give up their names, which other files have now; they are found by their content alone."""
    for part in chunks(photo_ids):
        named = connection.execute(select(photos.c.id, photos.c.name).where(photos.c.id.in_(part))).all()
        connection.execute(
            CHANGE_ROW, [{"row": row.id, "name": _vacated(row.name, row.id), "inode": 0} for row in named]
        )


def note_moved(connection: Connection, photo_id: int) -> None:
    """A photo that was followed unopened holds what it should, and so its content turned up elsewhere than before."""
    row = row_of(connection, photo_id)
    assert row is not None
    if row["former_hash"] is None:
        connection.execute(CHANGE_ROW, {"former_hash": row["content_hash"], "row": photo_id})
    follow_contents(connection, _set_all_apart(connection, row["content_hash"]))


def leave_place(connection: Connection, photo_id: int) -> None:
    """A photo is not where it was taken to be, unopened; what lies there is one of its own, and waits to be read."""
    row = row_of(connection, photo_id)
    assert row is not None
    apart = {"name": _vacated(row["name"], photo_id), "inode": 0, "unconfirmed": False, "missing_since": time.time()}
    connection.execute(CHANGE_ROW, apart | {"row": photo_id})
    unread = {"content_hash": None, "width": None, "height": None, "former_hash": NO_CONTENT, "state": "new"}
    connection.execute(_FRESH, _all_but_id(row) | unread | {"unconfirmed": False})


def _concern_others(connection: Connection, photo_ids: Sequence[int]) -> list[int]:
    """These but for new photos of contents that no other one had, which are nearly all while a library grows."""
    concerned: set[int] = set()
    for part in chunks(photo_ids):
        concerned.update(connection.execute(_CONCERNS_OTHERS, {"rows": part}).scalars())
    return [one for one in photo_ids if one in concerned]


def _displaced_owner(connection: Connection, content: bytes, there: RowMapping) -> RowMapping | None:
    """A photo whose content this was, and whose place holds it no more; of several copies the one that was there."""
    which = {"content": content, "but": there["id"], "directory": there["directory"]}
    vanished = connection.execute(_VANISHED_OWNER, which).mappings().all()
    was_there = (
        one for one in vanished if (one["directory"], one["name"].name) == (there["directory"], there["name"].name)
    )
    owner = next(was_there, vanished[0] if vanished else None)
    return owner or _overwritten_owner(connection, content, there["id"])


def _overwritten_owner(connection: Connection, content: bytes, but: int = 0) -> RowMapping | None:
    return connection.execute(_OVERWRITTEN_OWNER, {"content": content, "but": but}).mappings().one_or_none()


def _is_known(connection: Connection, content: bytes, but: int) -> bool:
    """Whether another photo had this content before the run."""
    return connection.execute(_HELD_BEFORE, {"content": content, "but": but}).one_or_none() is not None


def _has_moved(connection: Connection, content: bytes) -> bool:
    """Whether a photo of this content is seen elsewhere than before the run."""
    return connection.execute(_HAS_MOVED, {"content": content}).one_or_none() is not None


def _set_all_apart(connection: Connection, content: bytes) -> list[int]:
    """The content turned up elsewhere, so that what lies in place of its copies is no edit either; the rows of that."""
    apart = []
    while (row := _overwritten_owner(connection, content)) is not None:
        apart.append(_set_apart(connection, row))
    return apart


def _where_it_turned_up(connection: Connection, content: bytes) -> list[int]:
    """Photos that got this content in the run."""
    return list(connection.execute(_TURNED_UP, {"content": content}).scalars())


def _set_apart(connection: Connection, row: RowMapping) -> int:
    """Take a row off its place, where a new one takes over what was read there; the id of that one."""
    apart = {
        "name": _vacated(row["name"], row["id"]),
        "inode": 0,
        "content_hash": row["former_hash"],
        "width": None,  # of what was read, which is another content
        "height": None,
        "former_hash": None,
        "state": "ready",
        "unconfirmed": False,
        "missing_since": time.time(),
    }
    connection.execute(CHANGE_ROW, apart | {"row": row["id"]})
    return int(connection.execute(_FRESH, _all_but_id(row) | {"former_hash": NO_CONTENT}).scalar_one())


def _take_place(connection: Connection, photo_id: int, place: int) -> None:
    """Let a photo be where another row is, which goes."""
    row = row_of(connection, place)
    assert row is not None
    hand_over(connection, place, photo_id)
    connection.execute(_GO, {"row": place})
    connection.execute(CHANGE_ROW, _all_but_id(row) | {"former_hash": row["content_hash"], "row": photo_id})


def row_of(connection: Connection, photo_id: int) -> RowMapping | None:
    """All that is known of a photo; None where its row has gone."""
    return connection.execute(_ROW, {"row": photo_id}).mappings().one_or_none()


def rows_of(connection: Connection, photo_ids: Sequence[int]) -> dict[int, RowMapping]:
    """The same of several, by id; without those whose rows have gone."""
    found: dict[int, RowMapping] = {}
    for part in chunks(photo_ids):
        rows = connection.execute(select(photos).where(photos.c.id.in_(part))).mappings()
        found.update((row["id"], row) for row in rows)
    return found


def _all_but_id(row: RowMapping) -> dict[str, Any]:
    return {column.key: row[column] for column in photos.c if column is not photos.c.id}


def has_given_up_its_name() -> ColumnElement[bool]:
    """The condition that another file has a photo's name now."""
    return func.instr(photos.c.name, b"/") > 0


def _vacated(name: Path, photo_id: int) -> Path:
    # No file has a slash in its name, so that nothing on the disk is ever taken for this photo. Its own name comes
    # last, as that is what is told of it.
    return Path(str(photo_id)) / name
