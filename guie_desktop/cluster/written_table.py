"""A table that is written under a lease, a portion at a time, so that whatever ends a run costs one portion at most."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import lance
import pyarrow as pa
from lance.fragment import FragmentMetadata, write_fragments

from guie_desktop.cluster.lease import Lease
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.kept_heads import heads_of
from guie_desktop.shared_library.reaching import NoTable, opened, reading
from guie_desktop.shared_library.schema import PATH, feature_column, table_schema

_DELETED_AT_ONCE = 1000
"""Paths in one condition."""
_READ_AT_ONCE = 16_384


def open_or_make_table(address: Address, backbone_key: str, dimension: int) -> Any:
    """The table at an address, with a column for the features of this backbone; made where there is none.

    Whoever is second of two that make it opens what the first has made. The column is added by `WrittenTable`.
    """
    try:
        return opened(address)
    except NoTable:
        schema = table_schema({backbone_key: dimension})
        try:
            lance.write_dataset(
                schema.empty_table(),
                address.uri,
                schema=schema,
                storage_options=address.storage_options(),
                enable_stable_row_ids=True,
            )
        except OSError as error:
            if "already exists" not in str(error):
                raise _unreachable(address, error) from error
    return opened(address)


def write_portion(rows: pa.Table, address: Address) -> list[str]:
    """Write rows of the table's own schema beside it, on any machine, to be committed elsewhere: fragments as JSON."""
    with reading(address):  # on another machine, whose errors come here as a text
        fragments = write_fragments(rows, address.uri, schema=rows.schema, storage_options=address.storage_options())
    return [json.dumps(fragment.to_json()) for fragment in fragments]


class WrittenTable:
    """The table at an address while this program has its lease; LeaseLost where it has it no more."""

    def __init__(self, address: Address, lease: Lease) -> None:
        self._address, self._lease = address, lease
        self.table = opened(address)

    def add_backbone(self, backbone_key: str, dimension: int) -> None:
        """Have a column, yet empty, for the features of one more backbone; nothing where there is one."""
        name = feature_column(backbone_key)
        if name not in self.table.schema.names:
            self._lease.check()
            metadata = {b"key": backbone_key.encode()}
            self.table.add_columns(pa.field(name, pa.list_(pa.float16(), dimension), metadata=metadata))

    def append(self, fragments: Sequence[str]) -> None:
        """Commit what `write_portion` has written."""
        self._lease.check()
        self.table = lance.LanceDataset.commit(
            self._address.uri,
            lance.LanceOperation.Append([FragmentMetadata.from_json(fragment) for fragment in fragments]),
            read_version=self.table.version,
            storage_options=self._address.storage_options(),
        )

    def replace(self, rows: pa.Table) -> None:
        """Put whole rows in the place of those of the same paths; what is null in them is null from now on."""
        self._merge(rows)

    def complete(self, rows: pa.Table, features: str) -> None:
        """Fill in a column of features, and the embeddings that were made of it, where paths are the same."""
        vectors = [name for name, (_, of) in heads_of(rows.schema).items() if of == features]
        self._merge(rows.select([PATH, features, *vectors]))

    def _merge(self, rows: pa.Table) -> None:
        self._lease.check()
        self._refresh()
        self.table.merge_insert(PATH).when_matched_update_all().execute(rows)

    def remove(self, paths: Sequence[str]) -> None:
        """Delete the rows of these paths; versions that a tag names keep them."""
        for start in range(0, len(paths), _DELETED_AT_ONCE):
            self._lease.check()
            self._refresh()
            self.table.delete(paths_among(paths[start : start + _DELETED_AT_ONCE]))

    def paths(self) -> Iterator[list[str]]:
        """All paths, some at a time."""
        self._refresh()
        for batch in self.table.to_batches(columns=[PATH], batch_size=_READ_AT_ONCE):
            yield batch[PATH].to_pylist()

    def add_computed(self, column: pa.Field, of: str, compute: Any, rows: int) -> None:
        """Add a column that a `lance.batch_udf` computes of another, so many rows at a time."""
        self._lease.check()
        self._refresh()
        self.table.add_columns(compute, read_columns=[of], batch_size=rows)
        assert self.table.schema.field(column.name).metadata == column.metadata

    def configure(self, values: dict[str, str | None]) -> None:
        """Change what the table says of itself beside its rows; None takes it away."""
        self._lease.check()
        self._refresh()
        self.table.update_config(values)

    def _refresh(self) -> None:
        self.table.checkout_latest()


def paths_among(paths: Sequence[str]) -> str:
    """The condition that a row has one of these paths."""
    quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    return f"{PATH} IN ({quoted})"


def _unreachable(address: Address, error: OSError) -> UserError:
    return UserError(
        Sentence("{library} cannot be reached ({reason}).", library=address, reason=str(error).split("\n")[0]),
        "Check the address, the connection and who may read and write there.",
    )
