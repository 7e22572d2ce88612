"""What was decided about photos and albums, kept while the photos' rows merge and are edited."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    delete,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from guie_desktop.domain import Verdict
from guie_desktop.file_kinds import CAMERA_SUFFIXES
from guie_desktop.library.conditions import chunks
from guie_desktop.library.marks import hand_over_marks
from guie_desktop.library.tables import album_photos, photos


def hand_over(connection: Connection, photo_id: int, to: int) -> None:
    """Let all that was decided of a photo go over to another row of it; what that one has already wins.

    Of its marks it is what was said last that counts.
    """
    move_words(connection, photo_id, to, said_of=func.nullif(album_photos.c.said_of, to))
    connection.execute(delete(album_photos).where(album_photos.c.photo_id == photo_id))
    elsewhere = update(album_photos).where(album_photos.c.said_of == photo_id)
    connection.execute(elsewhere.values(said_of=func.nullif(to, album_photos.c.photo_id)))
    hand_over_marks(connection, photo_id, to)


def stand_in(connection: Connection, photo_id: int, by: int) -> None:
    """Let another photo stand for this one: it has its words, and knows whose they are; its own come first."""
    said_of = func.coalesce(album_photos.c.said_of, album_photos.c.photo_id)
    move_words(connection, photo_id, by, said_of=func.nullif(said_of, by))


def move_words(connection: Connection, photo_id: int, to: int, *, said_of: ColumnElement[int | None]) -> None:
    """Write the words of a photo to another one, as said of this; those of which it has one already stay."""
    words = update(album_photos).where(album_photos.c.photo_id == photo_id).values(photo_id=to, said_of=said_of)
    connection.execute(words.prefix_with("OR IGNORE"))


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
        if are_pair(name, other) or are_pair(other, name):
            found.add(other_id)
    return found


def stay_with_copies(connection: Connection) -> None:
    """Let what was decided of photos that were edited hold for a copy of what they were before as well.

    The word goes along with the edited photo; but it was said of the picture, which is still there in the copy. Where
    a copy has a word of its own, that one holds.
    """
    # Found first, as they are few; SQLite would begin with all words of all albums.
    of_content = and_(photos.c.former_hash.is_not(None), photos.c.former_hash != b"")
    for part in chunks(connection.execute(select(photos.c.id).where(of_content)).scalars().all()):
        for said in connection.execute(_without_copies(part)).mappings().all():
            kept = {"album_id": said["album_id"], "verdict": said["verdict"], "decided_at": said["decided_at"]}
            connection.execute(insert(album_photos).prefix_with("OR IGNORE"), kept | {"photo_id": said["there"]})


def _without_copies(photo_ids: Sequence[int]) -> Select[Any]:
    """What was decided of those of these photos that were edited, with a copy of what they were that has no word."""
    edited, copy = photos.alias("edited"), photos.alias("copy")
    word, own = album_photos.alias("word"), album_photos.alias("own")
    shown = case((copy.c.kind.is_distinct_from("sidecar raw"), copy.c.id))
    return (
        select(word, func.coalesce(func.min(shown), func.min(copy.c.id)).label("there"))
        .join(edited, edited.c.id == word.c.photo_id)
        .join(copy, copy.c.content_hash == edited.c.former_hash)
        .outerjoin(own, and_(own.c.photo_id == copy.c.id, own.c.album_id == word.c.album_id))
        .where(
            edited.c.id.in_(photo_ids),
            edited.c.state == "ready",
            edited.c.content_hash != edited.c.former_hash,
            not_(is_gone(copy)),
        )
        .group_by(word.c.album_id, word.c.photo_id)
        .having(func.count(own.c.photo_id) == 0)
    )


def are_pair(jpeg: Path, raw: Path) -> bool:
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
    outdated = or_(word.photo_id.in_(copies.where(is_gone(copy))), and_(word.photo_id.in_(copies), contradicts))
    connection.execute(delete(album_photos).where(word.album_id == album_id, outdated))


def is_gone(row: FromClause) -> ColumnElement[bool]:
    """The condition that a photo vanished, or its folder is not in the library; the row may be an alias."""
    return or_(row.c.missing_since.is_not(None), row.c.folder_id.is_(None))
