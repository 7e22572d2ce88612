"""The pictures that tiles show, as they are painted: the latest ones, bounded by the bytes that they take."""

from collections import OrderedDict
from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtGui import QPixmap

_BYTES_KEPT = 24 << 20
"""Besides, what is wanted is kept: the screen, one more above and one below, of 33 MB each at 3840 x 2160 pixels."""


class TileBox(NamedTuple):
    """The space for a tile's picture, in pixels of the screen, and how many of them make one of the layout's."""

    width: int
    height: int
    ratio: float


def tile_box(width: int, height: int, ratio: float) -> TileBox:
    """The box for a picture of this size in the layout."""
    return TileBox(round(width * ratio), round(height * ratio), ratio)


PictureKey = tuple[bytes, TileBox]
"""A content and the space for which its picture was made."""


class PictureCache:
    """Pictures by content and box; what was not wanted for longest goes first."""

    def __init__(self, most: int = _BYTES_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[PictureKey, QPixmap] = OrderedDict()
        self._latest: dict[bytes, TileBox] = {}
        self.bytes = 0
        """What all of them take."""
        self.is_spare = False
        """Whether there is room for nothing but what is wanted."""

    def __contains__(self, key: PictureKey) -> bool:
        return key in self._kept

    def get(self, content: bytes, box: TileBox | None = None) -> QPixmap | None:
        """The picture for this box, or else the one that was made last."""
        if box is not None and (kept := self._kept.get((content, box))) is not None:
            return kept
        latest = self._latest.get(content)
        return None if latest is None else self._kept.get((content, latest))

    def touch(self, key: PictureKey) -> bool:
        """It is wanted again; whether it is there."""
        if key not in self._kept:
            return False
        self._kept.move_to_end(key)
        return True

    def put(self, key: PictureKey, picture: QPixmap) -> None:
        """Keep this picture, in place of an earlier one."""
        if (earlier := self._kept.pop(key, None)) is not None:
            self.bytes -= _bytes(earlier)
        self._kept[key] = picture
        self._latest[key[0]] = key[1]
        self.bytes += _bytes(picture)

    def trim(self, wanted: Collection[PictureKey]) -> None:
        """Let go of what there is no room for, but of nothing that is wanted now."""
        most = 0 if self.is_spare else self._most
        if self.bytes <= most:
            return
        # What a hidden grid wants may be older than what nobody wants any more.
        for key in [key for key in self._kept if key not in wanted]:
            self.bytes -= _bytes(self._kept.pop(key))
            if self._latest.get(key[0]) == key[1]:
                del self._latest[key[0]]
            if self.bytes <= most:
                return


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * picture.depth() // 8
