"""Albums as the user makes, names, removes and brings them back, and what is decided of photos."""

from functools import partial
from pathlib import Path

import pytest

from guie_desktop.domain import Album
from guie_desktop.errors import UserError
from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.conditions import CHUNK
from tests.scanned import read_all, scan


@pytest.fixture
def opened(catalog: CatalogWriter, tmp_path: Path) -> CatalogWriter:
    """A catalog with the photos 1 to 4."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in "abcd":
        (folder / f"{name}.jpg").write_bytes(name.encode())
    scan(catalog, catalog.add_folder(folder).id, folder)
    read_all(catalog)
    assert sorted(catalog.photo_ids()) == [1, 2, 3, 4]
    return catalog


@pytest.fixture
def albums(opened: CatalogWriter) -> AlbumWriter:
    return AlbumWriter(opened)


def test_an_album_has_the_photos_that_it_was_made_with(opened: CatalogWriter, albums: AlbumWriter) -> None:
    made = albums.create("Coins", [1, 2])
    assert opened.albums() == (Album(made, "Coins", photos=2, refused=0),)
    assert opened.album(made) == opened.albums()[0]
    assert set(opened.photo_ids(album_id=made)) == {1, 2}


def test_a_photo_may_be_in_several_albums_and_be_refused_for_one(opened: CatalogWriter, albums: AlbumWriter) -> None:
    coins, old = albums.create("Coins", [1, 2]), albums.create("Old things", [2])
    albums.decide(coins, [3], "not")
    assert opened.albums_of([1, 2, 3, 4]) == {1: (coins,), 2: (coins, old)}
    assert opened.verdicts(coins) == {1: "member", 2: "member", 3: "not"}
    albums.decide(coins, [2, 3], None)
    albums.decide(coins, [1], "not")
    assert opened.verdicts(coins) == {1: "not"}
    assert opened.album(coins) == Album(coins, "Coins", photos=0, refused=1)


def test_a_verdict_holds_for_all_copies_of_a_photo(opened: CatalogWriter, albums: AlbumWriter, tmp_path: Path) -> None:
    for name in "ef":
        (tmp_path / "photos" / f"{name}.jpg").write_bytes(b"a")
    scan(opened, opened.folders()[0].id, tmp_path / "photos")
    read_all(opened)
    ids = {name: photo.id for name in "abef" if (photo := opened.photo_at(tmp_path / "photos" / f"{name}.jpg"))}
    a, b, e, f = (ids[name] for name in "abef")
    coins = albums.create("Coins", [a, b])
    assert opened.verdicts(coins) == dict.fromkeys((a, b, e, f), "member")
    assert opened.albums_of([b, e]) == {b: (coins,), e: (coins,)}
    albums.decide(coins, [e], "not")
    assert opened.verdicts(coins) == {b: "member"} | dict.fromkeys((a, e, f), "not")
    assert opened.albums_of([a]) == {}
    albums.decide(coins, [a, f], "member")
    assert opened.album(coins) == Album(coins, "Coins", photos=3, refused=0)
    albums.decide(coins, [a], None)  # one of the two that lie in the album: the picture stays in it
    assert list(opened.photo_ids(album_id=coins)) == sorted((b, f), reverse=True)
    assert opened.verdicts(coins) == dict.fromkeys((a, b, e, f), "member")


def test_more_photos_than_fit_into_a_statement_are_decided_at_once(
    opened: CatalogWriter, albums: AlbumWriter, tmp_path: Path
) -> None:
    count = 2 * CHUNK + 1
    with opened.database.begin() as connection:
        connection.exec_driver_sql(
            "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT ?) "
            "INSERT INTO photos (folder_id, directory, name, bytes, mtime_ns, inode, state, content_hash, passing, "
            "crashes) SELECT 1, x'2f', CAST(n AS BLOB), 1, 1, n, 'ready', CAST(n AS BLOB), 0, 0 FROM number",
            (count,),
        )
    everything = list(opened.photo_ids())
    many = albums.create("Many", everything)
    assert opened.album(many).photos == len(everything) == count + 4
    albums.decide(many, everything, None)
    assert opened.album(many).photos == 0


@pytest.mark.parametrize("name", ["coins", "COINS ", "\tCoinS"])
def test_two_albums_cannot_have_one_name_whatever_the_case(
    opened: CatalogWriter, albums: AlbumWriter, name: str
) -> None:
    albums.create("Coins")
    other = albums.create("Stamps")
    with pytest.raises(UserError, match="already"):
        albums.create(name)
    with pytest.raises(UserError, match="already"):
        albums.rename(other, name)
    assert [album.name for album in opened.albums()] == ["Coins", "Stamps"]


def test_letters_beyond_ascii_have_cases_too(albums: AlbumWriter) -> None:
    albums.create("Émile")
    with pytest.raises(UserError, match="already"):
        albums.create("E\u0301MILE")


@pytest.mark.parametrize("name", ["", "  ", "\n\t"])
def test_a_name_is_needed(albums: AlbumWriter, name: str) -> None:
    with pytest.raises(UserError, match="name"):
        albums.create(name)


def test_an_album_may_change_the_case_of_its_own_name(opened: CatalogWriter, albums: AlbumWriter) -> None:
    made = albums.create("coins")
    albums.rename(made, " Coins\nof Rome ")
    albums.rename(made, "COINS of Rome")
    assert opened.album(made).name == "COINS of Rome"
    found = opened.album_named("coins OF rome")
    assert found is not None
    assert found.id == made


def test_a_removed_album_comes_back_with_all_that_was_decided(opened: CatalogWriter, albums: AlbumWriter) -> None:
    made = albums.create("Coins", [1, 2])
    albums.decide(made, [3], "not")
    albums.remove(made)
    assert opened.albums() == ()
    assert opened.albums_of([1]) == {}
    albums.restore(made)
    assert opened.albums() == (Album(made, "Coins", photos=2, refused=1),)


def test_a_name_that_was_taken_meanwhile_keeps_an_album_away_until_it_is_free(
    opened: CatalogWriter, albums: AlbumWriter
) -> None:
    made = albums.create("Coins", [1])
    albums.remove(made)
    other = albums.create("COINS")
    with pytest.raises(UserError, match="cannot come back") as caught:
        albums.restore(made)
    assert caught.value.remedy
    albums.rename(other, "Coins of Rome")
    albums.restore(made)
    assert [album.name for album in opened.albums()] == ["Coins", "Coins of Rome"]


def test_what_is_not_there_is_told_and_nothing_is_written(opened: CatalogWriter, albums: AlbumWriter) -> None:
    removed = albums.create("Gone")
    albums.remove(removed)
    made = albums.create("Coins")
    for album_id in (removed, 999):
        for act in (
            partial(albums.rename, album_id, "X"),
            partial(albums.remove, album_id),
            partial(albums.decide, album_id, [1], "member"),
            partial(opened.album, album_id),
        ):
            with pytest.raises(UserError, match="no longer there"):
                act()
    with pytest.raises(UserError, match="no longer there"):
        albums.restore(999)
    with pytest.raises(UserError, match="no longer in the library"):
        albums.decide(made, [1, 999], "member")
    with pytest.raises(UserError, match="no longer in the library"):
        albums.create("Stamps", [999])
    assert opened.albums() == (Album(made, "Coins", photos=0, refused=0),)


def test_photos_are_listed_by_the_directory_that_they_lie_in(opened: CatalogWriter, tmp_path: Path) -> None:
    found = opened.photos_by_directory(tmp_path)
    assert list(found) == [tmp_path / "photos"]
    assert [opened.photos([photo])[photo].path.name[0] for photo in found[tmp_path / "photos"]] == ["a", "b", "c", "d"]
    assert opened.photos_by_directory(tmp_path / "elsewhere") == {}
