"""Which copy is shown first: one that is there, and nobody asks a drive that is away."""

from pathlib import Path

from guie_desktop.domain import Photo
from guie_desktop.search.places import shown_first


def copy(number: int, folder: int, path: Path) -> Photo:
    return Photo(number, folder, path, b"same", 4, 3, 5, 0, 0.0)


def test_a_file_that_is_there_comes_before_one_whose_folder_is_away_and_before_a_link(tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(b"photo")
    (tmp_path / "c.jpg").write_bytes(b"photo")
    (tmp_path / "a.jpg").symlink_to("c.jpg")
    link, away, there = (copy(number, number, tmp_path / f"{name}.jpg") for number, name in enumerate("abc", start=1))
    assert shown_first([link, away, there], away=()) == [away, link, there]
    assert shown_first([link, away, there], away={2}) == [there, link, away]
    assert shown_first([link, away, there], away={1, 2, 3}) == [link, away, there]
    assert shown_first([there], away={3}) == [there]
