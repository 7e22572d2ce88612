"""Photos in the order of their dates fall into days, months and years; which of them get headings, and their words."""

import time
from array import array
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QDateTime

from guie_desktop.language import month_text, weekday_text, year_text
from guie_desktop.library.common_runs import common_runs

Level = Literal["day", "month", "year"]

_WORDS: Mapping[Level, Callable[[date], str]] = {"day": weekday_text, "month": month_text, "year": year_text}
_HOUR, _DAY = 3600, 86_400
_SMALL, _MEDIUM = 120, 170
"""Widths of tiles below which years, and months, say enough."""
_TOO_FEW = 3.0
"""Photos under a heading on average, below which the headings would take more room than they are worth."""


class Timeline:
    """N dates in seconds since the epoch, rising or falling."""

    def __init__(self, taken: "array[float]", earlier: "Timeline | None" = None) -> None:
        """`earlier` is one of nearly the same photos, whose days need not be worked out again."""
        self._taken = np.frombuffer(taken, np.float64)
        self._days = _local_days(self._taken) if earlier is None else earlier._days_for(self._taken)

    def _days_for(self, taken: NDArray[np.float64]) -> NDArray[np.int64]:
        days, known = np.empty(len(taken), np.int64), 0
        for old_at, new_at, length in common_runs(self._taken, taken):
            days[known:new_at] = _local_days(taken[known:new_at])
            known = new_at + length
            days[new_at:known] = self._days[old_at : old_at + length]
        return days

    @cached_property
    def _starts(self) -> Mapping[Level, NDArray[np.int64]]:
        starts = _changes(self._days)
        dates = self._days[starts].astype("datetime64[D]")
        return {
            "day": starts,
            "month": starts[_changes(dates.astype("datetime64[M]").astype(np.int64))],
            "year": starts[_changes(dates.astype("datetime64[Y]").astype(np.int64))],
        }

    def level(self, tile_size: int) -> Level:
        """What headings stand for above tiles of this width: the smaller they are, the more is seen at once."""
        levels: tuple[Level, ...] = ("day", "month", "year")
        finest = levels[(tile_size < _MEDIUM) + (tile_size < _SMALL) :]
        enough = (level for level in finest if len(self._taken) >= _TOO_FEW * len(self._starts[level]))
        return next(enough, "year")

    def starts(self, level: Level) -> NDArray[np.int64]:
        """The rows with which the days, months or years begin."""
        return self._starts[level]

    def words(self, row: int, level: Level) -> str:
        """The day, month or year of a photo."""
        return date_words(float(self._taken[row]), level)


def date_words(taken: float, level: Level) -> str:
    """The day, month or year of a moment, as the user's language has it; nothing of one that no clock has shown."""
    there = QDateTime.fromSecsSinceEpoch(int(np.floor(taken))).date()
    if not date.min.year <= there.year() <= date.max.year:
        return ""
    return _WORDS[level](date(there.year(), there.month(), there.day()))


def _local_days(taken: NDArray[np.float64]) -> NDArray[np.int64]:
    """Days since the epoch, where the user is; a place's offset from UTC is asked once for each hour of the list."""
    hours = np.floor(taken / _HOUR).astype(np.int64)
    starts = _changes(hours)
    lengths = np.diff(np.append(starts, len(hours)))
    days: NDArray[np.int64] = (np.floor(taken).astype(np.int64) + np.repeat(_offsets(hours[starts]), lengths)) // _DAY
    return days


def _offsets(hours: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of each hour since the epoch, asked where a day begins and ends, and in between where these differ.

    No place has changed its clock twice within a day.
    """
    days = hours // 24
    starts = _changes(days)
    nights, lengths = days[starts].tolist(), np.diff(np.append(starts, len(days)))
    asked = {night: _offset(24 * night) for night in {*nights, *(night + 1 for night in nights)}}
    offsets = np.repeat(np.array([asked[night] for night in nights], np.int64), lengths)
    changes = np.repeat(np.array([asked[night] != asked[night + 1] for night in nights], bool), lengths)
    offsets[changes] = [_offset(hour) for hour in hours[changes].tolist()]
    return offsets


def _offset(hour: int) -> int:
    try:
        return time.localtime(hour * _HOUR).tm_gmtoff
    except (OSError, OverflowError, ValueError):
        return QDateTime.fromSecsSinceEpoch(hour * _HOUR).offsetFromUtc()  # Windows knows no time before 1970


def _changes(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places where a value differs from the one before."""
    if not len(values):
        return np.zeros(0, np.int64)
    return np.concatenate((np.zeros(1, np.int64), np.flatnonzero(np.diff(values)) + 1))
