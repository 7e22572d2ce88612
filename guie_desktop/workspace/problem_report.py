"""The text that a user sends when something went wrong: versions, system, counts, the last crashes, and the log.

It is for those who make the program, and so in English. It names nothing of the user's own unless that is wished.
"""

import platform
import shutil
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from guie_desktop import __version__
from guie_desktop.crashes import last_crash
from guie_desktop.library.report_facts import catalog_facts, folder_names
from guie_desktop.log import without_names, without_private
from guie_desktop.paths import PROCESSES, LibraryPaths
from guie_desktop.workspace.machine import worker_threads

_MATTER = (
    *("PySide6-Essentials", "openvino", "torch", "open_clip_torch", "timm", "usearch", "numpy", "pillow"),
    *("pillow-jxl-plugin", "pi-heif", "rawpy", "pyvips-binary", "av", "SQLAlchemy", "watchdog"),
)
"""Packages by whose versions things differ."""
_LINES = 200
"""Of each log, the last ones."""


def problem_report(paths: LibraryPaths, *, with_paths: bool) -> str:
    """The report as it is now; `with_paths` leaves names of folders and files in it, and what errors say."""
    parts = [_program(), _facts("Library", catalog_facts(paths.catalog)), *_happened(paths)]
    if with_paths:
        names = [str(paths.root), *folder_names(paths.catalog)]
        return without_names("\n\n".join([*parts, "\n  ".join(["Library and folders", *names])]))
    known = [
        name for path in (paths.root, Path.home(), *map(Path, folder_names(paths.catalog))) for name in _names(path)
    ]
    return "\n\n".join(without_private(part, known) for part in parts)


def _names(path: Path) -> Iterator[str]:
    """A path as a text may have it; not the root of all, which is in every path."""
    if path != Path(path.anchor):
        yield str(path)


def _program() -> str:
    facts = {
        "guie-desktop": __version__,
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "processors": str(worker_threads()),
        "memory": f"{psutil.virtual_memory().total / 1e9:.1f} GB",
    }
    for package in _MATTER:
        with suppress(PackageNotFoundError):  # it is not needed by all, and a packed program may not say
            facts[package] = version(package)
    return _facts("Program", facts)


def _facts(title: str, facts: dict[str, str]) -> str:
    return "\n  ".join([title, *(f"{what}: {value}" for what, value in facts.items())])


def _happened(paths: LibraryPaths) -> Iterator[str]:
    with suppress(OSError):
        yield f"Free on its disk: {shutil.disk_usage(paths.root).free / 1e9:.1f} GB"
    for process in PROCESSES:
        if (crash := last_crash(paths.crash_of(process))) is not None:
            yield f"Last crash of the {process}, {crash.when:%Y-%m-%d %H:%M}\n{crash.stack}"
    for process, log in (("window", paths.window_log), ("worker", paths.log)):
        if lines := _last_lines(log):
            yield "\n".join([f"Log of the {process}", *lines])


def _last_lines(log: Path) -> list[str]:
    try:
        with log.open(encoding="utf-8", errors="replace") as file:
            return [line.rstrip("\n") for line in deque(file, _LINES)]
    except OSError:
        return []
