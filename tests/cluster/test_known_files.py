"""What is new, changed, lacking or gone is told by path, size and time, for any table and any listing."""

from pathlib import Path

import lance
import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.cluster.known_files import KnownFiles
from guie_desktop.cluster.photo_files import PhotoFile
from guie_desktop.shared_library.schema import MODIFIED, PATH, REASON, SIZE, feature_column
from tests.shared_library.made_table import BACKBONE, make_table

COLUMN = feature_column(BACKBONE)
FILES = st.dictionaries(
    st.sampled_from([f"/photos/{name}.jpg" for name in "abcdefgh"]), st.tuples(st.integers(0, 3), st.integers(0, 3))
)


class Rows:
    """A table in memory, as far as it is looked at."""

    def __init__(self, rows: dict[str, tuple[int, int]]) -> None:
        self.schema = pa.schema([])
        nothing = pa.array([False] * len(rows), pa.bool_())
        self._rows = pa.table(
            {
                PATH: pa.array(rows, pa.string()),
                SIZE: pa.array([size for size, _ in rows.values()], pa.int64()),
                MODIFIED: pa.array([float(modified) for _, modified in rows.values()], pa.float64()),
                "failed": nothing,
                "lacks": nothing,
            }
        )

    def scanner(self, **_: object) -> "Rows":
        return self

    def to_batches(self) -> list[pa.RecordBatch]:
        return list(self._rows.to_batches())


def test_the_same_table_is_done_and_another_time_or_size_is_a_change(tmp_path: Path) -> None:
    table = lance.dataset(make_table(tmp_path / "t", 9, unreadable=(7,)).uri)
    rows = table.to_table(columns=[PATH, SIZE, MODIFIED, REASON]).to_pylist()
    known = KnownFiles(table, COLUMN)
    photos = [PhotoFile(row[PATH], row[SIZE], row[MODIFIED]) for row in rows]
    assert {known.standing(photo) for photo in photos} == {"done"}
    assert known.standing(PhotoFile(photos[0].path, 1, photos[0].modified)) == "changed"
    assert known.standing(PhotoFile(photos[0].path, photos[0].size, 5.0)) == "changed"
    assert known.standing(PhotoFile(photos[0].path, None, None)) == "changed"
    assert known.standing(PhotoFile("/elsewhere.jpg", 1, 1.0)) == "new"
    retried = KnownFiles(table, COLUMN, retry=True)
    assert [retried.standing(photo) for photo in photos] == ["done"] * 7 + ["changed", "done"]


def test_what_lacks_the_feature_of_one_of_several_models_is_missing_it(tmp_path: Path) -> None:
    address = make_table(tmp_path / "t", 9, unreadable=(7,))
    table = lance.dataset(address.uri)
    other = feature_column("other")
    table.add_columns(pa.field(other, pa.list_(pa.float16(), 4), metadata={b"key": b"other"}))
    paths = table.to_table(columns=[PATH])[PATH].to_pylist()
    given_some = pa.table({PATH: paths[:2], other: pa.array([np.ones(4, np.float16)] * 2, pa.list_(pa.float16(), 4))})
    table.merge_insert(PATH).when_matched_update_all().execute(given_some)
    rows = table.to_table(columns=[PATH, SIZE, MODIFIED]).to_pylist()
    known = KnownFiles(table, other)
    standing = {row[PATH]: known.standing(PhotoFile(row[PATH], row[SIZE], row[MODIFIED])) for row in rows}
    # The unreadable one has its reason, which no model changes.
    assert standing == {path: "done" if path in (*paths[:2], paths[7]) else "missing" for path in paths}


@given(FILES, FILES)
def test_a_listing_parts_into_what_is_new_changed_done_and_gone(
    before: dict[str, tuple[int, int]], now: dict[str, tuple[int, int]]
) -> None:
    known = KnownFiles(Rows(before), COLUMN)
    for path, (size, modified) in now.items():
        expected = "new" if path not in before else "done" if before[path] == (size, modified) else "changed"
        assert known.standing(PhotoFile(path, size, float(modified))) == expected
    assert known.unseen([*before, "/added/meanwhile.jpg"]) == [path for path in before if path not in now]
