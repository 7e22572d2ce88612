"""The rows whose vectors are nearest to a direction: by an index where there is one, else all are compared."""

from typing import Any

import numpy as np

from guie_desktop.arrays import Floats, Keys
from guie_desktop.asking import SharedFilter
from guie_desktop.shared_library.photo_filter import predicate
from guie_desktop.shared_library.table_rows import ROW

CANDIDATES = 4000
"""Photos on a list; tests/benchmarks/shared_shortlist.py has what is missed with fewer."""
_FEWEST_PROBES = 32
_SHARE_PROBED = 1 / 50
"""Of the parts of an index, which have so many rows as Lance makes them: with a hundredth of the parts a twentieth of
the best ten photos of a million was missed, with a thirtieth none (tests/benchmarks/shared_index.py)."""
_ROWS_OF_PART = 4096


def probes(rows: int) -> int:
    """How many parts of the index of so many rows are looked at."""
    return max(_FEWEST_PROBES, round(rows / _ROWS_OF_PART * _SHARE_PROBED))


def nearest_rows(
    table: Any,
    column: str,
    wanted: Floats,
    which: SharedFilter,
    *,
    candidates: int = CANDIDATES,
    probed: int | None = None,
) -> Keys:
    """Up to so many rows (N,) of Lance's `table` that pass, by the cosine of a column of vectors to a direction (D,).

    The nearest come first. Vectors that have come since the index was made are compared as well. They are not read
    here: what is on several lists would be read several times.
    """
    scan = table.scanner(
        columns=["_distance"],
        nearest={
            "column": column,
            "q": wanted,
            "k": candidates,
            "metric": "cosine",
            "nprobes": probes(table.count_rows()) if probed is None else probed,
        },
        filter=predicate(which) or None,
        prefilter=True,
        with_row_id=True,
    )
    rows: Keys = scan.to_table()[ROW].to_numpy().astype(np.int64)
    return rows
