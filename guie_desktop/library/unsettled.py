"""Photos of which something may be left to be done: to be embedded, their notes to be read, their colours to be found.

All three are told by what is stored, but asking that of each photo takes seconds in a large library. So triggers note
what has changed in a way that may leave something to be done, and the questions are asked of that alone. When the rest
was found to be done is kept as well: for another backbone, or by another rule, all photos are asked once more.
"""

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    delete,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from guie_desktop.library.conditions import (
    COLOURS_ARE_UNKNOWN,
    NOTES_ARE_OUTDATED,
    NOTES_RULE,
    OUTDATED,
    SHOWN,
    VISIBLE,
    chunks,
    exists_feature,
)
from guie_desktop.library.database import reading, writing
from guie_desktop.library.decode_rules import DECODE_RULE
from guie_desktop.library.kept_counts import counted_directories, differ
from guie_desktop.library.tables import features, photos

_caches = MetaData()
_unsettled = Table("unsettled_photos", _caches, Column("photo_id", Integer, primary_key=True))
_settled_for = Table(
    "settled_for",
    _caches,
    Column("backbone", String, nullable=False),
    Column("notes_rule", Integer, nullable=False),
    Column("decode_rule", Integer, nullable=False),
)

_NOTED = photos.c.id.in_(select(_unsettled.c.photo_id))
"""The condition that a photo is noted."""

_RULES = {"notes_rule": NOTES_RULE, "decode_rule": DECODE_RULE}
_TOLD_BY = ("content_hash", "missing_since", "folder_id", "kind", "state", "sidecar_ns", "rule")
_TRIGGERS = (
    "CREATE TRIGGER unsettled_new_photo AFTER INSERT ON photos WHEN new.content_hash IS NOT NULL "
    "BEGIN INSERT INTO unsettled_photos VALUES (new.id) ON CONFLICT DO NOTHING; END",
    f"CREATE TRIGGER unsettled_photo AFTER UPDATE OF {', '.join(_TOLD_BY)} ON photos WHEN {differ(*_TOLD_BY)} "
    "BEGIN INSERT INTO unsettled_photos VALUES (new.id) ON CONFLICT DO NOTHING; END",
    "CREATE TRIGGER unsettled_gone_photo AFTER DELETE ON photos "
    "BEGIN DELETE FROM unsettled_photos WHERE photo_id = old.id; END",
    "CREATE TRIGGER unsettled_without_feature AFTER DELETE ON features "
    "BEGIN INSERT INTO unsettled_photos SELECT id FROM photos WHERE content_hash = old.content_hash "
    "ON CONFLICT DO NOTHING; END",
)

UNSETTLE_ALL = "DELETE FROM settled_for"
"""For whoever wrote past the triggers."""


def make_unsettled(connection: Connection) -> None:
    """Note what changes from now on; nothing is settled yet."""
    _caches.create_all(connection)
    for trigger in _TRIGGERS:
        connection.exec_driver_sql(trigger)


def may_be_left(connection: Connection, backbone: str | None = None) -> ColumnElement[bool]:
    """The condition that something may be left to be done of a photo that was read, for this backbone as well."""
    return _NOTED if _is_settled_for(connection, backbone) else photos.c.id.is_not(None)


def settle(database: Engine, backbone: str) -> None:
    """Forget the photos of which nothing is left to be done; others may write meanwhile.

    Where nothing was settled yet all photos are asked: takes seconds in a large library, and holds up nobody.
    """
    something_left = or_(~exists_feature(backbone), NOTES_ARE_OUTDATED, COLOURS_ARE_UNKNOWN)
    still_left = select(photos.c.id).where(VISIBLE, or_(and_(photos.c.state == "ready", something_left), OUTDATED))
    with reading(database) as connection:
        is_known = _is_settled_for(connection, backbone)
        noted = connection.execute(select(_unsettled.c.photo_id)).scalars().all()
    if is_known:
        for part in chunks(noted):
            with writing(database) as connection:
                left = set(connection.execute(still_left.where(photos.c.id.in_(part))).scalars())
                settled = [photo_id for photo_id in part if photo_id not in left]
                connection.execute(delete(_unsettled).where(_unsettled.c.photo_id.in_(settled)))
        return
    with writing(database) as connection:
        connection.execute(delete(_settled_for))
        connection.execute(delete(_unsettled))  # what changes from now on is noted anew
    with reading(database) as connection:
        all_left = connection.execute(still_left).scalars().all()
    with writing(database) as connection:
        for part in chunks(all_left):
            noting = insert(_unsettled).on_conflict_do_nothing()
            connection.execute(noting, [{"photo_id": photo_id} for photo_id in part])
        connection.execute(insert(_settled_for).values(backbone=backbone, **_RULES))


def _is_settled_for(connection: Connection, backbone: str | None) -> bool:
    """Whether nothing is left to be done of what is not noted, for this backbone, or (None) for whichever."""
    settled = select(_settled_for.c.backbone).filter_by(**_RULES)
    found = connection.execute(settled).scalar_one_or_none()
    return found is not None and backbone in (None, found)


def embedded_count(connection: Connection, backbone: str) -> int:
    """How many of the photos that can be shown this backbone has embedded."""
    of_backbone = select(features.c.id).where(features.c.backbone == backbone).limit(1)
    if connection.execute(of_backbone).first() is None:
        return 0
    counted, is_seen = select(func.count()).select_from(photos).where(SHOWN), exists_feature(backbone)
    if not _is_settled_for(connection, backbone):
        return int(connection.execute(counted.where(is_seen)).scalar_one())
    all_shown = select(func.coalesce(func.sum(counted_directories.c.shown), 0))
    unseen = counted.where(_NOTED, ~is_seen)
    return int(connection.execute(all_shown).scalar_one() - connection.execute(unseen).scalar_one())
