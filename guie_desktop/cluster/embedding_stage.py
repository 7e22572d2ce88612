"""The second stage of the pipeline: pixels to features."""

from typing import Any

import numpy as np
import pyarrow as pa

from guie_desktop.arrays import StoredFeatures, ViewPixels
from guie_desktop.cluster.decoding_stage import VIEWS, views_of
from guie_desktop.cluster.network import Network
from guie_desktop.embedding.embedder import Embedder
from guie_desktop.sentences import tr_noop
from guie_desktop.shared_library.schema import REASON

FEATURE = "feature"
"""The column that it puts in the place of the views."""


class EmbedPhotos:
    """An actor that holds the network."""

    def __init__(self, network: Network, *, on_gpu: bool) -> None:
        self._network = network
        self._embedder = network.open(on_gpu=on_gpu)

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Rows of `decoding_stage.READ` to as many with features float16[D], null where there were no views."""
        pixels = batch[VIEWS].to_pylist()
        there = [place for place, views in enumerate(pixels) if views is not None]
        features, reasons = self._features([views_of(pixels[place], self._network.preparation) for place in there])
        rows = batch.drop_columns([VIEWS])
        if any(reasons):
            told = rows[REASON].to_pylist()
            for place, reason in zip(there, reasons, strict=True):
                told[place] = reason
            rows = rows.set_column(rows.column_names.index(REASON), REASON, pa.array(told, pa.string()))
            there = [place for place, reason in zip(there, reasons, strict=True) if reason is None]
        return rows.append_column(FEATURE, as_column(features, there, len(rows)))

    def _features(self, views: list[ViewPixels]) -> tuple[StoredFeatures, list[str | None]]:
        """Features of those that the network answers with numbers, and for each of all why it did not."""
        if not views:
            return np.zeros((0, self._network.dimension), np.float16), []
        try:
            return self._embedder.embed(views).astype(np.float16), [None] * len(views)
        except RuntimeError:
            found = [_alone(self._embedder, one) for one in views]
        features = [one for one in found if one is not None]
        stacked = np.stack(features) if features else np.zeros((0, self._network.dimension), np.float16)
        return stacked, [_NO_NUMBERS if one is None else None for one in found]


_NO_NUMBERS = tr_noop("The model gives no numbers for this photo.")


def as_column(rows: Any, there: list[int], length: int) -> pa.Array:
    """Rows (N, D) at these places among so many, as float16[D]; null elsewhere."""
    dimension = rows.shape[1]
    numbers = np.zeros((length, dimension), np.float16)
    numbers[there] = rows
    is_null = np.ones(length, bool)
    is_null[there] = False
    return pa.FixedSizeListArray.from_arrays(pa.array(numbers.reshape(-1)), dimension, mask=pa.array(is_null))


def _alone(embedder: Embedder, views: ViewPixels) -> Any:
    try:
        return embedder.embed([views])[0].astype(np.float16)
    except RuntimeError:
        return None
