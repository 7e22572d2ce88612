"""The photos of the grid as they were read last, in a file: the next start reads only what has changed since."""

import json
import logging
import zlib
from array import array
from pathlib import Path
from typing import Any

from guie_desktop import __version__
from guie_desktop.errors import UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.changed_photos import photo_of_change
from guie_desktop.library.database import reading
from guie_desktop.library.followed_photos import FollowedPhotos
from guie_desktop.library.ordered_photos import OrderedPhotos

WORTH_KEEPING = 10_000
"""Photos; fewer are read as fast as the file is."""
_CHECKSUM = 4
"""Bytes at the beginning of the file, which tell whether it is whole. They are read before the first photo is shown."""

logger = logging.getLogger(__name__)


def keep_photos(path: Path, catalog: Catalog, asked: str, read: FollowedPhotos) -> None:
    """Keep what was read when this was asked; where the disk does not take it, the next start reads all again."""
    photos = read.photos
    if len(photos.ids) < WORTH_KEEPING:
        return
    numbers = {"change": read.change, "count": len(photos.ids), "dated": photos.taken is not None}
    arrays = (photos.ids, photos.shapes, *(() if photos.taken is None else (photos.taken,)))
    beside = path.with_suffix(".tmp")
    try:
        head = json.dumps(_stamp(catalog, asked, read.change) | numbers).encode()
        data = b"".join((head, b"\n", *(values.tobytes() for values in arrays)))
        beside.write_bytes(_checksum(data) + data)
        beside.replace(path)
    except (OSError, UserError) as error:
        logger.info("the photos of the grid are not kept: %s", error)


def kept_photos(path: Path, catalog: Catalog, asked: str) -> FollowedPhotos | None:
    """What was kept of the answer to this; None where that was not of this catalog, or its file is damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return None  # nothing was kept
    view = memoryview(data)
    if view[:_CHECKSUM] != _checksum(view[_CHECKSUM:]):
        return None
    end = data.index(b"\n", _CHECKSUM)
    stamp = json.loads(data[_CHECKSUM:end])
    change, count, dated = (stamp.pop(name) for name in ("change", "count", "dated"))
    if stamp != _stamp(catalog, asked, change):
        return None
    ids, shapes, taken = array("q"), array("f"), array("d")
    at = end + 1
    for values in (ids, shapes, *((taken,) if dated else ())):
        values.frombytes(view[at : at + count * values.itemsize])
        at += count * values.itemsize
    return FollowedPhotos(OrderedPhotos(ids, shapes, taken if dated else None), change)


def _stamp(catalog: Catalog, asked: str, change: int) -> dict[str, Any]:
    """What tells that a change is still the one of this number: in another catalog it is another photo's."""
    file = catalog.path.stat()
    with reading(catalog.database) as connection:
        photo = photo_of_change(connection, change)
    return {"asked": asked, "version": __version__, "file": [file.st_dev, file.st_ino], "photo": photo}


def _checksum(data: "bytes | memoryview") -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "big")  # in a quarter of the time of a hash
