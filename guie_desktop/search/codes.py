"""Rows in eight bits a number, side by side in memory, where all of them are compared with vectors in one go."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numkong import dots_pack, dots_packed
from numpy.typing import NDArray

from guie_desktop.arrays import Embeddings, Floats, Keys
from guie_desktop.embedding.pca import principal_components

_LARGEST = 127
_BLOCK = 8192
"""Rows that lie side by side, and stay where they are while the library grows. Those that are not there yet take no
memory of the system."""
_WIDEST = 384
"""Numbers of a row that lie side by side: numkong compares those of wider rows at half the speed, and of narrower ones,
too (model_assets/README.md)."""
_SEED = 0


class Codes:
    """Rows of w numbers under keys, each row with a scale of its own, in no order; for one thread at a time.

    They are whole rows, or what a basis (d, w) keeps of them.
    """

    def __init__(self, dimension: int, basis: Floats | None = None) -> None:
        """Empty, for rows of this dimension d."""
        self.basis = basis
        self.width = dimension if basis is None else basis.shape[1]
        self._strips = -(-self.width // _WIDEST)
        """Into which all rows are cut lengthwise."""
        self._blocks: list[NDArray[np.int8]] = []
        """(strips, rows, numbers) each, with zeros where the last strip is too wide."""
        self._keys: Keys = np.empty(0, np.int64)
        self._scales: Floats = np.empty(0, np.float32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def size(self) -> int:
        """Bytes that are read when all of it is compared."""
        return self._count * self.width

    @property
    def keys(self) -> Keys:
        """(N,), as they are now, whatever is added or removed later."""
        return self._keys[: self._count]

    def products(self, vectors: Floats) -> Floats:
        """The inner products of vectors (m, d) with all rows, nearly: (m, N), in the order of the keys."""
        asked, scales = _coded(self._within(vectors))
        packed = [dots_pack(strip) for strip in self._cut(asked)]
        products = np.empty((len(vectors), self._count), np.float32)
        for start, block in self._used():
            sums = np.zeros((block.shape[1], len(vectors)), np.int32)
            for rows, strip in zip(block, packed, strict=True):
                sums += np.asarray(dots_packed(rows, strip))
            part = products[:, start : start + len(sums)]
            np.multiply(sums.T, self._scales[start : start + len(sums)], out=part)
            part *= scales[:, np.newaxis]
        return products

    def add(self, keys: Keys, rows: Embeddings) -> None:
        """Add rows (n, d) under new keys (n,)."""
        codes, scales = _coded(self._within(rows))
        self._add(keys, codes, scales)

    def remove(self, keys: Keys) -> None:
        """Forget these keys; the last rows take the places of theirs."""
        gone = np.flatnonzero(np.isin(self.keys, keys))
        self._keys = self._keys.copy()  # somebody may still read them
        for place in gone[::-1]:
            last = self._count - 1
            self._keys[place], self._scales[place] = self._keys[last], self._scales[last]
            self._blocks[place // _BLOCK][:, place % _BLOCK] = self._blocks[last // _BLOCK][:, last % _BLOCK]
            self._count = last
        del self._blocks[-(-self._count // _BLOCK) :]

    def save(self, path: Path) -> None:
        """Write them to a file; OSError where the disk does not take it."""
        codes = np.empty((self._count, self.width), np.int8)
        for start, block in self._used():
            codes[start : start + block.shape[1]] = np.concatenate(block, axis=1)[:, : self.width]
        basis = np.empty((0, self.width), np.float32) if self.basis is None else self.basis
        with path.open("wb") as file:
            np.savez(file, keys=self.keys, scales=self._scales[: self._count], codes=codes, basis=basis)

    @classmethod
    def load(cls, path: Path, dimension: int) -> "Codes":
        """What was saved there; any of OSError, ValueError, KeyError and EOFError where it is something else."""
        with np.load(path) as saved:
            loaded = cls(dimension, saved["basis"] if len(saved["basis"]) else None)
            loaded._add(saved["keys"], saved["codes"], saved["scales"])
        return loaded

    def _within(self, rows: Floats) -> Floats:
        return rows if self.basis is None else rows @ self.basis

    def _add(self, keys: Keys, codes: NDArray[np.int8], scales: Floats) -> None:
        end = self._count + len(keys)
        self._keys, self._scales = _with_room(self._keys, end), _with_room(self._scales, end)
        self._keys[self._count : end], self._scales[self._count : end] = keys, scales
        while self._count < end:
            number, used = divmod(self._count, _BLOCK)
            if number == len(self._blocks):
                self._blocks.append(np.empty((self._strips, _BLOCK, -(-self.width // self._strips)), np.int8))
            taken = min(end - self._count, _BLOCK - used)
            part = codes[len(codes) - (end - self._count) :][:taken]
            self._blocks[number][:, used : used + taken] = self._cut(part)
            self._count += taken

    def _cut(self, codes: NDArray[np.int8]) -> NDArray[np.int8]:
        """Of rows (n, width) the strips (strips, n, numbers)."""
        numbers = -(-self.width // self._strips)
        wide = np.pad(codes, ((0, 0), (0, self._strips * numbers - self.width)))
        return np.ascontiguousarray(wide.reshape(len(codes), self._strips, numbers).transpose(1, 0, 2))

    def _used(self) -> Iterator[tuple[int, NDArray[np.int8]]]:
        """Of each block the number of its first row, and the rows, in strips."""
        for number, block in enumerate(self._blocks):
            start = number * _BLOCK
            yield start, block[:, : self._count - start]


def principal_basis(rows: Floats, width: int) -> Floats:
    """The directions (d, width) that say most of rows (N, d), turned so that each says as much as another.

    Eight bits do not do for directions of which one says much more than another.
    """
    directions = principal_components(rows.T @ rows / np.float32(len(rows)))[1][:, :width]
    turned = np.linalg.qr(np.random.default_rng(_SEED).normal(size=(width, width)))[0]
    basis: Floats = (directions @ turned).astype(np.float32)
    return basis


def _coded(rows: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Codes (N, w) and scales (N,), whose product are the rows."""
    scales: Floats = (np.abs(rows).max(axis=1, initial=0) / _LARGEST).astype(np.float32)
    codes = np.divide(
        rows, scales[:, np.newaxis], out=np.zeros(rows.shape, np.float32), where=scales[:, np.newaxis] > 0
    )
    return np.rint(codes, out=codes).astype(np.int8), scales


def _with_room(array: NDArray[Any], rows: int) -> NDArray[Any]:
    """The array, or one that begins with it where it is too short: of twice the length, so that this is seldom done."""
    if rows <= len(array):
        return array
    longer = np.empty(max(rows, 2 * len(array)), array.dtype)
    longer[: len(array)] = array
    return longer
