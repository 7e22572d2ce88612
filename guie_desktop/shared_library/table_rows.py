"""Rows of a table of Lance by their numbers, which stay theirs when others are added or removed."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from guie_desktop.arrays import Keys, StoredFeatures

ROW = "_rowid"
_AT_ONCE = 4096


def rows_of(table: Any, rows: Iterable[int], columns: Sequence[str]) -> pa.Table:
    """These rows of Lance's `table`, of those that are there, with `_rowid`, in any order."""
    asked = sorted({int(row) for row in rows})
    parts = [
        table.scanner(
            columns=list(columns),
            filter=f"{ROW} IN ({','.join(map(str, asked[start : start + _AT_ONCE]))})",
            with_row_id=True,
        ).to_table()
        for start in range(0, len(asked), _AT_ONCE)
    ]
    if not parts:
        return table.scanner(columns=list(columns), limit=0, with_row_id=True).to_table()
    return pa.concat_tables(parts)


def features_of(found: pa.Table, column: str) -> tuple[Keys, StoredFeatures]:
    """Row numbers (N,) and numbers (N, D) of a column of vectors, of those rows that have one."""
    has_one = found[column].is_valid()
    sound = found.filter(has_one)
    width = found.schema.field(column).type.list_size
    vectors = sound[column].combine_chunks()
    numbers = vectors.flatten().to_numpy(zero_copy_only=False).reshape(len(sound), width)
    return sound[ROW].to_numpy().astype(np.int64), numbers
