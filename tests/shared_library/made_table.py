"""A small table of a shared library, as `shared build` leaves one, of photos that exist as drawn pictures alone."""

import io
from collections.abc import Sequence
from pathlib import Path

import lance
import numpy as np
import pyarrow as pa
from PIL import Image

from guie_desktop.arrays import Floats
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.schema import (
    HASH,
    HEIGHT,
    MODIFIED,
    PATH,
    REASON,
    SIZE,
    TAKEN,
    THUMBNAIL,
    WIDTH,
    feature_column,
    table_schema,
)

BACKBONE = "made-backbone-000000000000"
DIMENSION = 32
NEWEST = 1_700_000_000.0
DAY = 86_400.0


def make_table(
    place: Path | str,
    count: int = 60,
    *,
    dimension: int = DIMENSION,
    backbone: str = BACKBONE,
    root: str = "/archive",
    things: int = 6,
    unreadable: Sequence[int] = (7,),
    undated: Sequence[int] = (3,),
    schema_version: bytes | None = None,
    seed: int = 1,
) -> Address:
    """Write a table at a path or an address; photo n shows thing n % things, and is n days older than the newest.

    Those of `unreadable` have a reason and no feature; those of `undated` no date. The address of the table.
    """
    address = Address.parse(str(place))
    schema = table_schema({backbone: dimension})
    if schema_version is not None:
        key = next(iter(schema.metadata))
        schema = schema.with_metadata({key: schema_version})
    features = made_features(count, dimension, things, seed)
    readable = [number not in unreadable for number in range(count)]

    def told(values: Sequence[object]) -> list[object]:
        return [value if known else None for value, known in zip(values, readable, strict=True)]

    columns = {
        PATH: [f"{root}/thing {number % things}/{number:05}.jpg" for number in range(count)],
        HASH: [number.to_bytes(16) for number in range(count)],
        SIZE: [1000 + number for number in range(count)],
        MODIFIED: [NEWEST - number * DAY for number in range(count)],
        TAKEN: told([None if number in undated else NEWEST - number * DAY for number in range(count)]),
        WIDTH: told([160] * count),
        HEIGHT: told([120] * count),
        THUMBNAIL: told([drawn(number % things) for number in range(count)]),
        REASON: [None if known else "This file is damaged." for known in readable],
        feature_column(backbone): told(list(features.astype(np.float16))),
    }
    arrays = [pa.array(columns[field.name], field.type) for field in schema]
    lance.write_dataset(
        pa.table(arrays, schema=schema),
        address.uri,
        storage_options=address.storage_options(),
        enable_stable_row_ids=True,
    )
    return address


def made_features(count: int, dimension: int = DIMENSION, things: int = 6, seed: int = 1) -> Floats:
    """(N, D): those of one thing lie around one point, and none is of unit length."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(things, dimension))
    rows = centres[np.arange(count) % things] + 0.3 * rng.normal(size=(count, dimension))
    return (3 * rows).astype(np.float32)


def drawn(thing: int) -> bytes:
    """A small picture of a thing, as JPEG: each has its colour."""
    file = io.BytesIO()
    colour = (40 + 35 * thing % 200, 200 - 30 * thing % 200, 90 + 55 * thing % 160)
    Image.new("RGB", (256, 192), colour).save(file, "JPEG")
    return file.getvalue()
