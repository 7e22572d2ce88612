"""The features of a table that are nearest to a direction: by an index where there is one, else all are compared."""

from typing import Any

from guie_desktop.arrays import Floats
from guie_desktop.asking import SharedFilter
from guie_desktop.shared_library.photo_filter import predicate
from guie_desktop.shared_library.shortlist import Candidates
from guie_desktop.shared_library.table_rows import features_of

CANDIDATES = 4000
"""Photos on a list; tests/benchmarks/shared_shortlist.py has what is missed with fewer."""
PROBES = 32
"""Parts of an index that are looked at; tests/benchmarks/shared_index.py measures what is missed."""
_DISTANCE = "_distance"


def nearest_features(
    table: Any,
    column: str,
    wanted: Floats,
    which: SharedFilter,
    *,
    compared: str | None = None,
    candidates: int = CANDIDATES,
    probes: int = PROBES,
) -> Candidates:
    """Up to so many photos of Lance's `table` that pass, by the cosine of their features to a direction (D,).

    `compared` is the column that is compared instead of the features', where the direction (d,) is one among
    embeddings. What has come since the index was made is compared as well.
    """
    scan = table.scanner(
        columns=[column, _DISTANCE],
        nearest={"column": compared or column, "q": wanted, "k": candidates, "metric": "cosine", "nprobes": probes},
        filter=predicate(which) or None,
        prefilter=True,
        with_row_id=True,
    )
    return Candidates(*features_of(scan.to_table(), column))
