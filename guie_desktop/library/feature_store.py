"""Backbone features as they are stored: float16 rows by content hash, one set per backbone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, and_, delete, func, literal_column, or_, select
from sqlalchemy.dialects.sqlite import insert

from guie_desktop.arrays import Feature, Keys, Mask, StoredFeature, StoredFeatures
from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.domain import Verdict
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.changed_photos import are_followed, changes_since
from guie_desktop.library.conditions import SHOWN, VISIBLE, chunks
from guie_desktop.library.database import reading, writing
from guie_desktop.library.filters import passes
from guie_desktop.library.photo_statements import FEATURES_BY_CONTENT, KEYS_BY_CONTENT
from guie_desktop.library.tables import album_photos, albums, features, frames, photos

STORED = np.dtype("<f2")
_LOOKED_AT = 101
"""Features, of which most are taken to have the right length."""


class FeatureStore:
    """The features of one backbone; reads are safe from several threads."""

    def __init__(self, catalog: Catalog, backbone_key: str) -> None:
        self.catalog = catalog
        self.backbone_key = backbone_key
        self._database = catalog.database
        self._passed: tuple[Filter, tuple[int, int | None], Keys] | None = None
        """The last filter that was asked for, what the last change and feature were then, and what passed it."""

    def is_empty(self) -> bool:
        """Whether the backbone has none, be it of photos that are gone."""
        query = select(features.c.id).where(features.c.backbone == self.backbone_key).limit(1)
        with reading(self._database) as connection:
            return connection.execute(query).first() is None

    def known(self, hashes: Sequence[bytes]) -> set[bytes]:
        """Those of the content hashes that have a feature."""
        found: set[bytes] = set()
        with reading(self._database) as connection:
            for part in chunks(hashes):
                query = select(features.c.content_hash).where(
                    features.c.backbone == self.backbone_key, features.c.content_hash.in_(part)
                )
                found.update(connection.execute(query).scalars())
        return found

    def keyed(self, hashes: Sequence[bytes]) -> dict[bytes, tuple[int, StoredFeature]]:
        """Content hash to id and feature (D,); unknown hashes are left out, and damaged features."""
        found: dict[bytes, tuple[int, StoredFeature]] = {}
        with reading(self._database) as connection:
            for part in chunks(hashes):
                read = connection.execute(FEATURES_BY_CONTENT, {"backbone": self.backbone_key, "hashes": part}).all()
                hashes_by_key = {row.id: row.content_hash for row in read}
                sound = zip(*self._sound(read), strict=True)
                found.update((hashes_by_key[int(key)], (int(key), row)) for key, row in sound)
        return found

    def keys_of(self, hashes: Sequence[bytes]) -> dict[bytes, int]:
        """Content hash to id; unknown hashes are left out."""
        found: dict[bytes, int] = {}
        with reading(self._database) as connection:
            for part in chunks(hashes):
                found.update(
                    map(tuple, connection.execute(KEYS_BY_CONTENT, {"backbone": self.backbone_key, "hashes": part}))
                )
        return found

    def live_ids(self, *, after: int = 0, which: Filter = EVERYTHING) -> Keys:
        """Ids, above `after` and ascending, of the features whose photo is present and passes the filter.

        What passed the last filter is kept until something changes, for people search more than once in one album.
        """
        if which and not after:
            return self._passing_now(which)
        scope = (VISIBLE, passes(which))
        live = select(photos.c.content_hash).where(*scope)
        live_frames = select(frames.c.content_hash).join(photos, photos.c.content_hash == frames.c.video).where(*scope)
        is_live: ColumnElement[bool] = or_(
            live.where(photos.c.content_hash == features.c.content_hash).exists(),
            live_frames.where(frames.c.content_hash == features.c.content_hash).exists(),
        )
        return self._ids_where(is_live, after=after)

    def listed(self, which: Filter) -> Keys | None:
        """What `live_ids` told last, where that was of this filter and is so still."""
        passed = self._passed
        if passed is None or passed[0] != which or not are_followed(which):
            return None
        with reading(self._database) as connection:
            return passed[2] if passed[1] == self._now(connection) else None

    def _passing_now(self, which: Filter) -> Keys:
        found = self.listed(which)
        if found is None:
            with reading(self._database) as connection:
                found = self._passing_all(connection, which)
                self._passed = which, self._now(connection), found
        return found

    def _now(self, connection: Connection) -> tuple[int, int | None]:
        newest = connection.execute(select(func.max(features.c.id))).scalar()
        return changes_since(connection, None).number, newest

    def _passing_all(self, connection: Connection, which: Filter) -> Keys:
        """The ids in one list, by which SQLite finds them, and in one text, for a row for each takes twice the time."""
        # By its kind first, so that the frames of what has none are not looked for.
        of_it = and_(photos.c.kind == "video", frames.c.video == photos.c.content_hash)
        live = (
            select(func.coalesce(frames.c.content_hash, photos.c.content_hash))
            .select_from(photos.outerjoin(frames, of_it))
            .where(SHOWN, passes(which))
        )
        query = select(func.group_concat(features.c.id)).where(
            features.c.backbone == self.backbone_key, features.c.content_hash.in_(live)
        )
        return np.sort(np.fromstring(connection.execute(query).scalar() or "", np.int64, sep=","))

    def passing(self, ids: Keys, which: Filter) -> Mask:
        """Of which of these features (N,) a photo is present and passes the filter; to be asked of few."""
        video = select(frames.c.video).where(frames.c.content_hash == features.c.content_hash)
        content = func.coalesce(video.correlate(features).scalar_subquery(), features.c.content_hash)
        is_live = select(photos.c.id).where(photos.c.content_hash == content, VISIBLE, passes(which, one_by_one=True))
        return np.isin(ids, self._among([int(one) for one in ids], is_live.exists()))

    def of_pictures(self, which: Filter) -> Keys:
        """Ids, ascending, of the features of present photos that pass the filter; of videos none."""
        shown = select(photos.c.content_hash).where(VISIBLE, passes(which), photos.c.kind.is_distinct_from("video"))
        return self._ids_where(features.c.content_hash.in_(shown))

    def existing(self, ids: Sequence[int]) -> set[int]:
        """Those of the ids that features have, of whatever backbone and photo."""
        return set(self._among(ids))

    def _among(self, ids: Sequence[int], *conditions: ColumnElement[bool]) -> list[int]:
        found: list[int] = []
        with reading(self._database) as connection:
            for part in chunks(ids):
                query = select(features.c.id).where(features.c.id.in_(part), *conditions)
                found += connection.execute(query).scalars()
        return found

    def ids(self, *, after: int = 0) -> Keys:
        """Ids, above `after` and ascending, of all features, also of photos that are gone."""
        return self._ids_where(after=after)

    def shown_photos(self, which: Filter = EVERYTHING) -> tuple[Keys, Keys]:
        """Ids (N,), ascending, of the features of photos that are present and pass, and for each the id of a photo.

        Of several copies it is the one that was found first; a video is its first frame.
        """
        query = (
            select(features.c.id, func.min(photos.c.id))
            .join(photos, photos.c.content_hash == features.c.content_hash)
            .where(features.c.backbone == self.backbone_key, VISIBLE, passes(which))
            .group_by(features.c.id)
            .order_by(features.c.id)
        )
        with reading(self._database) as connection:
            rows = connection.execute(query).all()
        pairs = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    def with_frames(self, ids: Keys) -> Keys:
        """These ids, and where one is of a video, those of its other frames."""
        own, other = frames.alias("own"), frames.alias("other")
        found = [ids]
        for part in chunks([int(value) for value in ids]):
            hashes = select(features.c.content_hash).where(features.c.id.in_(part))
            query = (
                select(other.c.content_hash)
                .join(own, own.c.video == other.c.video)
                .where(own.c.content_hash.in_(hashes))
            )
            found.append(self._ids_where(features.c.content_hash.in_(query)))
        together: Keys = np.unique(np.concatenate(found))
        return together

    def decided_ids(self, album_id: int, verdict: Verdict) -> Keys:
        """Ids, ascending, of the features of what this was decided of, whether it is present or not.

        As with everything that is decided, a video is its first frame.
        """
        decided = (
            select(photos.c.content_hash)
            .join(album_photos, album_photos.c.photo_id == photos.c.id)
            .where(album_photos.c.album_id == album_id, album_photos.c.verdict == verdict)
        )
        return self._ids_where(features.c.content_hash.in_(decided))

    def kept_apart_ids(self, album_id: int) -> Keys:
        """Ids, ascending, of the features of what is in albums that have no photo in common with this one."""
        inside = album_photos.c.verdict == "member"
        own = select(album_photos.c.photo_id).where(album_photos.c.album_id == album_id, inside)
        related = select(album_photos.c.album_id).where(album_photos.c.photo_id.in_(own), inside)
        apart = (
            select(photos.c.content_hash)
            .join(album_photos, album_photos.c.photo_id == photos.c.id)
            .join(albums, albums.c.id == album_photos.c.album_id)
            .where(albums.c.removed_at.is_(None), albums.c.id.not_in(related), inside)
        )
        return self._ids_where(features.c.content_hash.in_(apart))

    def _ids_where(self, *conditions: ColumnElement[bool], after: int = 0) -> Keys:
        query = select(features.c.id).where(features.c.backbone == self.backbone_key, *conditions)
        if after:  # the sign keeps SQLite from beginning with all features of the backbone
            of_backbone = literal_column("+features.backbone") == self.backbone_key
            query = select(features.c.id).where(of_backbone, features.c.id > after, *conditions)
        with reading(self._database) as connection:
            return np.sort(np.fromiter(connection.execute(query).scalars(), np.int64))

    def by_id(self, ids: Keys, rows_at_once: int = 4096) -> Iterator[tuple[Keys, StoredFeatures]]:
        """(ids, features (N, D)) in runs, for the ids that exist; damaged features are left out, the doctor tells."""
        for part in chunks([int(value) for value in ids], rows_at_once):
            query = select(features.c.id, features.c.vector).where(features.c.id.in_(part))
            with reading(self._database) as connection:
                read = connection.execute(query).all()
            keys, matrix = self._sound(read)
            if len(keys):
                yield keys, matrix

    def _sound(self, read: Sequence[Any]) -> tuple[Keys, StoredFeatures]:
        return _sound(read, self._row_bytes if read else 0)

    @cached_property
    def _row_bytes(self) -> int:
        """The length of a stored feature, as most of them have it; to be asked for where there are any."""
        query = select(func.length(features.c.vector)).where(features.c.backbone == self.backbone_key).limit(_LOOKED_AT)
        with reading(self._database) as connection:
            return int(Counter(connection.execute(query).scalars().all()).most_common(1)[0][0])

    def sample(self, most: int) -> StoredFeatures:
        """Up to `most` features of present photos, evenly spread and the same at every call, (N, D)."""
        parts = [matrix for _, matrix in self.by_id(evenly(self.live_ids(), most))]
        return np.concatenate(parts) if parts else np.empty((0, 0), STORED)

    def keep(self, vectors: Mapping[bytes, Feature]) -> None:
        """Keep features (D,) by content hash; known ones are left as they are."""
        with writing(self._database) as connection:
            self.keep_within(connection, vectors)

    def keep_within(self, connection: Connection, vectors: Mapping[bytes, Feature]) -> None:
        """The same inside a transaction of this package."""
        rows = [
            {"backbone": self.backbone_key, "content_hash": key, "vector": vector.astype(STORED).tobytes()}
            for key, vector in vectors.items()
        ]
        if rows:
            connection.execute(insert(features).on_conflict_do_nothing(), rows)

    def forget(self, hashes: Sequence[bytes]) -> None:
        """Remove what all backbones have of contents whose pixels come out otherwise by now.

        A row is never changed: what is embedded anew gets a key of its own, by which every index learns of it.
        """
        with writing(self._database) as connection:
            for part in chunks(hashes):
                of_videos = select(frames.c.content_hash).where(frames.c.video.in_(part))
                is_of_these = or_(features.c.content_hash.in_(part), features.c.content_hash.in_(of_videos))
                connection.execute(delete(features).where(is_of_these))

    def damaged(self, ids: Keys, dimension: int) -> list[int]:
        """Those of the ids whose features have not so many values, or some that are not finite."""
        wanted = [int(value) for value in ids]
        query = select(features.c.id, features.c.vector).where(features.c.id.in_(wanted))
        with reading(self._database) as connection:
            read = connection.execute(query).all()
        sound, _ = _sound(read, dimension * STORED.itemsize)
        return sorted({row.id for row in read}.difference(sound.tolist()))

    def discard(self, ids: Sequence[int]) -> None:
        """Remove damaged features; their photos and videos are embedded again by the next indexing."""
        with writing(self._database) as connection:
            for part in chunks(ids):
                damaged = select(features.c.content_hash).where(features.c.id.in_(part))
                # A video is read again where its first frame has no feature.
                videos = select(frames.c.video).where(frames.c.content_hash.in_(damaged))
                of_video = features.c.content_hash.in_(connection.execute(videos).scalars().all())
                of_this_backbone = and_(features.c.backbone == self.backbone_key, of_video)
                connection.execute(delete(features).where(or_(features.c.id.in_(part), of_this_backbone)))


def _sound(read: Sequence[Any], row_bytes: int) -> tuple[Keys, StoredFeatures]:
    """(ids, features (N, D)) of rows of both, but for what is damaged: of another length, or not finite."""
    rows = [row for row in read if len(row[1]) == row_bytes]
    matrix = np.frombuffer(b"".join(row[1] for row in rows), STORED).reshape(len(rows), -1 if rows else 0)
    is_finite = np.isfinite(matrix).all(axis=1)
    return np.array([row[0] for row in rows], np.int64)[is_finite], matrix[is_finite]


def evenly(ids: Keys, most: int) -> Keys:
    """Up to `most` of the ids, evenly spread and the same at every call."""
    return ids[np.linspace(0, len(ids) - 1, most).astype(np.int64)] if len(ids) > most else ids
