"""Torch is loaded ahead in a thread, and only once."""

import subprocess
import sys

SCRIPT = """
import sys, threading
from guie_desktop.learning.preload import preload_torch
assert "torch" not in sys.modules
preload_torch()
for thread in threading.enumerate():
    if thread is not threading.main_thread():
        thread.join()
assert "torch" in sys.modules
before = threading.active_count()
preload_torch()
assert threading.active_count() == before
"""


def test_torch_is_there_afterwards_and_no_second_thread_is_started() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
