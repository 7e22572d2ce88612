"""A video gives a few pictures that stand for it, with their true times, and any other that is asked for."""

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.videos import number_of, picture_of, read_video, write_video

KINDS = [
    ("film.mp4", None),
    ("film.mov", None),
    ("film.m4v", None),
    ("film.mkv", None),
    ("film.webm", None),
    ("film.avi", None),
    ("film.3gp", None),
    ("hevc.mp4", "libx265"),
    ("av1.mp4", "libsvtav1"),
    ("vp8.webm", "libvpx"),
    ("old.mpg", "mpeg2video"),
    ("camcorder.mts", "libx264"),
    ("windows.wmv", "wmv2"),
    ("flash.flv", "flv"),
]


@pytest.mark.parametrize(("name", "codec"), KINDS)
def test_every_container_gives_its_pictures_at_their_times(tmp_path: Path, name: str, codec: str | None) -> None:
    path = write_video(tmp_path / name, [picture_of(i) for i in range(25)], codec=codec, rate=25)
    video = read_video(path, 60)
    assert (video.width, video.height, video.cut_off) == (160, 120, False)
    assert video.seconds == pytest.approx(25, abs=0.2)
    assert len(video.moments) == 3
    for moment in video.moments:
        assert moment.image.size == (80, 60)
        assert number_of(moment.image) == moment.at // 1000
        (again,) = read_video(path, 60, moment.at).moments
        assert again.at == moment.at
        assert np.array_equal(np.asarray(again.image), np.asarray(moment.image))
    if codec == "mpeg2video":
        return  # it does not store the times of all its pictures
    for asked in (0, 999, 1000, 7777, 24_500):
        (shown,) = read_video(path, 60, asked).moments
        assert number_of(shown.image) == asked // 1000
        assert asked - 40 <= shown.at <= asked


@dataclass(frozen=True)
class Cut:
    """How a film is coded."""

    name: str
    pictures: int
    rate: Fraction
    keyframes_every: int
    reorders: bool
    starts_at: float


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Cut,
        st.sampled_from(["film.mp4", "film.mkv", "film.avi", "film.mts"]),
        st.integers(1, 60),
        st.sampled_from([Fraction(5), Fraction(10), Fraction(30000, 1001)]),
        st.integers(1, 300),
        st.booleans(),
        st.sampled_from([0.0, 3.4]),
    )
)
@example(Cut("film.mp4", 60, Fraction(10), 300, True, 3.4))
@example(Cut("film.mts", 1, Fraction(10), 1, False, 0.0))
def test_times_ascend_and_are_those_of_the_pictures(tmp_path: Path, cut: Cut) -> None:
    is_avi = cut.name.endswith(".avi")  # which stores no such times
    path = write_video(
        tmp_path / cut.name,
        [picture_of(i, (64, 48)) for i in range(cut.pictures)],
        0.5,
        rate=cut.rate,
        keyframes_every=cut.keyframes_every,
        options={} if is_avi else {"bf": "3" if cut.reorders else "0", "b-pyramid": "normal", "b_strategy": "0"},
        starts_at=0.0 if is_avi else cut.starts_at,
    )
    video = read_video(path, 40)
    shown_for = round(cut.rate / 2) / cut.rate
    assert video.seconds == pytest.approx(float(cut.pictures * shown_for), abs=0.2)
    times = [moment.at for moment in video.moments]
    assert 1 <= len(times) <= min(12, math.ceil(video.seconds / 10))
    assert times == sorted(set(times))
    for moment in video.moments:
        assert number_of(moment.image) == int(Fraction(moment.at, 1000) / shown_for)
        (again,) = read_video(path, 40, moment.at).moments
        assert again.at == moment.at
        assert again.image.tobytes() == moment.image.tobytes()


def test_the_longer_the_more_and_never_more_than_twelve(tmp_path: Path) -> None:
    one, few, many = (
        write_video(tmp_path / f"{seconds}.mp4", [picture_of(i) for i in range(10)], seconds / 10, rate=2)
        for seconds in (5, 60, 400)
    )
    assert [len(read_video(path, 60).moments) for path in (one, few, many)] == [1, 6, 12]


def test_what_shows_nothing_is_left_out_unless_all_does(tmp_path: Path) -> None:
    black = Image.new("RGB", (160, 120), "black")
    path = write_video(tmp_path / "film.mp4", [black] * 12 + [picture_of(5)] * 13)
    assert [moment.at >= 12_000 for moment in read_video(path, 60).moments] == [True, True]
    assert len(read_video(path, 60, 0).moments) == 1
    dark = write_video(tmp_path / "dark.mp4", [black] * 25)
    assert len(read_video(dark, 60).moments) == 3


def test_a_single_picture_is_a_video_too(tmp_path: Path) -> None:
    video = read_video(write_video(tmp_path / "one.mp4", [picture_of(7)], 0.1), 60)
    assert [(moment.at, number_of(moment.image)) for moment in video.moments] == [(0, 7)]
    assert video.seconds == pytest.approx(0.1)


def test_a_moment_behind_the_end_shows_the_last_picture(tmp_path: Path) -> None:
    path = write_video(tmp_path / "film.mkv", [picture_of(i) for i in range(3)])
    for behind in (3000, 99_000, 10**30):
        (last,) = read_video(path, 60, behind).moments
        assert (last.at, number_of(last.image)) == (2900, 2)


def test_a_video_of_one_keyframe_still_gives_pictures_of_all_its_parts(tmp_path: Path) -> None:
    path = write_video(tmp_path / "screen.mp4", [picture_of(i) for i in range(40)], keyframes_every=9999)
    moments = read_video(path, 60).moments
    assert [number_of(moment.image) for moment in moments] == [moment.at // 1000 for moment in moments]
    assert len(moments) == 4


@pytest.mark.parametrize(
    ("notes", "taken"),
    [
        ({"creation_time": "2019-07-14T10:34:56.000000Z"}, 1563100496),
        ({"creation_time": "1970-01-01T00:00:00.000000Z"}, None),
        ({"creation_time": "1904-01-01T00:00:00.000000Z"}, None),
        ({"creation_time": "0000-00-00T00:00:00Z"}, None),
    ],
)
def test_its_container_says_when_it_was_taken(tmp_path: Path, notes: dict[str, str], taken: int | None) -> None:
    for name in ("film.mkv", "film.mp4"):
        video = read_video(write_video(tmp_path / name, [picture_of(0)], notes=notes), 60)
        assert (video.taken, video.taken_from) == (taken, None if taken is None else "video")


def test_apples_note_comes_first_and_the_name_last(tmp_path: Path) -> None:
    apples = {"com.apple.quicktime.creationdate": "2019-07-14T12:34:57+0200", "creation_time": "2020-01-01T00:00:00Z"}
    path = write_video(
        tmp_path / "a.mov", [picture_of(0)], notes=apples, container_options={"movflags": "use_metadata_tags"}
    )
    assert read_video(path, 60).taken == 1563100497
    named = read_video(write_video(tmp_path / "PXL_20190714_103458123.mp4", [picture_of(0)]), 60)
    assert (named.taken, named.taken_from) == (1563100498.123, "file name")
