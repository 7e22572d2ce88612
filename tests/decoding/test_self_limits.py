"""A decoder forbids itself what a file's header did not tell of."""

import signal
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems enforce no such limits")

_MEMORY = """
from guie_desktop.decoding.self_limits import limit_memory
limit_memory(200_000_000)
held = bytearray(50_000_000)
try:
    more = bytearray(200_000_000)
except MemoryError:
    print("refused")
"""
_TIME = """
from guie_desktop.decoding.self_limits import forbid_core_dumps, limit_processor_time
forbid_core_dumps()
limit_processor_time(0.1)
while True:
    pass
"""


def run(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)


def test_memory_beyond_the_limit_is_refused() -> None:
    assert run(_MEMORY).stdout == "refused\n"


def test_what_computes_for_ever_is_ended_by_the_system() -> None:
    assert run(_TIME).returncode == -signal.SIGXCPU
