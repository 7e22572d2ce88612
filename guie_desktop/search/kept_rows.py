"""Rows by key, exactly: usearch's file, of which the system reads what is asked for, and in memory what is newer."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numkong import astype

from guie_desktop.arrays import Embeddings, Keys, Mask
from guie_desktop.paths import is_text

# Nothing is looked for in usearch's graph, so as little of it is built as usearch can be made to.
_CONNECTIVITY = 2
_EXPANSION = 1
ROWS_AT_ONCE = 4096


class KeptRows:
    """Rows (d,) of sixteen bits a number under positive integer keys; one thread may change them while others read."""

    def __init__(self, dimension: int) -> None:
        """None yet."""
        self._dimension = dimension
        self._mapped: Any = None
        """The file as it was saved or loaded; None where it is all in memory."""
        self._gone: Keys = np.empty(0, np.int64)
        """What is still in the file, and was removed."""
        self._recent = self._empty()

    @property
    def keys(self) -> Keys:
        """All keys, in no order."""
        mapped = np.empty(0, np.int64) if self._mapped is None else _keys_of(self._mapped)
        keys: Keys = np.concatenate([mapped[~np.isin(mapped, self._gone)], _keys_of(self._recent)])
        return keys

    def holds(self, keys: Keys) -> Mask:
        """Which of these keys (N,) are there."""
        return _contains(self._recent, keys) | (_contains(self._mapped, keys) & ~np.isin(keys, self._gone))

    def add(self, keys: Keys, rows: Embeddings) -> None:
        """Add rows (N, d) under new keys, or under those of rows that were removed, which are what they were."""
        if self.holds(keys).any():
            raise ValueError("keys must be new")
        is_mapped = _contains(self._mapped, keys)
        self._gone = np.setdiff1d(self._gone, keys)
        self._recent.add(keys[~is_mapped].astype(np.uint64), rows[~is_mapped], threads=1)

    def remove(self, keys: Keys) -> None:
        """Forget these keys; the file loses them when it is saved again."""
        self._gone = np.union1d(self._gone, keys[_contains(self._mapped, keys)])
        self._recent.remove(keys[_contains(self._recent, keys)].astype(np.uint64))

    def rows(self, keys: Keys) -> Embeddings:
        """The rows (N, d) of keys; zeros for those that are not there."""
        rows = np.zeros((len(keys), self._dimension), np.float16)
        there, nothing = self.holds(keys), np.zeros(self._dimension, np.float16)
        for index in (self._mapped, self._recent):
            places = np.flatnonzero(there & _contains(index, keys))
            if len(places):
                found = index.get(keys[places].astype(np.uint64))
                held = [nothing if row is None else row for row in found]  # None where one was removed just now
                rows[places] = np.concatenate(held).reshape(len(held), -1)
        return np.asarray(astype(rows, "float32"))  # which takes a third of the time of numpy's

    def in_portions(self, keys: Keys) -> Iterator[tuple[Keys, Embeddings]]:
        """Keys and their rows, so many at once."""
        for start in range(0, len(keys), ROWS_AT_ONCE):
            part = keys[start : start + ROWS_AT_ONCE]
            yield part, self.rows(part)

    def save(self, beside: Path) -> None:
        """Write all of it; RuntimeError where the disk is full.

        It is in memory until it is loaded again, for the file may be in the way where it is to lie.
        """
        if self._mapped is not None:
            whole = self._mapped.copy()
            whole.remove(self._gone.astype(np.uint64))
            for keys, rows in self.in_portions(_keys_of(self._recent)):
                whole.add(keys.astype(np.uint64), rows, threads=1)
            # In this order, since others may be asking for rows.
            self._recent = whole
            self._mapped = None
            self._gone = self._gone[:0]
        if is_text(beside):
            self._recent.save(str(beside))
        else:
            beside.write_bytes(self._recent.save())

    def load(self, path: Path) -> None:
        """Take what is saved there; RuntimeError where it is no such file."""
        index = self._empty()
        if not is_text(path):
            index.load(path.read_bytes())
        elif os.name == "nt":  # which lets nobody replace or remove a file that is mapped
            index.load(str(path))
        else:
            index.view(str(path))
            self._mapped, index = index, self._empty()
        self._recent = index

    def close(self) -> None:
        """Let go of the file, so that its drive can be taken out; nothing is there any more."""
        # Those who are asking for rows just now have it still.
        self._mapped, self._recent = None, self._empty()

    def _empty(self) -> Any:
        # The default number type differs between processors, so it is named.
        return _usearch_index()(
            ndim=self._dimension,
            metric="ip",
            dtype="f16",
            connectivity=_CONNECTIVITY,
            expansion_add=_EXPANSION,
            expansion_search=_EXPANSION,
        )


def _keys_of(index: Any) -> Keys:
    return np.asarray(index.keys, np.uint64).astype(np.int64)


def _contains(index: Any, keys: Keys) -> Mask:
    if index is None:
        return np.zeros(len(keys), bool)
    return np.asarray(index.contains(keys.astype(np.uint64)), bool).reshape(-1)


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
