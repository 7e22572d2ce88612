"""How fast a stage goes: by what was done lately, and how long the rest will take."""

from types import SimpleNamespace

import pytest

from guie_desktop.jobs import pace
from guie_desktop.jobs.pace import Pace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Its one number is the time."""
    now = [100.0]
    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def test_before_anything_is_done_nothing_is_promised(clock: list[float]) -> None:
    progress = Pace("photos", 50).progress(detail="a.jpg")
    assert (progress.stage, progress.done, progress.total, progress.detail) == ("photos", 0, 50, "a.jpg")
    assert (progress.per_second, progress.seconds_left) == (0.0, None)
    assert not progress.paused


def test_the_rest_takes_as_long_as_the_speed_says(clock: list[float]) -> None:
    stage = Pace("photos", 50)
    clock[0] += 2
    stage.advance(10)
    progress = stage.progress()
    assert (progress.done, progress.per_second, progress.seconds_left) == (10, 5.0, 8.0)


def test_without_a_total_there_is_a_speed_and_no_end(clock: list[float]) -> None:
    stage = Pace("scan")
    clock[0] += 1
    stage.advance(3)
    assert (stage.progress().per_second, stage.progress().seconds_left) == (3.0, None)


def test_what_is_long_ago_no_longer_counts(clock: list[float]) -> None:
    stage = Pace("photos", 1000)
    for _ in range(30):  # a photo a second
        clock[0] += 1
        stage.advance()
    for _ in range(30):  # then ten
        clock[0] += 1
        stage.advance(10)
    assert stage.progress().per_second == pytest.approx(10)


def test_while_nothing_is_done_it_becomes_slower(clock: list[float]) -> None:
    stage = Pace("photos", 100)
    clock[0] += 1
    stage.advance(10)
    before = stage.progress().per_second
    clock[0] += 9
    assert stage.progress().per_second == before / 10
