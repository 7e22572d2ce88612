"""From a folder on disk to a library that can be searched, and back to the disk when it changes."""

import os
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select

from guie_desktop.asking import Query
from guie_desktop.decoding.decoders import Decoders
from guie_desktop.disk.content import content_hash
from guie_desktop.errors import UserError
from guie_desktop.jobs.indexing import index_library
from guie_desktop.jobs.refitting import FIRST_FIT
from guie_desktop.library.tables import features
from guie_desktop.library.tables import photos as photo_rows
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import OpenLibrary, WritableLibrary
from tests.drawing import draw_scene, save_photos
from tests.raw_files import dng, jpeg
from tests.running import finish, index_folder
from tests.stored_photos import store_photos

pytestmark = pytest.mark.slow


def test_a_folder_is_indexed_and_found(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 24)
    report = index_folder(paths, tmp_path / "photos")
    assert (report.added, report.embedded, report.failed) == (24, 24, ())
    with OpenLibrary(paths) as library:
        answer = library.search_engine.answer(Query(images=(photos[5],), top=5))
        assert answer.hits[0].path == photos[5]
        assert answer.hits[0].score == pytest.approx(1.0, abs=2e-3)
        assert [hit.rank for hit in answer.hits] == [1, 2, 3, 4, 5]
        assert all("stripes" in hit.path.name for hit in answer.hits[:3])


