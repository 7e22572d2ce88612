"""Who stands for a photo that is gone: a copy has its words, knows whose they are, and gives them back when it returns.

So what albums say is told by what was said, and by what is there now. In which order photos went and came back, and
when somebody looked, makes no difference: undo brings all back by bringing the photos back.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    and_,
    case,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    union_all,
    update,
)

from guie_desktop.library.conditions import chunks, in_state, is_raw
from guie_desktop.library.decisions import are_pair, is_gone, stand_in
from guie_desktop.library.marks import hand_over_marks, mark_copies
from guie_desktop.library.tables import album_photos, marks, photos

_WORD = album_photos.c
_VANISHED = select(photos.c.id).where(photos.c.missing_since.is_not(None))
_OUTSIDE = select(photos.c.id).where(photos.c.folder_id.is_(None))
_GONE = union_all(_VANISHED, _OUTSIDE)
"""Ids of the photos that are gone: by far fewer than those that albums have words of, so they are asked first."""
_LOST = union_all(_VANISHED, _OUTSIDE, select(photos.c.id).where(in_state("failed")))
"""These, and those that cannot be read."""
_Named = list[tuple[int, Path, Path]]
"""Photos: ids, directories and names."""


def follow_copies(connection: Connection) -> None:
    """Let what was decided of photos that are gone be with a copy that is there, and with them when they are back.

    So an album keeps a picture when one of two copies is deleted, or when its folder is taken out of the library and
    added from another place. Where a JPEG is gone, or cannot be read, the RAW that lay beside it counts as a copy; and
    for a RAW that is not shown stands the JPEG beside it. Marks go to all copies.

    What has vanished is not gone for good while a file of its size waits to be read, which may be that photo.
    """
    _come_home(connection)
    _go_over_to_copies(connection)
    _go_over_to_raws(connection)
    _go_over_to_jpegs(connection)
    mark_copies(connection)


def stand_for_raw(connection: Connection, raw: int, jpeg: int) -> None:
    """Let the JPEG beside it stand for a RAW that is not shown; where both have a word, the JPEG's counts."""
    stand_in(connection, raw, jpeg)
    connection.execute(delete(album_photos).where(_WORD.photo_id == raw))
    hand_over_marks(connection, raw, jpeg)


def _come_home(connection: Connection) -> None:
    """Give words back to photos that are there again.

    Who stood for one and is no copy any more, since it was edited, keeps them as well: both have been that picture.
    """
    home, holder = photos.alias("home"), photos.alias("holder")
    is_back = and_(not_(is_gone(home)), home.c.state != "failed", home.c.kind.is_distinct_from("sidecar raw"))
    is_other = holder.c.content_hash.is_distinct_from(home.c.content_hash)
    away = (
        select(album_photos, is_back.label("is_back"), is_other.label("is_other"))
        .add_columns(home.c.directory, home.c.name, holder.c.directory.label("beside"), holder.c.name.label("other"))
        .join(home, home.c.id == _WORD.said_of)
        .join(holder, holder.c.id == _WORD.photo_id)
        .where(or_(is_back, is_other))
    )
    for word in connection.execute(away).all():
        stood_in = not word.is_other or _lie_together(word)
        if stood_in and not word.is_back:
            continue
        own = {"album_id": word.album_id, "verdict": word.verdict, "decided_at": word.decided_at}
        connection.execute(insert(album_photos).prefix_with("OR IGNORE"), own | {"photo_id": word.said_of})
        this = and_(_WORD.album_id == word.album_id, _WORD.photo_id == word.photo_id)
        connection.execute(
            delete(album_photos).where(this) if stood_in else update(album_photos).where(this).values(said_of=None)
        )


def _lie_together(word: Row[tuple[object, ...]]) -> bool:
    """Whether a photo and the one that stands for it are a RAW and the JPEG beside it."""
    # One that gave up its name has more than that, of which its own is the last part.
    name, other = Path(word.name.name), Path(word.other.name)
    return word.directory == word.beside and (are_pair(name, other) or are_pair(other, name))


def _go_over_to_copies(connection: Connection) -> None:
    for photo_id, there in _copies_there(connection, _is_elsewhere):
        # Also from another copy that stood for it: it is the same one, whichever of them went first.
        words = update(album_photos).where(_is_elsewhere(photo_id, there)).values(photo_id=there, said_of=photo_id)
        connection.execute(words.prefix_with("OR IGNORE"))
    for photo_id, there in _copies_there(connection, lambda photo_id, _: _WORD.photo_id == photo_id):
        stand_in(connection, photo_id, there)  # a JPEG that stood for its RAW


