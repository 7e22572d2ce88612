"""An indexing in a process of its own, which is killed at one of its steps in the catalog."""

import itertools
import multiprocessing
import os
import signal
from pathlib import Path

from sqlalchemy import Engine, event

from guie_desktop.jobs.indexing import index_library
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.permissions import bound_by_permissions
from tests.running import finish


def index_and_die(paths: LibraryPaths, statement: int) -> bool:
    """Index the library, and kill (SIGKILL) all of that before so many statements; False where it ended before.

    What is on the disk when SQLite is asked for something is all that a kill at any moment can leave.
    """
    context = multiprocessing.get_context("forkserver")  # a copy of a process without threads, which starts at once
    context.set_forkserver_preload([__name__])
    process = context.Process(target=_index, args=(paths.root, statement))
    process.start()
    process.join()
    code = process.exitcode
    process.close()
    assert code in (0, -signal.SIGKILL)
    return code != 0


def _index(root: Path, statement: int) -> None:
    counted = itertools.count(1)

    def die(*_told: object) -> None:
        if next(counted) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "commit"):
        event.listen(Engine, moment, die)
    with bound_by_permissions(), WritableLibrary(LibraryPaths(root)) as library:
        finish(index_library(library))
