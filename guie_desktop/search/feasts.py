"""Feasts that many people photograph, and on which days they are in a year."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

Days = tuple[date, date]
"""From a day to another one, both of which count."""
DaysOfYear = Callable[[int], Days | None]
"""The days of a year that have a name; None where it has none."""


def feast_at(words: Sequence[str]) -> tuple[int, DaysOfYear] | None:
    """The feast that these words begin with, in small letters: how many words it takes, and its days."""
    for names, of_year in _FEASTS:
        for name in names:
            parts = name.split()
            if list(words[: len(parts)]) == parts:
                return len(parts), of_year
    return None


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _around_easter(first: int, last: int) -> DaysOfYear:
    return lambda year: (_easter(year) + timedelta(days=first), _easter(year) + timedelta(days=last))


def _fixed(month: int, first: int, last: int) -> DaysOfYear:
    return lambda year: (date(year, month, first), date(year, month, last))


def _over_new_year(year: int) -> Days:
    return date(year, 12, 31), date(year + 1, 1, 1)


_FEASTS: tuple[tuple[tuple[str, ...], DaysOfYear], ...] = (
    (("christmas eve", "heiligabend", "heilig abend"), _fixed(12, 24, 24)),
    (("christmas", "xmas", "weihnachten"), _fixed(12, 24, 26)),
    (("new year's eve", "new years eve", "silvester", "sylvester"), _over_new_year),
    (("new year's day", "new years day", "neujahr"), _fixed(1, 1, 1)),
    (("halloween",), _fixed(10, 31, 31)),
    (("valentine's day", "valentines day", "valentinstag"), _fixed(2, 14, 14)),
    (("good friday", "karfreitag"), _around_easter(-2, -2)),
    (("easter", "ostern"), _around_easter(-2, 1)),
    (("pentecost", "whitsun", "pfingsten"), _around_easter(49, 50)),
)
"""Feasts that are one day, or a few, everywhere."""
