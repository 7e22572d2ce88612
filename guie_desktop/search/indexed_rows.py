"""Stored rows under one head, together with the index of everything that it embeds."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np

from guie_desktop.arrays import Features, Keys, Mask
from guie_desktop.asking import EVERYTHING, Filter
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.joint_space import JointHead
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.search.vectors import VectorIndex

ROWS_AT_ONCE = 512

AnyHead = GeneralHead | JointHead | PairedHead


class StoredRows(Protocol):
    """What a backbone has made of photos, or of parts of them: rows that never change, by positive keys."""

    @property
    def backbone_key(self) -> str:
        """What the rows are of; two may be compared where it is the same."""

    def live_ids(self, *, which: Filter = EVERYTHING) -> Keys:
        """Keys, ascending, of the rows whose photo is present and passes the filter."""

    def listed(self, which: Filter) -> Keys | None:
        """What `live_ids` would tell of this filter, where that is known already."""

    def passing(self, keys: Keys, which: Filter) -> Mask:
        """Which of these keys (N,) are of a photo that is present and passes the filter; to be asked of few."""

    def by_id(self, ids: Keys, rows_at_once: int = 4096) -> Iterator[tuple[Keys, Features]]:
        """(keys, rows (N, D)) in runs, for those that exist and are sound."""


class IndexedRows:
    """Embeddings of stored rows under one head, searched by their keys and kept in step with what is stored."""

    def __init__(
        self,
        head: AnyHead,
        head_id: str,
        rows: StoredRows,
        index: VectorIndex | None = None,
        rows_at_once: int = ROWS_AT_ONCE,
    ) -> None:
        """`head_id` names what the index is built with; without one it is empty."""
        self.head = head
        self.head_id = head_id
        self._rows = rows
        self.index = index if index is not None else VectorIndex(head.output_dimension)
        self._newest = int(self.index.keys.max(initial=0))
        self.is_saved = index is not None
        self._rows_at_once = rows_at_once

    def save(self, folder: Path) -> None:
        """Keep the index for the next start, beside those of other heads."""
        if not self.is_saved:
            self.index.save(self._file(folder), self._stamp())
            self.is_saved = True

    def close(self) -> None:
        """Let go of the saved file."""
        self.index.close()

    def forget_others(self, folder: Path) -> None:
        """Remove the saved indexes of other heads of this backbone."""
        self._forget(folder, but=self._file(folder))

    def forget_saved(self, folder: Path) -> None:
        """Remove what was saved under whatever head."""
        self._forget(folder)

    def _forget(self, folder: Path, but: Path | None = None) -> None:
        for old in folder.glob(f"{self._rows.backbone_key}.*.usearch"):
            if old != but:
                VectorIndex.remove_saved(old)

    def reconcile(self) -> Iterator[int]:
        """Make the index hold just the rows of present photos, in short steps; yields how many each changed."""
        wanted, held = self._rows.live_ids(), self.index.keys
        gone = np.setdiff1d(held, wanted)
        if len(gone):
            self.index.remove(gone)
            self.is_saved = False
            yield len(gone)
        yield from self._add(np.setdiff1d(wanted, held))

    def grow(self, check: Callable[[], None] = lambda: None) -> None:
        """Let the index compare less of each row once comparing all takes too long (`VectorIndex.grow`)."""
        if self.index.grow(check):
            self.is_saved = False

    def _add(self, ids: Keys) -> Iterator[int]:
        for keys, rows in self._rows.by_id(ids, self._rows_at_once):
            embeddings = self.head.apply(rows)
            has_direction = embeddings.any(axis=1)  # a row of zeros is similar to nothing, and stays out
            self.index.add(keys[has_direction], embeddings[has_direction])
            self._newest = max(self._newest, int(keys.max()))  # now, for the next step may never be taken
            self.is_saved = False
            yield int(has_direction.sum())

    def _saved_index(self, folder: Path) -> VectorIndex | None:
        """As it was saved; None where that is missing, damaged or stale."""
        return VectorIndex.load(self._file(folder), self.head.output_dimension, self._stamp())

    def _file(self, folder: Path) -> Path:
        return folder / f"{self._rows.backbone_key}.{self.head_id}.usearch"

    def _stamp(self) -> dict[str, str | int]:
        return {"backbone": self._rows.backbone_key, "head": self.head_id, "dimension": self.head.output_dimension}
