"""What `processor` and `battery` do: how hard the computer works for a library."""

import argparse
from dataclasses import replace
from typing import Any

from guie_desktop.cli.output import CommandResult
from guie_desktop.computing import ComputingChoices
from guie_desktop.paths import LibraryPaths
from guie_desktop.wording.computing_choices import BATTERY, share_text
from guie_desktop.workspace.machine import worker_threads
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary


def run_processor_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `processor`, with a share or without."""
    chosen = _choices(paths, {} if arguments.share is None else {"share": arguments.share})
    return {"processor": chosen.share}, [share_text(chosen.share, worker_threads())], 0


def run_battery_command(paths: LibraryPaths, arguments: argparse.Namespace) -> CommandResult:
    """Carry out `battery`, with a choice or without."""
    chosen = _choices(paths, {} if arguments.choice is None else {"saves_battery": arguments.choice == "pause"})
    return {"battery": "pause" if chosen.saves_battery else "go-on"}, [BATTERY[chosen.saves_battery]], 0


def _choices(paths: LibraryPaths, changed: dict[str, Any]) -> ComputingChoices:
    """What is chosen, with what is changed of it."""
    if not changed:
        with OpenLibrary(paths) as library:
            return library.choices.computing
    with WritableLibrary(paths) as library:
        chosen = replace(library.choices.computing, **changed)
        library.compute_so(chosen)
        return chosen
