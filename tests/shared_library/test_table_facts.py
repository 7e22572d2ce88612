import json
import platform
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import lance
import psutil

from guie_desktop.shared_library.address import Address
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


def say_who_writes(address: Address, **changes: object) -> None:
    held = {"holder": "a", "host": "tower", "process": 7, "begun": 1.0, "until": time.time() + 600}
    lance.dataset(address.uri).update_config({LEASE: json.dumps(held | changes)})


def lease_of(address: Address, tag: str | None = None) -> LeaseFacts | None:
    return table_facts(SharedTable.open(address, tag)).lease


def test_it_tells_who_writes(tmp_path: Path) -> None:
    address = make_table(tmp_path / "a.lance", 5)
    until = time.time() + 600
    say_who_writes(address, until=until)
    assert lease_of(address) == LeaseFacts("tower", 7, datetime.fromtimestamp(until).astimezone())
    lance.dataset(address.uri).update_config({LEASE: "of a later version"})
    assert lease_of(address) is None


def test_whoever_was_killed_or_is_done_does_not_write(tmp_path: Path) -> None:
    address = make_table(tmp_path / "a.lance", 5)
    say_who_writes(address, until=time.time() - 1)
    assert lease_of(address) is None
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as writer:
        say_who_writes(
            address, host=platform.node(), process=writer.pid, begun=psutil.Process(writer.pid).create_time()
        )
        assert lease_of(address) is not None
        table = lance.dataset(address.uri)
        table.tags.create("meanwhile", table.version)
        assert lease_of(address, "meanwhile") is None
        writer.kill()
    assert lease_of(address) is None
