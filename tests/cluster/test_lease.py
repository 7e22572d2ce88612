"""One writes at a time: who comes second is told of the first, and who lost the lease writes nothing."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import lance
import pytest

from guie_desktop.cluster.lease import Lease, LeaseLost
from guie_desktop.cluster.written_table import WrittenTable, write_portion
from guie_desktop.errors import UserError
from guie_desktop.shared_library.address import Address
from guie_desktop.shared_library.schema import LEASE
from tests.shared_library.made_table import make_table

TAKES_AND_DIES = """
import os, sys
from guie_desktop.cluster.lease import Lease
from guie_desktop.shared_library.address import Address
Lease(Address.parse(sys.argv[1])).__enter__()
os._exit(0)
"""


@pytest.fixture
def address(tmp_path: Path) -> Address:
    return make_table(tmp_path / "table.lance", 8)


def config(address: Address) -> dict[str, str]:
    return dict(lance.dataset(address.uri).config())


def in_an_hour() -> float:
    return time.time() + 3600


def test_who_comes_second_is_told_who_writes_and_until_when(address: Address) -> None:
    with Lease(address) as first:
        first.check()
        with pytest.raises(UserError, match=f"Process {os.getpid()} on .* is writing") as refused, Lease(address):
            pass
        assert "free at" in refused.value.remedy
        first.check()
    assert LEASE not in config(address)
    with Lease(address) as second:
        second.check()


def test_of_many_who_begin_in_the_same_moment_one_writes(address: Address) -> None:
    ready, told = threading.Barrier(8), threading.Barrier(8)
    holders: list[bool] = []

    def take() -> None:
        lease = Lease(address, renews=False)
        ready.wait()
        try:
            lease.__enter__()
        except UserError:
            holders.append(False)
            told.wait()
            return
        holders.append(True)
        told.wait()
        lease.check()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(holders) == [False] * 7 + [True]


def test_a_lease_that_is_over_is_taken_and_its_holder_writes_no_more(address: Address) -> None:
    with Lease(address, renews=False) as former:
        table = WrittenTable(address, former)
        rows = table.table.to_table()
        fragments = write_portion(rows, address)
        with Lease(address, in_an_hour, renews=False) as later:
            later.check()
            for write in (
                lambda: table.append(fragments),
                lambda: table.replace(rows),
                lambda: table.remove(rows["path"].to_pylist()),
                lambda: table.configure({"some": "thing"}),
                lambda: table.add_backbone("another", 4),
                former.renew,
            ):
                with pytest.raises(LeaseLost):
                    write()
            assert lance.dataset(address.uri).count_rows() == 8
    assert LEASE not in config(address)


def test_the_end_of_a_former_holder_leaves_the_lease_of_the_later_one(address: Address) -> None:
    former = Lease(address, renews=False).__enter__()
    with Lease(address, in_an_hour, renews=False) as later:
        former.__exit__(None, None, None)
        later.check()


def test_shortly_before_its_end_a_lease_is_not_written_under_until_it_is_renewed(address: Address) -> None:
    now = time.time()
    clock = [now]
    with Lease(address, lambda: clock[0], renews=False) as lease:
        clock[0] = now + 550
        with pytest.raises(LeaseLost):
            lease.check()
        lease.renew()
        lease.check()


def test_nobody_waits_for_a_process_that_was_killed_here(address: Address) -> None:
    subprocess.run([sys.executable, "-c", TAKES_AND_DIES, address.uri], check=True)
    assert LEASE in config(address)
    with Lease(address) as lease:
        lease.check()


def test_a_lease_that_nobody_can_read_is_nobodys(address: Address) -> None:
    lance.dataset(address.uri).update_config({LEASE: "?"})
    with Lease(address) as lease:
        lease.check()
