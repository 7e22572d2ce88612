"""Folders become albums, once and for all times that they are imported."""

from pathlib import Path

import pytest

from guie_desktop.errors import UserError
from guie_desktop.jobs.importing_albums import (
    ImportReport,
    import_albums,
    plan_albums,
    show_photos_and_make_albums,
)
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.running import finish

pytestmark = pytest.mark.slow


def run_import(library: WritableLibrary, folder: Path) -> ImportReport:
    return finish(import_albums(library, folder))


def albums_of(library: WritableLibrary) -> dict[str, set[str]]:
    """Name of an album to the names of the files in it."""
    catalog = library.catalog
    return {
        album.name: {photo.path.name for photo in catalog.photos(catalog.photo_ids(album_id=album.id)).values()}
        for album in catalog.albums()
    }


def test_each_folder_with_photos_becomes_an_album(paths: LibraryPaths, tmp_path: Path) -> None:
    root = tmp_path / "sorted"
    save_photos(root / "coins", 2)
    save_photos(root / "coins" / "roman", 1, first=10)  # its photos are not in "coins" as well
    save_photos(root / "a" / "misc", 2, first=20)
    save_photos(root / "b" / "misc", 1, first=30)
    (root / "empty").mkdir()
    with WritableLibrary(paths) as library:
        report = run_import(library, root)
        assert {album.name: album.photos for album in report.albums} == {
            "a / misc": 2,
            "b / misc": 1,
            "coins": 2,
            "roman": 1,
        }
        assert (report.added, report.failed, report.index.added) == (6, (), 6)
        before = albums_of(library)
        assert before["a / misc"] == {path.name for path in (root / "a" / "misc").iterdir()}
        again = run_import(library, root)
        assert (again.albums, again.added, again.index.added) == (report.albums, 0, 0)
        assert albums_of(library) == before


def test_what_was_cut_off_while_it_read_is_made_when_all_is_read(paths: LibraryPaths, tmp_path: Path) -> None:
    save_photos(tmp_path / "sorted" / "rings", 2)
    with WritableLibrary(paths) as library:
        job = import_albums(library, tmp_path / "sorted")
        next(job)
        job.close()
    with WritableLibrary(paths) as library:
        assert albums_of(library) == {}
        assert list(library.choices.planned_albums) == [tmp_path / "sorted"]
        finish(show_photos_and_make_albums(library))
        assert {name: len(photos) for name, photos in albums_of(library).items()} == {"rings": 2}
        assert not library.choices.planned_albums
        library.albums.remove(next(album.id for album in library.catalog.albums()))
        finish(show_photos_and_make_albums(library))
        assert albums_of(library) == {}


def test_what_is_away_is_made_when_it_is_back_and_what_was_taken_out_never(paths: LibraryPaths, tmp_path: Path) -> None:
    drive, other = tmp_path / "drive", tmp_path / "other"
    for root, first in ((drive, 0), (other, 10)):
        save_photos(root / "rings", 1, first=first)
    with WritableLibrary(paths) as library:
        for root in (drive, other):
            plan_albums(library, root)
        drive.rename(tmp_path / "away")
        library.catalog.remove_folder(next(one.id for one in library.catalog.folders() if one.path == other))
        finish(show_photos_and_make_albums(library))
        assert (albums_of(library), library.choices.planned_albums) == ({}, (drive,))
        (tmp_path / "away").rename(drive)
        finish(show_photos_and_make_albums(library))
        assert list(albums_of(library)) == ["rings"]


def test_an_album_of_that_name_gets_what_it_lacks_but_not_what_was_refused(paths: LibraryPaths, tmp_path: Path) -> None:
    root = tmp_path / "sorted"
    first, second, third = save_photos(root / "Coins", 3)
    elsewhere = save_photos(tmp_path / "elsewhere", 1, first=50)[0]
    with WritableLibrary(paths) as library:
        run_import(library, tmp_path / "elsewhere")
        library.catalog.add_folder(root)
        mine = library.albums.create("COINS", list(library.catalog.photo_ids()))
        run_import(library, root)
        refused = library.catalog.photo_at(second)
        assert refused is not None
        library.albums.decide(mine, [refused.id], "not")
        report = run_import(library, root)
        assert report.added == 0
        assert [album.name for album in report.albums] == ["COINS"]
        assert albums_of(library)["COINS"] == {first.name, third.name, elsewhere.name}
        save_photos(root / "Coins", 1, first=60)
        assert run_import(library, root).added == 1


def test_files_that_cannot_be_read_are_left_out_and_told(paths: LibraryPaths, tmp_path: Path) -> None:
    save_photos(tmp_path / "sorted" / "coins", 2)
    (tmp_path / "sorted" / "coins" / "broken.jpg").write_text("no picture")
    (tmp_path / "sorted" / "all broken").mkdir()
    (tmp_path / "sorted" / "all broken" / "broken.jpg").write_text("no picture")
    with WritableLibrary(paths) as library:
        report = run_import(library, tmp_path / "sorted")
        assert [(album.name, album.photos) for album in report.albums] == [("coins", 2)]
        assert {failure.path.parent.name for failure in report.failed} == {"coins", "all broken"}
        with pytest.raises(UserError, match="None of the photos"):
            run_import(library, tmp_path / "sorted" / "all broken")


def test_a_folder_without_photos_or_that_is_not_there_is_told_in_a_sentence(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with WritableLibrary(paths) as library:
        for folder in (tmp_path / "empty", tmp_path / "nowhere"):
            with pytest.raises(UserError, match="There "):
                run_import(library, folder)
        assert library.catalog.albums() == ()


def test_a_folder_of_folders_that_the_library_has_already(paths: LibraryPaths, tmp_path: Path) -> None:
    """What is imported lies inside a folder of the library; only it becomes albums."""
    save_photos(tmp_path / "photos" / "sorted" / "coins", 2)
    save_photos(tmp_path / "photos" / "unsorted", 2, first=10)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        report = run_import(library, tmp_path / "photos" / "sorted")
        assert report.index.added == 4
        assert list(albums_of(library)) == ["coins"]


def test_stopped_after_any_step_an_import_that_is_begun_again_completes_it(paths: LibraryPaths, tmp_path: Path) -> None:
    for number in range(4):
        save_photos(tmp_path / "sorted" / f"album {number}", 1, first=number)
    steps = 0
    report = None
    while report is None:
        with WritableLibrary(paths) as library:
            job = import_albums(library, tmp_path / "sorted")
            steps += 1
            for _ in range(steps):
                if next(job, None) is None:
                    report = run_import(library, tmp_path / "sorted")
                    break
            job.close()
    assert [album.photos for album in report.albums] == [1, 1, 1, 1]
    assert report.added == 0
