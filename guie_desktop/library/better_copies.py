"""Which photos are duplicates of one that is there, as a condition."""

from sqlalchemy import ColumnElement, and_, or_, select

from guie_desktop.library.tables import duplicate_groups, not_duplicates, photos

_copy, _ours, _theirs = photos.alias("copy"), duplicate_groups.alias("ours"), duplicate_groups.alias("theirs")
_IS_THERE = and_(
    _copy.c.missing_since.is_(None),
    _copy.c.folder_id.is_not(None),
    _copy.c.kind.is_distinct_from("sidecar raw"),
)


def _are_parted(one: ColumnElement[bytes], other: ColumnElement[bytes]) -> ColumnElement[bool]:
    """Whether the user said of two contents, or of the files of one, that they are no duplicates."""
    said = or_(
        and_(not_duplicates.c.one == one, not_duplicates.c.other == other),
        and_(not_duplicates.c.one == other, not_duplicates.c.other == one),
    )
    return select(not_duplicates.c.said_at).where(said).exists()


HAS_BETTER_COPY: ColumnElement[bool] = (
    select(_copy.c.id).where(
        _copy.c.content_hash == photos.c.content_hash,
        _copy.c.id < photos.c.id,
        _IS_THERE,
        ~_are_parted(photos.c.content_hash, photos.c.content_hash),
    )
).exists() | (
    select(_ours.c.number)
    .join(_theirs, and_(_theirs.c.number == _ours.c.number, _theirs.c.place < _ours.c.place))
    .join(_copy, and_(_copy.c.content_hash == _theirs.c.content_hash, _IS_THERE))
    .where(
        _ours.c.content_hash == photos.c.content_hash,
        _ours.c.kind == "same",
        ~_are_parted(_ours.c.content_hash, _theirs.c.content_hash),
    )
).exists()
"""The condition that a photo is a duplicate of another one that is there and stands for it, by what was found last."""
