"""HEIF and AVIF files changed box by box."""

import struct


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
