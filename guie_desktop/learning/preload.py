"""Loading torch ahead, while what does without it is done."""

import importlib
import threading
from collections.abc import Callable


def preload_torch() -> Callable[[], bool]:
    """Load it, which takes more than a second, in a thread of its own; returns what tells whether that goes on."""
    thread = threading.Thread(target=importlib.import_module, args=("torch",), name="preload")
    thread.start()
    return thread.is_alive
