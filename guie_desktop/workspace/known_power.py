"""The most that this machine was seen to do: one trial alone tells of the load of the moment as well."""

import contextlib
import json
import platform
from dataclasses import asdict, astuple, fields
from pathlib import Path

from guie_desktop.embedding.devices import Device, choose_device
from guie_desktop.embedding.runtime import processor_name
from guie_desktop.workspace.machine import worker_threads
from guie_desktop.workspace.speed_benchmark import Power, measure_power

_FILE = "power.json"


def known_power(folder: Path) -> Power:
    """Try this machine, and give the best of this trial and of those that are kept in the folder; takes seconds.

    The file is a cache: it is made anew where it is damaged, for another machine, or cannot be written.
    """
    device = choose_device("auto")
    machine = _machine(device)
    path = folder / _FILE
    now, before = measure_power(device), _read(path, machine)
    best = Power(*map(max, astuple(now), astuple(before)))
    if best != before:
        _write(path, machine, best)
    return best


def power_at_hand(folder: Path) -> Power:
    """What earlier trials of this machine have shown, or else one of now."""
    before = _read(folder / _FILE, _machine(choose_device("auto")))
    return before if before.transformers else known_power(folder)


def _machine(device: Device) -> str:
    return " ".join((platform.node(), processor_name(), str(worker_threads()), device))


def _read(path: Path, machine: str) -> Power:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["machine"] == machine:
            return Power(**{field.name: float(kept[field.name]) for field in fields(Power)})
    except (OSError, ValueError, TypeError, KeyError):
        pass  # there is none, or it is damaged
    return Power(0.0, 0.0, 0.0)


def _write(path: Path, machine: str, power: Power) -> None:
    beside = path.with_suffix(".new")
    with contextlib.suppress(OSError):
        beside.write_text(json.dumps({"machine": machine, **asdict(power)}), encoding="utf-8")
        beside.replace(path)
