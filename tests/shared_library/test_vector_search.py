"""Which rows a table lists, in what order, and how much of an index it looks at."""

from pathlib import Path

import numpy as np
import pytest

from guie_desktop.asking import ALL_SHARED, SharedFilter
from guie_desktop.shared_library.schema import feature_column
from guie_desktop.shared_library.shared_table import SharedTable
from guie_desktop.shared_library.table_rows import features_of, rows_of
from guie_desktop.shared_library.vector_search import nearest_rows, probes
from tests.shared_library.made_table import BACKBONE, made_features, make_table

COLUMN = feature_column(BACKBONE)


@pytest.fixture
def table(tmp_path: Path) -> SharedTable:
    return SharedTable.open(make_table(tmp_path / "a.lance", 60))


def test_the_nearest_by_cosine_come_first(table: SharedTable) -> None:
    wanted = made_features(60)[5]
    listed = nearest_rows(table.table, COLUMN, wanted, ALL_SHARED, candidates=20)
    rows, features = features_of(rows_of(table.table, listed, [COLUMN]), COLUMN)
    likeness = {
        row: float(feature @ wanted / np.linalg.norm(feature))
        for row, feature in zip(rows.tolist(), features.astype(np.float32), strict=True)
    }
    assert len(likeness) == len(listed) == 20
    assert listed.tolist() == sorted(likeness, key=lambda row: -likeness[row])


def test_only_what_passes_is_listed_and_nothing_without_a_feature(table: SharedTable) -> None:
    here = SharedFilter(folder="/archive/thing 1")
    listed = nearest_rows(table.table, COLUMN, made_features(60)[0], here, candidates=60)
    paths = [photo.path for photo in table.facts(listed).values()]
    assert sorted(paths) == [f"/archive/thing 1/{number:05}.jpg" for number in range(1, 60, 6) if number != 7]


@pytest.mark.parametrize(("rows", "looked_at"), [(0, 32), (100_000, 32), (1_000_000, 32), (100_000_000, 488)])
def test_the_larger_a_table_the_more_parts_are_looked_at(rows: int, looked_at: int) -> None:
    assert probes(rows) == looked_at
