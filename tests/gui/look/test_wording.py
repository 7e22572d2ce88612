"""Times, shares and photos in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guie_desktop.domain import Frame, Photo
from guie_desktop.gui.look.wording import (
    duration_text,
    marks,
    opinions,
    probability_text,
    remarks,
    taken_text,
)
from guie_desktop.language import speak
from guie_desktop.wording.moments import time_left


@pytest.fixture
def german() -> Iterator[None]:
    speak("de")
    yield
    speak("en")


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


def test_a_time_that_has_passed_is_told_in_seconds_or_minutes() -> None:
    assert [duration_text(seconds) for seconds in (0.2, 14.2, 200)] == ["1 second", "14 seconds", "3 minutes"]


def test_what_was_learned_is_never_certain() -> None:
    assert [probability_text(share) for share in (0.002, 0.871, 0.9999)] == ["< 1%", "87%", "> 99%"]


@pytest.mark.usefixtures("german")
def test_a_photo_is_told_of_in_german() -> None:
    photo = Photo(
        *(1, 1, Path("a.mp4"), b"1", 640, 480, 1000, 0, 1_584_000_000.0),
        kind="video",
        cut_off=True,
        taken_from="file name",
        seconds=67.0,
        frame=Frame(b"2", 3000),
        rating=3,
        flagged=True,
    )
    assert remarks(photo) == ["Video von 1:07, bei 0:03", "Abgeschnitten: gezeigt wird der vorhandene Teil"]
    assert marks(photo) == ["▶ 0:03 von 1:07", "Abgeschnitten"]
    assert opinions(photo) == ["3 Sterne", "Markiert"]
    assert taken_text(photo).endswith(" (nach dem Dateinamen)")
    assert time_left(600) == "etwa 10 Minuten"
