"""The general heads that a table has embeddings by, and which column is the same as a head that a user has."""

from contextlib import suppress
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.errors import UserError
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.kept_heads import CURRENT_HEAD, heads_of, read_head
from guie_desktop.shared_library.schema import vector_column


def column_of(address: Address, schema: pa.Schema, features: str, head: GeneralHead) -> str | None:
    """The column of this head's embeddings of these features; None where the table has none.

    Heads are the same where their numbers are: one that a library took in says more of itself than its file did.
    """
    for column, (head_id, of) in heads_of(schema).items():
        if of == features and schema.field(column).type.list_size == head.output_dimension:
            kept = _kept(address, head_id)
            if kept is not None and _same(kept, head):
                return column
    return None


def chosen_head(address: Address, table: Any, features: str) -> GeneralHead | None:
    """The head of these features that the table's keeper chose; None where there is none, or it cannot be read."""
    head_id = table.config().get(CURRENT_HEAD)
    if head_id is None or heads_of(table.schema).get(vector_column(head_id)) != (head_id, features):
        return None
    return _kept(address, head_id)


def _kept(address: Address, head_id: str) -> GeneralHead | None:
    """A head beside a table; where it is gone all is found by features."""
    with suppress(UserError):
        return _read_once(address, head_id)
    return None


_read_once = lru_cache(maxsize=16)(read_head)
"""What a head is called is a hash of its file, so it never becomes another."""


def _same(one: GeneralHead, other: GeneralHead) -> bool:
    a, b = one.projection, other.projection
    if a.matrix is None or b.matrix is None:
        return a.matrix is b.matrix and np.array_equal(a.mean, b.mean)
    return np.array_equal(a.mean, b.mean) and np.array_equal(a.matrix, b.matrix)
