"""The daily copy of the catalog, as a job that searching does not wait for."""

import threading
from collections.abc import Generator

from guie_desktop.jobs.background import Cancelled, in_background
from guie_desktop.library.backups import is_copy_due, make_copy
from guie_desktop.library.copies import CatalogCopy
from guie_desktop.messages import Progress
from guie_desktop.paths import LibraryPaths


def back_up(paths: LibraryPaths) -> Generator[Progress, None, CatalogCopy | None]:
    """Make today's copy, if there is none yet. DamagedLibrary where the catalog is not whole, NoRoom on a full disk."""
    if not is_copy_due(paths):
        return None
    done, pages = 0, 0
    stopped = threading.Event()

    def tell(now_done: int, now_pages: int) -> None:
        nonlocal done, pages
        done, pages = now_done, now_pages
        if stopped.is_set():
            raise Cancelled

    copy = yield from in_background(
        lambda: make_copy(paths, tell), lambda: Progress("backup", done, pages, can_pause=False), stopped.set
    )
    return copy
