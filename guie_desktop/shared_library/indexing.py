"""The indexes of a shared library: Lance's own, of features, embeddings, dates and paths, in step with the table."""

import os
from dataclasses import dataclass
from typing import Any

from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.kept_heads import heads_of
from guie_desktop.shared_library.reaching import opened, reading
from guie_desktop.shared_library.schema import PATH, TAKEN
from guie_desktop.shared_library.shared_table import SharedTable

INDEXED_FROM = 20_000
"""Features; fewer are compared one by one within a third of a second, and nothing is missed."""
KIND = "IVF_RQ"
"""RaBitQ (Gao and Long, 2024); tests/benchmarks/shared_index.py measures what others cost and miss."""
_KIND_OF_ODD = "IVF_FLAT"
"""For vectors whose numbers do not come in eights, which RaBitQ does not take: they are compared whole."""
_BITS = 1
"""Of each number; lists are long enough to make good what so few leave unclear."""
_MOST_FILES = 16
"""Files that are small; each is opened by every search."""
_GROWN = 2.0
"""Times as many features as there were: the places that they are sorted by are chosen anew."""


@dataclass(frozen=True, slots=True)
class IndexMade:
    """What was done about one column."""

    column: str
    done: str
    """In a word or two: "made", "made anew", "brought up to date", "too few"."""
    rows: int
    """Photos that have something in the column."""


def make_indexes(address: Address, *, anew: bool = False, indexed_from: int = INDEXED_FROM) -> list[IndexMade]:
    """Make what indexes are missing, and have those that are there hold what has come since; `anew` makes all again.

    Small files of many commits are joined first. UserError where the table cannot be read.
    """
    shared = SharedTable.open(address)
    with reading(address):
        _join_files(shared.table)
        done = [_of_values(address, column, anew) for column in (TAKEN, PATH)]
        for column in (*map(shared.feature_column, shared.backbones), *heads_of(shared.table.schema)):
            done.append(_of_vectors(address, column, anew, indexed_from))
    return done


def stats_of_index(table: Any, name: str) -> dict[str, Any]:
    """What Lance tells of an index: how many rows it holds, and how many have come since."""
    # All its centres besides would take memory, and Lance warns of that on the terminal.
    os.environ["LANCE_INCLUDE_VECTOR_CENTROIDS"] = "false"
    told: dict[str, Any] = table.stats.index_stats(name)
    return told


def _join_files(table: Any) -> None:
    if table.stats.dataset_stats()["num_small_files"] > _MOST_FILES:
        table.optimize.compact_files()


def _of_values(address: Address, column: str, anew: bool) -> IndexMade:
    table = opened(address)
    rows = table.count_rows()
    name = _index_of(table, column)
    if name is None or anew:
        table.create_scalar_index(column, "BTREE", replace=True)
        return IndexMade(column, "made" if name is None else "made anew", rows)
    table.optimize.optimize_indices(index_names=[name])
    return IndexMade(column, "brought up to date", rows)


def _of_vectors(address: Address, column: str, anew: bool, indexed_from: int) -> IndexMade:
    table = opened(address)
    rows = table.count_rows(f"`{column}` IS NOT NULL")
    if rows < indexed_from:
        return IndexMade(column, "too few", rows)
    name = _index_of(table, column)
    if name is not None and not anew:
        trained_on = stats_of_index(table, name)["num_indexed_rows_per_delta"][0]
        table.optimize.optimize_indices(index_names=[name], retrain=rows > _GROWN * trained_on)
        return IndexMade(column, "brought up to date", rows)
    _create(table, column, table.schema.field(column).type.list_size)
    return IndexMade(column, "made" if name is None else "made anew", rows)


def _create(table: Any, column: str, length: int) -> None:
    if length % 8:
        table.create_index(column, _KIND_OF_ODD, metric="cosine", replace=True)
        return
    table.create_index(column, KIND, metric="cosine", num_bits=_BITS, replace=True)


def _index_of(table: Any, column: str) -> str | None:
    names = [described.name for described in table.describe_indices() if described.field_names == [column]]
    return names[0] if names else None
