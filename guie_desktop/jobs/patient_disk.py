"""The disk as a scan asks it: told for what it waits, and not held up for ever by a drive that does not answer."""

import contextlib
import errno
import os
import time
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TypeVar

from guie_desktop.disk.patience import Asker
from guie_desktop.disk.scan import Lister, Listing
from guie_desktop.disk.skipping import SkipRules
from guie_desktop.disk.volumes import FolderHome, Volumes
from guie_desktop.domain import Folder
from guie_desktop.jobs.background import until_done
from guie_desktop.jobs.folder_places import elsewhere_now, home_now
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.catalog import Catalog
from guie_desktop.messages import Progress

PATIENCE = 20.0
"""Seconds for which a directory is waited for; a disk that slept is awake by then."""
_WITH_THE_SILENT = 0.1
"""Share of that for other directories once one has not answered."""
_COMPARING = 10.0
"""Times that for finding out whether a folder is the one that it was."""
_TELL_AFTER = 1.0
"""Seconds of waiting after which the user is told for what."""

Answer = TypeVar("Answer")
Asking = Generator[Progress, None, Answer]


class PatientDisk:
    """Answers each question with steps of a job; each is asked in a thread that is left behind where it hangs."""

    def __init__(self, catalog: Catalog, volumes: Volumes, lister: Lister, pace: Pace, patience: float) -> None:
        """`patience` is in seconds."""
        self._catalog = catalog
        self._volumes = volumes
        self._lister = lister
        self._pace = pace
        self._patience = patience
        self._was_silent = False
        self._asker = Asker()

    def close(self) -> None:
        """Let go of the threads."""
        self._asker.close()

    def listing(self, directory: Path, rules: SkipRules) -> Asking[Listing]:
        """What lies in a directory; where nothing is answered its error is a TimeoutError."""
        try:
            return (yield from self._ask(directory, partial(self._lister, directory, rules), self._limit()))
        except TimeoutError as error:
            return Listing(directory, error=error)

    def home_of(self, folder: Folder) -> Asking[FolderHome | None]:
        """Where the folder is now; None also where its drive does not answer."""
        return (yield from self._of_folder(folder, home_now))

    def elsewhere(self, folder: Folder) -> Asking[Path | None]:
        """Where the folder is that is not where it was; None also where its drive does not answer."""
        return (yield from self._of_folder(folder, elsewhere_now))

    def _of_folder(
        self, folder: Folder, question: Callable[[Catalog, Folder, Volumes], Answer | None]
    ) -> Asking[Answer | None]:
        try:
            # Comparing photos may take long; whether the drive answers at all shows sooner.
            yield from self._ask(folder.path, partial(_look_into, folder.path), self._limit())
            asked = partial(question, self._catalog, folder, self._volumes)
            return (yield from self._ask(folder.path, asked, _COMPARING * self._patience))
        except TimeoutError:
            return None

    def _limit(self) -> float:
        return self._patience * (_WITH_THE_SILENT if self._was_silent else 1)

    def _ask(self, where: Path, question: Callable[[], Answer], seconds: float) -> Asking[Answer]:
        answer, began = self._asker.ask(where, question), time.monotonic()
        if answer is not None:
            for _ in until_done(answer, self._pace.progress):
                waited = time.monotonic() - began
                if waited > seconds:
                    break
                yield self._pace.progress(str(where), waits_for=str(where) if waited > _TELL_AFTER else "")
            else:
                return answer.result()
        self._was_silent = True
        raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))


def _look_into(folder: Path) -> None:
    with contextlib.suppress(OSError):
        os.scandir(folder).close()
