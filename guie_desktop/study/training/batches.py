"""Mini-batches of an epoch, read ahead in another thread while the ones before are trained on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import torch
from torch import Tensor

from guie_desktop.arrays import StoredFeatures
from guie_desktop.study.training.labelled_rows import LabelledRows
from guie_desktop.study.training.row_order import Rows

_ROWS_AT_ONCE = 16_384
"""That are read together; twice as many are in memory."""


def batches(rows: LabelledRows, order: Rows, size: int, first: int) -> Iterator[tuple[StoredFeatures, Tensor]]:
    """Features (B, D) and labels (B,) of the rows in this order, from the batch with the number `first` on."""
    at_once = max(1, _ROWS_AT_ONCE // size) * size
    blocks = [order[start : start + at_once] for start in range(first * size, len(order), at_once)]
    with ThreadPoolExecutor(1, "features") as reader:
        ahead = reader.submit(rows.take, blocks[0]) if blocks else None
        for number, block in enumerate(blocks):
            assert ahead is not None
            features = ahead.result()
            ahead = reader.submit(rows.take, blocks[number + 1]) if number + 1 < len(blocks) else None
            labels = torch.from_numpy(rows.labels[block])
            for start in range(0, len(block), size):
                part = slice(start, start + size)
                yield features[part], labels[part]
