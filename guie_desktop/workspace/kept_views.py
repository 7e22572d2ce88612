"""What the network is to see of photos that were decoded to be shown, so that they need not be decoded once more."""

from collections.abc import Mapping

import psutil

from guie_desktop.arrays import ViewPixels

_MOST = 512 * 1024**2
_PART_OF_MEMORY = 16


class KeptViews:
    """The views of some photos, in memory, as long as there is room; belongs to one thread."""

    def __init__(self, most: int | None = None) -> None:
        """Up to about so many bytes; without a number it is what this machine can spare."""
        self._most = min(_MOST, psutil.virtual_memory().total // _PART_OF_MEMORY) if most is None else most
        self._of: dict[bytes, Mapping[bytes, ViewPixels]] = {}
        self._bytes = 0

    @property
    def has_room(self) -> bool:
        """Whether more is kept."""
        return self._bytes < self._most

    def keep(self, content_hash: bytes, views: Mapping[bytes, ViewPixels]) -> None:
        """Keep the views of a file, by the content hash of each of its pictures."""
        if self.has_room and content_hash not in self._of:
            self._of[content_hash] = views
            self._bytes += _size_of(views)

    def take(self, content_hash: bytes) -> Mapping[bytes, ViewPixels] | None:
        """What was kept of this content, and is kept no more."""
        views = self._of.pop(content_hash, None)
        if views is not None:
            self._bytes -= _size_of(views)
        return views

    def clear(self) -> None:
        """Keep nothing: all is embedded that can be."""
        self._of.clear()
        self._bytes = 0


def _size_of(views: Mapping[bytes, ViewPixels]) -> int:
    return sum(one.nbytes for one in views.values())
