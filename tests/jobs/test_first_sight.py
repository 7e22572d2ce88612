"""Photos are shown before a network has looked at them, whatever else becomes of them."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from guie_desktop.arrays import Feature
from guie_desktop.jobs import first_sight
from guie_desktop.jobs.indexing import embed_photos, index_library, show_photos
from guie_desktop.jobs.photo_keeper import PhotoKeeper, ReadPhotos
from guie_desktop.paths import LibraryPaths
from guie_desktop.pictures.picture_sizes import FIRST_SIGHT
from guie_desktop.workspace.kept_views import KeptViews
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import draw_scene, save_photos
from tests.previews import save_with_preview
from tests.running import finish, index_folder

pytestmark = pytest.mark.slow


def width_of(jpeg: bytes | None) -> int:
    assert jpeg is not None
    return Image.open(io.BytesIO(jpeg)).width


def features_of(library: WritableLibrary) -> dict[bytes, bytes]:
    hashes = list(library.catalog.content_hashes())
    return {key: vector.tobytes() for key, (_, vector) in library.backbone.features.keyed(hashes).items()}


def test_photos_are_shown_and_then_embedded(paths: LibraryPaths, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 6)
    (tmp_path / "photos" / "broken.jpg").write_bytes(b"\xff\xd8\xff no picture")
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        shown = finish(show_photos(library))
        assert (shown.added, shown.embedded, len(shown.failed)) == (6, 0, 1)
        assert len(library.catalog.photo_ids()) == 6
        assert library.catalog.embedded_count(library.backbone.key) == 0
        assert not library.thumbnails.lacking(list(library.catalog.content_hashes()))
        embedded = finish(embed_photos(library))
        assert (embedded.added, embedded.changed, embedded.embedded) == (0, 0, 6)
        assert library.catalog.embedded_count(library.backbone.key) == 6


def test_the_first_photos_are_written_at_once_and_the_others_many_together(
    paths: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_sight, "_MOMENT", 600.0)
    written: list[int] = []
    keep = PhotoKeeper.keep

    def count(self: PhotoKeeper, found: ReadPhotos, vectors: Mapping[bytes, Feature]) -> None:
        written.append(len(found.readings))
        keep(self, found, vectors)

    monkeypatch.setattr(PhotoKeeper, "keep", count)
    save_photos(tmp_path / "photos", 50)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        finish(show_photos(library))
    assert sum(written) == 50
    assert max(written) > 16


def test_a_preview_is_seen_until_the_photo_is_embedded(paths: LibraryPaths, tmp_path: Path) -> None:
    photo = save_with_preview(tmp_path / "photos" / "camera.jpg", 1, turn=6)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(photo.parent)
        finish(show_photos(library))
        seen = library.catalog.photo_at(photo)
        assert seen is not None
        assert (seen.width, seen.height) == (1200, 1600)
        assert width_of(library.thumbnails.get(seen.content_hash, FIRST_SIGHT)) == 120
        finish(embed_photos(library))
        assert library.catalog.photo_at(photo) == seen
        assert width_of(library.thumbnails.get(seen.content_hash)) == 240
        assert library.thumbnails.get(seen.content_hash, FIRST_SIGHT) is None


def test_what_is_slow_to_decode_is_decoded_once_and_gives_the_same_features(
    paths: LibraryPaths, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    for number in range(3):
        draw_scene("rings", number, (1800, 1400)).save(tmp_path / "photos" / f"{number}.jpg")
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        finish(show_photos(library))
        hashes = list(library.catalog.content_hashes())
        views = {key: library.backbone.kept_views.take(key) for key in hashes}
        library.backbone.kept_views.clear()
        for key, kept in list(views.items())[:2]:
            assert kept is not None
            library.backbone.kept_views.keep(key, kept)
        finish(embed_photos(library))
        kept_and_not = features_of(library)
        library.backbone.features.forget(hashes)
        finish(index_library(library))
        assert features_of(library) == kept_and_not


def test_where_no_more_is_kept_all_is_decoded_twice(paths: LibraryPaths, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    draw_scene("rings", 1, (1800, 1400)).save(tmp_path / "photos" / "a.jpg")
    with WritableLibrary(paths) as library:
        library.backbone.kept_views = KeptViews(most=0)
        library.catalog.add_folder(tmp_path / "photos")
        assert finish(index_library(library)).embedded == 1


def test_a_preview_of_a_photo_that_was_embedded_is_not_taken(paths: LibraryPaths, tmp_path: Path) -> None:
    photo = save_with_preview(tmp_path / "photos" / "camera.jpg", 1)
    index_folder(paths, photo.parent)
    with WritableLibrary(paths) as library:
        seen = library.catalog.photo_at(photo)
        assert seen is not None
        library.thumbnails.forget([seen.content_hash])
        (photo.parent / "copy.jpg").write_bytes(photo.read_bytes())
        report = finish(index_library(library))
        assert (report.added, report.embedded) == (1, 0)
        assert width_of(library.thumbnails.get(seen.content_hash)) == 320


def test_a_damaged_photo_with_a_sound_preview_is_listed_in_the_end(paths: LibraryPaths, tmp_path: Path) -> None:
    photo = save_with_preview(tmp_path / "photos" / "damaged.jpg", 1)
    data = photo.read_bytes()
    scan = data.rindex(b"\xff\xda")
    photo.write_bytes(data[:scan] + b"\xff\xec" + data[scan + 2 :])  # what follows is no picture any more
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(photo.parent)
        assert finish(show_photos(library)).failed == ()
        assert [failure.path for failure in finish(embed_photos(library)).failed] == [photo]
        assert len(library.catalog.photo_ids()) == 0


def test_what_gives_way_leaves_the_rest_to_the_next_run(paths: LibraryPaths, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 40)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        first = finish(show_photos(library, gives_way=lambda: len(library.catalog.photo_ids()) > 0))
        assert 0 < first.added < 40
        assert first.added + finish(show_photos(library)).added == 40


def test_only_the_directories_that_are_meant_are_read(paths: LibraryPaths, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 2)
    save_photos(tmp_path / "photos" / "below", 3, first=10)
    with WritableLibrary(paths) as library:
        library.catalog.add_folder(tmp_path / "photos")
        assert finish(show_photos(library, within={tmp_path / "photos" / "below"})).added == 3
        assert library.catalog.pending_count() == 2
