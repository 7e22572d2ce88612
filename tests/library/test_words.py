"""Photos are found by all words of their names, folders, albums and notes, whatever changes these."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update

from guie_desktop.asking import Filter
from guie_desktop.errors import UserError
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.photo_notes import record_notes
from guie_desktop.library.tables import folders, notes, photos
from guie_desktop.library.word_index import WordIndex
from guie_desktop.library.word_table import WordTable
from guie_desktop.noted import PhotoNotes, WordField

ROOT = Path("/media/drive/Pictures")


class Library:
    """A catalog with photos that were never taken."""

    def __init__(self, catalog: CatalogWriter) -> None:
        self.catalog, self.albums = catalog, AlbumWriter(catalog)
        self.words, self.table = WordIndex(catalog.database), WordTable(catalog.database)
        with writing(catalog.database) as connection:
            connection.execute(insert(folders).values(id=1, path=ROOT, online=True, added_at=0.0))

    def add(self, place: str, said: PhotoNotes | None = None, *, is_read: bool = True) -> int:
        path = ROOT / place
        row = {"folder_id": 1, "directory": path.parent, "name": Path(path.name), "bytes": 1, "mtime_ns": 0, "inode": 0}
        row |= {"state": "ready" if is_read else "new", "content_hash": place.encode() if is_read else None}
        with writing(self.catalog.database) as connection:
            added = insert(photos).values(row | {"taken": 0.0}).returning(photos.c.id)
            photo_id = int(connection.execute(added).scalar_one())
            if said is not None:
                record_notes(connection, {photo_id: said})
        return photo_id

    def change(self, photo_id: int, **values: object) -> None:
        with writing(self.catalog.database) as connection:
            connection.execute(update(photos).where(photos.c.id == photo_id).values(values))

    def find(self, typed: str) -> list[int]:
        return [hit.photo_id for hit in self.words.find(typed, 100)]

    def fields(self, typed: str) -> tuple[WordField, ...]:
        (hit,) = self.words.find(typed, 100)
        return hit.fields


@pytest.fixture
def library(catalog: CatalogWriter) -> Iterator[Library]:
    made = Library(catalog)
    yield made
    assert not made.table.are_wrong()


def test_each_field_is_found_and_told(library: Library) -> None:
    said = PhotoNotes(
        camera="NIKON D90",
        lens="AF-S 50mm",
        title="Evening",
        description="What was left of the day.",
        keywords=("Weihnachtsbaum", "red wine"),
        people=("Anna Müller",),
        place="Trastevere, Rome",
    )
    photo = library.add("2019/Journey to Málaga/IMG_1234.jpg", said)
    library.albums.create("Best of all", [photo])
    library.add("other.jpg")
    told = {
        "img_12": "name",
        "jpg 1234": "name",
        "journey": "folders",
        "best": "albums",
        "d90": "camera",
        "af-s": "camera",
        "eve": "title",
        "left": "description",
        '"red wine"': "keywords",
        "muller": "people",
        "Müller": "people",
        "rome": "place",
        "baum": "keywords",
    }
    for typed, field in told.items():
        assert library.fields(typed) == (field,), typed
    assert set(library.fields("anna rome malaga")) == {"people", "place", "folders"}
    for typed in ("drive", "nothingness", "anna nothingness", "aum", '"wine red"', '"jour"', "", "...", '"', "* OR"):
        assert library.find(typed) == [], typed


def test_the_best_come_first_and_then_the_newest(library: Library) -> None:
    by_folder = library.add("rose/1.jpg")
    by_name = library.add("a/rose.jpg")
    by_end = library.add("a/2.jpg", PhotoNotes(title="Hausrose"))
    by_beginning = library.add("a/3.jpg", PhotoNotes(title="Rosengarten"))
    by_title = library.add("a/4.jpg", PhotoNotes(title="Rose"))
    later = library.add("a/5.jpg", PhotoNotes(title="A rose"))
    assert library.find("rose") == [later, by_title, by_beginning, by_name, by_folder, by_end]
    assert [hit.photo_id for hit in library.words.find("rose", 2)] == [later, by_title]
    assert library.words.count("rose", 100) == 6
    assert library.words.count("rose", 4) == 4
    assert library.words.count("", 4) == 0


def test_signs_without_spaces_are_found_by_some_of_them(library: Library) -> None:
    tower = library.add("1.jpg", PhotoNotes(title="東京タワー"))
    kyoto = library.add("2.jpg", PhotoNotes(title="京都"))
    assert library.find("東京") == [tower]
    assert library.find("タワー") == [tower]
    assert sorted(library.find("京")) == [tower, kyoto]
    assert library.find("京東") == []


def test_only_what_is_shown_and_passes_is_found(library: Library) -> None:
    first, second = library.add("a/rose.jpg"), library.add("b/rose.jpg")
    library.add("c/rose.jpg", is_read=False)
    assert library.find("rose") == [second, first]
    inside = library.words.find("rose", 9, Filter(folder=ROOT / "a"))
    assert [hit.photo_id for hit in inside] == [first]
    library.change(first, missing_since=1.0)
    library.change(second, kind="sidecar raw")
    assert library.find("rose") == []
    assert library.words.count("rose", 9) == 0


def test_days_of_the_week(library: Library) -> None:
    sunday, monday = library.add("sunday.jpg"), library.add("monday.jpg")
    library.change(sunday, taken=1563105600.0)  # 14 July 2019, 12:00 UTC
    library.change(monday, taken=1563192000.0)
    assert [hit.photo_id for hit in library.words.find("jpg", 9, Filter(weekdays=(6,)))] == [sunday]
    assert [hit.photo_id for hit in library.words.find("jpg", 9, Filter(weekdays=(0, 1)))] == [monday]


def test_words_follow_names_folders_albums_and_notes(library: Library) -> None:
    photo, other = library.add("one/first.jpg"), library.add("one/second.jpg")
    album = library.albums.create("Early", [photo])
    library.change(photo, name=Path("renamed.jpg"), directory=ROOT / "two")
    assert (library.find("first"), library.find("renamed two"), library.find("one")) == ([], [photo], [other])
    library.albums.rename(album, "Late")
    assert (library.find("early"), library.find("late")) == ([], [photo])
    library.albums.remove(album)
    assert library.find("late") == []
    library.albums.restore(album)
    assert library.find("late") == [photo]
    library.albums.decide(album, [other], "member")
    library.albums.decide(album, [photo], "not")
    assert library.find("late") == [other]
    library.albums.decide(album, [other], None)
    assert library.find("late") == []
    for title in ("Before", "After"):
        with writing(library.catalog.database) as connection:
            record_notes(connection, {photo: PhotoNotes(title=title)})
    assert (library.find("before"), library.find("after")) == ([], [photo])
    with writing(library.catalog.database) as connection:
        connection.execute(delete(notes))
    assert library.find("after") == []
    with writing(library.catalog.database) as connection:
        connection.execute(delete(photos).where(photos.c.id == other))
    assert library.find("second") == []


def test_a_folder_that_lies_elsewhere_keeps_its_words(library: Library) -> None:
    photo = library.add("holiday/a.jpg")
    library.catalog.relocate_folders({1: Path("/other/place/Renamed")})
    assert library.find("renamed holiday") == [photo]
    assert library.find("pictures") == []


def test_what_is_written_beside_the_program_is_caught_up_with(library: Library) -> None:
    photo = library.add("a.jpg")
    with closing(sqlite3.connect(library.catalog.path)) as connection:
        connection.execute("UPDATE photos SET name = CAST('beside.jpg' AS BLOB)")
        connection.commit()
    assert library.table.outdated_count() == 1
    library.table.renew_some()
    assert library.find("beside") == [photo]


def test_more_than_one_transaction_does_is_done_by_the_next(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [library.add(f"{number}.jpg") for number in range(25)]
    monkeypatch.setattr("guie_desktop.library.word_table._MOST_AT_END", 10)
    library.albums.create("Many", ids)
    assert (library.table.outdated_count(), library.words.count("many", 99)) == (15, 10)
    assert not library.table.are_wrong()  # it is known what is outdated
    library.table.renew_some()
    library.table.renew_some()
    assert (library.table.outdated_count(), library.words.count("many", 99)) == (0, 25)


def test_a_folder_can_go_while_words_of_its_photos_are_outdated(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guie_desktop.library.word_table._MOST_AT_END", 0)
    library.add("a.jpg")
    library.catalog.remove_folder(1)
    assert library.table.outdated_count() == 1


def test_a_transaction_that_fails_changes_no_words(library: Library) -> None:
    photo = library.add("kept.jpg")
    lost = insert(photos).values(id=photo)
    renamed = update(photos).values(name=Path("lost.jpg"))

    def fail() -> None:
        with writing(library.catalog.database) as connection:
            connection.execute(renamed)
            connection.execute(lost)

    with pytest.raises(UserError):
        fail()
    assert library.find("kept") == [photo]
    assert library.find("lost") == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE words SET title = 'something else'",
        "DELETE FROM words",
        "INSERT INTO words_index (words_index) VALUES ('delete-all')",
    ],
)
def test_damage_is_noticed_and_mended(library: Library, damage: str) -> None:
    ids = [library.add(f"rose {number}.jpg", PhotoNotes(title="Title")) for number in range(3)]
    with closing(sqlite3.connect(library.catalog.path)) as connection:
        connection.execute(damage)
        connection.commit()
    assert library.table.are_wrong()
    library.table.make_again()
    library.table.renew_some()
    assert not library.table.are_wrong()
    assert sorted(library.find("rose title")) == ids


def test_what_very_many_have_is_meant_as_it_stands(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guie_desktop.library.word_index._MANY", 3)
    suns = [library.add(f"{number}/sun.jpg") for number in range(2)]
    sunset = library.add("sunset.jpg")
    assert sorted(library.find("sun")) == [*suns, sunset]
    suns.append(library.add("2/sun.jpg"))
    assert sorted(library.find("sun")) == suns
    assert library.find("suns") == [sunset]
    assert library.find("sunset-jp") == [sunset]


NAMES = st.sampled_from(["rose", "Größe", "東京", "hausboot", "x1"])
STEPS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), NAMES), min_size=1, max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_the_words_are_right(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, str]]
) -> None:
    catalog = CatalogWriter.open(tmp_path_factory.mktemp("walk") / "catalogue.sqlite")
    library = Library(catalog)
    ids = [library.add(f"{number}/{number}.jpg") for number in range(4)]
    album = library.albums.create("Album")
    for deed, which, name in steps:
        match deed:
            case 0:
                library.change(ids[which], name=Path(f"{name}{which}.jpg"))
            case 1:
                library.change(ids[which], directory=ROOT / name / str(which))
            case 2:
                library.albums.decide(album, [ids[which]], "member" if which % 2 else None)
            case 3:
                library.albums.rename(album, name)
            case 4:
                with writing(catalog.database) as connection:
                    record_notes(connection, {ids[which]: PhotoNotes(title=name)})
            case _:
                library.change(ids[which], content_hash=None if which % 2 else b"1")
    assert library.table.outdated_count() == 0
    assert not library.table.are_wrong()
    catalog.close()
