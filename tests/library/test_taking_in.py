"""Photos of a shared library of which something is said."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from guie_desktop.domain import RemotePhoto
from guie_desktop.jobs.indexing import index_library
from guie_desktop.library.shared_places import folder_of, place_of
from guie_desktop.library.taking_in import SharedCopy, take_in
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish
from tests.stored_photos import store_photos

ADDRESS = "s3://bucket/museum"


@pytest.fixture
def library(paths: LibraryPaths) -> Iterator[WritableLibrary]:
    with WritableLibrary(paths) as opened:
        yield opened


def shared(number: int, folder: str = "photos") -> SharedCopy:
    """A photo of the shared library; each has a content of its own."""
    path = f"s3://bucket/{folder}/{number}.jpg"
    photo = RemotePhoto(number, path, bytes([number]) * 16, 1000 + number, 1.7e9, 1.6e9 + number, 400, 300)
    return SharedCopy(photo, feature(number), b"a picture")


def feature(number: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.random.default_rng(number).normal(size=1280).astype(np.float32)


def taken_in(library: WritableLibrary, *copies: SharedCopy) -> list[int]:
    return take_in(library.catalog, library.backbone.features, library.thumbnails, ADDRESS, copies)


def test_it_has_all_that_the_table_has(library: WritableLibrary) -> None:
    copies = [shared(1), shared(2, "other")]
    ids = taken_in(library, *copies)
    photos = library.catalog.photos(ids)
    for copy, photo_id in zip(copies, ids, strict=True):
        photo, of_table = photos[photo_id], copy.photo
        assert photo.path == place_of(ADDRESS, of_table.path)
        assert (photo.content_hash, photo.bytes, photo.taken) == (
            of_table.content_hash,
            of_table.bytes,
            of_table.taken,
        )
        assert (photo.width, photo.height, photo.taken_from) == (400, 300, "DateTimeOriginal")
        assert library.thumbnails.get(photo.content_hash) == copy.jpeg
    stored = library.backbone.features.keyed([copy.photo.content_hash for copy in copies])
    for copy in copies:
        assert np.array_equal(stored[copy.photo.content_hash][1], copy.feature.astype(np.float16))


def test_it_is_that_of_a_folder_that_is_away(library: WritableLibrary) -> None:
    taken_in(library, shared(1))
    (folder,) = library.catalog.folders()
    assert (folder.path, folder.online, folder.watched, folder.photos) == (folder_of(ADDRESS), False, False, 1)


def test_no_scan_finds_it_gone_or_has_anything_to_do(library: WritableLibrary) -> None:
    (photo,) = taken_in(library, shared(1))
    album = library.albums.create("Boats", [photo])
    report = finish(index_library(library))
    assert (report.added, report.missing, report.failed) == (0, 0, ())
    assert list(library.catalog.photo_ids(album_id=album)) == [photo]
    assert not library.catalog.is_pending(library.backbone.key)


def test_an_album_has_its_feature_to_be_learned(library: WritableLibrary) -> None:
    photos = taken_in(library, *map(shared, (1, 2, 3)))
    album = library.albums.create("Boats", photos)
    keys = library.backbone.features.decided_ids(album, "member")
    ((_, rows),) = library.backbone.features.by_id(keys)
    assert np.array_equal(rows, np.stack([feature(number) for number in (1, 2, 3)]).astype(np.float16))


def test_whoever_takes_it_in_twice_has_it_once(library: WritableLibrary) -> None:
    first = taken_in(library, shared(1))
    assert taken_in(library, shared(1), shared(2), shared(1))[::2] == first * 2
    assert library.catalog.counts().photos == 2


def test_of_a_content_that_is_ones_own_that_photo_is_meant(library: WritableLibrary, tmp_path: Path) -> None:
    (own,) = store_photos(library.backbone.features, feature(9)[np.newaxis], tmp_path)
    content = library.catalog.photos([own])[own].content_hash
    copy = shared(1)
    assert taken_in(library, replace(copy, photo=replace(copy.photo, content_hash=content))) == [own]
    assert [folder.path for folder in library.catalog.folders()] == [tmp_path]


def test_a_forgotten_folder_comes_back_with_what_was_said(library: WritableLibrary) -> None:
    photos = taken_in(library, shared(1), shared(2))
    album = library.albums.create("Boats", photos)
    library.catalog.remove_folder(library.catalog.folders()[0].id)
    assert library.catalog.counts().photos == 0
    assert taken_in(library, shared(1), shared(2)) == photos
    assert set(library.catalog.photo_ids(album_id=album)) == set(photos)


def test_another_picture_under_its_name_is_an_edit(library: WritableLibrary) -> None:
    (photo,) = taken_in(library, shared(1))
    album = library.albums.create("Boats", [photo])
    edited = shared(2)
    edited = replace(edited, photo=replace(edited.photo, path=shared(1).photo.path))
    (after,) = taken_in(library, edited)
    finish(index_library(library))
    assert library.catalog.photos([after])[after].content_hash == edited.photo.content_hash
    assert after in library.catalog.photo_ids(album_id=album)


def test_a_date_that_the_name_told_is_no_note_of_the_camera(library: WritableLibrary) -> None:
    copy = shared(1)
    named = replace(copy.photo, path="s3://bucket/photos/IMG_20200102_030405.jpg", taken=None)
    (undated,) = taken_in(library, replace(copy, photo=named))
    photo = library.catalog.photos([undated])[undated]
    assert (photo.taken, photo.taken_from) == (1.7e9, "file time")
