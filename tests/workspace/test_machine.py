"""What the machine says of its battery, as far as it can be believed."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from guie_desktop.workspace.machine import has_battery, is_on_battery


def failing() -> None:
    raise FileNotFoundError("/sys/class/power_supply/BAT0/energy_now")


@pytest.mark.parametrize(
    ("told", "has", "on"),
    [
        (lambda: None, False, False),
        (lambda: SimpleNamespace(power_plugged=False), True, True),
        (lambda: SimpleNamespace(power_plugged=True), True, False),
        (lambda: SimpleNamespace(power_plugged=None), True, False),
        (failing, False, False),
    ],
    ids=["none", "on battery", "plugged in", "unknown", "senseless"],
)
def test_the_battery(monkeypatch: pytest.MonkeyPatch, told: Callable[[], Any], has: bool, on: bool) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", told, raising=False)
    assert (has_battery(), is_on_battery()) == (has, on)


def test_a_system_that_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert not has_battery()
