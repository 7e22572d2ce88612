"""Numbers, sizes, times and shares in words."""

import pytest
from PySide6.QtCore import QLocale

from guie_desktop.gui.look.wording import (
    counted,
    duration_text,
    moment_text,
    percent_text,
    probability_text,
    size_text,
    time_left,
)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 kB"),
        (48_200, "48 kB"),
        (999_900, "1 MB"),
        (3_440_000, "3.4 MB"),
        (9_960_000, "10 MB"),
        (813e6, "813 MB"),
        (999.9e6, "1.0 GB"),
        (3.512e9, "3.5 GB"),
    ],
)
def test_sizes_are_in_the_unit_that_people_use(size: float, words: str) -> None:
    assert size_text(size) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "a few seconds"),
        (41, "about 40 seconds"),
        (58, "about a minute"),
        (600, "about 10 minutes"),
        (5400, "about 1 h 30 min"),
        (90_000, "about 25 hours"),
    ],
)
def test_times_are_as_exact_as_they_are_known(seconds: float, words: str) -> None:
    assert time_left(seconds) == words


def test_counts_have_their_plural() -> None:
    assert (counted(1, "photo"), counted(0, "photo"), counted(1204, "photo")) == ("1 photo", "0 photos", "1,204 photos")


def test_a_time_that_has_passed_is_told_in_seconds_or_minutes() -> None:
    assert [duration_text(seconds) for seconds in (0.2, 14.2, 200)] == ["1 second", "14 seconds", "3 minutes"]


def test_what_was_counted_is_told_as_it_is_and_what_was_learned_is_never_certain() -> None:
    assert [percent_text(share) for share in (0.002, 0.871, 0.9999)] == ["0 %", "87 %", "100 %"]
    assert [probability_text(share) for share in (0.002, 0.871, 0.9999)] == ["< 1 %", "87 %", "> 99 %"]


def test_a_moment_is_told_by_the_users_clock_and_in_his_language() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    assert "März 2020" in moment_text(1_584_000_000.0)
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("seconds", "year"),
    [(10_414_008_000, "2300"), (-11_676_096_000, "1600"), (2**63 / 1e9, "2262"), (-(2**63) / 1e9, "1677"), (1e18, "")],
)
def test_a_moment_that_no_clock_has_shown_is_told_or_left_out(seconds: float, year: str) -> None:
    told = moment_text(seconds)
    assert year in told
    assert bool(told) == bool(year)
