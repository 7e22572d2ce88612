"""Embeddings by key, found by their inner product: a scan of their codes finds the rows that are compared exactly."""

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Floats, Keys, Mask, Scores
from guie_desktop.library.feature_store import evenly
from guie_desktop.search.codes import Codes, principal_basis
from guie_desktop.search.kept_rows import KeptRows
from guie_desktop.search.nearness import Comparison, Nearness

LONGEST_SCAN = 0.05
"""Seconds, up to which whole rows are compared; nobody sees that it takes them."""
WIDTH = 256
"""Numbers of each row that are compared where whole rows would take longer (model_assets/README.md)."""
TRIED_FROM = 1 << 26
"""Bytes; less is compared in time on any machine."""
_TRIALS = 3
_FITTED_ON = 16_384
_SPARE, _SPARE_OF_PARTS = 100, 1000
"""Rows that are compared exactly beside those that are wanted, where whole rows or parts of them were scanned."""
_CODES = ".codes"


class VectorIndex:
    """Unit vectors (d,) under positive integer keys; one thread may add while others search."""

    def __init__(self, dimension: int) -> None:
        """Empty."""
        self.dimension = dimension
        self._kept = KeptRows(dimension)
        self._codes = Codes(dimension)
        self._changing = threading.Lock()
        """Held while rows are added, removed or written to the disk, for however long that takes."""
        self._lock = threading.Lock()
        """Held for the moments in which the codes are changed or read."""

    def __len__(self) -> int:
        return len(self._codes)

    @property
    def keys(self) -> Keys:
        """All keys, in no order."""
        return self._codes.keys

    def holds(self, keys: Keys) -> Mask:
        """Which of these keys (N,) are in it."""
        return self._kept.holds(keys)

    def add(self, keys: Keys, rows: Embeddings) -> None:
        """Add unit rows (N, d) under new keys; ValueError for rows that are not finite and of unit length."""
        if not len(keys):
            return
        norms = np.linalg.norm(rows, axis=1)
        if not (np.isfinite(norms).all() and np.allclose(norms, 1.0, atol=1e-2)):
            raise ValueError("vectors must be finite and of unit length")
        with self._changing, self._lock:
            self._kept.add(keys, rows)
            self._codes.add(keys, rows)

    def remove(self, keys: Keys) -> None:
        """Forget these keys; their memory is used again by later ones."""
        if len(keys):
            with self._changing, self._lock:
                self._kept.remove(keys)
                self._codes.remove(keys)

    def rows(self, keys: Keys) -> Embeddings:
        """The vectors (N, d) of keys in the index; one that was removed meanwhile is zeros, similar to nothing."""
        return self._kept.rows(keys)

    def compared(self, queries: Floats) -> Comparison:
        """All rows, compared with queries (m, d) in one go."""
        with self._lock:
            keys, products = self._codes.keys, self._codes.products(queries.astype(np.float32))
        return Comparison(keys, products, queries, self.rows, _SPARE if self.compares_whole_rows else _SPARE_OF_PARTS)

    def near(self, query: Embedding) -> Nearness:
        """All rows by their inner product with a query (d,)."""
        return next(self.compared(query[np.newaxis]).each())

    def search(self, query: Embedding, most: int) -> tuple[Keys, Scores]:
        """Keys and inner products of the rows that have the largest with a query (d,), best first."""
        return self.near(query).best(most)

    @property
    def compares_whole_rows(self) -> bool:
        """Whether nothing of a row is left out where all are compared; then what is found is exact."""
        return self._codes.basis is None

    def grow(self, check: Callable[[], None] = lambda: None) -> bool:
        """Compare no more of each row than can be compared in time, if whole rows have become too many for that.

        Whether that was so. Search goes on meanwhile. What `check` raises ends it between two steps, and whole rows
        are compared as before.
        """
        if not self._outgrew_whole_rows():
            return False
        sample = self.rows(evenly(self.keys, _FITTED_ON))
        codes = Codes(self.dimension, principal_basis(sample, WIDTH))
        for keys, rows in self._kept.in_portions(self.keys):
            check()
            codes.add(keys, rows)
        with self._changing, self._lock:
            for keys, rows in self._kept.in_portions(np.setdiff1d(self.keys, codes.keys)):
                codes.add(keys, rows)
            codes.remove(np.setdiff1d(codes.keys, self.keys))
            self._codes = codes
        return True

    def _outgrew_whole_rows(self) -> bool:
        if not self.compares_whole_rows or self._codes.size < TRIED_FROM or self.dimension <= WIDTH:
            return False
        one = np.ones((1, self.dimension), np.float32)
        return min(self._seconds_for(one) for _ in range(_TRIALS)) > LONGEST_SCAN

    def _seconds_for(self, queries: Floats) -> float:
        # Of the processor's time, so that other work on the machine does not count.
        with self._lock:
            began = time.thread_time()
            self._codes.products(queries)
            return time.thread_time() - began

    def save(self, path: Path, stamp: Mapping[str, Any]) -> None:
        """Write the index beside and rename it into place; `stamp` says what it was built from.

        OSError where the disk does not take it; then nothing is left beside.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        beside, codes = path.with_suffix(".tmp"), path.with_suffix(f"{_CODES}.tmp")
        try:
            with self._changing:
                self._codes.save(codes)
                self._kept.save(beside)
                description = {**stamp, "checksum": _checksum(beside), "codes": _checksum(codes)}
                _replace(codes, path.with_suffix(_CODES))
                _replace(beside, path)
                beside.write_text(json.dumps(description))
                _replace(beside, path.with_suffix(".json"))
                self._kept.load(path)
        except RuntimeError as error:  # as usearch tells of a full disk
            raise OSError(str(error)) from error
        finally:
            for unfinished in (beside, codes):
                unfinished.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path, dimension: int, stamp: Mapping[str, Any]) -> "VectorIndex | None":
        """The saved index, or None where there is none, it is damaged, or built from something else."""
        try:
            description = json.loads(path.with_suffix(".json").read_text())
            coded = description.pop("codes", None)
            description.pop("graph", None)  # of earlier versions
            if description != {**stamp, "checksum": _checksum(path)}:
                return None
            loaded = cls(dimension)
            loaded._kept.load(path)
        except (OSError, ValueError, RuntimeError, KeyError, AttributeError, TypeError):
            return None
        loaded._read_codes(path.with_suffix(_CODES), coded)
        return loaded

    def close(self) -> None:
        """Let go of the saved file, of which the system has read what was asked for."""
        self._kept.close()

    @staticmethod
    def remove_saved(path: Path) -> None:
        """Remove what was saved there."""
        for suffix in (path.suffix, _CODES, ".json"):
            path.with_suffix(suffix).unlink(missing_ok=True)

    def _read_codes(self, path: Path, checksum: str | None) -> None:
        """As they were saved; where that is missing or damaged they are made again of the rows."""
        with suppress(OSError):
            if _checksum(path) == checksum:
                self._codes = Codes.load(path, self.dimension)
                return
        for keys, rows in self._kept.in_portions(self._kept.keys):
            self._codes.add(keys, rows)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _replace(beside: Path, path: Path) -> None:
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    beside.replace(path)
