"""Days, months and years of dates, where the user is."""

import time
from array import array
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guie_desktop.gui.photos.timeline import Timeline, date_words
from guie_desktop.language import speak

MOMENTS = st.lists(st.floats(-3e9, 4e9), min_size=1, max_size=60)


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the clock is changed twice a year."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def day_of(moment: float) -> date:
    return datetime.fromtimestamp(moment).date()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOMENTS, st.booleans())
def test_a_day_begins_where_the_date_differs_from_that_of_the_photo_before(moments: list[float], falling: bool) -> None:
    taken = sorted(moments, reverse=falling)
    timeline, days = Timeline(array("d", taken)), [day_of(one) for one in taken]
    expected = [row for row, day in enumerate(days) if row == 0 or day != days[row - 1]]
    assert timeline.starts("day").tolist() == expected
    months = [(day.year, day.month) for day in days]
    assert timeline.starts("month").tolist() == [
        row for row, month in enumerate(months) if row == 0 or month != months[row - 1]
    ]
    assert timeline.starts("year").tolist() == [
        row for row, day in enumerate(days) if row == 0 or day.year != days[row - 1].year
    ]


def test_the_night_of_a_changed_clock_belongs_to_its_own_day() -> None:
    nights = [datetime(2019, 3, 30, 23, 59), datetime(2019, 3, 31, 0, 1), datetime(2019, 3, 31, 23, 59)]
    timeline = Timeline(array("d", [night.timestamp() for night in nights]))
    assert timeline.starts("day").tolist() == [0, 1]


def test_headings_are_in_the_users_language() -> None:
    moment = datetime(2019, 7, 14, 12).timestamp()
    speak("de")
    assert date_words(moment, "day") == "Sonntag, 14. Juli 2019"
    assert date_words(moment, "month") == "Juli 2019"
    assert date_words(moment, "year") == "2019"
    assert Timeline(array("d", [moment])).words(0, "month") == "Juli 2019"
    speak("en")


def test_a_date_that_no_clock_has_shown_has_no_heading() -> None:
    assert date_words(1e15, "day") == ""


def test_small_tiles_and_few_photos_want_headings_of_more() -> None:
    hourly = Timeline(array("d", [1.5e9 + 3600 * hour for hour in range(24 * 100)]))
    assert [hourly.level(size) for size in (100, 150, 184)] == ["year", "month", "day"]
    weekly = Timeline(array("d", [1.5e9 + 7 * 86_400 * week for week in range(200)]))
    assert weekly.level(400) == "month"
    assert Timeline(array("d", [1.5e9])).level(400) == "year"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(0, 2e9), max_size=50), st.lists(st.floats(0, 2e9), max_size=3))
def test_after_an_earlier_one_headings_are_those_of_one_that_is_made_anew(taken: list[float], new: list[float]) -> None:
    earlier = Timeline(array("d", sorted(taken)))
    both = array("d", sorted([*taken[1:], *new]))
    later, anew = Timeline(both, earlier), Timeline(both)
    for level in ("day", "month", "year"):
        assert later.starts(level).tolist() == anew.starts(level).tolist()


def test_a_place_is_asked_for_its_time_once_a_day_and_beside_a_few_new_photos_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[float] = []

    def localtime(moment: float, of: Callable[[float], time.struct_time] = time.localtime) -> time.struct_time:
        asked.append(moment)
        return of(moment)

    monkeypatch.setattr(time, "localtime", localtime)
    first, days = 1.5e9, 400
    hourly = [first + 3600 * hour for hour in range(24 * days)]
    timeline = Timeline(array("d", hourly))
    assert len(asked) < days + 2 + 4 * 25  # of the two or three days of a changed clock each hour
    asked.clear()
    few = sorted([*hourly, first + 10 * 86_400 + 1, first + 390 * 86_400 + 1])
    later = Timeline(array("d", few), timeline)
    assert len(asked) <= 2 * 2
    assert later.starts("day").tolist() == Timeline(array("d", few)).starts("day").tolist()
