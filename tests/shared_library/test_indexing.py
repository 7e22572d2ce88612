from pathlib import Path

import lance
import pytest

from guie_desktop.embedding.general_head import identity_head
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.indexing import make_indexes
from guie_desktop.shared_library.schema import PATH, TAKEN, feature_column
from guie_desktop.shared_library.shared_table import SharedTable
from guie_desktop.shared_library.table_facts import table_facts
from tests.shared_library.made_table import BACKBONE, DIMENSION, made_features, make_table

pytestmark = pytest.mark.slow
COUNT = 600
COLUMN = feature_column(BACKBONE)


def done(address: Address, *, anew: bool = False, indexed_from: int = 300) -> dict[str, str]:
    return {one.column: one.done for one in make_indexes(address, anew=anew, indexed_from=indexed_from)}


@pytest.fixture
def address(tmp_path: Path) -> Address:
    return make_table(tmp_path / "a.lance", COUNT)


def test_few_photos_are_compared_without_an_index(address: Address) -> None:
    assert done(address, indexed_from=COUNT) == {TAKEN: "made", PATH: "made", COLUMN: "too few"}
    facts = table_facts(SharedTable.open(address))
    assert facts.scalar_indexes == (PATH, TAKEN)
    assert facts.columns[0].index is None


def test_an_index_is_made_kept_up_to_date_and_made_anew_without_a_word_on_the_terminal(
    address: Address, capfd: pytest.CaptureFixture[str]
) -> None:
    assert set(done(address).values()) == {"made"}
    assert table_facts(SharedTable.open(address)).columns[0].index == "IVF_RQ"
    rows = lance.dataset(address.uri).to_table()
    lance.write_dataset(rows.slice(0, 50), address.uri, mode="append")
    assert table_facts(SharedTable.open(address)).columns[0].not_indexed == 50
    assert set(done(address).values()) == {"brought up to date"}
    assert table_facts(SharedTable.open(address)).columns[0].not_indexed == 0
    assert set(done(address, anew=True).values()) == {"made anew"}
    assert capfd.readouterr() == ("", "")


def test_a_search_by_the_index_finds_what_is_there_and_what_has_come_since(address: Address) -> None:
    make_indexes(address, indexed_from=300)
    rows = lance.dataset(address.uri).to_table()
    lance.write_dataset(rows.slice(20, 1), address.uri, mode="append")
    table = SharedTable.open(address)
    hits = table.search(made_features(COUNT)[20], identity_head(DIMENSION), BACKBONE, 2)
    paths = [photo.path for photo in table.facts(hits.rows).values()]
    assert paths == ["/archive/thing 2/00020.jpg"] * 2
    assert hits.scores == pytest.approx(1.0, abs=1e-3)


def test_lengths_that_do_not_come_in_eights_are_indexed_whole(tmp_path: Path) -> None:
    address = make_table(tmp_path / "odd.lance", COUNT, dimension=DIMENSION - 1)
    assert done(address)[COLUMN] == "made"
    table = SharedTable.open(address)
    assert table_facts(table).columns[0].index == "IVF_FLAT"
    feature = made_features(COUNT, DIMENSION - 1)[20]
    hits = table.search(feature, identity_head(DIMENSION - 1), BACKBONE, 1)
    assert [photo.path for photo in table.facts(hits.rows).values()] == ["/archive/thing 2/00020.jpg"]


def test_pages_and_filters_are_the_same_with_indexes(address: Address) -> None:
    before = SharedTable.open(address).page(None, COUNT)
    make_indexes(address, indexed_from=300)
    assert SharedTable.open(address).page(None, COUNT) == before


def test_files_of_many_commits_are_joined_and_rows_keep_their_numbers(address: Address) -> None:
    rows = lance.dataset(address.uri).to_table()
    for number in range(20):
        lance.write_dataset(rows.slice(number, 1), address.uri, mode="append")
    before = SharedTable.open(address).page(None, 1000)
    make_indexes(address, indexed_from=300)
    table = SharedTable.open(address)
    assert len(table.table.get_fragments()) < 20
    assert sorted(photo.row for photo in table.page(None, 1000).photos) == sorted(photo.row for photo in before.photos)
