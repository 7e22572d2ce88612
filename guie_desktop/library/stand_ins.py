"""Who stands for a photo that is gone: a copy has its words, knows whose they are, and gives them back when it returns.

So what albums say is told by what was said, and by what is there now. In which order photos went and came back, and
when somebody looked, makes no difference: undo brings all back by bringing the photos back.
"""

from pathlib import Path

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
    union,
    update,
)

from guie_desktop.library.conditions import in_state, is_raw
from guie_desktop.library.decisions import are_pair, is_gone, stand_in
from guie_desktop.library.marks import MARKED, hand_over_marks, mark_copies
from guie_desktop.library.tables import album_photos, photos

_WORD = album_photos.c
_DECIDED = union(select(_WORD.photo_id), MARKED)
"""Ids of all photos of which anything was said."""


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
    for photo_id, there in _copies_there(connection, func.coalesce(_WORD.said_of, _WORD.photo_id)):
        # Also from another copy that stood for it: it is the same one, whichever of them went first.
        its_own = and_(_WORD.photo_id == photo_id, _WORD.said_of.is_(None))
        elsewhere = and_(or_(_WORD.said_of == photo_id, its_own), _WORD.photo_id != there)
        words = update(album_photos).where(elsewhere).values(photo_id=there, said_of=photo_id)
        connection.execute(words.prefix_with("OR IGNORE"))
    for photo_id, there in _copies_there(connection, _WORD.photo_id):  # a JPEG that stood for its RAW
        stand_in(connection, photo_id, there)


def _copies_there(connection: Connection, which: ColumnElement[int]) -> list[tuple[int, int]]:
    """Those of the photos that are gone for good, and a copy of each, the same one each time."""
    gone, copy = photos.alias("gone"), photos.alias("copy")
    shown = case((copy.c.kind.is_distinct_from("sidecar raw"), copy.c.id))
    pairs = (
        select(gone.c.id, func.coalesce(func.min(shown), func.min(copy.c.id)))
        .join(copy, copy.c.content_hash == gone.c.content_hash)
        .where(gone.c.id.in_(select(which)), _is_gone_for_good(gone), not_(is_gone(copy)))
        .group_by(gone.c.id)
    )
    return [(photo_id, there) for photo_id, there in connection.execute(pairs)]


def _go_over_to_raws(connection: Connection) -> None:
    lost, raw = photos.alias("lost"), photos.alias("raw")
    pairs = (
        select(lost.c.id, lost.c.name, raw.c.id, raw.c.name)
        .join(raw, raw.c.directory == lost.c.directory)
        .where(lost.c.id.in_(_DECIDED), or_(_is_gone_for_good(lost), lost.c.state == "failed"))
        .where(is_raw(raw), raw.c.kind == "raw", not_(is_gone(raw)))
    )
    for photo_id, name, raw_id, raw_name in connection.execute(pairs).all():
        if are_pair(name, raw_name):
            stand_in(connection, photo_id, raw_id)
            hand_over_marks(connection, photo_id, raw_id)


def _go_over_to_jpegs(connection: Connection) -> None:
    raw, jpeg = photos.alias("raw"), photos.alias("jpeg")
    pairs = (
        select(jpeg.c.id, jpeg.c.name, raw.c.id, raw.c.name)
        .join(jpeg, jpeg.c.directory == raw.c.directory)
        .where(raw.c.id.in_(_DECIDED), is_raw(raw), raw.c.kind == "sidecar raw", not_(is_gone(raw)))
        .where(jpeg.c.reason.is_(None), not_(is_gone(jpeg)))
    )
    for photo_id, name, raw_id, raw_name in connection.execute(pairs).all():
        if are_pair(name, raw_name):
            stand_for_raw(connection, raw_id, photo_id)


def _is_gone_for_good(row: FromClause) -> ColumnElement[bool]:
    waiting = photos.alias("waiting")
    unread = select(waiting.c.bytes).where(in_state("new", waiting), not_(is_gone(waiting)))
    return or_(row.c.folder_id.is_(None), and_(row.c.missing_since.is_not(None), row.c.bytes.not_in(unread)))
