"""Embeddings by key, found by their inner product: usearch behind one small class."""

import ctypes
import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Keys, Mask, Scores
from guie_desktop.paths import is_text

# Up to so many a scan is as fast as anyone can see (15 ms at 200,000 x 704), misses nothing, and needs no graph, which
# would take a minute to build after each learning.
EXACT_UP_TO = 200_000
_CONNECTIVITY = 16
_EXPANSION_ADD = 128
_EXPANSION_SEARCH = 256
# A scan needs no graph, and without one 200,000 vectors are added in a second instead of 4,000. As little of it is
# built as usearch can be made to.
_SCANNED_CONNECTIVITY = 2
_SCANNED_EXPANSION = 1
_ROWS_AT_ONCE = 128
"""Half a second in a graph of a million."""


class VectorIndex:
    """Unit vectors (d,) under positive integer keys; one thread may add while others search."""

    def __init__(self, dimension: int, *, is_graph: bool = False) -> None:
        """Empty; searched by a scan, or as a graph (HNSW: Malkov and Yashunin, arXiv 1603.09320)."""
        self.dimension = dimension
        self.is_graph = is_graph
        # The default number type differs between processors, so it is named.
        self._index: Any = _usearch_index()(
            ndim=dimension,
            metric="ip",
            dtype="f16",
            connectivity=_CONNECTIVITY if is_graph else _SCANNED_CONNECTIVITY,
            expansion_add=_EXPANSION_ADD if is_graph else _SCANNED_EXPANSION,
            expansion_search=_EXPANSION_SEARCH,
        )

    def __len__(self) -> int:
        return len(self._index)

    @property
    def keys(self) -> Keys:
        """All keys, in no order."""
        return np.asarray(self._index.keys, np.uint64).astype(np.int64)

    def holds(self, keys: Keys) -> Mask:
        """Which of these keys (N,) are in it."""
        return np.asarray(self._index.contains(keys.astype(np.uint64)), bool).reshape(-1)

    def add(self, keys: Keys, rows: Embeddings) -> None:
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

    def rows(self, keys: Keys) -> Embeddings:
        """The vectors (N, d) of keys in the index; one that was removed meanwhile is zeros, similar to nothing."""
        gone = np.zeros(self.dimension, np.float16)
        found = [gone if row is None else row for row in self._index.get(keys.astype(np.uint64))]
        return np.asarray(found, np.float32).reshape(-1, self.dimension)

    def search(self, query: Embedding, most: int) -> tuple[Keys, Scores]:
        """Keys and inner products of the rows that have the largest with a query (d,), best first."""
        most = min(most, len(self))
        if most == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        exact = not self.is_graph or len(self) <= EXACT_UP_TO
        matches = self._index.search(query.astype(np.float32), most, threads=1, exact=exact)
        return np.asarray(matches.keys).astype(np.int64), 1.0 - np.asarray(matches.distances, np.float32)

    @property
    def outgrew_scanning(self) -> bool:
        """Whether it is time for a graph."""
        return not self.is_graph and len(self) > EXACT_UP_TO

    def as_graph(self, check: Callable[[], None] = lambda: None) -> "VectorIndex":
        """The same vectors in a graph; takes minutes for many, and what `check` raises ends it between two steps."""
        graph = VectorIndex(self.dimension, is_graph=True)
        keys = self.keys
        for start in range(0, len(keys), _ROWS_AT_ONCE):
            check()
            part = keys[start : start + _ROWS_AT_ONCE]
            graph.add(part, self.rows(part))
        return graph

    def save(self, path: Path, stamp: Mapping[str, Any]) -> None:
        """Write the index beside and rename it into place; `stamp` says what it was built from.

        OSError where the disk does not take it; then nothing is left beside.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".tmp")
        try:
            if is_text(beside):
                self._index.save(str(beside))
            else:
                beside.write_bytes(self._index.save())
            description = {**stamp, "graph": self.is_graph, "checksum": _checksum(beside)}
            _replace(beside, path)
            beside.write_text(json.dumps(description))
            _replace(beside, path.with_suffix(".json"))
        except RuntimeError as error:  # as usearch tells of a full disk
            raise OSError(str(error)) from error
        finally:
            beside.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path, dimension: int, stamp: Mapping[str, Any]) -> "VectorIndex | None":
        """The saved index, or None where there is none, it is damaged, or built from something else."""
        try:
            description = json.loads(path.with_suffix(".json").read_text())
            is_graph = description.pop("graph")
            if description != {**stamp, "checksum": _checksum(path)}:
                return None
            loaded = cls(dimension, is_graph=is_graph)
            loaded._index.load(str(path) if is_text(path) else path.read_bytes())
        except (OSError, ValueError, RuntimeError, KeyError, AttributeError, TypeError):
            return None
        # Loading puts these back to usearch's defaults.
        loaded._index.expansion_add = _EXPANSION_ADD if is_graph else _SCANNED_EXPANSION
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
