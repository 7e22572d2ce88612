"""The map's file: whole or not there."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.library.library_map import LibraryMap, map_file, read_map, write_map


def made(count: int = 3) -> LibraryMap:
    points = np.arange(2 * count, dtype=np.float32).reshape(count, 2)
    keys, classes = np.arange(count) * 10 + 5, np.arange(count).astype(np.int16)
    return LibraryMap(keys, points, np.arange(count) % 2 == 0, classes, count, "lite.5-0")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = map_file(tmp_path / "vectors", "lite")
    assert read_map(path) is None
    write_map(path, made())
    read = read_map(path)
    assert read is not None
    assert read.keys.tolist() == [5, 15, 25]
    assert read.positions.tolist() == made().positions.tolist()
    assert read.is_landmark.tolist() == [True, False, True]
    assert read.classes.tolist() == [0, 1, 2]
    assert (read.drawn_of, read.space) == (3, "lite.5-0")
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_rows_are_found_by_key() -> None:
    assert made().rows_of(np.array([25, 7, 5, 99, 0])).tolist() == [2, -1, 0, -1, -1]
    assert made(0).rows_of(np.array([1])).tolist() == [-1]


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_file_is_none(tmp_path_factory: pytest.TempPathFactory, place: int, value: int) -> None:
    path = map_file(tmp_path_factory.mktemp("map"), "lite")
    write_map(path, made(40))
    data = bytearray(path.read_bytes())
    place %= len(data)
    path.write_bytes(data[:place])
    assert read_map(path) is None
    if data[place] != value:
        data[place] = value
        path.write_bytes(data)
        assert read_map(path) is None


@pytest.mark.parametrize(
    "wrong",
    [
        replace(made(), positions=np.zeros((3, 3), np.float32)),
        replace(made(), positions=np.full((3, 2), np.nan, np.float32)),
        replace(made(), classes=np.zeros(2, np.int16)),
        replace(made(), keys=np.array([5, 5, 6])),
    ],
    ids=["not in the plane", "nowhere", "of other photos", "twice"],
)
def test_what_makes_no_sense_is_none(tmp_path: Path, wrong: LibraryMap) -> None:
    write_map(tmp_path / "lite.map", wrong)
    assert read_map(tmp_path / "lite.map") is None
