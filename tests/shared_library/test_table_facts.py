import json
from datetime import datetime
from pathlib import Path

import lance

from guie_desktop.shared_library.schema import LEASE
from guie_desktop.shared_library.shared_table import SharedTable
from guie_desktop.shared_library.table_facts import LeaseFacts, table_facts
from tests.shared_library.made_table import BACKBONE, DIMENSION, make_table


def test_it_tells_what_is_lacking_and_what_is_kept(tmp_path: Path) -> None:
    address = make_table(tmp_path / "a.lance", 20, unreadable=(1, 2))
    lance.dataset(address.uri).tags.create("first", 1)
    facts = table_facts(SharedTable.open(address))
    assert (facts.version, facts.photos, facts.unreadable) == (1, 20, 2)
    assert [(one.of, one.dimension, one.lacking, one.index) for one in facts.columns] == [
        (BACKBONE, DIMENSION, 2, None)
    ]
    assert facts.tags == {"first": 1}
    assert facts.lease is None


def test_it_tells_who_writes(tmp_path: Path) -> None:
    address = make_table(tmp_path / "a.lance", 5)
    until = datetime(2026, 12, 1, 12).astimezone()
    held = {"holder": "a", "host": "tower", "process": 7, "begun": 1.0, "until": until.timestamp()}
    lance.dataset(address.uri).update_config({LEASE: json.dumps(held)})
    assert table_facts(SharedTable.open(address)).lease == LeaseFacts("tower", 7, until)
    lance.dataset(address.uri).update_config({LEASE: "of a later version"})
    assert table_facts(SharedTable.open(address)).lease is None
