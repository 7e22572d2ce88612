"""Days, months, years and feasts in what is typed, English or German, as the days on which photos were taken.

A grammar of ours: dateparser and parsedatetime make of "July 2019" one day, of "may i see the sun" a date, and nothing
of "last summer" and "weekends".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from guie_desktop.asking import Span
from guie_desktop.search.feasts import Days, DaysOfYear, feast_at

_FIRST_YEAR = 1826
"""Of photographs."""


@dataclass(frozen=True, slots=True)
class DatedWords:
    """What was typed, without the dates, and what these mean."""

    words: str
    days: tuple[tuple[date, date], ...] = ()
    """From a day to another one, both of which count; photos are of any of these. Empty where any day will do."""
    weekdays: frozenset[int] = frozenset()
    """Of what days they are, Monday being 0; empty where that does not matter."""
    said: tuple[str, ...] = ()
    """The words that are dates, as they were typed."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The days as moments, where the computer is."""
        return tuple((_begin(first), _begin(last + timedelta(days=1))) for first, last in self.days)


_MONTHS = (
    "january jan januar jänner jaenner",
    "february feb februar feber",
    "march mar märz maerz mär mrz",
    "april apr",
    "may mai",
    "june jun juni",
    "july jul juli",
    "august aug",
    "september sep sept",
    "october oct oktober okt",
    "november nov",
    "december dec dezember dez",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_AMBIGUOUS = {"may", "mar", "mai", "jan", "dec"}
"""Words and names as well: months only where a day or a year stands beside them."""

_SEASON = dict.fromkeys(("spring", "frühling", "fruehling", "frühjahr"), 3) | {"summer": 6, "sommer": 6}
_SEASON |= {"autumn": 9, "fall": 9, "herbst": 9, "winter": 12}
"""Their first months; a winter is of the year that it begins in."""

_WEEKDAYS = (
    "monday mondays montag montags",
    "tuesday tuesdays dienstag dienstags",
    "wednesday wednesdays mittwoch mittwochs",
    "thursday thursdays donnerstag donnerstags",
    "friday fridays freitag freitags",
    "saturday saturdays samstag samstags sonnabend sonnabends",
    "sunday sundays sonntag sonntags",
)
_WEEKDAY = {name: frozenset({number}) for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_WEEKDAY |= dict.fromkeys(("weekend", "weekends", "wochenende", "wochenenden", "wochenends"), frozenset({5, 6}))
_WEEKDAY |= dict.fromkeys(("weekdays", "werktags", "wochentags"), frozenset(range(5)))

_BEFORE = {"last", "letzter", "letztes", "letzte", "letzten", "letztem", "vorige", "voriger", "voriges", "vorigen"}
_THIS = {"this", "dieser", "dieses", "diese", "diesen", "diesem"}
_PERIODS = {"day": "day", "tag": "day", "week": "week", "woche": "week", "month": "month", "monat": "month"}
_PERIODS |= {"year": "year", "jahr": "year"}
_LITTLE = {"in", "im", "on", "am", "at", "from", "of", "the", "den", "dem", "der", "vom", "von", "zu", "an", "aus"}
"""Words before a date that say nothing more."""

_PIECE = re.compile(r"\S+")
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)")
_YEARS = re.compile(r"(1[89]\d\d|20\d\d)[-–](1[89]\d\d|20\d\d)")
_DECADE = re.compile(r"(1[89]\d|20\d)0(?:s|er)")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_ORDINAL = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?")


def dates_in(typed: str, today: date) -> DatedWords:
    """What of this is a date, and what is left. Nothing in the future is meant: "December" is the last one."""
    pieces = [found[0] for found in _PIECE.finditer(typed)]
    plain = [piece.casefold().strip(",;:!?()") for piece in pieces]
    left: list[str] = []
    said: list[str] = []
    days: list[Days] = []
    weekdays: frozenset[int] = frozenset()
    at = 0
    while at < len(pieces):
        length, found, on = _longest(plain[at:], today)
        if not length:
            left.append(pieces[at])
            at += 1
            continue
        while left and left[-1].casefold() in _LITTLE:
            left.pop()
        said.append(" ".join(pieces[at : at + length]))
        days += found
        weekdays |= on
        at += length
    return DatedWords(" ".join(left), tuple(days), weekdays, tuple(said))


def _longest(words: Sequence[str], today: date) -> tuple[int, list[Days], frozenset[int]]:
    """How many words from the first on are a date, and what they mean; 0 where they are none."""
    for read in (_numbers, _relative, _feast, _day_and_month, _month, _season, _year):
        length, found = read(words, today)
        begun = [days for days in found if days[0] <= today and days[0].year >= _FIRST_YEAR]
        if begun:
            return length, begun, frozenset()
    on = _WEEKDAY.get(words[0])
    return (1, [], on) if on else (0, [], frozenset())


_Found = tuple[int, list[Days]]
_NONE: _Found = (0, [])


def _numbers(words: Sequence[str], today: date) -> _Found:
    """12.07.2019, 12.7.19, 12.7., 2019-07-12, 2019-07."""
    if found := _GERMAN_DAY.fullmatch(words[0]):
        day, month, year = found.groups()
        return _one(1, _latest(partial(_day, month=int(month), day=int(day)), _full(year, today), today))
    if found := _ISO.fullmatch(words[0]):
        year, month, day = found.groups()
        whole = _whole_month(int(year), int(month)) if day is None else _day(int(year), int(month), int(day))
        return _one(1, whole)
    return _NONE


def _relative(words: Sequence[str], today: date) -> _Found:
    """Today, yesterday, last week, this year, last summer, last christmas, last July."""
    word = words[0]
    for names, back in ((("today", "heute"), 0), (("yesterday", "gestern"), 1), (("vorgestern",), 2)):
        if word in names:
            return _one(1, (today - timedelta(days=back),) * 2)
    if word not in _BEFORE | _THIS or len(words) < 2:
        return _NONE
    back = int(word in _BEFORE)
    if words[1] in _PERIODS:
        return _one(2, _period(_PERIODS[words[1]], back, today))
    if words[1] in ("weekend", "wochenende"):
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return _one(2, (monday + timedelta(days=5), monday + timedelta(days=6)))
    of_year: DaysOfYear | None = None
    if words[1] in _SEASON:
        of_year = _season_of(words[1])
    elif words[1] in _MONTH:
        of_year = _month_of(words[1])
    elif (feast := feast_at(words[1:])) is not None:
        length, of_year = feast
        return _one(1 + length, _over(of_year, today) if back else of_year(today.year))
    if of_year is None:
        return _NONE
    return _one(2, _over(of_year, today) if back else of_year(today.year))


def _feast(words: Sequence[str], today: date) -> _Found:
    """Christmas 2020, Easter, New Year's Eve 2019."""
    found = feast_at(words)
    if found is None:
        return _NONE
    length, of_year = found
    year, more = _year_at(words[length:])
    return _one(length + more, _latest(of_year, year, today))


def _day_and_month(words: Sequence[str], today: date) -> _Found:
    """12 July 2019, July 12 2019, 12. Juli, July 12th."""
    if len(words) < 2:
        return _NONE
    for number, name in ((words[0], words[1]), (words[1], words[0])):
        found = _ORDINAL.fullmatch(number)
        if found and name in _MONTH and 1 <= int(found[1]) <= 31:
            day, month = int(found[1]), _MONTH[name]
            year, more = _year_at(words[2:])
            return _one(2 + more, _latest(partial(_day, month=month, day=day), year, today))
    return _NONE


def _month(words: Sequence[str], today: date) -> _Found:
    """July 2019, Juli; of those that are other words as well, with a year only."""
    if words[0] not in _MONTH:
        return _NONE
    year, more = _year_at(words[1:])
    if words[0] in _AMBIGUOUS and year is None:
        return _NONE
    return _one(1 + more, _latest(_month_of(words[0]), year, today))


def _season(words: Sequence[str], today: date) -> _Found:
    """Summer 2019; without a year a season is a word, of which photos tell."""
    if words[0] not in _SEASON:
        return _NONE
    year, more = _year_at(words[1:])
    return _NONE if year is None else _one(1 + more, _season_of(words[0])(year))


def _year(words: Sequence[str], today: date) -> _Found:
    """2019, 2015-2018, the 1990s, die 1990er."""
    if found := _YEARS.fullmatch(words[0]):
        return _one(1, (date(int(found[1]), 1, 1), date(int(found[2]), 12, 31)) if found[1] <= found[2] else None)
    if found := _DECADE.fullmatch(words[0]):
        first = 10 * int(found[1])
        return _one(1, (date(first, 1, 1), date(first + 9, 12, 31)))
    year, length = _year_at(words)
    return _NONE if year is None else _one(length, (date(year, 1, 1), date(year, 12, 31)))


def _one(length: int, days: Days | None) -> _Found:
    return _NONE if days is None else (length, [days])


def _year_at(words: Sequence[str]) -> tuple[int | None, int]:
    """A year, and how many words it takes; "of 2019" is one, too."""
    skipped = int(len(words) > 1 and words[0] in _LITTLE)
    found = _YEAR.fullmatch(words[skipped]) if words else None
    return (None, 0) if found is None else (int(found[1]), 1 + skipped)


def _full(year: str | None, today: date) -> int | None:
    """A year of two digits is one of the last hundred."""
    if not year:
        return None
    if len(year) == 4:
        return int(year)
    century = today.year - today.year % 100
    return century + int(year) - (100 if century + int(year) > today.year else 0)


def _latest(of_year: DaysOfYear, year: int | None, today: date) -> Days | None:
    """In this year, or the last time that it began until today; a 29th of February may be some years ago."""
    if year is not None:
        return of_year(year)
    tried = (of_year(today.year - back) for back in range(9))
    return next((days for days in tried if days is not None and days[0] <= today), None)


def _over(of_year: DaysOfYear, today: date) -> Days | None:
    """The last one that is over."""
    tried = (of_year(today.year - back) for back in range(3))
    return next((days for days in tried if days is not None and days[1] < today), None)


def _month_of(name: str) -> DaysOfYear:
    return lambda year: _whole_month(year, _MONTH[name])


def _season_of(name: str) -> DaysOfYear:
    first = _SEASON[name]
    return lambda year: (date(year, first, 1), _before(date(year + first // 12, (first + 2) % 12 + 1, 1)))


def _period(kind: str, back: int, today: date) -> Days | None:
    """The day, week, month or year of today, or the one before it."""
    if kind == "day":
        return (today - timedelta(days=back),) * 2
    if kind == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return monday, monday + timedelta(days=6)
    if kind == "month":
        year, month = divmod(12 * today.year + today.month - 1 - back, 12)
        return _whole_month(year, month + 1)
    return date(today.year - back, 1, 1), date(today.year - back, 12, 31)


def _whole_month(year: int, month: int) -> Days | None:
    if not 1 <= month <= 12 or year < _FIRST_YEAR:
        return None
    return date(year, month, 1), _before(date(year + month // 12, month % 12 + 1, 1))


def _day(year: int, month: int, day: int) -> Days | None:
    try:
        return (date(year, month, day),) * 2
    except ValueError:
        return None


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _begin(day: date) -> float:
    return datetime.combine(day, time()).timestamp()
