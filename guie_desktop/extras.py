"""What an installation may lack because it was not asked for: the engines of the extra `cluster`."""

import importlib.util

from guie_desktop.errors import UserError

_ENGINES = ("pyarrow", "lance", "ray")


def need_cluster() -> None:
    """UserError where Ray, Lance or PyArrow is not installed; none of them is loaded."""
    if any(importlib.util.find_spec(engine) is None for engine in _ENGINES):
        raise UserError(
            "This needs Ray and Lance, which are not installed.",
            'Install the program from its sources with: pip install ".[cluster]"',
        )
