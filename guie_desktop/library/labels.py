"""What the albums say of a backbone's features: which belong to an album, and which are "not this"."""

from dataclasses import dataclass

from sqlalchemy import select

from guie_desktop.library.conditions import VISIBLE
from guie_desktop.library.database import reading
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.tables import album_photos, albums, features, photos


@dataclass(frozen=True, slots=True)
class Labels:
    """Album name to feature ids, ascending; every album is in both, if only with nothing."""

    members: dict[str, list[int]]
    refused: dict[str, list[int]]


def read_labels(store: FeatureStore) -> Labels:
    """Of photos that are present, or on a drive that is away, and were embedded.

    A video is its first frame: several would be one example, counted often, and be tested against each other.
    """
    names = select(albums.c.name).where(albums.c.removed_at.is_(None)).order_by(albums.c.id)
    decided = (
        select(albums.c.name, album_photos.c.verdict, features.c.id)
        .join(album_photos, album_photos.c.album_id == albums.c.id)
        .join(photos, photos.c.id == album_photos.c.photo_id)
        .join(features, features.c.content_hash == photos.c.content_hash)
        .where(albums.c.removed_at.is_(None), features.c.backbone == store.backbone_key, VISIBLE)
        .distinct()
        .order_by(albums.c.id, features.c.id)
    )
    with reading(store.catalog.database) as connection:
        labels = Labels({}, {})
        for name in connection.execute(names).scalars():
            labels.members[name], labels.refused[name] = [], []
        for name, verdict, key in connection.execute(decided):
            (labels.members if verdict == "member" else labels.refused)[name].append(key)
    return labels
