"""HEIF and AVIF files of many tiles, as phones write them, that end too early: the rows of tiles that are there."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guie_desktop.pictures.heif_boxes import Box, aperture_of, boxes, contents, primary_item, properties

_LEAST_SHARE = 0.1
"""Of its rows of tiles; less of a photo shows nothing."""

_IN_FILE, _IN_META = 0, 1


@dataclass(frozen=True, slots=True)
class CutGrid:
    """A file that decoders take for whole, since the first tile stands where one is missing, and what of it is real."""

    data: bytes
    size: tuple[int, int]
    """Width and height of the whole."""
    height: int
    """Of the rows of tiles that are there, from above."""
    changes: tuple[tuple[bytes, bytes], ...]
    """What is done with the whole before it is shown, in this order: kinds and contents of properties."""

    def part(self, *, is_turned: bool) -> Box:
        """Where that lies in the decoded picture, by which the changes are made: only cut, or turned, too."""
        (width, height), (left, top, right, bottom) = self.size, (0, 0, self.size[0], self.height)
        for kind, content in self.changes:
            if kind == b"clap" and (shown := aperture_of(content, (width, height))):
                left, right = (min(max(at, shown[0]), shown[2]) - shown[0] for at in (left, right))
                top, bottom = (min(max(at, shown[1]), shown[3]) - shown[1] for at in (top, bottom))
                width, height = shown[2] - shown[0], shown[3] - shown[1]
            elif kind == b"irot" and is_turned:
                for _ in range(content[0] & 3):  # each a quarter, against the clock
                    left, top, right, bottom = top, width - right, bottom, width - left
                    width, height = height, width
            elif kind == b"imir" and is_turned:
                if content[0] & 1:
                    left, right = width - right, width - left
                else:
                    top, bottom = height - bottom, height - top
        return left, top, right, bottom


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the bytes of an item lie, and where in the table of places that is written."""

    method: int
    base_field: slice
    offset_field: slice
    length_field: slice
    start: int
    length: int
    extents: int


def cut_grid(data: bytes) -> CutGrid | None:
    """None where no tile is missing, or the picture is of no tiles.

    Raises ValueError where it is cut off and next to nothing of it is there.
    """
    try:
        meta = next(contents(data, b"meta"))[4:]
        table = next(contents(meta, b"iloc"))
        places = dict(_places(table))
        item = primary_item(meta)
        tiles = list(_tiles(meta, item))
        missing = [tile for tile in tiles if places[tile].start + places[tile].length > len(data)]
        if not missing or any(places[tile].method != _IN_FILE for tile in tiles):
            return None
        rows, columns, size = _grid(data, meta, places[item])
        of_tile = next(content for kind, content in properties(data, tiles[0]) if kind == b"ispe")
        (tile_height,) = struct.unpack_from(">I", of_tile, 8)
    except (StopIteration, KeyError, IndexError, ValueError, struct.error):
        return None  # as in images.decode: what is damaged here, its decoder says better
    whole_rows = tiles.index(missing[0]) // columns
    if whole_rows < max(1, _LEAST_SHARE * rows) or any(places[tile].extents != 1 for tile in missing):
        raise ValueError("truncated: hardly a row of tiles is there")
    patched = _with_places_of(table, places[tiles[0]], [places[tile] for tile in missing])
    changes = tuple(change for change in properties(data) if change[0] in {b"clap", b"irot", b"imir"})
    return CutGrid(data.replace(table, patched, 1), size, min(size[1], whole_rows * tile_height), changes)


def _with_places_of(table: bytes, first: _Place, others: Sequence[_Place]) -> bytes:
    """The table, in which the others lie where the first does."""
    patched = bytearray(table)
    for place in others:
        has_offset = place.offset_field.stop > place.offset_field.start
        for field, value in (
            (place.base_field, 0 if has_offset else first.start),
            (place.offset_field, first.start),
            (place.length_field, first.length),
        ):
            patched[field] = value.to_bytes(8)[8 - (field.stop - field.start) :]
    return bytes(patched)


def _tiles(meta: bytes, item: int) -> Iterator[int]:
    """The items that a picture is made of, row by row."""
    for references in contents(meta, b"iref"):
        code = "I" if references[0] else "H"
        width = struct.calcsize(code)
        for kind, content in boxes(references[4:]):
            origin, count = struct.unpack_from(f">{code}H", content)
            if kind == b"dimg" and origin == item:
                yield from struct.unpack_from(f">{count}{code}", content, width + 2)


def _grid(data: bytes, meta: bytes, place: _Place) -> tuple[int, int, tuple[int, int]]:
    """Rows and columns of tiles, and the size of the whole."""
    source = next(contents(meta, b"idat")) if place.method == _IN_META else data
    flags, last_row, last_column = struct.unpack_from(">xBBB", source, place.start)
    width, height = struct.unpack_from(">II" if flags & 1 else ">HH", source, place.start + 4)
    return last_row + 1, last_column + 1, (width, height)


def _places(table: bytes) -> Iterator[tuple[int, _Place]]:
    """Items and where they lie; of several pieces the last one counts."""
    version = table[0]
    of_offset, of_length, of_base = table[4] >> 4, table[4] & 15, table[5] >> 4
    of_index = table[5] & 15 if version else 0
    wide = 4 if version == 2 else 2
    at = 6 + wide
    for _ in range(int.from_bytes(table[6:at])):
        item = int.from_bytes(table[at : at + wide])
        at += wide
        method = int.from_bytes(table[at : at + 2]) & 15 if version else _IN_FILE
        at += 4 if version else 2
        base = slice(at, at + of_base)
        (extents,) = struct.unpack_from(">H", table, base.stop)
        at = base.stop + 2
        offset = length = slice(at, at)
        for _ in range(extents):
            offset = slice(at + of_index, at + of_index + of_offset)
            length = slice(offset.stop, offset.stop + of_length)
            at = length.stop
            if at > len(table):
                raise ValueError("the table of places is cut off")
        start = int.from_bytes(table[base]) + int.from_bytes(table[offset])
        yield item, _Place(method, base, offset, length, start, int.from_bytes(table[length]), extents)
