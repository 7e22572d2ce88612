"""Numbers, sizes, dates and lists as the user's country writes them (Unicode CLDR, by Babel)."""

import contextlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from babel.dates import format_date, format_datetime, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from guie_desktop.language.spoken import spoken


def number_text(number: int) -> str:
    """A whole number: "1,204", "1.204"."""
    return format_decimal(number, locale=spoken().locale)


def decimal_text(number: float, decimals: int) -> str:
    """A number with so many decimals: "3.40", "3,40"."""
    return format_decimal(number, f"#,##0.{'0' * decimals}" if decimals else "#,##0", locale=spoken().locale)


def percent_text(share: float) -> str:
    """A share in whole percents: "87%", "87 %"."""
    return format_percent(round(share * 100) / 100, locale=spoken().locale)


def size_text(size: float) -> str:
    """A number of bytes for people: "52 kB", "3.4 MB", "312 MB", "3.5 GB"."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6)):
        if size >= 0.9995 * factor:
            decimals = 1 if unit == "GB" or (size < 9.95 * factor and round(size / factor, 1) % 1) else 0
            return f"{decimal_text(size / factor, decimals)} {unit}"
    return f"{decimal_text(size / 1e3, 0)} kB"


def moment_text(seconds: float) -> str:
    """Date and time of the user's clock, from seconds since the epoch: "29 November 2026, 06:40".

    Empty for a moment that no calendar has.
    """
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
        with contextlib.suppress(OSError):  # Windows knows the user's clock from 1970 on
            moment = moment.astimezone()
    except (OverflowError, ValueError):
        return ""
    locale, moment = spoken().locale, moment.replace(tzinfo=None)
    return f"{format_date(moment, 'long', locale=locale)}, {format_datetime(moment, 'HH:mm', locale=locale)}"


def short_date_text(seconds: float) -> str:
    """The day of a moment in few signs: "29 Nov 2026"; empty where no calendar has it."""
    try:
        return format_date(datetime.fromtimestamp(seconds).date(), "medium", locale=spoken().locale)
    except (OverflowError, ValueError, OSError):
        return ""


def date_text(day: date) -> str:
    """A day: "29 November 2026"."""
    return format_date(day, "long", locale=spoken().locale)


def month_text(day: date) -> str:
    """The month of a day: "November 2026"."""
    return format_skeleton("yMMMM", datetime(day.year, day.month, day.day), locale=spoken().locale)


def weekday_text(day: date) -> str:
    """A day with its name: "Sunday 29 November 2026"."""
    return format_date(day, "full", locale=spoken().locale)


def year_text(day: date) -> str:
    """The year of a day: "2026"."""
    return format_skeleton("y", datetime(day.year, day.month, day.day), locale=spoken().locale)


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: "Birds, Cups and Möwen"."""
    return format_list(list(names), locale=spoken().locale)


def either(names: Iterable[str]) -> str:
    """Names of which one will do: "Menu or F10"."""
    return format_list(list(names), style="or", locale=spoken().locale)
