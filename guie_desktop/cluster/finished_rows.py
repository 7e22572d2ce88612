"""What came out of the pipeline as rows of the table itself, with the embeddings of all its heads."""

from typing import Any

import numpy as np
import pyarrow as pa

from guie_desktop.cluster.embedding_stage import FEATURE, as_column
from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.kept_heads import heads_of, read_head


class FinishRows:
    """Rows with a column FEATURE to those of one table, on any machine."""

    def __init__(self, address: Address, schema: pa.Schema, features: str) -> None:
        """`features` names the column that what was embedded belongs to."""
        self._address, self._schema, self._features = address, schema, features
        self._heads: dict[str, GeneralHead] | None = None

    def __call__(self, rows: pa.Table) -> pa.Table:
        """All columns of the table; those of other features than these are null. UserError: a head is gone."""
        if self._heads is None:
            of_these = {name: head for name, (head, of) in heads_of(self._schema).items() if of == self._features}
            self._heads = {name: read_head(self._address, head) for name, head in of_these.items()}
        made = {self._features: rows[FEATURE].combine_chunks()}
        for name, head in self._heads.items():
            made[name] = project(made[self._features], head)
        return pa.table([self._column(field, rows, made) for field in self._schema], schema=self._schema)

    def _column(self, field: pa.Field, rows: pa.Table, made: dict[str, Any]) -> Any:
        if field.name in made:
            return made[field.name]
        return rows[field.name].cast(field.type) if field.name in rows.column_names else pa.nulls(len(rows), field.type)


def project(features: Any, head: GeneralHead) -> pa.Array:
    """The embeddings float16[d] of a column float16[D]; null where it is."""
    there = np.flatnonzero(features.is_valid().to_numpy(zero_copy_only=False)).tolist()
    numbers = features.drop_null().flatten().to_numpy(zero_copy_only=False).reshape(-1, head.dimension)
    return as_column(head.apply(numbers.astype(np.float32)), there, len(features))
