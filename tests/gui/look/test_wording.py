"""Numbers, times and shares in words."""

import pytest

from guie_desktop.gui.look.wording import (
    counted,
    duration_text,
    percent_text,
    probability_text,
    time_left,
)


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
