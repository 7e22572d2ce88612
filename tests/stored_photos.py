"""Photos that exist in the catalog alone, with features that a test makes up."""

import itertools
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, insert, select

from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.jobs.refitting import renew_space
from guie_desktop.library.database import writing
from guie_desktop.library.decode_rules import DECODE_RULE
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.tables import folders, photos
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish

_numbers = itertools.count(1)


def store_photos(store: FeatureStore, rows: NDArray[np.float32], folder: Path) -> list[int]:
    """A photo in the folder for each feature (N, D); their ids."""
    hashes = [f"{number:016d}".encode() for number in itertools.islice(_numbers, len(rows))]
    with writing(store.catalog.database) as connection:
        folder_id = _folder(store.catalog.database, folder)
        if folder_id is None:
            values = {"path": folder, "online": True, "added_at": 0.0}
            folder_id = connection.execute(insert(folders).values(values).returning(folders.c.id)).scalar_one()
        ids = [
            connection.execute(
                insert(photos).values(_photo(folder_id, folder, key)).returning(photos.c.id)
            ).scalar_one()
            for key in hashes
        ]
        store.keep_within(connection, dict(zip(hashes, rows, strict=True)))
    return ids


def keys_of(store: FeatureStore, photo_ids: list[int]) -> list[int]:
    """Feature ids of photos."""
    with store.catalog.database.connect() as connection:
        found = connection.execute(select(photos.c.id, photos.c.content_hash).where(photos.c.id.in_(photo_ids)))
        hashes = {row.id: row.content_hash for row in found}
    by_hash = store.keyed(list(hashes.values()))
    return [by_hash[hashes[photo]][0] for photo in photo_ids]


def fill_library(library: WritableLibrary, rows: NDArray[np.float32], folder: Path) -> list[int]:
    """A library of these photos (N, D), as an indexing would leave it; their ids."""
    backbone = library.backbone
    ids = store_photos(backbone.features, rows, folder)
    backbone.keep_general(fit_general_head(rows), len(rows))
    finish(renew_space(backbone))
    return ids


def _folder(database: Engine, path: Path) -> int | None:
    with database.connect() as connection:
        return connection.execute(select(folders.c.id).where(folders.c.path == path)).scalar_one_or_none()


def _photo(folder_id: int, folder: Path, content_hash: bytes) -> dict[str, object]:
    return {
        "folder_id": folder_id,
        "directory": folder,
        "name": Path(f"{content_hash.decode()}.jpg"),
        "bytes": 1,
        "mtime_ns": 1,
        "inode": 1,
        "state": "ready",
        "content_hash": content_hash,
        "rule": DECODE_RULE,
        "width": 4,
        "height": 3,
        "taken": 0.0,
    }
