"""What is free in the midst of the heap goes back to the system."""

import subprocess
import sys

import pytest

from guie_desktop.heap import Tidying

SCRIPT = """
import ctypes, psutil
from guie_desktop.heap import give_back_memory, return_memory_early

if hasattr(ctypes.CDLL(None), "malloc_trim"):
    {before}
    many = [bytearray(20 << 10) for _ in range(6000)]
    last = bytearray(20 << 10)
    before = psutil.Process().memory_info().rss
    del many
    {after}
    assert psutil.Process().memory_info().rss < before - (100 << 20)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is glibc that keeps it")
@pytest.mark.parametrize(("before", "after"), [("", "give_back_memory()"), ("return_memory_early()", "")])
def test_what_was_freed_is_the_system_s_again(before: str, after: str) -> None:
    subprocess.run([sys.executable, "-c", SCRIPT.format(before=before, after=after)], check=True)


def test_what_rests_tidies_up_once_and_again_after_more_work() -> None:
    now, tidied = [0.0], list[float]()
    tidying = Tidying(5, lambda: tidied.append(now[0]), lambda: now[0])
    for second, works in ((9, False), (10, True), (14, False), (15, False), (30, False), (31, True), (36, False)):
        now[0] = second
        tidying.look(works=works)
    assert tidied == [15, 36]
