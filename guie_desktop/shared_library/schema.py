"""The table of a shared library: its columns, and what it says of itself."""

import re

import pyarrow as pa

VERSION = 1
"""Of what is written here; a reader refuses a table of a later one."""
VERSION_KEY = b"guie-desktop.version"
"""In the metadata of the schema, as decimal digits."""

LEASE = "guie-desktop.lease"
"""In the configuration of the table: who writes, as JSON with host, process and until when (cluster/lease.py)."""

PATH, HASH, SIZE, MODIFIED, TAKEN, WIDTH, HEIGHT, THUMBNAIL, REASON = (
    "path",
    "hash",
    "size",
    "modified",
    "taken",
    "width",
    "height",
    "thumbnail",
    "reason",
)
_FEATURE, _VECTOR = "feature_", "vector_"

COLUMNS = (
    pa.field(PATH, pa.string(), nullable=False),  # of the file or object, whole; each has one row
    pa.field(HASH, pa.binary(16)),  # disk/content.py
    pa.field(SIZE, pa.int64()),  # bytes
    pa.field(MODIFIED, pa.float64()),  # seconds since the epoch; by both is known whether it is still that photo
    pa.field(TAKEN, pa.float64()),  # as in the catalog; null where it is not known
    pa.field(WIDTH, pa.int32()),  # of the upright picture
    pa.field(HEIGHT, pa.int32()),
    pa.field(THUMBNAIL, pa.large_binary()),  # as the catalog's small pictures of 256 pixels
    pa.field(REASON, pa.string()),  # why it could not be read; else null
)


def feature_column(backbone_key: str) -> str:
    """The column of the features of one backbone: float16[D], null where the photo could not be read."""
    return _FEATURE + _plain(backbone_key)


def vector_column(head_id: str) -> str:
    """The column of the embeddings under one head: float16[d] of unit length."""
    return _VECTOR + _plain(head_id)


def table_schema(features: dict[str, int]) -> pa.Schema:
    """The schema of a new table, with the features of these backbone keys and their lengths D."""
    columns = [
        pa.field(feature_column(key), pa.list_(pa.float16(), length), metadata={b"key": key.encode()})
        for key, length in features.items()
    ]
    return pa.schema([*COLUMNS, *columns], metadata={VERSION_KEY: str(VERSION).encode()})


def _plain(name: str) -> str:
    """Lance reads dots in a column's name as a way into a struct."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)
