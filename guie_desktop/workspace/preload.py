"""Loading ahead what learning needs, while the user is still sorting or features are still read."""

import importlib
import sys
import threading


def preload_for_learning() -> None:
    """Load torch, which takes more than a second, in a thread of its own, unless it is there or on its way."""
    if "torch" not in sys.modules:
        threading.Thread(target=importlib.import_module, args=("torch",), name="preload").start()
