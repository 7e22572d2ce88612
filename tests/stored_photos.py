"""Photos that exist in the catalogue alone, with features that a test makes up."""

import itertools
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, insert, select

from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.jobs.general_head import renew_space
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.library.database import writing
from guie_desktop.library.features import Features
from guie_desktop.library.heads import keep_general_head
from guie_desktop.library.tables import folders, photos
from tests.running import finish

_numbers = itertools.count(1)


def store_photos(store: Features, rows: NDArray[np.float32], folder: Path) -> list[int]:
    """A photo in the folder for each feature (N, D); their ids."""
    hashes = [f"{number:016d}".encode() for number in itertools.islice(_numbers, len(rows))]
    with writing(store.engine) as connection:
        folder_id = _folder(store.engine, folder)
        if folder_id is None:
            values = {"path": folder, "online": True, "added_at": 0.0}
            folder_id = connection.execute(insert(folders).values(values).returning(folders.c.id)).scalar_one()
        ids = [
            connection.execute(
                insert(photos).values(_photo(folder_id, folder, key)).returning(photos.c.id)
            ).scalar_one()
            for key in hashes
        ]
        store.store(connection, dict(zip(hashes, rows, strict=True)))
    return ids


def keys_of(store: Features, photo_ids: list[int]) -> list[int]:
    """Feature ids of photos."""
    with store.engine.connect() as connection:
        found = connection.execute(select(photos.c.id, photos.c.content_hash).where(photos.c.id.in_(photo_ids)))
        hashes = {row.id: row.content_hash for row in found}
    by_hash = store.keyed(list(hashes.values()))
    return [by_hash[hashes[photo]][0] for photo in photo_ids]


def fill_library(library: WritableLibrary, rows: NDArray[np.float32], folder: Path) -> list[int]:
    """A library of these photos (N, D), as an indexing would leave it; their ids."""
    model = library.model
    ids = store_photos(model.features, rows, folder)
    keep_general_head(model.features.engine, model.key, fit_general_head(rows).to_bytes(), len(rows))
    finish(renew_space(model))
    return ids


def _folder(engine: Engine, path: Path) -> int | None:
    with engine.connect() as connection:
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
        "width": 4,
        "height": 3,
        "taken": 0.0,
    }
