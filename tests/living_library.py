"""A library that is brought up to date again and again: because the user asks for it, or because a watch tells."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from guie_desktop.disk.volumes import mounted_volumes
from guie_desktop.errors import UserError, for_user
from guie_desktop.jobs.folder_places import sight_of
from guie_desktop.jobs.indexing import index_library
from guie_desktop.messages import Event, Failed
from guie_desktop.worker.desk import Desk
from guie_desktop.worker.watching import FolderChanges
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish

_PATIENCE = 60
"""Seconds that only a watch that hears nothing uses up."""


class Keeper(Protocol):
    """Who brings a library up to date."""

    def look(self) -> str | None:
        """Look for all changes, as the user asks for; why that failed, as a sentence."""

    def notice(self, bells: list[Path], *, comes_or_goes: bool) -> None:
        """Look for what has happened, as far as it is told; the last that happened is that the bells are rung."""


class Asked:
    """All folders are scanned whenever the user asks for it."""

    def __init__(self, library: WritableLibrary) -> None:
        self._library = library

    def look(self) -> str | None:
        try:
            finish(index_library(self._library))
        except (UserError, OSError) as error:
            return str(for_user(error))
        return None

    def notice(self, bells: list[Path], *, comes_or_goes: bool) -> None:
        assert self.look() is None


class _Heard(FolderChanges):
    """What the worker hears of, and the test with it."""

    def __init__(self, library: WritableLibrary) -> None:
        super().__init__(
            poll_every=0.2,
            roots_every=0.02,
            quiet=0.0,
            sight=lambda root: sight_of(library.catalog, root, mounted_volumes()),
        )
        self.awaited: set[Path] = set()
        """Nothing counts as quiet before something was heard of these."""
        self.has_scanned_all = False
        self._directories: set[Path] = set()

    def need_full_scan(self) -> bool:
        needed = super().need_full_scan()
        self.has_scanned_all |= needed
        return needed

    def settled_directories(self) -> set[Path]:
        self._directories |= super().settled_directories()
        self.awaited -= self._directories
        settled: set[Path] = set()
        if not self.awaited:
            settled, self._directories = self._directories, settled
        return settled


class Watched:
    """The worker's own desk and watch, and what its loop does with them."""

    def __init__(self, library: WritableLibrary, changes: _Heard) -> None:
        self._changes = changes
        self._told: list[Failed] = []
        self._desk = Desk(library, changes, self._hear)
        self._desk.open()
        self._work()

    def look(self) -> str | None:
        self._told.clear()
        self._desk.watch_folders()
        self._desk.start(self._desk.indexing())
        self._work()
        return f"{self._told[0].title} {self._told[0].remedy}" if self._told else None

    def notice(self, bells: list[Path], *, comes_or_goes: bool) -> None:
        self._changes.awaited = set(bells)
        self._changes.has_scanned_all = False
        _ring(bells)
        until = time.monotonic() + _PATIENCE
        while not self._has_noticed(comes_or_goes=comes_or_goes):
            assert time.monotonic() < until, "the watch hears nothing"
            time.sleep(0.005)
            self._desk.look_around()
            self._work()
        assert not self._told

    def _has_noticed(self, *, comes_or_goes: bool) -> bool:
        return self._changes.has_scanned_all or not (comes_or_goes or self._changes.awaited)

    def _work(self) -> None:
        while self._desk.scheduler.is_busy:
            self._desk.scheduler.step()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Failed):
            self._told.append(event)


@contextlib.contextmanager
def kept(library: WritableLibrary, *, is_watched: bool) -> Iterator[Keeper]:
    """The library in the hands of one of the two; whatever happened before is looked at first."""
    if not is_watched:
        asked = Asked(library)
        assert asked.look() is None
        yield asked
        return
    with contextlib.closing(_Heard(library)) as changes:
        yield Watched(library, changes)


def _ring(bells: list[Path]) -> None:
    for bell in bells:
        (bell / "bell.bmp").touch()
        (bell / "bell.bmp").unlink()
