"""A PNG's chunks: what stands beside the pixels, and what of it is sound."""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_MOST_TEXT = 1024 * 1024
"""Bytes of a compressed note or profile once it is unpacked; Pillow refuses a file with more."""

_NOTES = frozenset({b"eXIf", b"tIME"})
_COLOURS = frozenset({b"iCCP", b"cICP"})
_KEPT = (_NOTES | _COLOURS | {b"tRNS"}, _NOTES | _COLOURS, _NOTES | {b"tRNS"}, _NOTES, frozenset[bytes]())
"""Of the chunks that a reader may skip, ever less: transparency, colours, and when it was taken."""


def chunk(data: bytes, wanted: bytes) -> bytes:
    """The content of the first chunk of this kind; empty where there is none."""
    return next((data[start + 8 : end - 4] for kind, start, end in _chunks(data) if kind == wanted), b"")


def mended(data: bytes) -> Iterator[bytes]:
    """A PNG with less and less beside its pixels, for their faults are none of the picture's; nothing for other files.

    First only what is damaged or too large is left out, then texts and animation, then the profile, in the end all;
    none is as long as one before.
    """
    if data.startswith(SIGNATURE):
        sound = [(kind, data[start:end]) for kind, start, end in _chunks(data) if _is_sound(kind, data, start, end)]
        kinds = frozenset(kind for kind, _ in sound)
        shortest = len(data)
        for kept in (kinds, *_KEPT):
            pieces = [piece for kind, piece in sound if _is_needed(kind) or kind in kept]
            length = len(SIGNATURE) + sum(map(len, pieces))
            if length < shortest:
                yield SIGNATURE + b"".join(pieces)
                shortest = length


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The kind of each chunk, and where it starts and ends, which may be behind the end of the file."""
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, at, at + 12 + length
        at += 12 + length


def _is_needed(kind: bytes) -> bool:
    return kind[:1].isupper()  # a capital marks the chunks that no reader may skip


def _is_sound(kind: bytes, data: bytes, start: int, end: int) -> bool:
    """Whether a chunk is whole, and can be unpacked to a bearable size where it is compressed."""
    if _is_needed(kind):
        return True
    if data[end - 4 : end] != struct.pack(">I", zlib.crc32(data[start + 4 : end - 4])):
        return False
    content = data[start + 8 : end - 4]
    if kind == b"tEXt":
        return len(content) <= _MOST_TEXT
    if kind == b"iTXt":
        _, _, behind_keyword = content.partition(b"\0")
        _, _, behind_language = behind_keyword[2:].partition(b"\0")
        _, _, text = behind_language.partition(b"\0")
        return _unpacks(text) if behind_keyword[:1] == b"\1" else len(text) <= _MOST_TEXT
    if kind in {b"zTXt", b"iCCP"}:
        _, _, behind_keyword = content.partition(b"\0")
        return behind_keyword[:1] == b"\0" and _unpacks(behind_keyword[1:])
    return True


def _unpacks(packed: bytes) -> bool:
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(packed, _MOST_TEXT)
    except zlib.error:
        return False
    return not unpacking.unconsumed_tail
