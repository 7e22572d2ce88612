"""Whether the jobs wait until the computer is plugged in."""

import time
from collections.abc import Callable

from guie_desktop.workspace.machine import is_on_battery

_EVERY = 5.0
"""Seconds between two looks at the battery."""


class Power:
    """The user's choice, how the computer runs, and whether the user wants the jobs to go on anyway."""

    def __init__(
        self, is_wanted: Callable[[], bool], on_battery: Callable[[], bool] = is_on_battery, every: float = _EVERY
    ) -> None:
        """`is_wanted` tells whether the user wants the battery saved."""
        self._is_wanted, self._on_battery, self._every = is_wanted, on_battery, every
        self._look_at = 0.0
        self._saves = False
        self._anyway = False

    def is_saved(self) -> bool:
        """Whether the jobs wait now; to be asked often."""
        now = time.monotonic()
        if now >= self._look_at:
            self._look_at = now + self._every
            self._saves = self._is_wanted() and self._on_battery()
            self._anyway = self._anyway and self._saves
        return self._saves and not self._anyway

    def look_again(self) -> None:
        """The user has chosen anew."""
        self._look_at = 0.0

    def go_on(self) -> None:
        """The user wants the jobs to go on anyway, until the computer was plugged in."""
        self._anyway = self._saves
