"""Embeddings by key, found by cosine similarity: usearch behind one small class."""

import ctypes
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Below this many vectors a scan is as fast as anyone can see (2 ms at 100,000 x 64), and it misses nothing.
EXACT_UP_TO = 100_000
_CONNECTIVITY = 16
_EXPANSION_ADD = 128
_EXPANSION_SEARCH = 256

Keys = NDArray[np.int64]
Rows = NDArray[np.float32]


class VectorIndex:
    """Unit vectors (d,) under positive integer keys; one thread may add while others search."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self._index = self._empty(dimension)

    @staticmethod
    def _empty(dimension: int) -> Any:
        # The default number type differs between processors, so it is named.
        return _usearch_index()(
            ndim=dimension,
            metric="ip",
            dtype="f16",
            connectivity=_CONNECTIVITY,
            expansion_add=_EXPANSION_ADD,
            expansion_search=_EXPANSION_SEARCH,
        )

    def __len__(self) -> int:
        return len(self._index)

    @property
    def keys(self) -> Keys:
        """All keys, in no order."""
        return np.asarray(self._index.keys, np.uint64).astype(np.int64)

    def add(self, keys: Keys, rows: Rows) -> None:
        """Add unit rows (N, d) under new keys; ValueError for rows that are not finite and of unit length."""
        if not len(keys):
            return
        norms = np.linalg.norm(rows, axis=1)
        if not (np.isfinite(norms).all() and np.allclose(norms, 1.0, atol=1e-2)):
            raise ValueError("vectors must be finite and of unit length")
        self._index.add(keys.astype(np.uint64), rows, threads=1)

    def remove(self, keys: Keys) -> None:
        """Forget these keys; their memory is used again by later ones."""
        if len(keys):
            self._index.remove(keys.astype(np.uint64))

    def rows(self, keys: Keys) -> Rows:
        """The vectors (N, d) of keys that are in the index."""
        return np.asarray(self._index.get(keys.astype(np.uint64)), np.float32).reshape(-1, self.dimension)

    def search(self, query: Rows, most: int) -> tuple[Keys, Rows]:
        """Keys and cosine similarities of the nearest rows to a unit query (d,), best first."""
        most = min(most, len(self))
        if most == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        matches = self._index.search(query.astype(np.float32), most, threads=1, exact=len(self) <= EXACT_UP_TO)
        return np.asarray(matches.keys).astype(np.int64), 1.0 - np.asarray(matches.distances, np.float32)

    def save(self, path: Path, stamp: Mapping[str, Any]) -> None:
        """Write the index beside and rename it into place; `stamp` says what it was built from."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".tmp")
        self._index.save(str(beside))
        description = {**stamp, "checksum": _checksum(beside)}
        _replace(beside, path)
        beside.write_text(json.dumps(description))
        _replace(beside, path.with_suffix(".json"))

    @classmethod
    def load(cls, path: Path, dimension: int, stamp: Mapping[str, Any]) -> "VectorIndex | None":
        """The saved index, or None where there is none, it is damaged, or built from something else."""
        try:
            description = json.loads(path.with_suffix(".json").read_text())
            if description != {**stamp, "checksum": _checksum(path)}:
                return None
            loaded = cls(dimension)
            loaded._index.load(str(path))
        except (OSError, ValueError, RuntimeError):
            return None
        # Loading puts these back to usearch's defaults.
        loaded._index.expansion_add = _EXPANSION_ADD
        loaded._index.expansion_search = _EXPANSION_SEARCH
        return loaded


def _usearch_index() -> Any:
    """Usearch's Index class, without the harm that its C++ library does.

    Its Linux wheels carry a C++ library of their own. Where that comes first, torch and OpenVINO print no numbers any
    more ("alpha=" for "alpha=1"), and torch.onnx.export, which parses such print, fails. So the system's comes first.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError):  # a system without it has no such trouble
            ctypes.CDLL("libstdc++.so.6", mode=ctypes.RTLD_GLOBAL)
    from usearch.index import Index

    return Index


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _replace(beside: Path, path: Path) -> None:
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    beside.replace(path)
