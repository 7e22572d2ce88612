"""What is to join an album joins when it is read, however long that takes and whoever reads it."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from guie_desktop.errors import UserError
from guie_desktop.jobs.importing_albums import show_photos_and_make_albums
from guie_desktop.jobs.joining_albums import expect_in_album, expect_no_more
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.jobs.filed_library import FiledLibrary
from tests.running import finish


@pytest.fixture
def filed(paths: LibraryPaths, tmp_path: Path) -> Iterator[FiledLibrary]:
    with WritableLibrary(paths) as library:
        yield FiledLibrary(library, tmp_path / "photos")


def members(filed: FiledLibrary) -> int:
    return len(filed.library.catalog.photo_ids(album_id=filed.album))


def test_files_and_folders_join_when_they_are_read(filed: FiledLibrary) -> None:
    new = save_photos(filed.root / "new", 2, first=10)
    (more,) = save_photos(filed.root, 1, first=20)
    expect_in_album(filed.library, filed.album, (filed.root / "new", more, filed.root / "gone.jpg"))
    assert members(filed) == 3
    finish(show_photos_and_make_albums(filed.library))
    assert members(filed) == 3 + len(new) + 1
    # What was not there is waited for no longer, and what is taken out stays out.
    assert filed.library.choices.expected == set()
    filed.library.albums.decide(filed.album, [filed.at(more.name).id], "not")
    finish(show_photos_and_make_albums(filed.library))
    assert members(filed) == 5


def test_what_is_taken_back_does_not_join_or_leaves_again(filed: FiledLibrary) -> None:
    old = time.time()
    new = tuple(save_photos(filed.root / "new", 2, first=10))
    looked = show_photos_and_make_albums(filed.library)
    expect_in_album(filed.library, filed.album, new)
    next(looked)  # it has begun, and knows what is expected
    expect_no_more(filed.library, filed.album, new, old)
    finish(looked)
    assert members(filed) == 3
    expect_in_album(filed.library, filed.album, new)
    finish(show_photos_and_make_albums(filed.library))
    assert members(filed) == 5
    since = time.time()
    expect_no_more(filed.library, filed.album, new, since)  # these had joined before that
    assert members(filed) == 5
    expect_no_more(filed.library, filed.album, (filed.root / "new",), old)
    assert members(filed) == 3


def test_what_was_refused_does_not_join(filed: FiledLibrary) -> None:
    photo = filed.at("dots-003.jpg")
    filed.library.albums.decide(filed.album, [photo.id], "not")
    expect_in_album(filed.library, filed.album, (photo.path,))
    finish(show_photos_and_make_albums(filed.library))
    assert members(filed) == 3


def test_what_is_on_a_drive_that_is_away_is_waited_for(filed: FiledLibrary, tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    save_photos(tmp_path / "drive", 1, first=30)
    filed.library.catalog.add_folder(tmp_path / "drive")
    filed.index()
    shutil.move(tmp_path / "drive", tmp_path / "unplugged")
    expect_in_album(filed.library, filed.album, (tmp_path / "drive",))
    finish(show_photos_and_make_albums(filed.library))
    assert members(filed) == 3
    shutil.move(tmp_path / "unplugged", tmp_path / "drive")
    finish(show_photos_and_make_albums(filed.library))
    assert members(filed) == 4


def test_an_album_that_is_gone(filed: FiledLibrary) -> None:
    expect_in_album(filed.library, filed.album, (filed.root / "dots-003.jpg",))
    filed.library.albums.remove(filed.album)
    finish(show_photos_and_make_albums(filed.library))
    assert filed.library.choices.expected == set()
    with pytest.raises(UserError, match="album"):
        expect_in_album(filed.library, filed.album, (filed.root / "dots-003.jpg",))
