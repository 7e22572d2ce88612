"""Loading ahead what learning needs, while features are still read."""

import importlib
import sys
import threading

from guie_desktop.embedding.torch_at_hand import need_torch


def preload_for_learning() -> None:
    """Load torch, which takes more than a second, in a thread of its own, unless it is there or on its way.

    UserError where it is not installed.
    """
    need_torch()
    if "torch" not in sys.modules:
        threading.Thread(target=importlib.import_module, args=("torch",), name="preload").start()
