from dataclasses import replace
from typing import get_args

import pytest

from guie_desktop.domain import IndexReport
from guie_desktop.gui.look.progress_wording import job_name, left_text, progress_text, report_text
from guie_desktop.language import speak
from guie_desktop.messages import LeftToDo, Progress, Stage


def test_reading_photos_tells_count_speed_and_time() -> None:
    progress = Progress("photos", 1234, 10_000, 18.4, 476.0, paused=False)
    assert progress_text(progress) == "Reading photos · 1,234 of 10,000 · 18 photos/s · about 8 minutes left"


@pytest.mark.parametrize("stage", get_args(Stage))
def test_every_stage_has_words(stage: Stage) -> None:
    progress = Progress(stage, 5, 10, 0.0, None, paused=False)
    words, _how_far = progress_text(progress).split(" · ")
    assert len(words.split()) > 1


def test_a_paused_job_has_no_speed() -> None:
    progress = Progress("photos", 5, 10, 0.4, None, paused=True)
    assert progress_text(progress) == "Paused · Reading photos · 5 of 10"


def test_an_unknown_total_is_left_out() -> None:
    assert progress_text(Progress("scan", 70, 0, 900.0, None, paused=False)) == "Looking for photos · 70"


def test_a_download_tells_size_speed_and_time() -> None:
    progress = Progress("download", 312_000_000, 1_700_000_000, 8e6, 174.0, paused=False, detail="SigLIP")
    assert progress_text(progress) == "Downloading SigLIP · 312 MB of 1.7 GB · 8 MB/s · about 3 minutes left"
    assert progress_text(replace(progress, paused=True)) == "Paused · Downloading SigLIP · 312 MB of 1.7 GB"
    begun = Progress("download", 0, 1_700_000_000, 0.0, None, paused=False)
    assert progress_text(begun) == "Downloading the model · 0 kB of 1.7 GB"
    of_unknown_size = Progress("download", 5_000_000, 0, 8e6, None, paused=False)
    assert progress_text(of_unknown_size) == "Downloading the model · 8 MB/s"


def test_a_report_tells_only_what_is_new() -> None:
    assert report_text(IndexReport(3, 0, 1, 0, 9, 3, (), 1.0, "m")) == "Up to date: 3 new, 1 moved."
    assert report_text(IndexReport(0, 0, 0, 0, 9, 0, (), 1.0, "m")) == ""


def test_before_anything_is_found_there_is_no_number() -> None:
    assert progress_text(Progress("scan", 0, 0)) == "Looking for photos"


def test_a_drive_that_does_not_answer_is_named() -> None:
    progress = Progress("scan", 70, 0, 900.0, None, waits_for="/mnt/nas")
    assert progress_text(progress) == "Looking for photos · 70 · waiting for /mnt/nas"


def test_what_is_left_is_told_in_whole_sentences() -> None:
    assert left_text(LeftToDo(unread=1)) == "1 photo is not read yet"
    assert left_text(LeftToDo(unread=2, unembedded=3)) == "2 photos are not read yet"
    assert left_text(LeftToDo(unembedded=3)) == "3 photos cannot be searched yet"
    assert left_text(LeftToDo()) == ""


def test_a_job_has_a_name_at_every_stage() -> None:
    assert job_name("learn") == "Learning your albums"
    assert job_name("download") == "Downloading the model"


def test_what_runs_is_told_in_german() -> None:
    speak("de")
    try:
        progress = Progress("photos", 1234, 10_000, 8.44, 476.0)
        assert progress_text(progress) == "Fotos werden gelesen · 1.234 von 10.000 · 8,4 Fotos/s · noch etwa 8 Minuten"
        assert progress_text(Progress("learn", 199, 200)) == "Ihre Alben werden gelernt · 99\xa0%"
        assert (
            report_text(IndexReport(3, 0, 1, 0, 9, 3, (), 1.0, "m")) == "Auf dem neuesten Stand: 3 neu, 1 verschoben."
        )
    finally:
        speak("en")


def test_on_battery_it_is_told_why_nothing_goes_on() -> None:
    progress = Progress("embed", 5, 10, paused=True, on_battery=True)
    assert progress_text(progress) == "Paused while on battery · Preparing for search"
