"""Heads that a table has embeddings by: their files beside it, their columns in it, and which is searched with.

A file lies in the folder `heads` of the table's address, named by its content; the column of its embeddings says which
features they are of. The table's configuration names the one that is searched with under CURRENT_HEAD.
"""

import hashlib
from typing import Any

import pyarrow as pa

from guie_desktop.embedding.general_head import GeneralHead
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address, why
from guie_desktop.shared_library.schema import vector_column

CURRENT_HEAD = "guie-desktop.head"
"""In the configuration of the table: the id of the head that is searched with; without it features are compared."""
_HEAD, _FEATURES = b"head", b"features"
"""In the metadata of a column of embeddings: the head's id, and the name of the column that it was applied to."""
_BACKBONE = b"key"
"""In that of a column of features (schema.py)."""


def head_id_of(data: bytes) -> str:
    """What a head is called: 12 hexadecimal digits, which are a hash of its file."""
    return hashlib.blake2b(data, digest_size=6).hexdigest()


def feature_columns(schema: pa.Schema) -> dict[str, str]:
    """The names of the columns that hold features, by backbone key."""
    marked = [(field.name, field.metadata or {}) for field in schema]
    return {facts[_BACKBONE].decode(): name for name, facts in marked if _BACKBONE in facts}


def vector_field(head_id: str, features: str, dimension: int) -> pa.Field:
    """The column of the embeddings (d,) that a head makes of the features in the column of that name."""
    metadata = {_HEAD: head_id.encode(), _FEATURES: features.encode()}
    return pa.field(vector_column(head_id), pa.list_(pa.float16(), dimension), metadata=metadata)


def heads_of(schema: pa.Schema) -> dict[str, tuple[str, str]]:
    """By column of embeddings: the id of its head, and the column of features that it was applied to."""
    marked = [(field.name, field.metadata or {}) for field in schema]
    return {name: (facts[_HEAD].decode(), facts[_FEATURES].decode()) for name, facts in marked if _FEATURES in facts}


def keep_head(address: Address, data: bytes) -> str:
    """Write a head's file beside the table, where it is not there yet; its id. UserError where that cannot be done."""
    GeneralHead.from_bytes(data)
    head_id = head_id_of(data)
    store, folder = (address / "heads").filesystem()
    try:
        store.create_dir(folder, recursive=True)
        with store.open_output_stream(f"{folder}/{head_id}") as file:
            file.write(data)
    except OSError as error:
        raise UserError(
            Sentence("The head could not be written beside {library} ({reason}).", library=address, reason=why(error)),
            "Check the connection, the space that is left and who may write there.",
        ) from error
    return head_id


def read_head(address: Address, head_id: str) -> GeneralHead:
    """A head that was kept; UserError where it is not there any more, or damaged."""
    store, folder = (address / "heads").filesystem()
    try:
        with store.open_input_stream(f"{folder}/{head_id}") as file:
            data: Any = file.read()
    except OSError as error:
        raise UserError(
            Sentence(
                "The head {head} of {library} cannot be read ({reason}).",
                head=head_id,
                library=address,
                reason=why(error),
            ),
            "Project the library with its file once more.",
            "shared project",
        ) from error
    return GeneralHead.from_bytes(data)
