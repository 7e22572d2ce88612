"""PyTorch, which fetched models and learning need and nothing else does: an installation may lack it."""

import importlib.util

from guie_desktop.errors import UserError


def need_torch() -> None:
    """UserError where PyTorch is not installed; it is not loaded."""
    if importlib.util.find_spec("torch") is None:
        raise UserError(
            "This needs PyTorch, which is not installed.",
            "Install the Python package torch beside the program; all else goes on without it.",
        )
