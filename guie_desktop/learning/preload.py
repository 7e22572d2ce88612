"""Loading torch ahead, while features are still read."""

import importlib
import sys
import threading


def preload_torch() -> None:
    """Load it, which takes more than a second, in a thread of its own, unless it is there or on its way."""
    if "torch" not in sys.modules:
        threading.Thread(target=importlib.import_module, args=("torch",), name="preload").start()
