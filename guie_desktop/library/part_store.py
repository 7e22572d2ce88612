"""What a backbone has made of parts of photos, in a file of its own: it can be made again, and be let go of at once.

A part has no content hash. Its key is that of its photo's feature and its number in the grid, in one number, so that
what is known of the feature (which photo shows it, whether that is there, whether a filter lets it pass) holds for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Column, Engine, Integer, LargeBinary, MetaData, Select, String, Table, delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from guie_desktop.arrays import Features, Floats, Keys, Mask
from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.library.cache_file import open_or_replace, remove
from guie_desktop.library.conditions import chunks
from guie_desktop.library.database import open_database, writing
from guie_desktop.library.feature_store import FeatureStore

KEYS_EACH = 64
"""Keys of each feature: more than a grid has parts."""
_LARGEST = 127

_metadata = MetaData()
# The id of a feature is given once, so a row here stays what it is.
_parts = Table(
    "parts",
    _metadata,
    Column("feature_id", Integer, primary_key=True),
    Column("backbone", String, nullable=False),
    Column("scales", LargeBinary, nullable=False),  # (P,) float32, little endian
    Column("numbers", LargeBinary, nullable=False),  # (P, D) int8: each row times its scale is the feature of a part
)


class PartStore:
    """The parts of one backbone's photos, P of each; reads are safe from several threads."""

    def __init__(self, path: Path, features: FeatureStore, parts: int, grid: str) -> None:
        """`grid` names which parts they are; those of another grid are as none."""
        self.path = path
        self.backbone_key = f"{features.backbone_key}-{grid}"
        self._features, self._each, self._grid = features, parts, grid
        self._reader: Engine | None = None
        self._writer: Engine | None = None

    # --- what is there

    def known(self) -> Keys:
        """Ids of the features whose photos have parts, ascending."""
        query = select(_parts.c.feature_id).where(_parts.c.backbone == self.backbone_key)
        return np.array([row[0] for row in self._read(query.order_by(_parts.c.feature_id))], np.int64)

    def live_ids(self, *, which: Filter = EVERYTHING) -> Keys:
        """Keys, ascending, of the parts whose photo is present and passes the filter."""
        known = self.known()
        if not len(known):
            return known
        present = np.intersect1d(known, self._features.live_ids(which=which), assume_unique=True)
        return self.keys_of(present)

    def listed(self, which: Filter) -> Keys | None:
        """Nothing is kept of parts."""
        return None

    def passing(self, keys: Keys, which: Filter) -> Mask:
        """Which of these keys (N,) are of a photo that is present and passes the filter; to be asked of few."""
        return self._features.passing(by_photo(keys)[0], which)

    def by_id(self, ids: Keys, rows_at_once: int = 4096) -> Iterator[tuple[Keys, Features]]:
        """(keys, features (N, D)) of all parts of the photos that these are of, in runs; the damaged are left out."""
        for part in chunks([int(one) for one in np.unique(ids // KEYS_EACH)], max(1, rows_at_once // self._each)):
            columns = (_parts.c.feature_id, _parts.c.scales, _parts.c.numbers)
            found = {}
            for feature_id, scales, numbers in self._read(select(*columns).where(_parts.c.feature_id.in_(part))):
                if (rows := self._unpacked(scales, numbers)) is not None:
                    found[feature_id] = rows
            if found:
                yield self.keys_of(np.array(list(found), np.int64)), np.concatenate(list(found.values()))

    def keys_of(self, feature_ids: Keys) -> Keys:
        """The keys of all parts of the photos with these features, photo by photo."""
        keys: Keys = (feature_ids[:, np.newaxis] * KEYS_EACH + np.arange(self._each)).reshape(-1)
        return keys

    def count(self) -> int:
        """How many photos have parts."""
        query = select(func.count()).select_from(_parts).where(_parts.c.backbone == self.backbone_key)
        rows = self._read(query)
        return int(rows[0][0]) if rows else 0

    def size(self) -> int:
        """Bytes that the file takes of the disk."""
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    # --- writing, by the library's one writer

    def keep(self, rows: Mapping[int, Floats]) -> None:
        """Keep the features (P, D) of all parts of photos, by the ids of the photos' own; NoRoom on a full disk."""
        values = [{"feature_id": one, "backbone": self.backbone_key} | _packed(parts) for one, parts in rows.items()]
        if values:
            with writing(self._to_write()) as connection:
                connection.execute(insert(_parts).prefix_with("OR REPLACE"), values)

    def drop_orphans(self) -> None:
        """Let go of the parts of photos whose features are gone, and of those that no grid of now has."""
        rows = self._read(select(_parts.c.feature_id, _parts.c.backbone))
        there = self._features.existing([row.feature_id for row in rows])
        gone = [row.feature_id for row in rows if row.feature_id not in there or not row.backbone.endswith(self._grid)]
        if gone:
            with writing(self._to_write()) as connection:
                for part in chunks(gone):
                    connection.execute(delete(_parts).where(_parts.c.feature_id.in_(part)))

    def forget(self) -> None:
        """Let go of the parts of all photos and backbones; OSError where another process has the file and keeps it."""
        self.close()
        remove(self.path)

    def close(self) -> None:
        """Let go of the file; it is opened again when it is wanted."""
        for engine in (self._reader, self._writer):
            if engine is not None:
                engine.dispose()
        self._reader = self._writer = None

    # --- inside

    def _unpacked(self, scales: bytes, numbers: bytes) -> Floats | None:
        """(P, D), or None where it is damaged."""
        factors = np.frombuffer(scales, "<f4") if len(scales) == 4 * self._each else np.full(1, np.nan)
        if len(numbers) % self._each or not numbers or not np.isfinite(factors).all():
            return None
        rows: Floats = np.frombuffer(numbers, np.int8).reshape(self._each, -1) * factors[:, np.newaxis]
        return rows

    def _read(self, query: Select[Any]) -> Sequence[Any]:
        if self._reader is None:
            if not self.path.exists():
                return ()
            self._reader = open_database(self.path, read_only=True)
        try:
            with self._reader.connect() as connection:
                return connection.execute(query).all()
        except DatabaseError:
            return ()  # what can be made again and cannot be read is as nothing

    def _to_write(self) -> Engine:
        if self._writer is None:
            self._writer = open_or_replace(self.path, _metadata)
        return self._writer


def _packed(parts: Floats) -> dict[str, bytes]:
    """Rows (P, D) in a quarter of the room: the largest number of each is 127."""
    scales = np.abs(parts).max(axis=1) / _LARGEST
    numbers = np.divide(parts, scales[:, np.newaxis], out=np.zeros_like(parts), where=scales[:, np.newaxis] > 0)
    return {"scales": scales.astype("<f4").tobytes(), "numbers": np.round(numbers).astype(np.int8).tobytes()}


def by_photo(keys: Keys) -> tuple[Keys, Keys]:
    """Of parts' keys (N,) the ids of their photos' features, and the numbers of the parts in the grid."""
    return keys // KEYS_EACH, keys % KEYS_EACH


def bytes_of_photo(parts: int, dimension: int) -> int:
    """About what the parts of one photo take in the file, for features of this length."""
    return parts * (dimension + 4) + 128
