"""Looking at folders every so often, where nothing tells what changes in them; it takes a small share of the time."""

import contextlib
import errno
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from guie_desktop.disk.disk_errors import means_gone
from guie_desktop.disk.patience import Asker
from guie_desktop.disk.scan import Lister, Listing, list_directory, walk
from guie_desktop.disk.skipping import SkipRules

EVERY = 10.0
"""Seconds from one look at a folder to the next, at the least."""
SHARE = 0.05
"""Of the time that looking may take; where there is much to look at, a round takes longer."""
_AT_A_TIME = 0.01
"""Seconds of looking between two rests."""

PATIENCE = 10.0
"""Seconds for which a directory is waited for; what lies on other drives is to be looked at, too."""

Trees = Callable[[], Iterable[tuple[Path, SkipRules]]]


class Poll:
    """Goes through directories and all below them, and tells which are other than when it came by before.

    `trees` says which, at the beginning of each round. At the first sight of a directory there is nothing to compare
    with; it is told of, since it may have changed after it was scanned.
    """

    def __init__(
        self,
        trees: Trees,
        changed: Callable[[Path], None],
        gone: Callable[[Path], None],
        *,
        every: float = EVERY,
        lister: Lister = list_directory,
        patience: float = PATIENCE,
    ) -> None:
        self._trees = trees
        self._changed = changed
        self._gone = gone
        self._every = every
        self._lister = lister
        self._patience = patience
        self._asker = Asker()
        self._seen: dict[Path, int] = {}
        self._seen_before: dict[Path, int] = {}
        self._began = time.monotonic()
        self._round = self._listings()

    def look(self) -> float:
        """Look for a moment; returns the seconds to rest before the next look."""
        began = time.monotonic()
        while (spent := time.monotonic() - began) < _AT_A_TIME:
            listing = next(self._round, None)
            if listing is None:
                return self._begin_anew(spent)
            self._compare(listing)
        return _rest_after(spent)

    def close(self) -> None:
        """Look no more."""
        self._asker.close()

    def _begin_anew(self, spent: float) -> float:
        rest = max(self._every - (time.monotonic() - self._began), _rest_after(spent))
        self._seen_before, self._seen = self._seen, {}
        self._began = time.monotonic() + rest
        self._round = self._listings()
        return rest

    def _listings(self) -> Iterator[Listing]:
        for tree, rules in self._trees():
            yield from walk(tree, rules, self._list)

    def _list(self, directory: Path, rules: SkipRules) -> Listing:
        answer = self._asker.ask(directory, partial(self._lister, directory, rules))
        with contextlib.suppress(TimeoutError):
            if answer is not None:
                return answer.result(self._patience)
        return Listing(directory, error=OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)))

    def _compare(self, listing: Listing) -> None:
        if listing.error is not None and means_gone(listing.error):
            self._gone(listing.directory)
        signature = _signature(listing)
        if self._seen_before.get(listing.directory) != signature:
            self._changed(listing.directory)
        self._seen[listing.directory] = signature


def _rest_after(spent: float) -> float:
    return spent * (1 / SHARE - 1)


def _signature(listing: Listing) -> int:
    error = None if listing.error is None else listing.error.errno
    unclear = tuple(name for name, _ in listing.unclear)
    return hash((frozenset(listing.files), listing.subdirectories, unclear, error))


class Repeated(threading.Thread):
    """Does something over and over until it is closed; what is done returns the seconds to rest before the next."""

    def __init__(self, name: str, step: Callable[[], float]) -> None:
        super().__init__(name=name, daemon=True)
        self._step = step
        self._closing = threading.Event()

    def run(self) -> None:
        """The thread."""
        while not self._closing.wait(self._step()):
            pass

    def close(self) -> None:
        """End it, without waiting for a drive that does not answer."""
        self._closing.set()
        self.join(timeout=1.0)
