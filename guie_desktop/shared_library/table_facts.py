"""What a shared library tells of itself to those who keep it: how many photos, what is searched how, who writes."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guie_desktop.shared_library.indexing import stats_of_index
from guie_desktop.shared_library.kept_heads import CURRENT_HEAD, heads_of
from guie_desktop.shared_library.reaching import reading
from guie_desktop.shared_library.schema import REASON
from guie_desktop.shared_library.shared_table import SharedTable
from guie_desktop.shared_library.writer_record import writer_in


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """The features of one backbone, or the embeddings of one head."""

    of: str
    """The key of the backbone, or the id of the head."""
    dimension: int
    """Numbers of each."""
    lacking: int
    """Photos without one, which no search by them finds."""
    index: str | None
    """The kind of index by which they are found; None where all are compared."""
    not_indexed: int
    """Those that have come since it was made, and are compared one by one."""


@dataclass(frozen=True, slots=True)
class LeaseFacts:
    """Who writes to the table; where that is another machine, it may have been killed while it did."""

    host: str
    process: int
    until: datetime


@dataclass(frozen=True, slots=True)
class TableFacts:
    """Of one version of a table."""

    version: int
    written: datetime
    photos: int
    unreadable: int
    """Photos that could not be read."""
    reasons: dict[str, int]
    """Why, and how many for each reason, the most common first."""
    columns: tuple[ColumnFacts, ...]
    heads: tuple[ColumnFacts, ...]
    chosen_head: str | None
    """The id of the one that those search with who have taught their own nothing."""
    scalar_indexes: tuple[str, ...]
    """Columns that filters and pages are quick by."""
    tags: dict[str, int]
    """Versions that are kept, by the names that they were given."""
    lease: LeaseFacts | None


def table_facts(shared: SharedTable) -> TableFacts:
    """Ask the table; features that are lacking are counted by reading their column where that holds them all."""
    table = shared.table
    with reading(shared.address):
        indexes = {described.field_names[0]: described for described in table.describe_indices()}
        features = {shared.feature_column(key): key for key in shared.backbones}
        heads = {column: head_id for column, (head_id, _) in heads_of(table.schema).items()}
        failed = table.to_table(columns=[REASON], filter=f"{REASON} IS NOT NULL")
        reasons = Counter(failed[REASON].to_pylist())
        return TableFacts(
            version=shared.version,
            written=_written(table),
            photos=table.count_rows(),
            unreadable=reasons.total(),
            reasons=dict(reasons.most_common()),
            columns=tuple(_column_facts(table, of, column, indexes) for column, of in features.items()),
            heads=tuple(_column_facts(table, of, column, indexes) for column, of in heads.items()),
            chosen_head=table.config().get(CURRENT_HEAD),
            scalar_indexes=tuple(sorted(name for name in indexes if name not in features | heads)),
            tags={name: int(told["version"]) for name, told in table.tags.list().items()},
            lease=_lease(shared),
        )


def _column_facts(table: Any, of: str, column: str, indexes: dict[str, Any]) -> ColumnFacts:
    length = table.schema.field(column).type.list_size
    lacking = table.count_rows(f"`{column}` IS NULL")
    index = indexes.get(column)
    if index is None:
        return ColumnFacts(of, length, lacking, None, 0)
    not_indexed = stats_of_index(table, index.name)["num_unindexed_rows"]
    return ColumnFacts(of, length, lacking, index.index_type, not_indexed)


def _written(table: Any) -> datetime:
    told = next(told for told in reversed(table.versions()) if told["version"] == table.version)
    written: datetime = told["timestamp"]
    return written


def _lease(shared: SharedTable) -> LeaseFacts | None:
    """Nobody writes to a state that was kept, whatever it says: what it was kept with is its own past."""
    writer = writer_in(shared.table.config()) if shared.tag is None else None
    if writer is None or not writer.has_right(time.time()):
        return None
    return LeaseFacts(writer.host, writer.process, datetime.fromtimestamp(writer.until).astimezone())
