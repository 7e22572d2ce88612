"""What a photo is other than a plain one stands on its tile and among its facts."""

from dataclasses import replace
from pathlib import Path

from guie_desktop.asking import Hit
from guie_desktop.domain import Frame
from guie_desktop.gui.photos.photo_facts import describe
from guie_desktop.gui.photos.photo_list import tile_note
from tests.gui.photos.made_up import photo_of

PLAIN = photo_of(7)
RAW, MOTION = replace(PLAIN, kind="raw"), replace(PLAIN, kind="motion")
VIDEO = replace(PLAIN, kind="video", seconds=75.4)
FOUND = replace(VIDEO, frame=Frame(b"a frame", 62_900))
HIT = Hit(1, 7, (Path("x"),), 0.834, True, likeness="very")


def test_the_kind_is_told_in_the_tooltip() -> None:
    assert "Motion photo" in describe(MOTION).splitlines()
    assert "RAW" in describe(RAW).splitlines()
    assert "RAW" not in describe(PLAIN)


def test_the_kind_stands_on_the_tile_beside_how_alike_it_is() -> None:
    assert [tile_note(photo, None) for photo in (PLAIN, RAW, MOTION, None)] == ["", "RAW", "Motion", ""]
    assert [tile_note(photo, HIT) for photo in (PLAIN, RAW, None)] == ["Very alike", "RAW · Very alike", "Very alike"]


def test_a_video_says_how_long_it_is_and_where_it_was_found() -> None:
    assert [tile_note(VIDEO, None), tile_note(FOUND, HIT)] == ["▶ 1:15", "▶ 1:02 of 1:15 · Very alike"]
    assert "Video of 1:15" in describe(VIDEO).splitlines()
    assert "Video of 1:15, at 1:02" in describe(FOUND).splitlines()
    assert tile_note(replace(VIDEO, seconds=None), None) == "Video"  # how long it is nobody knows


def test_a_photo_that_is_cut_off_says_so() -> None:
    cut = replace(PLAIN, cut_off=True)
    assert "Cut off: the part that is there is shown" in describe(cut).splitlines()
    assert tile_note(cut, None) == "Cut off"
    assert tile_note(replace(cut, kind="raw"), HIT) == "RAW · Cut off · Very alike"


def test_a_date_that_the_photo_does_not_tell_itself_says_who_does() -> None:
    dated = {source: describe(replace(PLAIN, taken_from=source)) for source in ("XMP", "file name", "file time", None)}
    assert "(by the file's name)" in dated["file name"]
    assert "(when the file was changed)" in dated["file time"]
    assert dated["XMP"] == dated[None] == describe(PLAIN)