def test_raws_motion_photos_and_what_is_left_out(paths: LibraryPaths, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    save_photos(folder, 3)
    scene = draw_scene("rings", 40)
    for name, content in {
        "pair.dng": dng(scene),
        "pair.jpg": jpeg(scene),
        "alone.DNG": dng(draw_scene("dots", 41), orientation=6),
        "live.jpg": jpeg(draw_scene("dots", 42)),
        "live.MOV": b"a film",
        "google.jpg": jpeg(draw_scene("dots", 43)) + b"MotionPhoto_Data" + b"\0\0\0\x18ftypmp42",
        "drawing.svg": b"another",
    }.items():
        (folder / name).write_bytes(content)
    report = index_folder(paths, folder)
    assert (report.added, report.failed, report.left_out) == (7, (), {".svg": 1})
    with WritableLibrary(paths) as library:
        shown = library.catalog.photos(library.catalog.photo_ids()).values()
        kinds = {photo.path.name: photo.kind for photo in shown if photo.kind is not None}
        assert kinds == {"alone.DNG": "raw", "live.jpg": "live", "google.jpg": "motion"}
        raw = next(photo for photo in shown if photo.kind == "raw")
        assert (raw.width, raw.height) == (240, 320)
        answer = library.search_engine.answer(Query(images=(folder / "pair.dng",), top=1))
        assert answer.hits[0].path == folder / "pair.jpg"
        library.choices.choose_raw_beside_jpeg("both")
        assert finish(index_library(library)).added == 1
        assert library.catalog.counts().photos == 8
        library.choices.choose_raw_beside_jpeg("one")
        finish(index_library(library))
        assert library.catalog.counts().photos == 7
        found = library.search_engine.answer(Query(images=(folder / "pair.jpg",), top=20)).hits
        assert folder / "pair.dng" not in {hit.path for hit in found}
        (folder / "live.MOV").unlink()
        finish(index_library(library))
        shown = library.catalog.photos(library.catalog.photo_ids()).values()
        assert {photo.path.name: photo.kind for photo in shown if photo.path.stem == "live"} == {"live.jpg": None}


def test_a_second_run_opens_no_photo(paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_photos(tmp_path / "photos", 6)
    index_folder(paths, tmp_path / "photos")

    monkeypatch.setattr(Decoders, "submit", lambda _self, task: pytest.fail(f"{task.path} was opened"))
    report = index_folder(paths, tmp_path / "photos")
    assert (report.added, report.embedded, report.unchanged) == (0, 0, 6)


def test_added_changed_moved_and_missing_are_told_apart(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 8)
    index_folder(paths, tmp_path / "photos")
    save_photos(tmp_path / "photos", 2, first=8)
    draw_scene("dots", 99).save(photos[0])
    photos[1].unlink()
    (tmp_path / "photos" / "deeper").mkdir()
    photos[2].rename(tmp_path / "photos" / "deeper" / "renamed.jpg")
    report = index_folder(paths, tmp_path / "photos")
    assert (report.added, report.changed, report.moved, report.unchanged) == (2, 1, 1, 5)
    assert report.missing == 1
    assert report.embedded == 3


def test_a_photo_from_a_far_future_stops_nothing(paths: LibraryPaths, tmp_path: Path) -> None:
    far_off = 10_414_008_000 * 10**9  # the year 2300, in nanoseconds; 64 bits end in 2262
    folder = tmp_path / "photos"
    photos = save_photos(folder, 3)
    os.utime(photos[0], ns=(far_off, far_off))
    if photos[0].stat().st_mtime_ns != far_off:
        pytest.skip("this file system knows no such dates")
    assert index_folder(paths, folder).added == 3
    report = index_folder(paths)
    assert (report.changed, report.unchanged) == (0, 3)
    os.utime(photos[1], ns=(far_off, far_off))
    with WritableLibrary(paths) as library:
        report = finish(index_library(library, directories={folder}))  # as when the folder is watched
        assert (report.changed, report.failed) == (1, ())
        found = library.search_engine.answer(Query(images=(photos[0],), top=3))
        assert photos[0] in [hit.path for hit in found.hits]


def test_a_copy_shares_the_feature_of_the_original(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 3)
    shutil.copy(photos[0], tmp_path / "photos" / "copy.jpg")
    report = index_folder(paths, tmp_path / "photos")
    assert (report.added, report.embedded) == (4, 3)
    with OpenLibrary(paths) as library:
        hit, _ = library.search_engine.answer(Query(images=(photos[0],), top=2)).hits
        assert {place.name for place in hit.places} == {photos[0].name, "copy.jpg"}


def test_a_deleted_photo_is_found_no_more_and_an_emptied_folder_is_empty(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    for photo in photos:
        photo.unlink()
    assert index_folder(paths).missing == 3
    with OpenLibrary(paths) as library:
        assert library.catalog.counts().photos == 0


def test_a_drive_that_is_unplugged_keeps_its_photos(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "drive", 4)
    index_folder(paths, tmp_path / "drive")
    (tmp_path / "drive").rename(tmp_path / "away")
    report = index_folder(paths)
    assert report.missing == 0
    with OpenLibrary(paths) as library:
        assert [folder.online for folder in library.catalog.folders()] == [False]
        answer = library.search_engine.answer(Query(images=(photos[0],), top=1))
        assert answer.hits[0].path == photos[0]
    (tmp_path / "away").rename(tmp_path / "drive")
    assert index_folder(paths).unchanged == 4


@pytest.mark.parametrize("make", ["empty", "text", "truncated"])
def test_what_cannot_be_read_is_listed_with_a_reason_and_stops_nothing(
    paths: LibraryPaths, tmp_path: Path, make: str
) -> None:
    photos = save_photos(tmp_path / "photos", 4)
    good = photos[1].read_bytes()
    content = {"empty": b"", "text": b"dear diary", "truncated": good[:500]}[make]
    photos[0].write_bytes(content)
    report = index_folder(paths, tmp_path / "photos")
    assert report.added == 3
    assert [failure.path for failure in report.failed] == [photos[0]]
    assert report.failed[0].reason.endswith(".")
    photos[0].write_bytes(good)
    assert index_folder(paths).failed == ()


def test_a_photo_that_is_cut_off_is_shown_and_marked(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 3)
    whole = photos[0].read_bytes()
    photos[0].write_bytes(whole[: len(whole) * 2 // 3])
    photos[1].write_bytes(photos[1].read_bytes()[:-2])  # it only lacks its end marker
    report = index_folder(paths, tmp_path / "photos")
    assert (report.embedded, report.failed) == (3, ())
    with OpenLibrary(paths) as library, library.catalog.database.connect() as connection:
        rows = connection.execute(select(photo_rows.c.name, photo_rows.c.cut_off, photo_rows.c.taken_from))
        assert {(str(row.name), row.cut_off, row.taken_from) for row in rows} == {
            (photo.name, photo == photos[0], "file time") for photo in photos
        }


def test_stopped_after_any_step_it_goes_on_where_it_was(paths: LibraryPaths, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 6)
    steps = 0
    while True:
        steps += 1
        with WritableLibrary(paths) as library:
            if not library.catalog.folders():
                library.catalog.add_folder(tmp_path / "photos")
            job = index_library(library)
            try:
                for _ in range(steps):
                    next(job)
            except StopIteration:
                break
            job.close()
    with OpenLibrary(paths) as library:
        assert library.catalog.embedded_count(library.backbone.key) == library.catalog.counts().photos == 6
        with library.catalog.database.connect() as connection:
            assert connection.execute(select(func.count()).select_from(features)).scalar_one() == 6


def test_what_is_skipped_is_not_missing(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 4)
    index_folder(paths, tmp_path / "photos")
    photos[0].unlink()
    with WritableLibrary(paths) as library:
        library.choices.skip([photos[1].name, "*.png"])
    report = index_folder(paths)
    assert (report.missing, report.unchanged) == (1, 2)
    with WritableLibrary(paths) as library:
        library.choices.skip([])
    report = index_folder(paths)
    assert (report.missing, report.unchanged, report.embedded) == (0, 3, 0)


def test_a_lost_or_damaged_index_is_built_again_from_the_features(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 5)
    index_folder(paths, tmp_path / "photos")
    (saved,) = paths.vectors.glob("*.usearch")
    saved.write_bytes(saved.read_bytes()[:-50])
    with WritableLibrary(paths) as library:
        report = finish(index_library(library))
        assert report.embedded == 0
        assert library.search_engine.answer(Query(images=(photos[3],), top=1)).hits[0].path == photos[3]


def test_the_general_head_is_fitted_when_there_are_enough_photos(paths: LibraryPaths, tmp_path: Path) -> None:
    with WritableLibrary(paths) as library:  # most of them on a drive that is away
        rows = np.random.default_rng(0).normal(size=(FIRST_FIT, library.backbone.card.feature_dimension))
        store_photos(library.backbone.features, rows.astype(np.float32), tmp_path / "away")
    photos = save_photos(tmp_path / "photos", 10)
    index_folder(paths, tmp_path / "photos")
    with OpenLibrary(paths) as library:
        assert library.backbone.space.head.name == "general"
        assert len(library.backbone.space.index) == FIRST_FIT + 10
        answer = library.search_engine.answer(Query(images=(photos[7],), top=3))
        assert answer.hits[0].path == photos[7]
        assert len(list(paths.vectors.glob("*.usearch"))) == 1


def test_a_feature_is_what_the_backbone_says(paths: LibraryPaths, tmp_path: Path) -> None:
    (photo,) = save_photos(tmp_path / "photos", 1)
    index_folder(paths, tmp_path / "photos")
    with OpenLibrary(paths) as library:
        key = content_hash(photo.read_bytes())
        stored = library.backbone.features.keyed([key])[key][1]
        assert np.linalg.norm(stored - library.backbone.embed_file(photo)) < 0.01


def test_a_second_writer_is_refused_in_a_sentence(paths: LibraryPaths) -> None:
    with WritableLibrary(paths), pytest.raises(UserError, match="in use"):
        WritableLibrary(paths)


def test_a_library_folder_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        WritableLibrary(LibraryPaths(tmp_path / "file" / "library"))


def test_the_library_folder_itself_is_not_indexed(models_folder: Path, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 2)
    inside = LibraryPaths(tmp_path / "photos" / "library")
    inside.root.mkdir()
    inside.networks.symlink_to(models_folder, target_is_directory=True)
    save_photos(inside.root / "pasted", 2)
    assert index_folder(inside, tmp_path / "photos").added == 2


def test_photos_whose_names_are_swapped_have_moved_and_nothing_else(paths: LibraryPaths, tmp_path: Path) -> None:
    a, b, *_ = save_photos(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    aside = a.rename(tmp_path / "aside")
    b.rename(a)
    aside.rename(b)
    save_photos(tmp_path / "photos", 1, first=3)
    report = index_folder(paths)
    assert (report.added, report.changed, report.moved, report.missing) == (1, 0, 2, 0)
    assert (report.embedded, report.unchanged) == (1, 1)


def test_a_photo_that_is_cut_off_is_shown_and_listed(paths: LibraryPaths, tmp_path: Path) -> None:
    whole, cut = save_photos(tmp_path / "photos", 2)
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    report = index_folder(paths, tmp_path / "photos")
    assert (report.added, report.embedded, report.failed) == (2, 2, ())
    with OpenLibrary(paths) as library:
        assert [failure.path for failure in library.catalog.cut_off()] == [cut]
        assert library.catalog.counts().cut_off == 1
        photos = {photo.path: photo for photo in library.catalog.photos(library.catalog.photo_ids()).values()}
        assert [photos[path].cut_off for path in (whole, cut)] == [False, True]
        assert photos[whole].taken_from == "file time"


def test_a_folder_that_is_numbered_anew_has_moved_as_a_whole(paths: LibraryPaths, tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "photos", 60)
    index_folder(paths, tmp_path / "photos")
    names = sorted(photos)
    aside = names[-1].rename(tmp_path / "aside")
    for name, following in reversed(list(pairwise(names))):
        name.rename(following)
    aside.rename(names[0])
    report = index_folder(paths)
    assert (report.added, report.changed, report.moved, report.missing, report.embedded) == (0, 0, 60, 0, 0)
    with OpenLibrary(paths) as library:
        shown = library.catalog.photos(library.catalog.photo_ids()).values()
        assert {photo.path: photo.content_hash for photo in shown} == {
            name: content_hash(name.read_bytes()) for name in names
        }
