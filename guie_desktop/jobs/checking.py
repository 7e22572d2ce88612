"""Comparing files with their content hashes: those that a scan was not sure of, or all of the library."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from guie_desktop.disk.content import content_hash_at
from guie_desktop.errors import UnreadablePhoto
from guie_desktop.jobs.background import in_background
from guie_desktop.jobs.pace import Pace
from guie_desktop.library.content_checks import ToCheck
from guie_desktop.messages import Progress
from guie_desktop.workspace.open_library import WritableLibrary

_AT_ONCE = 16  # files between two commits; a check that is killed goes on from there


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """Which files turned out to hold something else, and whether all were looked at."""

    changed: tuple[Path, ...]
    is_complete: bool
    mistaken: int
    """How many photos are not where a scan had followed them to."""


CheckJob = Generator[Progress, None, CheckOutcome]


def confirm_contents(library: WritableLibrary, seconds: float | None = None) -> CheckJob:
    """Make sure of the photos that a scan followed unopened; those that hold something else wait to be read then.

    With `seconds` it stops after about that time, and a later call goes on.
    """
    checks = library.content_checks
    return (yield from _Check(library, checks.unconfirmed_count(), seconds).look_at(checks.unconfirmed))


def check_contents(library: WritableLibrary, since: float, seconds: float | None = None) -> CheckJob:
    """The same for every photo whose content was not looked at since a time, in seconds since the epoch."""
    checks = library.content_checks
    check = _Check(library, checks.unchecked_count(since), seconds)
    return (yield from check.look_at(partial(checks.unchecked, since)))


class _Check:
    """Files compared in small runs, for as long as there is time."""

    def __init__(self, library: WritableLibrary, total: int, seconds: float | None) -> None:
        self._checks = library.content_checks
        self._pace = Pace("check", total)
        self._until = None if seconds is None else time.monotonic() + seconds

    def look_at(self, which: Callable[[int, int], Sequence[ToCheck]]) -> CheckJob:
        """Compare all photos that `which(most, after)` names."""
        after = 0
        changed: list[Path] = []
        mistaken = 0
        while photos := which(_AT_ONCE, after):
            if not self._has_time():
                return CheckOutcome(tuple(changed), is_complete=False, mistaken=mistaken)
            after = photos[-1].id
            outcomes = yield from in_background(partial(_all_hold, photos), self._pace.progress)
            self._checks.note_same([photo.id for photo, holds in outcomes if holds is True])
            other = [photo for photo, holds in outcomes if holds is False]
            mistaken += self._checks.note_changed([photo.id for photo in other])
            changed += [photo.path for photo in other]
            self._pace.advance(len(photos))
            yield self._pace.progress(detail=str(photos[-1].path))
        return CheckOutcome(tuple(changed), is_complete=True, mistaken=mistaken)

    def _has_time(self) -> bool:
        return self._until is None or time.monotonic() < self._until


def _all_hold(photos: Sequence[ToCheck]) -> list[tuple[ToCheck, bool | None]]:
    return [(photo, _holds(photo)) for photo in photos]


def _holds(photo: ToCheck) -> bool | None:
    """Whether the file holds what it should; None where that cannot be told now."""
    try:
        return content_hash_at(photo.path) == photo.content_hash
    except UnreadablePhoto as error:
        return None if error.transient else False
