"""The vector index: finds what is nearest, and trusts no file."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from guie_desktop.search import kept_rows, vectors
from guie_desktop.search.vectors import VectorIndex
from tests.search.large import make_little_too_much

STAMP = {"backbone": "b", "head": 1, "dimension": 16}


def unit_rows(count: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def filled(count: int = 50) -> VectorIndex:
    index = VectorIndex(16)
    index.add(np.arange(1, count + 1), unit_rows(count))
    return index


def test_a_vector_finds_itself_first_with_score_one() -> None:
    keys, scores = filled().search(unit_rows(50)[7], 3)
    assert keys[0] == 8
    assert scores[0] == pytest.approx(1.0, abs=2e-3)
    assert list(scores) == sorted(scores, reverse=True)


def test_asking_for_more_than_there_is_gives_all_without_padding() -> None:
    keys, scores = filled(5).search(unit_rows(1)[0], 40)
    assert sorted(keys) == [1, 2, 3, 4, 5]
    assert len(scores) == 5


def test_an_empty_index_answers_with_nothing() -> None:
    keys, _ = VectorIndex(16).search(unit_rows(1)[0], 5)
    assert len(keys) == 0


@pytest.mark.parametrize("bad", [np.nan, np.inf, 0.0])
def test_rows_that_are_not_unit_vectors_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="unit length"):
        VectorIndex(16).add(np.array([1]), np.full((1, 16), bad, np.float32))


def test_of_too_many_rows_a_part_is_compared_and_finds_what_the_whole_ones_do(monkeypatch: pytest.MonkeyPatch) -> None:
    index, queries = filled(2000), unit_rows(50, seed=1)
    exact = [index.search(query, 10) for query in queries]
    monkeypatch.setattr(vectors, "_SPARE_OF_PARTS", 400)
    make_little_too_much(monkeypatch, index, width=12)
    assert not index.compares_whole_rows
    assert not index.grow()
    found = [index.search(query, 10) for query in queries]
    recall = [np.isin(before[0], after[0]).mean() for before, after in zip(exact, found, strict=True)]
    assert np.mean(recall) >= 0.99
    for (keys, scores), query in zip(found, queries, strict=True):
        assert scores == pytest.approx(unit_rows(2000)[keys - 1] @ query, abs=2e-3)


def test_few_rows_are_compared_whole_without_a_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "LONGEST_SCAN", -1.0)
    assert not filled(2000).grow()


def test_growing_that_is_cancelled_ends_at_once_and_whole_rows_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    index, steps = filled(9000), [2, 1]
    monkeypatch.setattr(vectors, "LONGEST_SCAN", -1.0)
    monkeypatch.setattr(vectors, "TRIED_FROM", 0)
    monkeypatch.setattr(vectors, "WIDTH", 8)

    def take_a_step() -> None:
        steps.pop()

    with pytest.raises(IndexError):
        index.grow(take_a_step)
    assert steps == []
    assert index.compares_whole_rows
    assert len(index) == 9000


def test_what_changes_while_it_grows_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    index = filled(100)
    changes = [lambda: index.remove(np.array([7])), lambda: index.add(np.array([500]), unit_rows(1, seed=9))]

    def change() -> None:
        changes.pop()()

    monkeypatch.setattr(vectors, "LONGEST_SCAN", -1.0)
    monkeypatch.setattr(vectors, "TRIED_FROM", 0)
    monkeypatch.setattr(vectors, "WIDTH", 8)
    monkeypatch.setattr(kept_rows, "ROWS_AT_ONCE", 60)
    assert index.grow(change)
    assert not changes
    found, _ = index.search(unit_rows(1)[0], 200)
    assert set(found) == set(range(1, 101)) - {7} | {500}


@settings(max_examples=25)
@given(st.lists(st.integers(1, 60), unique=True, min_size=1, max_size=40), st.data())
def test_what_is_removed_is_not_found_and_the_rest_is(keys: list[int], data: st.DataObject) -> None:
    index = VectorIndex(16)
    index.add(np.array(keys), unit_rows(len(keys)))
    gone = data.draw(st.lists(st.sampled_from(keys), unique=True, max_size=len(keys)))
    index.remove(np.array(gone, np.int64))
    found, scores = index.search(unit_rows(1)[0], 100)
    assert set(found) == set(keys) - set(gone) == set(index.keys)
    there = [keys.index(key) for key in found]
    assert scores == pytest.approx(unit_rows(len(keys))[there] @ unit_rows(1)[0], abs=2e-3)


def test_rows_come_back_as_they_went_in() -> None:
    assert filled().rows(np.array([3, 1])) == pytest.approx(unit_rows(50)[[2, 0]], abs=1e-3)


def test_saved_and_loaded_it_answers_the_same(tmp_path: Path) -> None:
    index = filled()
    index.save(tmp_path / "v.usearch", STAMP)
    loaded = VectorIndex.load(tmp_path / "v.usearch", 16, STAMP)
    assert loaded is not None
    query = unit_rows(1, seed=3)[0]
    assert list(loaded.search(query, 9)[0]) == list(index.search(query, 9)[0])


@pytest.mark.parametrize("position", [0, 64, 500, -1])
def test_one_flipped_byte_makes_the_file_worthless(tmp_path: Path, position: int) -> None:
    file = tmp_path / "v.usearch"
    filled().save(file, STAMP)
    content = bytearray(file.read_bytes())
    content[position] ^= 0x40
    file.write_bytes(content)
    assert VectorIndex.load(file, 16, STAMP) is None


@pytest.mark.parametrize("kept", [0, 10, 1000])
def test_a_truncated_file_is_worthless(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "v.usearch"
    filled().save(file, STAMP)
    file.write_bytes(file.read_bytes()[:kept])
    assert VectorIndex.load(file, 16, STAMP) is None


def test_what_is_saved_is_kept_true_whatever_is_added_removed_and_saved_again(tmp_path: Path) -> None:
    file, rows, there = tmp_path / "v.usearch", unit_rows(200), set(range(1, 51))
    index = filled()
    random = np.random.default_rng(0)
    for step in range(6):
        index.save(file, STAMP)
        if step % 2:
            loaded = VectorIndex.load(file, 16, STAMP)
            assert loaded is not None
            index = loaded
        gone = random.choice(sorted(there), 10, replace=False)
        index.remove(gone)
        there -= set(gone)
        new = random.choice(sorted(set(range(1, 201)) - there), 20, replace=False)  # some of those that were removed
        index.add(new, rows[new - 1])
        there |= set(new)
        keys = np.arange(1, 201)
        held = np.isin(keys, sorted(there))
        assert index.holds(keys).tolist() == held.tolist()
        assert set(index.keys) == there == set(index.search(rows[0], 300)[0])
        assert index.rows(keys) == pytest.approx(rows * held[:, np.newaxis], abs=1e-3)
    with pytest.raises(ValueError, match="new"):
        index.add(new[:1], rows[:1])


def test_a_file_that_is_removed_while_it_is_in_use_stays_in_use(tmp_path: Path) -> None:
    index = filled()
    index.save(tmp_path / "v.usearch", STAMP)
    VectorIndex.remove_saved(tmp_path / "v.usearch")
    assert list(tmp_path.iterdir()) == []
    assert index.search(unit_rows(50)[7], 1)[0].tolist() == [8]
    index.save(tmp_path / "v.usearch", STAMP)
    assert VectorIndex.load(tmp_path / "v.usearch", 16, STAMP) is not None


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_codes_that_are_lost_are_made_again_of_the_rows(tmp_path: Path, damage: str) -> None:
    file, query = tmp_path / "v.usearch", unit_rows(1, seed=3)[0]
    filled().save(file, STAMP)
    codes = tmp_path / "v.codes"
    codes.unlink() if damage == "missing" else codes.write_bytes(codes.read_bytes()[:-100] + bytes(100))
    loaded = VectorIndex.load(file, 16, STAMP)
    assert loaded is not None
    assert list(loaded.search(query, 9)[0]) == list(filled().search(query, 9)[0])


def test_what_an_earlier_version_saved_as_a_graph_is_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "v.usearch"
    filled().save(file, STAMP)
    said = json.loads((tmp_path / "v.json").read_text())
    del said["codes"]
    (tmp_path / "v.json").write_text(json.dumps({**said, "graph": True}))
    (tmp_path / "v.codes").unlink()
    loaded = VectorIndex.load(file, 16, STAMP)
    assert loaded is not None
    assert len(loaded) == 50


def test_partly_compared_rows_are_loaded_as_they_were_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = filled(200)
    make_little_too_much(monkeypatch, index, width=8)
    index.save(tmp_path / "v.usearch", STAMP)
    loaded = VectorIndex.load(tmp_path / "v.usearch", 16, STAMP)
    assert loaded is not None
    assert not loaded.compares_whole_rows
    loaded.add(np.array([1000]), unit_rows(1, seed=5))
    assert loaded.search(unit_rows(1, seed=5)[0], 1)[0].tolist() == [1000]


def test_a_file_of_another_head_is_stale(tmp_path: Path) -> None:
    filled().save(tmp_path / "v.usearch", STAMP)
    assert VectorIndex.load(tmp_path / "v.usearch", 16, STAMP | {"head": 2}) is None


def test_no_file_and_no_description_are_no_index(tmp_path: Path) -> None:
    assert VectorIndex.load(tmp_path / "v.usearch", 16, STAMP) is None
    filled().save(tmp_path / "v.usearch", STAMP)
    (tmp_path / "v.json").unlink()
    assert VectorIndex.load(tmp_path / "v.usearch", 16, STAMP) is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is full")
@pytest.mark.parametrize("full", ["v.tmp", "v.codes.tmp"])
def test_on_a_full_disk_saving_fails_as_files_do_and_leaves_what_was_there(tmp_path: Path, full: str) -> None:
    file = tmp_path / "v.usearch"
    filled().save(file, STAMP)
    (tmp_path / full).symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"stream|space"):
        filled(2000).save(file, STAMP)
    assert {path.name for path in tmp_path.iterdir()} == {"v.usearch", "v.json", "v.codes"}
    kept = VectorIndex.load(file, 16, STAMP)
    assert kept is not None
    assert len(kept) == 50


def test_other_libraries_still_print_numbers_beside_usearch() -> None:
    # usearch's own C++ library used to take the numbers out of what torch and OpenVINO print, and out of ONNX exports.
    script = (
        "from guie_desktop.search.vectors import VectorIndex; VectorIndex(4); "
        "import torch; print(torch.ops.aten.sub.Tensor._schema)"
    )
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "alpha=1" in printed


def test_a_key_that_was_removed_while_it_was_wanted_is_similar_to_nothing() -> None:
    index = filled()
    index.remove(np.array([2]))
    rows = index.rows(np.array([1, 2, 3]))
    assert rows == pytest.approx(unit_rows(50)[:3] * [[1], [0], [1]], abs=2e-3)
