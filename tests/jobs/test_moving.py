"""Files move because the user asked for it: albums go along at once, nothing is overwritten, and all can be undone."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from guie_desktop.filing import FileMove
from guie_desktop.jobs.moving import Moving
from guie_desktop.messages import Moved
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.jobs.filed_library import ALL, FiledLibrary
from tests.small_disk import small_disk

MEMBERS = {Path("rings-000.jpg"), Path("stripes-001.jpg"), Path("blocks-002.jpg")}


@pytest.fixture
def filed(paths: LibraryPaths, tmp_path: Path) -> Iterator[FiledLibrary]:
    with WritableLibrary(paths) as library:
        yield FiledLibrary(library, tmp_path / "photos")


def back(done: Moved) -> list[FileMove]:
    return [FileMove(one.photo, one.target, one.source) for one in reversed(done.moves)]


def files(filed: FiledLibrary) -> dict[str, bytes]:
    return {
        path.relative_to(filed.root).as_posix(): path.read_bytes() for path in filed.root.rglob("*") if path.is_file()
    }


def test_a_photo_gets_another_name_and_stays_what_it_is(filed: FiledLibrary) -> None:
    before, known = files(filed), filed.at("rings-000.jpg")
    done = filed.move(("rings-000.jpg", filed.root / "Gulls.jpg"))
    assert (len(done.moves), done.left, done.left_library) == (1, (), 0)
    assert filed.at("Gulls.jpg").id == known.id
    assert filed.members() == MEMBERS - {Path("rings-000.jpg")} | {Path("Gulls.jpg")}
    # The next scan finds all as it is in the library: nothing new, nothing gone, nothing to be read.
    filed.index()
    assert filed.at("Gulls.jpg") == replace(filed.at("Gulls.jpg"), id=known.id, unconfirmed=False)
    assert len(filed.photos()) == 4
    assert filed.take(back(done)).left == ()
    filed.index()
    assert files(filed) == before
    assert filed.members() == MEMBERS


def test_into_a_folder_below_with_what_belongs_to_it(filed: FiledLibrary) -> None:
    (filed.root / "rings-000.xmp").write_text("notes")
    (filed.root / "to").mkdir()
    before = files(filed)
    done = filed.move(("rings-000.jpg", filed.root / "to" / "rings-000.jpg"))
    assert {"to/rings-000.jpg", "to/rings-000.xmp"} <= set(files(filed))
    assert Path("to/rings-000.jpg") in filed.members()
    filed.take(back(done))
    assert files(filed) == before


def test_a_name_that_is_taken_is_never_overwritten(filed: FiledLibrary) -> None:
    before = files(filed)
    left = filed.move(("rings-000.jpg", filed.root / "dots-003.jpg"), number_taken=False)
    assert [one.reason for one in left.left] == ["there is already a file dots-003.jpg"]
    assert files(filed) == before
    done = filed.move(("rings-000.jpg", filed.root / "dots-003.jpg"))
    assert done.moves[0].target == filed.root / "dots-003 (2).jpg"
    # Nor is that of what belongs to it.
    (filed.root / "stripes-001.xmp").write_text("mine")
    (filed.root / "new.xmp").write_text("other")
    assert filed.move(("stripes-001.jpg", filed.root / "new.jpg")).moves[0].target.name == "new (2).jpg"
    assert (filed.root / "new.xmp").read_text() == "other"


def test_names_may_be_swapped_in_a_circle(filed: FiledLibrary) -> None:
    before = files(filed)
    circle = [(f"{name}.jpg", filed.root / f"{ALL[(number + 1) % 4]}.jpg") for number, name in enumerate(ALL)]
    done = filed.move(*circle)
    assert done.left == ()
    assert all(files(filed)[target.name] == before[name] for name, target in circle)
    assert {photo.id for photo in filed.photos()} == {one.photo for one in done.moves}
    for move in done.moves:
        assert filed.at(move.target.name).id == move.photo
    assert filed.take(back(done), number_taken=False).left == ()
    assert files(filed) == before
    assert filed.members() == MEMBERS


def test_a_name_in_other_letters_of_the_same_size(filed: FiledLibrary) -> None:
    filed.move(("rings-000.jpg", filed.root / "RINGS-000.jpg"))
    assert "RINGS-000.jpg" in files(filed)
    assert filed.at("RINGS-000.jpg")


def test_what_is_another_photo_now_is_left_alone(filed: FiledLibrary) -> None:
    shutil.copy(filed.root / "dots-003.jpg", filed.root / "rings-000.jpg")
    (filed.root / "stripes-001.jpg").unlink()
    moves = [(name, filed.root / f"new {name}") for name in ("rings-000.jpg", "stripes-001.jpg")]
    done = filed.move(*moves)
    assert done.moves == ()
    assert {one.path.name for one in done.left} == {"rings-000.jpg", "stripes-001.jpg"}
    assert set(files(filed)) == {"rings-000.jpg", "blocks-002.jpg", "dots-003.jpg"}


def test_out_of_the_library_and_back(filed: FiledLibrary, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (filed.root / "rings-000.xmp").write_text("notes")
    done = filed.move(("rings-000.jpg", tmp_path / "elsewhere" / "rings-000.jpg"))
    assert done.left_library == 1
    assert len(filed.photos()) == 3
    filed.index()
    assert Path("rings-000.jpg") not in filed.members()
    assert filed.take(back(done)).left == ()
    assert filed.members() == MEMBERS
    filed.index()
    assert filed.members() == MEMBERS


def test_a_folder_that_is_added_later_brings_its_photos_back_to_their_albums(
    filed: FiledLibrary, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    photo = filed.at("rings-000.jpg").id
    filed.move(("rings-000.jpg", tmp_path / "elsewhere" / "rings-000.jpg"))
    filed.index()
    filed.library.catalog.add_folder(tmp_path / "elsewhere")
    filed.index()
    assert photo in filed.library.catalog.photo_ids(album_id=filed.album)


def test_a_link_moves_only_within_its_folder(filed: FiledLibrary, tmp_path: Path) -> None:
    (tmp_path / "real.jpg").write_bytes((filed.root / "dots-003.jpg").read_bytes() + b"x")
    (filed.root / "link.jpg").symlink_to("../real.jpg")
    (filed.root / "to").mkdir()
    filed.index()
    assert "a link" in filed.move(("link.jpg", filed.root / "to" / "link.jpg")).left[0].reason
    assert filed.move(("link.jpg", filed.root / "other.jpg")).left == ()
    assert (filed.root / "other.jpg").is_symlink()


def test_to_another_drive_the_first_files_go_to_the_trash(
    filed: FiledLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive, before = tmp_path / "drive", files(filed)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    drive.mkdir()
    with small_disk(drive) as disk:
        if disk is None:
            pytest.skip("nothing may be mounted here")
        filed.library.catalog.add_folder(drive)
        filed.index()
        known = filed.at("rings-000.jpg")
        done = filed.move(("rings-000.jpg", drive / "rings-000.jpg"))
        assert done.left == ()
        assert not (filed.root / "rings-000.jpg").exists()
        assert (drive / "rings-000.jpg").read_bytes() == before["rings-000.jpg"]
        moved = filed.library.catalog.photo_at(drive / "rings-000.jpg")
        assert moved is not None
        assert moved.id == known.id
        assert moved.mtime_ns == known.mtime_ns
        # A drive that is full: nothing has happened.
        disk.leave(4096)
        full = filed.move(("dots-003.jpg", drive / "dots-003.jpg"))
        assert "could not be moved" in full.left[0].reason
        assert (filed.root / "dots-003.jpg").exists()
        assert not (drive / "dots-003.jpg").exists()
        disk.make_room()
        assert filed.take(back(done)).left == ()
        assert files(filed) == before
        assert filed.members() == MEMBERS


def test_ended_between_file_and_row_the_scan_follows(filed: FiledLibrary) -> None:
    """What a kill at the worst moment leaves: the file has its new name, and the library has not heard of it."""
    known = filed.at("rings-000.jpg").id
    (filed.root / "rings-000.jpg").rename(filed.root / "Gulls.jpg")
    filed.index()
    assert filed.at("Gulls.jpg").id == known
    assert Path("Gulls.jpg") in filed.members()


def test_cancelled_it_says_what_was_moved(filed: FiledLibrary) -> None:
    moves = [FileMove(photo.id, photo.path, photo.path.with_stem(f"x {photo.path.stem}")) for photo in filed.photos()]
    moving = Moving(filed.library, moves, number_taken=True)
    steps = moving.run()
    while len(moving.report().moves) < 2:
        next(steps)
    steps.close()
    assert filed.take(back(moving.report())).left == ()
    assert set(files(filed)) == {f"{name}.jpg" for name in ALL}


def test_a_folder_that_is_gone(filed: FiledLibrary) -> None:
    done = filed.move(("rings-000.jpg", filed.root / "nowhere" / "rings-000.jpg"))
    assert len(done.left) == 1
    assert [path.name for path in filed.root.iterdir()].count("rings-000.jpg") == 1
