"""Every file is compared with what the library knows of it, and a check that was cut off goes on."""

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from guie_desktop.asking import Query
from guie_desktop.disk.scan import Difference, list_directory
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.verifying import verify_library
from guie_desktop.messages import Checked
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import draw_scene, save_photos
from tests.running import finish, index_folder

pytestmark = pytest.mark.slow


def rewrite(photo: Path, picture: Image.Image) -> None:
    """Another picture in the same file, of the same size and with the same time."""
    before = photo.stat()
    picture.save(photo)
    os.utime(photo, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert photo.stat().st_size == before.st_size


def bitmaps(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"{number}.bmp" for number in range(count)]
    for number, path in enumerate(paths):
        draw_scene("rings", number).save(path)
    return paths


def nearest(library: WritableLibrary, photo: Path) -> tuple[Path, float]:
    hit = library.search_engine.answer(Query(images=(photo,), top=1)).hits[0]
    return hit.path, hit.score


def test_an_edit_that_keeps_size_and_time_is_noticed(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = bitmaps(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    rewrite(photos[0], draw_scene("dots", 9))
    report = index_folder(paths)
    assert (report.changed, report.embedded) == (1, 1)
    with WritableLibrary(paths) as library:
        shutil.copy(photos[0], tmp_path / "query.bmp")
        path, score = nearest(library, tmp_path / "query.bmp")
        assert (path, round(score, 2)) == (photos[0], 1.0)


def test_a_file_that_was_rewritten_and_renamed_with_its_old_time_is_read_anew(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    photos = bitmaps(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    renamed = tmp_path / "photos" / "renamed.bmp"
    rewrite(photos[0], draw_scene("dots", 9))
    photos[0].rename(renamed)
    report = index_folder(paths)
    assert (report.moved, report.added, report.missing, report.embedded) == (0, 1, 1, 1)
    with WritableLibrary(paths) as library:
        shutil.copy(renamed, tmp_path / "query.bmp")
        path, score = nearest(library, tmp_path / "query.bmp")
        assert (path, round(score, 2)) == (renamed, 1.0)


def test_what_is_touched_but_the_same_costs_one_reading_and_no_embedding(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    photos[0].chmod(0o600)
    report = index_folder(paths)
    assert (report.changed, report.embedded, report.unchanged) == (0, 0, 3)
    with WritableLibrary(paths) as library:
        assert library.content_checks.unconfirmed_count() == 0


def test_a_check_tells_what_is_unknown_missing_and_changed(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = bitmaps(tmp_path / "photos", 4)
    index_folder(paths, tmp_path / "photos")
    save_photos(tmp_path / "photos", 1)
    photos[1].unlink()
    rewrite(photos[2], draw_scene("dots", 9))
    with WritableLibrary(paths) as library:
        hide_the_change(library, photos[2])
        assert finish(index_library(library)).changed == 0
        assert finish(verify_library(library)) == Checked(4, (photos[2],), (photos[1],), 0)
        assert finish(verify_library(library)) == Checked(4, (), (), 0)


def test_a_photo_whose_name_a_copy_of_another_took_is_missing_under_its_own_name(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    photos = save_photos(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        before = library.catalog.photo_at(photos[0])
        assert before is not None
        shutil.copy(photos[1], photos[0])
        assert finish(verify_library(library)).missing == (photos[0],)
        gone = library.catalog.photos([before.id])[before.id]
        assert gone.path != photos[0]
        assert gone.path.name == photos[0].name
        assert (gone.width, gone.height) == (0, 0)


def test_a_check_that_was_cut_off_goes_on(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 40)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        job = verify_library(library)
        while next(job).stage != "check" or library.content_checks.checked_count(begun(library)) == 0:
            pass
        job.close()
        done = library.content_checks.checked_count(begun(library))
        assert 0 < done < len(photos)
        totals = [progress.total for progress in verify_library(library) if progress.stage == "check"]
        assert set(totals) == {len(photos) - done}
        assert library.choices.check_begun_at is None


def begun(library: WritableLibrary) -> float:
    assert library.choices.check_begun_at is not None
    return library.choices.check_begun_at


def hide_the_change(library: WritableLibrary, photo: Path) -> None:
    """As on a file system that keeps no time of the last change to a file's entry."""
    row = library.catalog.photo_at(photo)
    folder = library.catalog.folders()[0]
    assert row is not None
    listing = list_directory(photo.parent)
    found = next(file for file in listing.files if file.name == photo.name)
    library.catalog.apply(folder.id, [Difference(photo.parent, restated=[(row.id, found)])])
