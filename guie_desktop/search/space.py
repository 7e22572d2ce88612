"""A searchable space: one head together with the index of everything it embeds, kept in step with the features."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from guie_desktop.arrays import Embedding, Embeddings, Floats, Keys
from guie_desktop.domain import HeadChoice
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.embedding.joint_space import JointHead
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import unit_rows
from guie_desktop.embedding.weight_curve import NEIGHBOURS
from guie_desktop.library.feature_store import FeatureStore, evenly
from guie_desktop.search.vectors import VectorIndex

ROWS_AT_ONCE = 512
_COVARIANCE_OF = 1024
"""Photos, which say it as well as all of them, and within milliseconds."""
_MOSTLY = 0.5

AnyHead = GeneralHead | JointHead | PairedHead
NOTHING = np.empty(0, np.int64)


class Space:
    """Embeddings of one backbone under one head; rows are keyed by feature id."""

    def __init__(
        self,
        head: AnyHead,
        head_id: str,
        features: FeatureStore,
        *,
        trained_on: Keys | None = NOTHING,
        index: VectorIndex | None = None,
        rows_at_once: int = ROWS_AT_ONCE,
    ) -> None:
        """`head_id` names what the index is built with; `trained_on` are the keys that a personal head has seen.

        None for one that has learned elsewhere; then the photos of the kind that its albums hold stand for them.
        """
        self.head = head
        self.head_id = head_id
        self.features = features
        self.trained_on = trained_on
        self.index = index if index is not None else VectorIndex(head.output_dimension)
        self._newest = int(self.index.keys.max(initial=0))
        self.is_saved = index is not None
        self._rows_at_once = rows_at_once
        self._covariance: tuple[int, Floats] | None = None

    @classmethod
    def load(
        cls, head: AnyHead, head_id: str, features: FeatureStore, folder: Path, trained_on: Keys | None = NOTHING
    ) -> "Space":
        """The space as it was saved, or an empty one where that is missing, damaged or stale."""
        empty = cls(head, head_id, features, trained_on=trained_on)
        index = VectorIndex.load(empty._file(folder), head.output_dimension, empty._stamp())
        return empty if index is None else cls(head, head_id, features, trained_on=trained_on, index=index)

    def save(self, folder: Path) -> None:
        """Keep the index for the next start, beside those of other heads."""
        if not self.is_saved:
            self.index.save(self._file(folder), self._stamp())
            self.is_saved = True

    def forget_others(self, folder: Path) -> None:
        """Remove the saved indexes of other heads of this backbone."""
        for old in folder.glob(f"{self.features.backbone_key}.*.usearch"):
            if old != self._file(folder):
                old.unlink(missing_ok=True)
                old.with_suffix(".json").unlink(missing_ok=True)

    def catch_up(self) -> Iterator[int]:
        """Add the features that are newer than the index, in short steps; yields how many each step added."""
        yield from self._add(self.features.live_ids(after=self._newest))

    def reconcile(self) -> Iterator[int]:
        """Make the index hold just the features of present photos, in short steps; yields how many each changed."""
        wanted, held = self.features.live_ids(), self.index.keys
        gone = np.setdiff1d(held, wanted)
        if len(gone):
            self.index.remove(gone)
            self.is_saved = False
            yield len(gone)
        yield from self._add(np.setdiff1d(wanted, held))

    def grow(self, check: Callable[[], None] = lambda: None) -> None:
        """Put the vectors into a graph once they are too many to be scanned; search goes on meanwhile.

        What `check` raises ends it between two steps, and the vectors are scanned as before.
        """
        if self.index.outgrew_scanning:
            self.index = self.index.as_graph(check)
            self.is_saved = False

    def head_name(self, choice: HeadChoice) -> str:
        """Name of the head in use, or of the general one."""
        return self.head.general.name if choice == "general" and isinstance(self.head, PairedHead) else self.head.name

    # --- queries

    def personal_weight(self, vector: Embedding, own: Keys = NOTHING) -> float:
        """The blend weight of the personal half, between 0 and 1, for a sum of embeddings (d,).

        By the share of its neighbours that were trained on; `own` are the keys of the query itself, which do not count.
        """
        if not isinstance(self.head, PairedHead):
            return 0.0
        general = self.query(vector, 0.0)
        keys = self.index.search(general, NEIGHBOURS + len(own))[0]
        around = keys[~np.isin(keys, own)][:NEIGHBOURS]
        if not len(around):
            return 0.0
        known = (
            self.head.knows(self.index.rows(around)) if self.trained_on is None else np.isin(around, self.trained_on)
        )
        return float(self.head.personal.weighting.weights(np.array([known.mean()], np.float32))[0])

    def is_trained_on(self, keys: Keys) -> bool:
        """Whether the personal head, if there is one, has learned from most of these photos."""
        if not isinstance(self.head, PairedHead) or self.trained_on is None or not len(keys):
            return False
        return bool(np.isin(keys, self.trained_on).mean() > _MOSTLY)

    def query(self, vector: Embedding, weight: float) -> Floats:
        """What to ask the index for, from a sum of embeddings (d,)."""
        wanted: Floats = self.queries(vector[np.newaxis].astype(np.float32), weight)[0]
        return wanted

    def queries(self, rows: Embeddings, weight: float) -> Floats:
        """The same for several (N, d)."""
        if isinstance(self.head, PairedHead):
            return self.head.query(rows, np.full(len(rows), weight, np.float32))
        return unit_rows(rows)

    def stretch(self, weight: float) -> Floats:
        """By what (d,) to multiply embeddings so that their inner product is the score of a hit with this weight."""
        if not isinstance(self.head, PairedHead):
            return np.ones(self.head.output_dimension, np.float32)
        return self.head.stretch(weight)

    def covariance(self) -> Floats:
        """(d, d) of the embeddings in the index, of a sample of them; kept until there are twice as many.

        It is about zero, not about the mean: what all photos have in common is to count as spread, not as likeness.
        The fewer photos there are, the more it is that of the identity.
        """
        size = len(self.index).bit_length()
        if self._covariance is None or self._covariance[0] != size:
            rows = self.index.rows(evenly(np.sort(self.index.keys), _COVARIANCE_OF))
            moments = rows.T @ rows + np.eye(rows.shape[1], dtype=np.float32)
            self._covariance = size, moments / np.float32(max(len(rows), 1))
        return self._covariance[1]

    def cutoff(self, weight: float) -> float | None:
        """The score from which on hits count as similar."""
        return self.head.cutoff_at(weight) if isinstance(self.head, PairedHead) else self.head.cutoff

    def probability(self, score: float, weight: float) -> float | None:
        """How likely a hit with this score shares an album with the query; None where the general head has weight."""
        return self.head.personal.probability(score) if isinstance(self.head, PairedHead) and weight == 1 else None

    # --- inside

    def _add(self, ids: Keys) -> Iterator[int]:
        for keys, rows in self.features.by_id(ids, self._rows_at_once):
            embeddings = self.head.apply(rows)
            has_direction = embeddings.any(axis=1)  # a row of zeros is similar to nothing, and stays out
            self.index.add(keys[has_direction], embeddings[has_direction])
            self._newest = max(self._newest, int(keys.max()))  # now, for the next step may never be taken
            self.is_saved = False
            yield int(has_direction.sum())

    def _file(self, folder: Path) -> Path:
        return folder / f"{self.features.backbone_key}.{self.head_id}.usearch"

    def _stamp(self) -> dict[str, str | int]:
        return {"backbone": self.features.backbone_key, "head": self.head_id, "dimension": self.head.output_dimension}