def _is_elsewhere(photo_id: Any, there: Any) -> ColumnElement[bool]:
    """The condition that a word was said of a photo, and is not with this copy of it."""
    its_own = and_(_WORD.photo_id == photo_id, _WORD.said_of.is_(None))
    return and_(or_(_WORD.said_of == photo_id, its_own), _WORD.photo_id != there)


def _copies_there(connection: Connection, words: Callable[[Any, Any], ColumnElement[bool]]) -> list[tuple[int, int]]:
    """The photos that are gone for good, of which there are such words, and a copy of each, the same one each time."""
    gone, copy = photos.alias("gone"), photos.alias("copy")
    shown = case((copy.c.kind.is_distinct_from("sidecar raw"), copy.c.id))
    is_named = or_(_has_word(gone), select(_WORD.photo_id).where(_WORD.said_of == gone.c.id).exists())
    pairs = (
        select(gone.c.id, func.coalesce(func.min(shown), func.min(copy.c.id)).label("there"))
        .join(copy, copy.c.content_hash == gone.c.content_hash)
        .where(gone.c.id.in_(_GONE), is_named, _is_gone_for_good(gone), not_(is_gone(copy)))
        .group_by(gone.c.id)
        .subquery()
    )
    found = select(pairs).where(select(_WORD.photo_id).where(words(pairs.c.id, pairs.c.there)).exists())
    return [(photo_id, there) for photo_id, there in connection.execute(found)]


def _go_over_to_raws(connection: Connection) -> None:
    is_lost = or_(_is_gone_for_good(photos), photos.c.state == "failed")
    lost = _named(connection, photos.c.id.in_(_LOST), _is_decided(photos), is_lost)
    raws = and_(is_raw(), photos.c.kind == "raw", not_(is_gone(photos)))
    for photo_id, raw_id in _pairs(lost, _beside(connection, lost, raws)):
        stand_in(connection, photo_id, raw_id)
        hand_over_marks(connection, photo_id, raw_id)


def _go_over_to_jpegs(connection: Connection) -> None:
    hidden = and_(is_raw(), photos.c.kind == "sidecar raw", not_(is_gone(photos)))
    raws = _named(connection, hidden, _is_decided(photos))
    jpegs = _beside(connection, raws, and_(photos.c.reason.is_(None), not_(is_gone(photos))))
    for photo_id, raw_id in _pairs(jpegs, raws):
        stand_for_raw(connection, raw_id, photo_id)


def _named(connection: Connection, *conditions: ColumnElement[bool]) -> _Named:
    """The photos of which all of this holds."""
    found = select(photos.c.id, photos.c.directory, photos.c.name).where(*conditions)
    return [(row.id, row.directory, row.name) for row in connection.execute(found)]


def _beside(connection: Connection, others: _Named, which: ColumnElement[bool]) -> _Named:
    """The photos of which this holds that lie in the directories of the others."""
    directories = sorted({directory for _, directory, _ in others})
    return [one for part in chunks(directories) for one in _named(connection, photos.c.directory.in_(part), which)]


def _pairs(jpegs: _Named, raws: _Named) -> Iterator[tuple[int, int]]:
    """Ids of those of them that are one photo."""
    by_stem = dict[Path, list[tuple[int, Path]]]()
    for raw_id, directory, name in raws:
        by_stem.setdefault(directory / name.with_suffix(""), []).append((raw_id, name))
    for photo_id, directory, name in jpegs:
        for raw_id, raw_name in by_stem.get(directory / name.with_suffix(""), ()):
            if are_pair(name, raw_name):
                yield photo_id, raw_id


def _has_word(row: FromClause) -> ColumnElement[bool]:
    """The condition that an album has a word of a photo, be it said of another one."""
    return select(_WORD.photo_id).where(_WORD.photo_id == row.c.id).exists()


def _is_decided(row: FromClause) -> ColumnElement[bool]:
    """The condition that anything was said of a photo."""
    return or_(_has_word(row), select(marks.c.photo_id).where(marks.c.photo_id == row.c.id).exists())


def _is_gone_for_good(row: FromClause) -> ColumnElement[bool]:
    waiting = photos.alias("waiting")
    unread = select(waiting.c.bytes).where(in_state("new", waiting), not_(is_gone(waiting)))
    return or_(row.c.folder_id.is_(None), and_(row.c.missing_since.is_not(None), row.c.bytes.not_in(unread)))
