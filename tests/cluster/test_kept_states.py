"""States of a table that have names are kept, the others go in time, and readers find the same afterwards."""

import os
from datetime import timedelta
from pathlib import Path

import lance
import pytest

from guie_desktop.cluster.kept_states import KEPT_FOR, drop_old_states, go_back, tag_library, tags_of, untag_library
from guie_desktop.cluster.projecting import project_library
from guie_desktop.cluster.written_table import write_portion
from guie_desktop.embedding.general_head import fit_general_head
from guie_desktop.errors import UserError
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.indexing import make_indexes
from guie_desktop.shared_library.shared_table import SharedTable
from tests.shared_library.made_table import BACKBONE, made_features, make_table

pytestmark = pytest.mark.slow
COUNT = 300
NOW = timedelta(0)
HEAD = fit_general_head(made_features(200, seed=9))


@pytest.fixture
def address(tmp_path: Path) -> Address:
    """A table of many commits, with indexes that were made twice and a head."""
    address = make_table(tmp_path / "a.lance", COUNT)
    rows = lance.dataset(address.uri).to_table()
    for number in range(20):
        lance.write_dataset(rows.slice(number, 1), address.uri, mode="append")
    project_library(address, HEAD.to_bytes())
    make_indexes(address, indexed_from=COUNT)
    make_indexes(address, anew=True, indexed_from=COUNT)
    return address


def size_of(address: Address) -> int:
    return sum(file.stat().st_size for file in Path(address.uri).rglob("*") if file.is_file())


def test_what_is_young_is_kept(address: Address) -> None:
    before = size_of(address)
    assert drop_old_states(address, KEPT_FOR).states == 0
    assert size_of(address) == before


def test_old_states_go_and_readers_find_what_they_found(address: Address) -> None:
    def seen() -> tuple[object, ...]:
        table = SharedTable.open(address)
        hits = table.search(
            made_features(1)[0], table.head_for(fit_general_head(made_features(50)), BACKBONE), BACKBONE, 9
        )
        return table.page(None, COUNT), list(hits.rows), list(hits.scores)

    before, was = seen(), size_of(address)
    freed = drop_old_states(address, NOW)
    assert freed.states > 20
    assert 0 < freed.size == was - size_of(address)
    assert seen() == before


def test_a_state_that_has_a_name_is_kept_until_the_name_is_removed(address: Address) -> None:
    named = tag_library(address, "before")
    lance.dataset(address.uri).delete("true")
    drop_old_states(address, NOW)
    assert tags_of(address) == {"before": named}
    go_back(address, "before")
    assert lance.dataset(address.uri).count_rows() == COUNT + 20
    assert untag_library(address, "before") == named
    assert tags_of(address) == {}
    assert drop_old_states(address, NOW).states > 0
    assert lance.dataset(address.uri).to_table().num_rows == COUNT + 20
    with pytest.raises(UserError, match="before"):
        untag_library(address, "before")


def test_what_a_killed_run_left_is_kept_for_a_week_since_it_may_be_a_run_that_goes_on(address: Address) -> None:
    drop_old_states(address, NOW)
    known = set((Path(address.uri) / "data").iterdir())
    write_portion(lance.dataset(address.uri).to_table().slice(0, 5), address)
    (left,) = set((Path(address.uri) / "data").iterdir()) - known
    drop_old_states(address, NOW)
    assert left.exists()
    eight_days_ago = left.stat().st_mtime - 8 * 86_400
    os.utime(left, (eight_days_ago, eight_days_ago))
    drop_old_states(address, NOW)
    assert not left.exists()
    assert known == set((Path(address.uri) / "data").iterdir())
