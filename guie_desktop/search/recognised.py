"""What a classifier recognises in each photo: its few most likely classes, kept for the whole library."""

import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.arrays import Floats, Keys
from guie_desktop.embedding.classifier import Classifier
from guie_desktop.library.feature_store import FeatureStore
from guie_desktop.library.library_map import NO_CLASS

KEPT = 32
"""Classes of each photo; what is left of the probability is spread evenly over all others. More rank hardly better, as
model_assets/README.md shows."""
_ROWS_AT_ONCE = 2048
_WORTH_SAVING = 0.02
"""Share of the photos that are new, from which on the file is written again."""


class RecognisedClasses:
    """The most likely classes of all features of one backbone; what is not kept on disk is found again."""

    def __init__(self, features: FeatureStore, open_classifier: Callable[[], Classifier], folder: Path) -> None:
        """`folder` is where its file lies, which is a cache."""
        self.features, self._open = features, open_classifier
        self._file = folder / f"{features.backbone_key}.classes.npz"
        self._classifier: Classifier | None = None
        self._is_read = False
        self.keys: Keys = np.empty(0, np.int64)
        """(N,), ascending"""
        self._classes: NDArray[np.int16] = np.empty((0, KEPT), np.int16)
        self._logs: NDArray[np.float16] = np.empty((0, KEPT), np.float16)
        self._others: NDArray[np.float16] = np.empty(0, np.float16)
        """Logarithm of the probability of each class that is not kept."""

    def catch_up(self) -> Iterator[int]:
        """Look at the features that are newer, of photos that are gone as well; yields how many each step had.

        UserError where the backbone's weights hold no classifier.
        """
        self._read()
        new = self.features.ids(after=int(self.keys.max(initial=0)))
        if not len(new):
            return
        if self._classifier is None:
            self._classifier = self._open()
        parts = []
        for keys, rows in self.features.by_id(new, _ROWS_AT_ONCE):
            parts.append((keys, *_most_likely(self._classifier.log_probabilities(rows))))
            yield len(keys)
        self._add(parts)
        if sum(len(part[0]) for part in parts) > _WORTH_SAVING * len(self.keys):
            with suppress(OSError):
                self._save()

    def log_probabilities(self, classes: Collection[int]) -> Floats:
        """Logarithms (N,) of the probability that a photo shows one of these classes, in the order of the keys."""
        wanted = np.zeros(np.iinfo(np.int16).max, bool)
        wanted[list(classes)] = True
        rows, places = np.nonzero(wanted[self._classes])
        found = np.bincount(rows, np.exp(self._logs[rows, places], dtype=np.float32), len(self.keys))
        missing = len(set(classes)) - np.bincount(rows, minlength=len(self.keys))
        kept = found + missing * np.exp(self._others, dtype=np.float32)
        logs: Floats = np.log(np.minimum(kept, 1)).astype(np.float32)
        return logs

    def clearest(self, keys: Keys, least: float) -> NDArray[np.int16]:
        """The likeliest class (n,) of each of these keys; NO_CLASS where it is less likely, or not known."""
        if not len(self.keys):
            return np.full(len(keys), NO_CLASS, np.int16)
        rows = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        best = self._logs[rows].argmax(axis=1)
        is_clear = (self.keys[rows] == keys) & (self._logs[rows, best] >= np.log(least))
        return np.where(is_clear, self._classes[rows, best], np.int16(NO_CLASS))

    def _add(self, parts: list[tuple[Keys, NDArray[np.int16], NDArray[np.float16], NDArray[np.float16]]]) -> None:
        if parts:
            keys, classes, logs, others = map(np.concatenate, zip(*parts, strict=True))
            self.keys = np.concatenate([self.keys, keys])
            self._classes = np.concatenate([self._classes, classes])
            self._logs = np.concatenate([self._logs, logs])
            self._others = np.concatenate([self._others, others])

    def _read(self) -> None:
        """Take up what is on disk, once."""
        if self._is_read:
            return
        self._is_read = True
        with suppress(OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile), np.load(self._file) as kept:
            part = kept["keys"], kept["classes"], kept["logs"], kept["others"]
            if part[1].shape == part[2].shape == (len(part[0]), KEPT) and part[3].shape == part[0].shape:
                self._add([part])

    def _save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_suffix(".tmp")
        try:
            with beside.open("wb") as opened:
                np.savez(opened, keys=self.keys, classes=self._classes, logs=self._logs, others=self._others)
            beside.replace(self._file)
        finally:
            beside.unlink(missing_ok=True)


def _most_likely(logs: Floats) -> tuple[NDArray[np.int16], NDArray[np.float16], NDArray[np.float16]]:
    """The classes of the largest of each row (N, C), their logarithms, and that of each of the others."""
    logs = np.pad(logs, ((0, 0), (0, max(0, KEPT - logs.shape[1]))), constant_values=-np.inf)
    others_count = logs.shape[1] - KEPT
    classes = np.argpartition(logs, others_count - 1, axis=1)[:, others_count:]
    largest = np.take_along_axis(logs, classes, axis=1)
    left = 1 - np.exp(largest, dtype=np.float64).sum(axis=1)
    others = np.log(np.maximum(left, 1e-6) / max(others_count, 1))
    return classes.astype(np.int16), largest.astype(np.float16), others.astype(np.float16)
