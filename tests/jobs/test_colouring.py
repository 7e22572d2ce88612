"""Colours are known with the small pictures of photos, and found by them in a library that has none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import delete

from guie_desktop.asking import Colour, Filter
from guie_desktop.jobs.colouring import colours_are_missing, find_missing_colours
from guie_desktop.jobs.indexing import show_photos
from guie_desktop.library.database import writing
from guie_desktop.library.ordered_photos import NEWEST_FIRST
from guie_desktop.library.tables import colours
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.running import finish

SHOWN: dict[str, str] = {"cherry": "crimson", "lemon": "gold", "lime": "forestgreen", "sky": "royalblue"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    for name, shade in SHOWN.items():
        Image.new("RGB", (120, 90), shade).save(made / f"{name}.jpg")
    return made


@pytest.fixture
def library(paths: LibraryPaths, folder: Path) -> Iterator[WritableLibrary]:
    with WritableLibrary(paths) as opened:
        opened.catalog.add_folder(folder)
        finish(show_photos(opened))
        yield opened


def showing(library: WritableLibrary, *wanted: Colour) -> set[str]:
    ids = library.catalog.ordered(NEWEST_FIRST, which=Filter(colours=wanted)).ids
    return {photo.path.stem for photo in library.catalog.photos(ids).values()}


def forget(library: WritableLibrary) -> None:
    """As in a library of an earlier version."""
    with writing(library.catalog.database) as connection:
        connection.execute(delete(colours))


def test_they_are_known_as_soon_as_photos_are_shown(library: WritableLibrary) -> None:
    assert not colours_are_missing(library)
    assert showing(library, "red") == {"cherry"}
    assert showing(library, "blue", "green") == {"sky", "lime"}
    assert showing(library, "purple") == set()


def test_a_changed_photo_shows_what_it_shows_now(library: WritableLibrary, folder: Path) -> None:
    Image.new("RGB", (130, 90), "rebeccapurple").save(folder / "sky.jpg")
    finish(show_photos(library))
    assert showing(library, "purple") == {"sky"}
    assert showing(library, "blue") == set()


def test_a_library_of_an_earlier_version_finds_them_and_opens_no_photo(library: WritableLibrary, folder: Path) -> None:
    forget(library)
    for name in SHOWN:
        (folder / f"{name}.jpg").unlink()
    steps = list(find_missing_colours(library))
    assert [(one.stage, one.done, one.total) for one in steps][-1] == ("colours", 4, 4)
    assert showing(library, "yellow", "red") == {"cherry", "lemon"}
    assert list(find_missing_colours(library)) == []


def test_left_in_the_middle_it_goes_on_there(library: WritableLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.jobs.colouring._AT_ONCE", 1)
    forget(library)
    job = find_missing_colours(library)
    for _ in range(3):
        next(job)
    job.close()
    assert len(library.colours.unknown()) == 2
    assert [(one.done, one.total) for one in find_missing_colours(library)] == [(0, 2), (1, 2), (2, 2)]
    assert not colours_are_missing(library)


def test_photos_without_a_small_picture_are_not_asked_for_again_and_again(library: WritableLibrary) -> None:
    forget(library)
    library.clear_pictures()
    finish(find_missing_colours(library))
    assert not colours_are_missing(library)
    assert showing(library, "red") == set()
