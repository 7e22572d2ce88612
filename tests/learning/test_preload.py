"""Torch is loaded ahead in a thread, which tells when it is there."""

import subprocess
import sys

SCRIPT = """
import sys, time
from guie_desktop.learning.preload import preload_torch
assert "torch" not in sys.modules
is_loading = preload_torch()
while is_loading():
    time.sleep(0.01)
assert hasattr(sys.modules["torch"], "Generator")
"""


def test_torch_is_there_when_it_is_not_loading_any_more() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
