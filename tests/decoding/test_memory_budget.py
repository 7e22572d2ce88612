"""Together the decoders never hold more than the budget, and nobody waits for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.decoding.memory_budget import MemoryBudget, bytes_for_decoding


@given(st.lists(st.integers(0, 150), min_size=1, max_size=40), st.integers(1, 6))
def test_what_is_held_at_once_fits(amounts: list[int], threads: int) -> None:
    budget = MemoryBudget(100)
    held: list[int] = []
    most = []
    lock = threading.Lock()

    def hold(amount: int) -> None:
        with budget.reserve(amount):
            with lock:
                held.append(min(amount, budget.total))
                most.append(sum(held))
            with lock:
                held.remove(min(amount, budget.total))

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(hold, amounts))
    assert len(most) == len(amounts)
    assert max(most) <= budget.total


def test_every_machine_can_decode_something() -> None:
    assert 700_000_000 < bytes_for_decoding() <= 4 * 1024**3
