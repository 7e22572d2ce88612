"""Files of one content are found, however many looks it takes."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.study.curation.same_files import UNREADABLE, find_same_files
from tests.running import finish

# One beginning for all, longer than what is read first, and ends of few kinds: so all looks have something to tell.
contents = st.lists(st.tuples(st.sampled_from((1, 16_384, 16_385, 40_000)), st.integers(0, 2)), min_size=1, max_size=12)


@given(contents)
def test_files_share_a_number_where_they_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("files")
    written = [bytes(size - 1) + bytes([end]) for size, end in made]
    paths = [folder / f"{number}" for number in range(len(written))]
    for path, content in zip(paths, written, strict=True):
        path.write_bytes(content)
    groups = finish(find_same_files([str(path) for path in paths]))
    same = np.array([[one == other for other in written] for one in written])
    assert np.array_equal(groups[:, None] == groups[None], same)


def test_what_cannot_be_read_has_no_number_and_addresses_have_their_own(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    paths = ["s3://bucket/1", *(str(tmp_path / name) for name in ("none", "a", "empty", "pipe")), "\0", "s3://bucket/2"]
    groups = finish(find_same_files(paths)).tolist()
    assert [group == UNREADABLE for group in groups] == [False, True, False, True, True, True, False]
    assert len(set(groups)) == 4
