"""Which photos a table has already, held so compactly that it fits where a hundred million are."""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np

from guie_desktop.cluster.photo_files import PhotoFile
from guie_desktop.shared_library.kept_heads import feature_columns
from guie_desktop.shared_library.schema import MODIFIED, PATH, REASON, SIZE

Standing = Literal["new", "changed", "missing", "done"]
"""Of a photo: no row has its path; it is another file by now; it lacks the model's feature; nothing is to be done."""

_NOTHING = np.zeros(0, np.uint64)
_STATED = struct.Struct("<dq")


class KnownFiles:
    """The rows of a table by 64 bits of their paths; 18 bytes each.

    Two paths whose 64 bits agree, of which there is one chance in some thousands among a hundred million, harm nothing:
    one of them is read again at each run.
    """

    def __init__(self, table: Any, column: str, *, retry: bool = False) -> None:
        """Of a `lance.LanceDataset`; `column` has the features in question. With `retry` failures are not done."""
        self._paths, self._stamps, self._lacks = _NOTHING, _NOTHING, np.zeros(0, bool)
        parts = [_keys_of(batch, retry=retry) for batch in _scan(table, column)]
        if parts:
            paths, stamps, lacks = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
            order = np.argsort(paths, kind="stable")
            self._paths, self._stamps, self._lacks = paths[order], stamps[order], lacks[order]
        self._seen = np.zeros(len(self._paths), bool)

    def __len__(self) -> int:
        return len(self._paths)

    def standing(self, photo: PhotoFile) -> Standing:
        """What is to be done about a photo, which counts as seen from now on."""
        key = _path_key(photo.path)
        place = int(np.searchsorted(self._paths, key))
        if place == len(self._paths) or self._paths[place] != key:
            return "new"
        self._seen[place] = True
        if photo.modified is None or self._stamps[place] != _stamp(photo.size, photo.modified):
            return "changed"
        return "missing" if self._lacks[place] else "done"

    def unseen(self, paths: Sequence[str]) -> list[str]:
        """Those of some paths that the table had and no listing has told of."""
        gone = self._paths[~self._seen]
        keys = np.array([_path_key(path) for path in paths], np.uint64)
        return [path for path, is_gone in zip(paths, np.isin(keys, gone), strict=True) if is_gone]


def _scan(table: Any, column: str) -> Iterator[Any]:
    """Batches of path, size, modified and whether what is wanted is missing."""
    # Whoever could be read has a feature; only where there are several models is the column itself looked at.
    lacks = f"(`{column}` IS NULL)" if len(feature_columns(table.schema)) > 1 else "false"
    columns = {PATH: PATH, SIZE: SIZE, MODIFIED: MODIFIED, "failed": f"({REASON} IS NOT NULL)", "lacks": lacks}
    yield from table.scanner(columns=columns, batch_size=16_384).to_batches()


def _keys_of(batch: Any, *, retry: bool) -> tuple[Any, Any, Any]:
    failed = batch["failed"].to_numpy(zero_copy_only=False).astype(bool)
    lacks = batch["lacks"].to_numpy(zero_copy_only=False).astype(bool) & ~failed
    rows = zip(batch[SIZE].to_pylist(), batch[MODIFIED].to_pylist(), strict=True)
    stamps = np.array([_stamp(*row) for row in rows], np.uint64)
    if retry:
        stamps[failed] = 0
    return np.array([_path_key(path) for path in batch[PATH].to_pylist()], np.uint64), stamps, lacks


def _path_key(path: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(path.encode(), digest_size=8).digest()))


def _stamp(size: int | None, modified: float | None) -> np.uint64:
    """Never 0 for what is known; 0 where it is not, which no file equals."""
    if modified is None:
        return np.uint64(0)
    stated = _STATED.pack(modified, -1 if size is None else size)
    return np.uint64(int.from_bytes(hashlib.blake2b(stated, digest_size=8).digest()) | 1)
