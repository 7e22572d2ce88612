"""A head of a table: a column of embeddings, computed from the features that are there; no photo is opened."""

from dataclasses import dataclass
from typing import Any

import lance
import pyarrow as pa

from guie_desktop.cluster.finished_rows import project
from guie_desktop.cluster.lease import Lease
from guie_desktop.cluster.written_table import WrittenTable
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.kept_heads import CURRENT_HEAD, feature_columns, head_id_of, keep_head, vector_field
from guie_desktop.shared_library.reaching import reading

_ROWS_AT_ONCE = 8192


@dataclass(frozen=True, slots=True)
class Projected:
    """What came of it."""

    head_id: str
    column: str
    dimension: int
    rows: int
    """Photos that have an embedding; those that could not be read have none."""
    was_there: bool
    """Whether the column was there already, so that the head was only chosen."""


def project_library(address: Address, data: bytes, backbone: str | None = None) -> Projected:
    """Give a table a column of embeddings under a head, and have it searched with that head.

    `backbone` is the key of the features that it takes, where several have its length. Rows that come later are filled
    in as they are written. UserError where the file is no general head, where no features fit it, or where another
    program is writing.
    """
    head = GeneralHead.from_bytes(data)
    with reading(address), Lease(address) as lease:
        written = WrittenTable(address, lease)
        features = _fitting(written.table.schema, head, address, backbone)
        column = vector_field(head_id_of(data), features, head.output_dimension)
        was_there = column.name in written.table.schema.names
        if not was_there:
            keep_head(address, data)
            written.add_computed(column, features, _projecting(column, features, head), _ROWS_AT_ONCE)
        written.configure({CURRENT_HEAD: head_id_of(data)})
        rows = written.table.count_rows(f"`{column.name}` IS NOT NULL")
    return Projected(head_id_of(data), column.name, head.output_dimension, rows, was_there)


def _fitting(schema: pa.Schema, head: GeneralHead, address: Address, backbone: str | None) -> str:
    """The column of features that a head takes."""
    columns = {
        name
        for key, name in feature_columns(schema).items()
        if schema.field(name).type.list_size == head.dimension and backbone in (None, key)
    }
    if not columns:
        raise UserError(
            Sentence(
                "The head takes features of {dimension} numbers, and {library} has none of these.",
                dimension=head.dimension,
                library=address,
            ),
            "Choose a head that was made for its model.",
        )
    if len(columns) > 1:
        raise UserError(
            Sentence(
                "{library} has several features that the head could take: {keys}.",
                library=address,
                keys=", ".join(feature_columns(schema)),
            ),
            "Say which are meant with --backbone.",
        )
    return columns.pop()


def _projecting(column: pa.Field, features: str, head: GeneralHead) -> Any:
    schema = pa.schema([column])

    def embed(batch: pa.RecordBatch) -> pa.RecordBatch:
        return pa.record_batch([project(batch[features], head)], schema=schema)

    return lance.batch_udf(output_schema=schema)(embed)
