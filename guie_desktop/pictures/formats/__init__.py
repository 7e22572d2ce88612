"""Containers that Pillow's decoders do not open as we want it: one file each, with the same two functions."""

from typing import Protocol

from PIL import Image


class Container(Protocol):
    """A module of this package."""

    SIGNATURES: tuple[bytes, ...]
    """First bytes of such files."""

    def size_of(self, data: bytes) -> tuple[int, int]:
        """Width and height of the photo before any EXIF turn, in pixels, from its header alone."""

    def open_reduced(self, data: bytes, smallest_side: int) -> Image.Image:
        """The decoded photo, perhaps reduced as far as its short side keeps `smallest_side` pixels.

        Its EXIF says how it is to be turned; "cut_off" is in its `info` where the file ends too early. Raises
        UnreadablePhoto, and whatever decoders raise for damaged files.
        """
