"""A searchable space: one head together with the index of everything it embeds, kept in step with the features."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guie_desktop.embedding.head import Head
from guie_desktop.embedding.joint_space import JointHead
from guie_desktop.library.features import Features
from guie_desktop.search.vectors import VectorIndex

_ROWS_AT_ONCE = 512


class Space:
    """Embeddings of one backbone under one head; rows are keyed by feature id."""

    def __init__(
        self, head: Head | JointHead, head_id: int, features: Features, index: VectorIndex | None = None
    ) -> None:
        self.head = head
        self.head_id = head_id
        self.features = features
        self.index = index if index is not None else VectorIndex(head.output_dimension)
        self._newest = int(self.index.keys.max(initial=0))
        self.is_saved = index is not None

    @classmethod
    def load(cls, head: Head, head_id: int, features: Features, folder: Path) -> "Space":
        """The space as it was saved, or an empty one where that is missing, damaged or stale."""
        empty = cls(head, head_id, features)
        index = VectorIndex.load(empty._file(folder), head.output_dimension, empty._stamp())
        return empty if index is None else cls(head, head_id, features, index)

    def save(self, folder: Path) -> None:
        """Keep the index for the next start; indexes of other heads of this backbone are removed."""
        if self.is_saved:
            return
        file = self._file(folder)
        self.index.save(file, self._stamp())
        for old in folder.glob(f"{self.features.backbone}.*.usearch"):
            if old != file:
                old.unlink(missing_ok=True)
                old.with_suffix(".json").unlink(missing_ok=True)
        self.is_saved = True

    def catch_up(self) -> Iterator[int]:
        """Add the features that are newer than the index, in short steps; yields how many each step added."""
        ids = self.features.live_ids(after=self._newest)
        yield from self._add(ids)
        self._newest = int(ids.max(initial=self._newest))

    def reconcile(self) -> Iterator[int]:
        """Make the index hold just the features of present photos, in short steps; yields how many each changed."""
        wanted, held = self.features.live_ids(), self.index.keys
        gone = np.setdiff1d(held, wanted)
        if len(gone):
            self.index.remove(gone)
            self.is_saved = False
            yield len(gone)
        yield from self._add(np.setdiff1d(wanted, held))
        self._newest = int(wanted.max(initial=self._newest))

    def _add(self, ids: NDArray[np.int64]) -> Iterator[int]:
        for keys, rows in self.features.by_id(ids, _ROWS_AT_ONCE):
            embeddings = self.head.apply(rows)
            has_direction = embeddings.any(axis=1)  # a row of zeros is similar to nothing, and stays out
            self.index.add(keys[has_direction], embeddings[has_direction])
            self.is_saved = False
            yield int(has_direction.sum())

    def _file(self, folder: Path) -> Path:
        return folder / f"{self.features.backbone}.{self.head_id}.usearch"

    def _stamp(self) -> dict[str, str | int]:
        return {"backbone": self.features.backbone, "head": self.head_id, "dimension": self.head.output_dimension}
