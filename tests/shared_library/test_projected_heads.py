"""A head that the table has embeddings by is searched with them; the keeper's serves whoever has none."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from guie_desktop.arrays import Floats, Keys
from guie_desktop.cluster.kept_states import tag_library
from guie_desktop.cluster.projecting import project_library
from guie_desktop.embedding.general_head import GeneralHead, fit_general_head, identity_head
from guie_desktop.embedding.paired_head import PairedHead
from guie_desktop.embedding.projection import Projection
from guie_desktop.learned import Quality
from guie_desktop.shared_library import shared_table
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.projected_heads import column_of
from guie_desktop.shared_library.schema import feature_column
from guie_desktop.shared_library.shared_table import SharedTable
from guie_desktop.shared_library.vector_search import nearest_rows
from tests.heads import some_personal_head, trained_head
from tests.shared_library.made_table import BACKBONE, DIMENSION, made_features, make_table

pytestmark = pytest.mark.slow
COUNT = 300
FEATURES = feature_column(BACKBONE)
OWN = fit_general_head(made_features(200, seed=9))


@pytest.fixture
def address(tmp_path: Path) -> Address:
    return make_table(tmp_path / "a.lance", COUNT)


def few_numbers(seed: int = 0) -> GeneralHead:
    matrix = np.random.default_rng(seed).normal(size=(DIMENSION, 4)).astype(np.float32)
    return trained_head(BACKBONE, Projection.of(DIMENSION, matrix=matrix))


class Seen:
    """Passes on what is asked of the table, and keeps which column was compared; lists are short."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.compared: list[str] = []
        monkeypatch.setattr(shared_table, "nearest_rows", self._nearest)

    def _nearest(self, table: Any, column: str, wanted: Floats, **asked: Any) -> Keys:
        self.compared.append(column)
        return nearest_rows(table, column, wanted, **asked, candidates=20)


def test_a_head_of_few_numbers_finds_by_its_column_what_comparing_all_finds(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, seen = few_numbers(), Seen(monkeypatch)
    column = project_library(address, head.to_bytes()).column
    table = SharedTable.open(address)
    rows, features = table.features(range(COUNT), BACKBONE)
    embeddings = head.apply(features)
    for query in made_features(8, seed=3):
        hits = table.search(query, head, BACKBONE, 10)
        scores = embeddings @ head.apply(query[np.newaxis])[0]
        # Its column has 16 bits, so photos that differ by less may come in another order.
        assert hits.scores == pytest.approx(np.sort(scores)[::-1][:10], abs=2e-3)
        assert set(hits.rows) <= set(rows.tolist())
    assert set(seen.compared) == {column}


def test_the_general_half_of_a_learned_head_is_looked_for_in_its_column(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = project_library(address, few_numbers().to_bytes()).column
    personal = some_personal_head(
        mean=np.zeros(DIMENSION, np.float32),
        matrix=np.eye(DIMENSION, 4, dtype=np.float32),
        belonging=-1.0,
        expands=False,
    )
    seen = Seen(monkeypatch)
    hits = SharedTable.open(address).search(made_features(1)[0], PairedHead(few_numbers(), personal), BACKBONE, 10)
    assert hits.personal > 0
    assert seen.compared == [column, FEATURES]


def test_a_head_is_known_by_its_numbers(address: Address) -> None:
    head = few_numbers()
    column = project_library(address, head.to_bytes()).column
    schema = SharedTable.open(address).table.schema
    taken_in = replace(head, before=Quality(0.5, 0.6, 0.4, 0.6, None), after=Quality(0.6, 0.7, 0.5, 0.7, None))
    assert column_of(address, schema, FEATURES, taken_in) == column
    assert column_of(address, schema, FEATURES, few_numbers(1)) is None
    assert column_of(address, schema, "feature_of_another_model", head) is None
    assert column_of(address, schema, FEATURES, OWN) is None
    square = project_library(address, OWN.to_bytes()).column
    schema = SharedTable.open(address).table.schema
    assert column_of(address, schema, FEATURES, OWN) == square
    assert column_of(address, schema, FEATURES, identity_head(DIMENSION)) is None


def test_the_keepers_head_is_that_of_who_has_none_of_his_own(address: Address) -> None:
    assert SharedTable.open(address).head_for(OWN, BACKBONE) is OWN
    tag_library(address, "before")
    kept = few_numbers()
    project_library(address, kept.to_bytes())
    table = SharedTable.open(address)
    assert table.head_for(OWN, BACKBONE).to_bytes() == kept.to_bytes()  # type: ignore[union-attr]
    taken_in = few_numbers(1)
    assert table.head_for(taken_in, BACKBONE) is taken_in
    learned = PairedHead(OWN, some_personal_head())
    assert table.head_for(learned, BACKBONE) is learned
    assert SharedTable.open(address, "before").head_for(OWN, BACKBONE) is OWN


def test_where_the_file_of_a_head_is_gone_features_are_compared(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = few_numbers(2)
    project_library(address, head.to_bytes())
    for file in (Path(address.uri) / "heads").iterdir():
        file.unlink()
    seen, table = Seen(monkeypatch), SharedTable.open(address)
    assert table.head_for(OWN, BACKBONE) is OWN
    assert len(table.search(made_features(1)[0], head, BACKBONE, 5).rows) == 5
    assert seen.compared == [FEATURES]
