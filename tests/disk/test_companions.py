"""Which files go along with a photo, and under what names."""

from pathlib import Path

from guie_desktop.disk.companions import beside, companions


def made(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(name)


def named(photo: Path, *, raws: bool = True) -> list[str]:
    return [path.name for path in companions(photo, raws_along=raws)]


def test_what_belongs_to_a_photo_is_found_by_its_name(tmp_path: Path) -> None:
    made(tmp_path, "a.jpg", "a.CR2", "a.xmp", "a.jpg.xmp", "a.AAE", "a.mov", "ab.xmp", "a.txt", "b.mov")
    assert named(tmp_path / "a.jpg") == ["a.AAE", "a.CR2", "a.jpg.xmp", "a.mov", "a.xmp"]
    # A RAW that is a photo of its own stays, and so do the notes that may be its.
    assert named(tmp_path / "a.jpg", raws=False) == ["a.jpg.xmp"]
    assert named(tmp_path / "a.CR2") == []


def test_a_raw_alone_has_its_notes(tmp_path: Path) -> None:
    made(tmp_path, "a.CR2", "a.xmp", "a.CR2.xmp")
    assert named(tmp_path / "a.CR2") == ["a.CR2.xmp", "a.xmp"]


def test_they_are_called_as_the_photo_is(tmp_path: Path) -> None:
    photo, target = tmp_path / "a.jpg", tmp_path / "to" / "b (2).jpg"
    assert beside(tmp_path / "a.CR2", photo, target) == tmp_path / "to" / "b (2).CR2"
    assert beside(tmp_path / "a.jpg.xmp", photo, target) == tmp_path / "to" / "b (2).jpg.xmp"
