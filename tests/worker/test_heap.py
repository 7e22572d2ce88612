"""What is free in the midst of the heap goes back to the system."""

import subprocess
import sys

import pytest

SCRIPT = """
import ctypes, psutil
from guie_desktop.worker.heap import give_back_memory

if hasattr(ctypes.CDLL(None), "malloc_trim"):
    many = [bytearray(32 << 10) for _ in range(4000)]
    last = bytearray(32 << 10)
    before = psutil.Process().memory_info().rss
    del many
    give_back_memory()
    assert psutil.Process().memory_info().rss < before - (100 << 20)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is glibc that keeps it")
def test_what_was_freed_is_the_system_s_again() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
