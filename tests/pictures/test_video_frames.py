"""The pictures of a video are upright, in square pixels and in the colours that were filmed."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from guie_desktop.pictures.coding_points import from_coding_points
from tests.videos import number_of, picture_of, read_video, write_video

Colours = Sequence[Any]

COLOURS = [
    (200, 30, 40),
    (30, 180, 60),
    (40, 60, 200),
    (200, 190, 40),
    (120, 120, 120),
    (250, 250, 250),
    (5, 5, 5),
]
FINE = {
    "libx264": {"crf": "4"},
    "libx265": {"crf": "4"},
    "mpeg4": {"qscale": "1", "b": "9000000"},
    "mjpeg": {"b": "9000000"},
    "libvpx-vp9": {"crf": "4", "b": "0"},
}


def stripes(size: tuple[int, int] = (280, 210)) -> Image.Image:
    strip = Image.new("RGB", (len(COLOURS), 1))
    strip.putdata(COLOURS)
    return strip.resize(size, Image.Resampling.NEAREST)


def colours_of(image: Image.Image) -> Colours:
    width = image.width / len(COLOURS)
    pixels = np.asarray(image)[image.height // 2]
    return [tuple(int(level) for level in pixels[int((i + 0.5) * width)]) for i in range(len(COLOURS))]


def furthest(found: Colours, meant: Colours) -> int:
    return int(np.abs(np.array(found) - np.array(meant)).max())


@pytest.mark.parametrize(
    ("name", "codec", "pixels", "matrix", "levels"),
    [
        ("a.mp4", "libx264", "yuv420p", Colorspace.ITU601, ColorRange.MPEG),
        ("a.mp4", "libx264", "yuv420p", Colorspace.ITU709, ColorRange.MPEG),
        ("a.mp4", "libx264", "yuv420p", Colorspace.ITU709, ColorRange.JPEG),
        ("a.mp4", "libx264", "yuv444p", Colorspace.ITU709, ColorRange.MPEG),
        ("a.mp4", "libx265", "yuv420p10le", Colorspace.BT2020, ColorRange.MPEG),
        ("a.webm", "libvpx-vp9", "yuv420p", Colorspace.ITU709, ColorRange.MPEG),
        ("a.avi", "mpeg4", "yuv420p", Colorspace.ITU601, ColorRange.MPEG),
        ("a.avi", "mjpeg", "yuvj420p", Colorspace.ITU601, ColorRange.JPEG),
        ("a.mov", "prores_ks", "yuva444p10le", Colorspace.ITU709, ColorRange.MPEG),
        ("a.mov", "qtrle", "argb", Colorspace.ITU709, ColorRange.JPEG),
        ("a.mkv", "ffv1", "bgr0", Colorspace.ITU709, ColorRange.JPEG),
    ],
)
def test_colours_are_those_that_were_filmed(
    tmp_path: Path, *, name: str, codec: str, pixels: str, matrix: Colorspace, levels: ColorRange
) -> None:
    path = write_video(
        tmp_path / name, [stripes()], codec=codec, pixels=pixels, matrix=matrix, levels=levels, options=FINE.get(codec)
    )
    for side in (70, 1000):
        (moment,) = read_video(path, side).moments
        assert furthest(colours_of(moment.image), COLOURS) <= 4


def test_what_says_nothing_of_its_colours_has_those_of_its_size(tmp_path: Path) -> None:
    for size, matrix in (((280, 210), Colorspace.ITU601), ((1280, 720), Colorspace.ITU709)):
        path = write_video(tmp_path / "a.avi", [stripes(size)], 0.1, matrix=matrix, options=FINE["mpeg4"])
        assert furthest(colours_of(read_video(path, 100).moments[0].image), COLOURS) <= 4


@pytest.mark.parametrize("transfer", [16, 18])
def test_hdr_is_shown_as_of_photos(tmp_path: Path, transfer: int) -> None:
    path = write_video(
        tmp_path / "a.mp4",
        [stripes()],
        codec="libx265",
        pixels="yuv420p10le",
        matrix=Colorspace.BT2020,
        points=(9, transfer),
        options=FINE["libx265"],
    )
    shown = from_coding_points(stripes(), (9, transfer))
    assert shown is not None
    assert furthest(colours_of(read_video(path, 210).moments[0].image), colours_of(shown)) <= 6


@pytest.mark.parametrize(("name", "pixels", "codec"), [("a.webm", "yuva420p", None), ("a.mov", "argb", "qtrle")])
def test_what_is_transparent_is_white(tmp_path: Path, name: str, pixels: str, codec: str | None) -> None:
    picture = Image.new("RGBA", (160, 120), "red")
    picture.paste((0, 0, 255, 0), (80, 0, 160, 120))
    path = write_video(tmp_path / name, [picture], pixels=pixels, codec=codec)
    (moment,) = read_video(path, 120).moments
    assert furthest([moment.image.getpixel((20, 60)), moment.image.getpixel((140, 60))], [(255, 0, 0), (255,) * 3]) < 9


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize(("flips", "flipped"), [((False, False), ()), ((True, False), (0,)), ((False, True), (1,))])
def test_it_is_turned_as_players_turn_it(
    tmp_path: Path, degrees: int, flips: tuple[bool, bool], flipped: tuple[int, ...]
) -> None:
    # A corner that tells all eight ways apart.
    picture = Image.new("RGB", (160, 120), "lime")
    picture.paste("red", (0, 0, 80, 60))
    picture.paste("blue", (80, 0, 160, 60))
    path = write_video(tmp_path / "phone.mov", [picture], turned=degrees, flips=flips)
    video = read_video(path, 60)
    meant = picture.rotate(degrees, expand=True)
    for axis in flipped:
        meant = meant.transpose([Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM][axis])
    assert (video.width, video.height) == meant.size
    (moment,) = video.moments
    assert min(moment.image.size) == 60
    small = moment.image.resize((2, 2), Image.Resampling.BOX)
    wanted = meant.resize((2, 2), Image.Resampling.BOX)
    assert np.abs(np.asarray(small, int) - np.asarray(wanted, int)).max() < 12


def test_pixels_become_square(tmp_path: Path) -> None:
    path = write_video(tmp_path / "dv.mkv", [picture_of(3)], aspect=Fraction(16, 9))
    video = read_video(path, 60)
    assert (video.width, video.height) == (284, 120)
    assert video.moments[0].image.size == (142, 60)
    on_its_side = read_video(write_video(tmp_path / "dv.mov", [picture_of(3)], aspect=Fraction(16, 9), turned=90), 60)
    assert (on_its_side.width, on_its_side.height) == (120, 284)
    odd = read_video(write_video(tmp_path / "odd.mkv", [picture_of(3)], aspect=Fraction(1, 500)), 60)
    assert (odd.width, odd.height) == (160, 120)


def test_a_picture_is_never_enlarged(tmp_path: Path) -> None:
    video = read_video(write_video(tmp_path / "a.mp4", [picture_of(3)]), 999)
    assert video.moments[0].image.size == (160, 120)
    assert number_of(video.moments[0].image) == 3
    assert av.logging.get_level() is None
