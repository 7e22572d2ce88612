"""What people type of when a photo was taken means the days that they mean, in English and in German."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guie_desktop.search.dates_in_words import dates_in

TODAY = date(2026, 8, 12)  # a Wednesday

Days = tuple[str, str]


@pytest.mark.parametrize(
    ("typed", "words", "days"),
    [
        ("july 2019", "", ("2019-07-01", "2019-07-31")),
        ("Juli 2019", "", ("2019-07-01", "2019-07-31")),
        ("in July of 2019", "", ("2019-07-01", "2019-07-31")),
        ("july", "", ("2026-07-01", "2026-07-31")),
        ("Dezember", "", ("2025-12-01", "2025-12-31")),
        ("februar 2020", "", ("2020-02-01", "2020-02-29")),
        ("2019", "", ("2019-01-01", "2019-12-31")),
        ("rome 2019", "rome", ("2019-01-01", "2019-12-31")),
        ("2015-2018", "", ("2015-01-01", "2018-12-31")),
        ("the 1990s", "", ("1990-01-01", "1999-12-31")),
        ("Oma 1960er", "Oma", ("1960-01-01", "1969-12-31")),
        ("12.07.2019", "", ("2019-07-12", "2019-07-12")),
        ("12.7.19", "", ("2019-07-12", "2019-07-12")),
        ("24.12.99", "", ("1999-12-24", "1999-12-24")),
        ("24.12.", "", ("2025-12-24", "2025-12-24")),
        ("2019-07-12", "", ("2019-07-12", "2019-07-12")),
        ("2019-07", "", ("2019-07-01", "2019-07-31")),
        ("12 July 2019", "", ("2019-07-12", "2019-07-12")),
        ("July 12th, 2019", "", ("2019-07-12", "2019-07-12")),
        ("am 12. Juli", "", ("2026-07-12", "2026-07-12")),
        ("29 february", "", ("2024-02-29", "2024-02-29")),
        ("may 2020", "", ("2020-05-01", "2020-05-31")),
        ("today", "", ("2026-08-12", "2026-08-12")),
        ("gestern", "", ("2026-08-11", "2026-08-11")),
        ("dogs yesterday", "dogs", ("2026-08-11", "2026-08-11")),
        ("last week", "", ("2026-08-03", "2026-08-09")),
        ("diese Woche", "", ("2026-08-10", "2026-08-16")),
        ("last weekend", "", ("2026-08-08", "2026-08-09")),
        ("letzten Monat", "", ("2026-07-01", "2026-07-31")),
        ("letztes Jahr", "", ("2025-01-01", "2025-12-31")),
        ("last summer", "", ("2025-06-01", "2025-08-31")),
        ("this summer", "", ("2026-06-01", "2026-08-31")),
        ("letzter Winter", "", ("2025-12-01", "2026-02-28")),
        ("sommer 2018", "", ("2018-06-01", "2018-08-31")),
        ("last july", "", ("2026-07-01", "2026-07-31")),
        ("christmas 2020", "", ("2020-12-24", "2020-12-26")),
        ("Weihnachten", "", ("2025-12-24", "2025-12-26")),
        ("last christmas", "", ("2025-12-24", "2025-12-26")),
        ("silvester 2019 party", "party", ("2019-12-31", "2020-01-01")),
        ("new year's eve 2019", "", ("2019-12-31", "2020-01-01")),
        ("Ostern 2024", "", ("2024-03-29", "2024-04-01")),
        ("easter 2019", "", ("2019-04-19", "2019-04-22")),
        ("pfingsten 2023", "", ("2023-05-28", "2023-05-29")),
    ],
)
def test_days(typed: str, words: str, days: Days) -> None:
    found = dates_in(typed, TODAY)
    assert found.words == words
    assert [tuple(map(str, one)) for one in found.days] == [days]
    assert not found.weekdays


@pytest.mark.parametrize(
    ("typed", "days"),
    [("weekends", {5, 6}), ("am Wochenende", {5, 6}), ("sundays", {6}), ("montags", {0}), ("werktags", set(range(5)))],
)
def test_weekdays(typed: str, days: set[int]) -> None:
    found = dates_in(f"beach {typed}", TODAY)
    assert (found.words, found.days) == ("beach", ())
    assert set(found.weekdays) == days


@pytest.mark.parametrize(
    "typed",
    ["may i see", "mai", "summer", "IMG_20190714", "3012", "99.99.2019", "2099", "12.5", "last", ""],
)
def test_words_that_are_no_dates_stay(typed: str) -> None:
    found = dates_in(typed, TODAY)
    assert (found.words, found.days, found.weekdays) == (typed, (), frozenset())


def test_several_are_any_of_them_and_what_was_said_is_told() -> None:
    found = dates_in("Anna Weihnachten 2018 Ostern 2019 weekends", TODAY)
    assert found.words == "Anna"
    assert found.said == ("Weihnachten 2018", "Ostern 2019", "weekends")
    assert [str(first) for first, _ in found.days] == ["2018-12-24", "2019-04-19"]
    assert found.weekdays == {5, 6}


def test_a_day_is_from_midnight_to_midnight_here() -> None:
    assert dates_in("12.07.2019", TODAY).spans == (
        (datetime(2019, 7, 12).timestamp(), datetime(2019, 7, 13).timestamp()),
    )


@given(day=st.dates(date(1830, 1, 1), TODAY))
def test_each_writing_of_a_day_means_it(day: date) -> None:
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    english, german = f"{day:%B} {day.day}, {day.year}", f"{day.day}. {months.split()[day.month - 1]} {day.year}"
    for typed in (f"{day:%d.%m.%Y}", f"{day}", english, german):
        assert dates_in(typed, TODAY).days == ((day, day),)


@given(
    today=st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    name=st.sampled_from(["july", "dezember", "ostern", "weihnachten"]),
)
def test_what_has_no_year_has_begun_and_was_within_a_year(today: date, name: str) -> None:
    ((first, last),) = dates_in(name, today).days
    assert first <= today
    assert last > today - timedelta(days=400)


@given(today=st.dates(date(1950, 1, 1), date(2090, 1, 1)), name=st.sampled_from(["summer", "winter", "july", "easter"]))
def test_the_last_one_is_over(today: date, name: str) -> None:
    ((_, last),) = dates_in(f"last {name}", today).days
    assert today - timedelta(days=2 * 366) < last < today


@given(typed=st.text(max_size=60), today=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_nothing_is_raised_and_no_word_is_lost(typed: str, today: date) -> None:
    found = dates_in(typed, today)
    assert all(first <= last and first <= today for first, last in found.days)
    if not found.said:
        assert found.words == " ".join(typed.split())


@given(today=st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_easter_is_a_sunday_in_spring(today: date) -> None:
    ((friday, monday),) = dates_in(f"easter {today.year}", date(2100, 1, 1)).days
    sunday = monday - timedelta(days=1)
    assert (friday.weekday(), sunday.weekday()) == (4, 6)
    assert date(today.year, 3, 22) <= sunday <= date(today.year, 4, 25)
