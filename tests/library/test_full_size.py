"""The files of all pixels: found by content, bounded by bytes, gone with the worker."""

from pathlib import Path

from guie_desktop.library.full_size import FullSize, FullSizeFiles


def write(files: FullSizeFiles, key: bytes, size: tuple[int, int]) -> FullSize:
    place = files.new_place()
    place.write_bytes(bytes(3 * size[0] * size[1]))
    return files.keep(place, key, size)


def test_pixels_are_found_by_their_content(tmp_path: Path) -> None:
    files = FullSizeFiles(tmp_path)
    assert files.get(b"one") is None
    kept = write(files, b"one", (40, 30))
    assert files.get(b"one") == kept
    assert kept.file.stat().st_size == 3 * kept.width * kept.height


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    files = FullSizeFiles(tmp_path, kept=3 * 2 * 1200)
    for key in (b"one", b"two", b"three"):
        write(files, key, (40, 30))
    assert files.get(b"one") is None
    assert files.get(b"two") is not None
    assert write(files, b"huge", (400, 300)) == files.get(b"huge")  # what was asked for is kept, however large
    assert files.get(b"three") is None


def test_a_start_begins_with_none(tmp_path: Path) -> None:
    write(FullSizeFiles(tmp_path), b"one", (40, 30))
    (tmp_path / "left.new").write_bytes(b"x")
    assert FullSizeFiles(tmp_path).get(b"one") is None
    assert not list(tmp_path.iterdir())


def test_all_go_when_they_are_cleared_but_what_is_being_written(tmp_path: Path) -> None:
    files = FullSizeFiles(tmp_path)
    write(files, b"one", (40, 30))
    place = files.new_place()
    place.write_bytes(b"half of it")
    files.clear()
    assert list(tmp_path.iterdir()) == [place]
