"""What each search asks of the catalog, in statements made once: to make one anew takes longer than to answer it."""

from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, func, select

from guie_desktop.asking import Filter
from guie_desktop.library.conditions import VISIBLE
from guie_desktop.library.filters import passes
from guie_desktop.library.photo_columns import PHOTO_COLUMNS
from guie_desktop.library.tables import features, folders, frames, photos

_IDS: BindParameter[int] = bindparam("ids", expanding=True)

FOLDERS_AWAY = select(folders.c.id).where(~folders.c.online)
PHOTOS_BY_ID = select(*PHOTO_COLUMNS).where(photos.c.id.in_(_IDS), photos.c.content_hash.is_not(None))

_OF_CONTENTS = and_(
    features.c.backbone == bindparam("backbone"), features.c.content_hash.in_(bindparam("hashes", expanding=True))
)
FEATURES_BY_CONTENT = select(features.c.id, features.c.vector, features.c.content_hash).where(_OF_CONTENTS)
KEYS_BY_CONTENT = select(features.c.content_hash, features.c.id).where(_OF_CONTENTS)


@lru_cache(maxsize=8)
def photos_that_show(which: Filter) -> Select[Any]:
    """Of features with these ids the photos that pass a filter, each with its feature, frame and moment."""
    return (
        select(*PHOTO_COLUMNS, features.c.id, frames.c.content_hash, frames.c.moment)
        .join(frames, frames.c.content_hash == features.c.content_hash, isouter=True)
        .join(photos, photos.c.content_hash == func.coalesce(frames.c.video, features.c.content_hash))
        .where(features.c.id.in_(_IDS), VISIBLE, passes(which, one_by_one=True))
        .order_by(photos.c.id)
    )
