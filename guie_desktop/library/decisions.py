"""What was decided about photos and albums, kept while the photos' rows merge and vanish."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    case,
    delete,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    union,
    update,
)

from guie_desktop.domain import Verdict
from guie_desktop.file_kinds import CAMERA_SUFFIXES
from guie_desktop.library.marks import MARKED, hand_over_marks, mark_copies
from guie_desktop.library.tables import album_photos, photos

_DECIDED = union(select(album_photos.c.photo_id), MARKED)
"""Ids of all photos of which anything was said."""


def hand_over(connection: Connection, photo_id: int, to: int) -> None:
    """Let all that was decided of a photo go over to another row of it; what that one has already wins.

    Of its marks it is what was said last that counts.
    """
    _move(connection, photo_id, to)
    connection.execute(delete(album_photos).where(album_photos.c.photo_id == photo_id))


def follow_copies(connection: Connection) -> None:
    """Let what was decided of photos that are gone go over to a copy that is there, and marks to all copies.

    So an album keeps a picture when one of two copies is deleted, or when its folder is taken out of the library and
    added from another place. Where a JPEG is gone, or cannot be read, the RAW that lay beside it counts as a copy; and
    for a RAW that is not shown stands the JPEG beside it.

    What has vanished is not gone for good while a file of its size waits to be read, which may be that photo.
    """
    gone, copy = photos.alias("gone"), photos.alias("copy")
    shown = case((copy.c.kind.is_distinct_from("sidecar raw"), copy.c.id))
    pairs = (
        select(gone.c.id, func.coalesce(func.min(shown), func.min(copy.c.id)))
        .join(copy, copy.c.content_hash == gone.c.content_hash)
        .where(gone.c.id.in_(select(album_photos.c.photo_id)), _is_gone_for_good(gone), not_(_is_gone(copy)))
        .group_by(gone.c.id)
    )
    for photo_id, there in connection.execute(pairs).all():
        _move(connection, photo_id, there)
    _go_over_to_raws(connection)
    _go_over_to_jpegs(connection)
    mark_copies(connection)


def companions(connection: Connection, photo_ids: Sequence[int]) -> set[int]:
    """These photos, and all to which what is decided of them may go over: copies, and the RAW or JPEG beside them."""
    copy, beside = photos.alias("copy"), photos.alias("beside")
    copies = (
        select(copy.c.id).join(photos, photos.c.content_hash == copy.c.content_hash).where(photos.c.id.in_(photo_ids))
    )
    raws = ("raw", "sidecar raw")
    pairs = (
        select(photos.c.name, beside.c.id, beside.c.name)
        .join(beside, beside.c.directory == photos.c.directory)
        .where(photos.c.id.in_(photo_ids), or_(photos.c.kind.in_(raws), beside.c.kind.in_(raws)))
    )
    found = {*photo_ids, *connection.execute(copies).scalars()}
    for name, other_id, other in connection.execute(pairs).all():
        if _are_pair(name, other) or _are_pair(other, name):
            found.add(other_id)
    return found


def stay_with_copies(connection: Connection) -> None:
    """Let what was decided of photos that were edited hold for a copy of what they were before as well.

    The word goes along with the edited photo; but it was said of the picture, which is still there in the copy. Where
    a copy has a word of its own, that one holds.
    """
    edited, copy = photos.alias("edited"), photos.alias("copy")
    word, own = album_photos.alias("word"), album_photos.alias("own")
    shown = case((copy.c.kind.is_distinct_from("sidecar raw"), copy.c.id))
    pairs = (
        select(word, func.coalesce(func.min(shown), func.min(copy.c.id)).label("there"))
        .join(edited, edited.c.id == word.c.photo_id)
        .join(copy, copy.c.content_hash == edited.c.former_hash)
        .outerjoin(own, and_(own.c.photo_id == copy.c.id, own.c.album_id == word.c.album_id))
        .where(edited.c.state == "ready", edited.c.content_hash != edited.c.former_hash, not_(_is_gone(copy)))
        .group_by(word.c.album_id, word.c.photo_id)
        .having(func.count(own.c.photo_id) == 0)
    )
    for said in connection.execute(pairs).mappings().all():
        kept = {"album_id": said["album_id"], "verdict": said["verdict"], "decided_at": said["decided_at"]}
        connection.execute(insert(album_photos).prefix_with("OR IGNORE"), kept | {"photo_id": said["there"]})


def _go_over_to_raws(connection: Connection) -> None:
    lost, raw = photos.alias("lost"), photos.alias("raw")
    pairs = (
        select(lost.c.id, lost.c.name, raw.c.id, raw.c.name)
        .join(raw, raw.c.directory == lost.c.directory)
        .where(lost.c.id.in_(_DECIDED), or_(_is_gone_for_good(lost), lost.c.state == "failed"))
        .where(raw.c.kind == "raw", not_(_is_gone(raw)))
    )
    for photo_id, name, raw_id, raw_name in connection.execute(pairs).all():
        if _are_pair(name, raw_name):
            _move(connection, photo_id, raw_id)


def _go_over_to_jpegs(connection: Connection) -> None:
    raw, jpeg = photos.alias("raw"), photos.alias("jpeg")
    pairs = (
        select(jpeg.c.id, jpeg.c.name, raw.c.id, raw.c.name)
        .join(jpeg, jpeg.c.directory == raw.c.directory)
        .where(raw.c.id.in_(_DECIDED), raw.c.kind == "sidecar raw", not_(_is_gone(raw)))
        .where(jpeg.c.reason.is_(None), not_(_is_gone(jpeg)))
    )
    for photo_id, name, raw_id, raw_name in connection.execute(pairs).all():
        if _are_pair(name, raw_name):
            hand_over(connection, raw_id, photo_id)


def _are_pair(jpeg: Path, raw: Path) -> bool:
    """Whether a JPEG and a RAW in one directory are one photo. The name of a photo that gave it up has two parts."""
    return jpeg.suffix.lower() in CAMERA_SUFFIXES and jpeg.with_suffix("") == raw.with_suffix("")


def forget_earlier_words(
    connection: Connection, album_id: int, photo_ids: Sequence[int], verdict: Verdict | None
) -> None:
    """Drop what was decided of copies of these photos, for their content is being decided upon anew.

    A verdict holds for every copy, so that a copy keeps only what says the same. To take a photo out of an album leaves
    its copies in, each of which is seen there. But vanished ones go: an earlier word would come back with them.
    """
    copy = photos.alias("copy")
    copies = (
        select(copy.c.id).join(photos, photos.c.content_hash == copy.c.content_hash).where(photos.c.id.in_(photo_ids))
    )
    word = album_photos.c
    contradicts = word.verdict != verdict if verdict is not None else false()
    outdated = or_(word.photo_id.in_(copies.where(_is_gone(copy))), and_(word.photo_id.in_(copies), contradicts))
    connection.execute(delete(album_photos).where(word.album_id == album_id, outdated))


def _move(connection: Connection, photo_id: int, to: int) -> None:
    moved = update(album_photos).where(album_photos.c.photo_id == photo_id).values(photo_id=to)
    connection.execute(moved.prefix_with("OR IGNORE"))
    hand_over_marks(connection, photo_id, to)


def _is_gone(row: FromClause) -> ColumnElement[bool]:
    return or_(row.c.missing_since.is_not(None), row.c.folder_id.is_(None))


def _is_gone_for_good(row: FromClause) -> ColumnElement[bool]:
    waiting = photos.alias("waiting")
    unread = select(waiting.c.bytes).where(waiting.c.state == "new", not_(_is_gone(waiting)))
    return or_(row.c.folder_id.is_(None), and_(row.c.missing_since.is_not(None), row.c.bytes.not_in(unread)))
