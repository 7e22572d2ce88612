"""Notes are read with photos, and by themselves where they were not, or were changed; nothing is embedded for that."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL.ExifTags import GPS
from sqlalchemy import delete, update

from guie_desktop.jobs.indexing import show_photos
from guie_desktop.jobs.noting import notes_are_missing, read_missing_notes
from guie_desktop.library.database import writing
from guie_desktop.library.photo_notes import notes_of
from guie_desktop.library.tables import notes
from guie_desktop.library.tables import photos as photo_rows
from guie_desktop.library.word_index import WordIndex
from guie_desktop.noted import PhotoNotes
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.photo_notes import MAKER, ROME, bag, noted_photo, save, titled, xmp
from tests.running import finish


def fill(folder: Path, number: int) -> None:
    for one in range(number):
        packet = xmp(titled(f"Title {one}") + bag("dc:subject", f"word{one}"))
        save(folder, f"{one:03}.jpg", noted_photo(main=MAKER, packet=packet, colour=(one, 90, 30)))


@pytest.fixture
def library(paths: LibraryPaths, tmp_path: Path) -> Iterator[WritableLibrary]:
    folder = tmp_path / "photos"
    fill(folder, 6)
    with WritableLibrary(paths) as opened:
        opened.catalog.add_folder(folder)
        finish(show_photos(opened))
        yield opened


def said(library: WritableLibrary, name: str) -> PhotoNotes:
    """What the library knows that a photo says."""
    found = {photo.path.name: photo.id for photo in library.catalog.photos(library.catalog.photo_ids()).values()}
    return notes_of(found[name], library.catalog)


def titles(library: WritableLibrary) -> list[str]:
    read = [said(library, f"{number:03}.jpg") for number in range(6)]
    return [one.title for one in read]


def forget(library: WritableLibrary) -> None:
    """As in a library of an earlier version."""
    with writing(library.catalog.database) as connection:
        connection.execute(delete(notes))


def test_they_are_read_with_the_photos(library: WritableLibrary) -> None:
    assert library.notes.waiting_count() == 0
    found = said(library, "003.jpg")
    assert found == PhotoNotes(camera="NIKON D90", title="Title 3", keywords=("word3",))


def test_a_library_of_an_earlier_version_reads_them_and_embeds_nothing(library: WritableLibrary) -> None:
    forget(library)
    assert library.notes.waiting_count() == 6
    waiting = library.catalog.pending_count()
    steps = list(read_missing_notes(library))
    assert [(one.stage, one.done, one.total) for one in steps][-1] == ("notes", 6, 6)
    assert titles(library) == [f"Title {number}" for number in range(6)]
    assert library.notes.waiting_count() == 0
    assert library.catalog.pending_count() == waiting == 0
    assert list(read_missing_notes(library)) == []


def test_left_in_the_middle_it_goes_on_there(library: WritableLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.jobs.noting._AT_ONCE", 1)
    forget(library)
    job = read_missing_notes(library)
    while library.notes.waiting_count() > 4:
        next(job)
    job.close()
    assert sum(map(bool, titles(library))) == 2
    finish(read_missing_notes(library))
    assert all(titles(library))


def test_what_an_earlier_rule_read_is_read_again(library: WritableLibrary) -> None:
    with writing(library.catalog.database) as connection:
        connection.execute(update(notes).values(rule=0, title="old"))
    finish(read_missing_notes(library))
    assert titles(library)[0] == "Title 0"


def test_notes_beside_a_photo_are_read_when_they_come_change_and_go(library: WritableLibrary, tmp_path: Path) -> None:
    beside = tmp_path / "photos" / "002.xmp"
    for title, ns in (("Beside", 1_700_000_000_000_000_000), ("Changed", 1_700_000_001_000_000_000)):
        beside.write_bytes(xmp(titled(title)))
        os.utime(beside, ns=(ns, ns))
        finish(show_photos(library))
        assert library.notes.waiting_count() == 1
        finish(read_missing_notes(library))
        assert titles(library)[1:4] == ["Title 1", title, "Title 3"]
    beside.unlink()
    finish(show_photos(library))
    finish(read_missing_notes(library))
    assert titles(library)[2] == "Title 2"
    finish(show_photos(library))
    assert library.notes.waiting_count() == 0


def test_an_edited_photo_says_what_it_says_now(library: WritableLibrary, tmp_path: Path) -> None:
    save(tmp_path / "photos", "001.jpg", noted_photo(packet=xmp(titled("Edited"))))
    finish(show_photos(library))
    assert said(library, "001.jpg") == PhotoNotes(title="Edited")


def test_a_copy_is_read_by_itself_and_a_moved_photo_keeps_what_it_says(
    library: WritableLibrary, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    shutil.copy(folder / "004.jpg", folder / "copy.jpg")
    (folder / "005.jpg").rename(folder / "moved.jpg")
    finish(show_photos(library))
    assert said(library, "moved.jpg").title == "Title 5"
    finish(read_missing_notes(library))
    assert said(library, "copy.jpg").title == "Title 4"


def test_photos_that_change_places_keep_what_they_say(library: WritableLibrary, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    (folder / "000.jpg").rename(folder / "aside")
    (folder / "001.jpg").rename(folder / "000.jpg")
    (folder / "aside").rename(folder / "001.jpg")
    for name in ("000.jpg", "001.jpg"):
        os.utime(folder / name)
    finish(show_photos(library))
    finish(read_missing_notes(library))
    assert titles(library)[:2] == ["Title 1", "Title 0"]


def test_where_a_photo_was_taken_has_a_name(library: WritableLibrary, tmp_path: Path) -> None:
    at_sea = {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (1.0, 0.0, 0.0)}
    at_sea |= {GPS.GPSLongitudeRef: "W", GPS.GPSLongitude: (30.0, 0.0, 0.0)}
    own = xmp("<photoshop:City>Home</photoshop:City>")
    for name, place, packet in (("a.jpg", ROME, b""), ("b.jpg", ROME, own), ("c.jpg", at_sea, b"")):
        colour = (ord(name[0]), 200, 100)
        save(tmp_path / "photos", name, noted_photo(place=place, packet=packet, colour=colour))
    finish(show_photos(library))
    assert library.notes.nameless_count() == 2
    assert notes_are_missing(library)
    finish(read_missing_notes(library))
    assert [said(library, f"{name}.jpg").place for name in "abc"] == ["Rome, Lazio, Italy", "Home", ""]
    assert not notes_are_missing(library)
    assert [hit.fields for hit in WordIndex(library.catalog.database).find("lazio", 9)] == [("place",)]


def test_a_file_that_cannot_be_opened_is_asked_once(library: WritableLibrary, tmp_path: Path) -> None:
    forget(library)
    (tmp_path / "photos" / "003.jpg").unlink()
    finish(read_missing_notes(library))
    assert library.notes.waiting_count() <= 1  # it may be a drive that is away
    with writing(library.catalog.database) as connection:
        connection.execute(update(photo_rows).values(missing_since=1.0).where(photo_rows.c.name == Path("003.jpg")))
    assert library.notes.waiting_count() == 0
