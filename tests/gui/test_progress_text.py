from dataclasses import replace
from typing import get_args

import pytest

from guie_desktop.domain import IndexReport
from guie_desktop.gui.progress_text import counted, progress_text, report_text, size_text, time_left
from guie_desktop.messages import Progress, Stage


def test_reading_photos_tells_count_speed_and_time() -> None:
    progress = Progress(0, "photos", 1234, 10_000, 18.4, 476.0, paused=False)
    assert progress_text(progress) == "Reading photos · 1,234 of 10,000 · 18 photos/s · about 8 minutes left"


@pytest.mark.parametrize("stage", get_args(Stage))
def test_every_stage_has_words(stage: Stage) -> None:
    progress = Progress(0, stage, 5, 10, 0.0, None, paused=False)
    words, _how_far = progress_text(progress).split(" · ")
    assert len(words.split()) > 1


def test_a_paused_job_has_no_speed() -> None:
    progress = Progress(0, "photos", 5, 10, 0.4, None, paused=True)
    assert progress_text(progress) == "Paused: reading photos · 5 of 10"


def test_an_unknown_total_is_left_out() -> None:
    assert progress_text(Progress(0, "scan", 70, 0, 900.0, None, paused=False)) == "Looking for photos · 70"


def test_a_download_tells_size_speed_and_time() -> None:
    progress = Progress(0, "download", 312_000_000, 1_700_000_000, 8e6, 174.0, paused=False, detail="SigLIP")
    assert progress_text(progress) == "Downloading SigLIP · 312 MB of 1.7 GB · 8 MB/s · about 3 minutes left"
    assert progress_text(replace(progress, paused=True)) == "Paused: downloading SigLIP · 312 MB of 1.7 GB"
    begun = Progress(0, "download", 0, 1_700_000_000, 0.0, None, paused=False)
    assert progress_text(begun) == "Downloading the model · 0 kB of 1.7 GB"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 kB"), (48_200, "48 kB"), (999_900, "1 MB"), (813e6, "813 MB"), (999.9e6, "1.0 GB"), (3.512e9, "3.5 GB")],
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


def test_a_report_tells_only_what_is_new() -> None:
    assert report_text(IndexReport(3, 0, 1, 0, 9, 3, (), 1.0, "m")) == "Up to date: 3 new, 1 moved."
    assert report_text(IndexReport(0, 0, 0, 0, 9, 0, (), 1.0, "m")) == ""
