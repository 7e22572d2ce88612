"""A copy stands for a photo only while that is gone: words come home, whatever went first and came back last."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.library.test_decisions import album_with, bring_up_to_date, files_in, id_at, write


@pytest.fixture
def library(paths: LibraryPaths) -> Iterator[WritableLibrary]:
    with WritableLibrary(paths) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three copies of one photo; more of them than are ever gone at once."""
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        write(tmp_path / "photos" / name, "same")
    return tmp_path / "photos"


def leave_out(library: WritableLibrary, *names: str) -> None:
    library.choices.skip(names)
    bring_up_to_date(library)


def test_a_photo_that_was_left_out_has_its_word_again(library: WritableLibrary, folder: Path) -> None:
    album = album_with(library, folder, "a.jpg")
    leave_out(library, "a.jpg")
    assert files_in(library, album) == {"b.jpg"}
    leave_out(library)
    assert files_in(library, album) == {"a.jpg"}


@pytest.mark.parametrize("back", ["a.jpg", "b.jpg"])
def test_the_same_copy_stands_for_it_whichever_comes_back(library: WritableLibrary, folder: Path, back: str) -> None:
    album = album_with(library, folder, "a.jpg")
    leave_out(library, "a.jpg")
    leave_out(library, "a.jpg", "b.jpg")
    assert files_in(library, album) == {"c.jpg"}
    leave_out(library, *{"a.jpg", "b.jpg"} - {back})
    assert files_in(library, album) == {back}
    leave_out(library)
    assert files_in(library, album) == {"a.jpg"}


def test_a_folder_that_is_added_again_is_in_its_albums(library: WritableLibrary, tmp_path: Path) -> None:
    write(tmp_path / "one" / "a.jpg", "same")
    write(tmp_path / "two" / "copy.jpg", "same")
    library.catalog.add_folder(tmp_path / "two")
    album = album_with(library, tmp_path / "one", "a.jpg")
    one = next(known for known in library.catalog.folders() if known.path == tmp_path / "one")
    library.catalog.remove_folder(one.id)
    assert files_in(library, album) == {"copy.jpg"}
    library.catalog.add_folder(tmp_path / "one")
    bring_up_to_date(library)
    assert files_in(library, album) == {"a.jpg"}


def test_what_is_said_of_the_copy_meanwhile_counts(library: WritableLibrary, folder: Path) -> None:
    album = album_with(library, folder, "a.jpg")
    leave_out(library, "a.jpg")
    library.albums.decide(album, [id_at(library, folder / "b.jpg")], "not")
    leave_out(library)
    assert files_in(library, album) == set()
    assert set(library.catalog.verdicts(album).values()) == {"not"}


def test_a_copy_that_was_taken_out_meanwhile_takes_the_photo_out(library: WritableLibrary, folder: Path) -> None:
    album = album_with(library, folder, "a.jpg")
    leave_out(library, "a.jpg")
    library.albums.decide(album, [id_at(library, folder / "b.jpg")], None)
    leave_out(library)
    assert files_in(library, album) == set()


def test_a_copy_that_was_edited_meanwhile_keeps_the_word_as_well(library: WritableLibrary, folder: Path) -> None:
    (folder / "c.jpg").unlink()
    album = album_with(library, folder, "a.jpg")
    leave_out(library, "a.jpg")
    write(folder / "b.jpg", "edited")
    bring_up_to_date(library)
    assert files_in(library, album) == {"b.jpg"}
    leave_out(library)
    assert files_in(library, album) == {"a.jpg", "b.jpg"}


def test_words_that_were_put_back_still_know_whose_they_are(library: WritableLibrary, folder: Path) -> None:
    album = album_with(library, folder, "a.jpg")
    leave_out(library, "a.jpg")
    former = library.albums.decide(album, [id_at(library, folder / "b.jpg")], None)
    library.albums.put_back(former)
    assert files_in(library, album) == {"b.jpg"}
    leave_out(library)
    assert files_in(library, album) == {"a.jpg"}
