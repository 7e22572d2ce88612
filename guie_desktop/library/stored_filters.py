"""The filter of a folder or an album as it is kept, so that it is found again where the folder lies elsewhere."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from guie_desktop.asking import Filter


def as_stored(which: Filter, folders_now: Iterable[tuple[int, Path]]) -> dict[str, Any]:
    """A folder's or an album's filter; of a folder also in which of the library's it lies, with which it may move."""
    if which.folder is None:
        return {"albums": which.albums} if which.albums else {}
    around = [(one, root) for one, root in folders_now if which.folder.is_relative_to(root)]
    within = {"of": around[0][0], "there": str(which.folder.relative_to(around[0][1]))} if around else {}
    return {"folder": str(which.folder)} | within


def from_stored(stored: dict[str, Any], folders_now: Mapping[int, Path]) -> Filter:
    """What `as_stored` gave, with the folder where it lies now."""
    if "folder" not in stored:
        return Filter(albums=tuple(stored.get("albums", ())))
    root = folders_now.get(stored.get("of", 0))
    return Filter(folder=Path(stored["folder"]) if root is None else root / stored["there"])
