"""What this machine has."""

import os
from typing import Any

import psutil


def worker_threads() -> int:
    """Threads for decoding and for the network; the operating system's priorities keep the desktop usable."""
    return max(1, os.cpu_count() or 1)


def has_battery() -> bool:
    """Whether it can run on a battery, as far as the system tells."""
    return _battery() is not None


def is_on_battery() -> bool:
    """Whether it does so now; False where the system does not know."""
    battery = _battery()
    return battery is not None and battery.power_plugged is False


def _battery() -> Any:
    look = getattr(psutil, "sensors_battery", None)  # not on every system
    try:
        return None if look is None else look()
    except (OSError, RuntimeError, ValueError, NotImplementedError):
        return None  # what a driver says may make no sense
