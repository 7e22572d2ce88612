"""A shared library as those see it who read it: photos in pages, their pictures and features, and what is like one."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from guie_desktop.arrays import Feature, Keys, StoredFeatures
from guie_desktop.asking import ALL_SHARED, SharedFilter
from guie_desktop.embedding.backbone import without_precision
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.errors import UserError
from guie_desktop.sentences import Sentence
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.newest_first import page
from guie_desktop.shared_library.photo_filter import predicate, quoted
from guie_desktop.shared_library.projected_heads import chosen_head, column_of
from guie_desktop.shared_library.reaching import opened, reading
from guie_desktop.shared_library.schema import (
    HASH,
    HEIGHT,
    MODIFIED,
    PATH,
    REASON,
    SIZE,
    TAKEN,
    THUMBNAIL,
    WIDTH,
    feature_column,
)
from guie_desktop.shared_library.shared_photo import PhotoPage, Place, SharedHits, SharedPhoto
from guie_desktop.shared_library.shortlist import AnyHead, Candidates, Lists, search
from guie_desktop.shared_library.table_rows import ROW, features_of, rows_of
from guie_desktop.shared_library.vector_search import nearest_rows

_FACTS = [PATH, HASH, SIZE, MODIFIED, TAKEN, WIDTH, HEIGHT, REASON]


class SharedTable:
    """A table of a shared library, opened to be read; nothing is written to it.

    It stays what it was when it was opened, whatever others write, until `refresh`.
    """

    def __init__(self, address: Address, table: Any, tag: str | None) -> None:
        """`table` is Lance's; to be made by `open`."""
        self.address = address
        self.table = table
        self.tag = tag

    @classmethod
    def open(cls, address: Address, at: str | None = None) -> "SharedTable":
        """As it is now, or as it was when it was given this name (a tag); UserError where it cannot be read."""
        return cls(address, opened(address, at), at)

    # --- what there is

    @property
    def name(self) -> str:
        """What the library is called."""
        return self.address.name

    @property
    def version(self) -> int:
        """Of the table; each commit makes a new one."""
        return int(self.table.version)

    @property
    def backbones(self) -> dict[str, int]:
        """Keys of the backbones that its photos were embedded with, and the lengths D of their features."""
        return {key: self.table.schema.field(name).type.list_size for key, name in self._columns().items()}

    def feature_column(self, backbone_key: str) -> str:
        """The column of this backbone's features, in whatever precision; UserError where there is none."""
        columns = self._columns()
        if backbone_key in columns:
            return columns[backbone_key]
        for key, name in columns.items():
            if without_precision(key) == without_precision(backbone_key):
                return name
        has = ", ".join(columns) or Sentence("none")
        raise UserError(
            Sentence("The shared library {library} has no features by the model in use.", library=self.name),
            Sentence("Switch to a model that it has ({models}), or ask who keeps it to add yours.", models=has),
            "model use NAME",
        )

    def refresh(self) -> bool:
        """Go on to the newest version; whether there is one. A tag stays where it is."""
        if self.tag is not None:
            return False
        before = self.version
        self.table = opened(self.address)
        return self.version != before

    def count(self, which: SharedFilter = ALL_SHARED) -> int:
        """How many photos there are, those that could not be read among them."""
        with reading(self.address):
            return int(self.table.count_rows(predicate(which) or None))

    # --- photos

    def page(self, after: Place | None, most: int, which: SharedFilter = ALL_SHARED) -> PhotoPage:
        """Up to so many photos after this place, the newest first; without a place from the beginning."""
        with reading(self.address):
            photos = tuple(map(_photo, page(self.table, after, most, which, _FACTS)))
        end = photos[-1] if len(photos) == most else None
        return PhotoPage(photos, None if end is None else Place(end.taken, end.path))

    def rows_at(self, paths: Iterable[str]) -> dict[str, int]:
        """The rows of these whole paths, of those that are there."""
        with reading(self.address):
            found = [row for path in paths for row in self._at(path)]
        return {row[PATH]: row[ROW] for row in found}

    def facts(self, rows: Iterable[int]) -> dict[int, SharedPhoto]:
        """What is told of these rows, of those that are there."""
        return {row[ROW]: _photo(row) for row in self._taken(rows, _FACTS).to_pylist()}

    def thumbnails(self, rows: Iterable[int]) -> dict[int, bytes]:
        """Small pictures of these rows as JPEGs, of those that have one."""
        found = self._taken(rows, [THUMBNAIL]).to_pylist()
        return {row[ROW]: row[THUMBNAIL] for row in found if row[THUMBNAIL] is not None}

    def features(self, rows: Iterable[int], backbone_key: str) -> tuple[Keys, StoredFeatures]:
        """Rows (N,), in this order, and their features (N, D): of those that have one."""
        column = self.feature_column(backbone_key)
        asked = np.fromiter(rows, np.int64)
        found = self._taken(asked, [column])
        keys, features = features_of(found, column)
        order = {int(key): place for place, key in enumerate(keys)}
        places = [order[row] for row in map(int, asked) if row in order]
        return keys[places], features[places]

    # --- search

    def search(
        self, feature: Feature, head: AnyHead, backbone_key: str, most: int, which: SharedFilter = ALL_SHARED
    ) -> SharedHits:
        """The photos that are most like a feature (D,) under the user's own head, which the table need not know."""
        column = self.feature_column(backbone_key)
        general = head.general if isinstance(head, PairedHead) else head
        with reading(self.address):
            compared = column_of(self.address, self.table.schema, column, general)
            lists = Lists(
                partial(nearest_rows, self.table, column, which=which),
                None if compared is None else partial(nearest_rows, self.table, compared, which=which),
                lambda rows: Candidates(*features_of(rows_of(self.table, rows, [column]), column)),
            )
            return search(feature, head, most, lists)

    def head_for(self, own: AnyHead, backbone_key: str) -> AnyHead:
        """What to search with: the user's own head where something was learned or taken in, else the keeper's."""
        if isinstance(own, PairedHead) or own.origin is not None:
            return own
        with reading(self.address):
            return chosen_head(self.address, self.table, self.feature_column(backbone_key)) or own

    def _columns(self) -> Mapping[str, str]:
        keys = [(field.name, (field.metadata or {}).get(b"key", b"").decode()) for field in self.table.schema]
        return {key: name for name, key in keys if name == feature_column(key)}  # embeddings have a key, too: a head's

    def _at(self, path: str) -> list[dict[str, Any]]:
        scan = self.table.scanner(columns=[PATH], filter=f"{PATH} = {quoted(path)}", with_row_id=True)
        rows: list[dict[str, Any]] = scan.to_table().to_pylist()
        return rows

    def _taken(self, rows: Iterable[int], columns: Sequence[str]) -> pa.Table:
        with reading(self.address):
            return rows_of(self.table, rows, columns)


def _photo(row: Mapping[str, Any]) -> SharedPhoto:
    return SharedPhoto(
        row=row[ROW],
        path=row[PATH],
        content_hash=row[HASH],
        bytes=row[SIZE],
        modified=row[MODIFIED],
        taken=row[TAKEN],
        width=row[WIDTH],
        height=row[HEIGHT],
        reason=row[REASON],
    )
