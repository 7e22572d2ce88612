"""HEIF and AVIF files changed box by box."""

import struct
from collections.abc import Sequence


def heif_with_item(names: bytes) -> bytes:
    """A HEIF with a single item, of this type and name."""
    entry = b"infe\2\0\0\0\0\1\0\0" + names
    meta = struct.pack(">I", len(entry) + 4) + entry
    box = struct.pack(">I", len(meta) + 8) + b"meta" + meta
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + box + bytes(16)


def with_property(data: bytes, kind: bytes, content: bytes) -> bytes:
    """The file of a single picture with one more property, such as a clean aperture, behind those it has."""
    added = struct.pack(">I", len(content) + 8) + kind + content
    # The table of associations: version and flags, one entry of two bytes for the item, how many; then their numbers.
    count = data.index(b"ipma") + 4 + 4 + 4 + 2
    container = data.index(b"ipco")
    number = _boxes_in(data, container) + 1
    grown = {b"meta": len(added) + 1, b"iprp": len(added) + 1, b"ipco": len(added), b"ipma": 1}
    end_of_container = container - 4 + struct.unpack_from(">I", data, container - 4)[0]
    changed = bytearray(data)
    for name, by in grown.items():
        at = data.index(name) - 4
        struct.pack_into(">I", changed, at, struct.unpack_from(">I", data, at)[0] + by)
    behind = count + 1 + data[count]
    changed[count] += 1
    changed[behind:behind] = bytes([0x80 | number])  # no reader may pass over it
    changed[end_of_container:end_of_container] = added
    _move_extents(changed, data.index(b"iloc"), len(added) + 1)
    return bytes(changed)


def _boxes_in(data: bytes, container: int) -> int:
    """How many boxes lie in the one whose kind stands here."""
    at, end = container + 4, container - 4 + struct.unpack_from(">I", data, container - 4)[0]
    found = 0
    while at < end:
        at += struct.unpack_from(">I", data, at)[0]
        found += 1
    return found


def _move_extents(file: bytearray, table: int, by: int) -> None:
    """Let the items' bytes be looked for so much later; items have one extent each, in 4 bytes."""
    assert file[table + 4] == 0
    assert file[table + 8] == 0x44
    base = file[table + 9] >> 4
    (items,) = struct.unpack_from(">H", file, table + 10)
    at = table + 12
    for _ in range(items):
        offset = at + 6 + base
        struct.pack_into(">I", file, offset, struct.unpack_from(">I", file, offset)[0] + by)
        at = offset + 8


def grid(
    tiles: Sequence[bytes], columns: int, size: tuple[int, int], transforms: Sequence[tuple[bytes, bytes]]
) -> bytes:
    """The files of single pictures, all alike, as tiles of one picture of this width and height.

    It has these properties beside its size, such as a turn; they are of the whole, not of its tiles.
    """
    first = tiles[0]
    brand, codec = first[8:12], b"av01" if b"av01" in first else b"hvc1"
    config = _box_of(first, b"av1C" if codec == b"av01" else b"hvcC")
    rows = len(tiles) // columns
    contents = [struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, *size), *(_pixels_of(tile) for tile in tiles)]
    items = range(1, len(contents) + 1)
    entries = b"".join(
        _box(b"infe", struct.pack(">IHH4sB", 2 << 24, item, 0, b"grid" if item == 1 else codec, 0)) for item in items
    )
    references = _box(b"dimg", struct.pack(f">HH{len(tiles)}H", 1, len(tiles), *items[1:]))
    whole, part = _box(b"ispe", struct.pack(">III", 0, *size)), _box_of(first, b"ispe")
    properties = [whole, part, config, _box_of(first, b"pixi"), *(_box(*transform) for transform in transforms)]
    turns = [0x80 | number for number in range(5, len(properties) + 1)]
    of_item = [[1, 4, *turns] if item == 1 else [2, 0x83, 4] for item in items]
    associations = b"".join(struct.pack(">HB", i, len(has)) + bytes(has) for i, has in zip(items, of_item, strict=True))
    head = _box(b"ftyp", brand + bytes(4) + b"mif1" + brand)

    def meta(start: int) -> bytes:
        places = b""
        for item, content in zip(items, contents, strict=True):
            places += struct.pack(">HHHII", item, 0, 1, start, len(content))
            start += len(content)
        inside = [
            _box(b"hdlr", bytes(8) + b"pict" + bytes(13)),
            _box(b"pitm", struct.pack(">IH", 0, 1)),
            _box(b"iloc", struct.pack(">IBBH", 0, 0x44, 0, len(contents)) + places),
            _box(b"iinf", struct.pack(">IH", 0, len(contents)) + entries),
            _box(b"iref", bytes(4) + references),
            _box(
                b"iprp",
                _box(b"ipco", b"".join(properties))
                + _box(b"ipma", struct.pack(">II", 0, len(contents)) + associations),
            ),
        ]
        return _box(b"meta", bytes(4) + b"".join(inside))

    return head + meta(len(head) + len(meta(0)) + 8) + _box(b"mdat", b"".join(contents))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def _box_of(data: bytes, kind: bytes) -> bytes:
    at = data.index(kind) - 4
    return data[at : at + struct.unpack_from(">I", data, at)[0]]


def _pixels_of(data: bytes) -> bytes:
    """The bytes of the first item, which lie in one piece."""
    table = data.index(b"iloc")
    base = data[table + 9] >> 4
    at = table + 12 + 4
    start = int.from_bytes(data[at : at + base])
    offset, length = struct.unpack_from(">II", data, at + base + 2)
    return data[start + offset : start + offset + length]
