"""Folders that lie elsewhere now take all rows along, and nothing that was decided is lost on the way."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from guie_desktop.library.albums import AlbumWriter
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.database import writing
from guie_desktop.library.identity import vacate
from guie_desktop.library.tables import album_photos, albums, folders, photos

Rows = dict[int, tuple[Path, int | None]]


def add_folder(catalog: CatalogWriter, path: str | Path) -> int:
    with writing(catalog.database) as connection:
        row = insert(folders).values(path=Path(path), added_at=0.0).returning(folders.c.id)
        return int(connection.execute(row).scalar_one())


def add_photo(catalog: CatalogWriter, folder: int | None, path: str | Path, content: bytes | None = b"a") -> int:
    path = Path(path)
    values = {
        "folder_id": folder,
        "directory": path.parent,
        "name": Path(path.name),
        "bytes": 1,
        "mtime_ns": 1,
        "inode": 1,
        "state": "ready" if content else "new",
        "content_hash": content,
        "width": 1,
        "height": 1,
        "taken": 0.0,
    }
    with writing(catalog.database) as connection:
        return int(connection.execute(insert(photos).values(values).returning(photos.c.id)).scalar_one())


def mark_missing(catalog: CatalogWriter, photo: int) -> None:
    with writing(catalog.database) as connection:
        connection.execute(photos.update().where(photos.c.id == photo).values(missing_since=time.time()))


def rows(catalog: CatalogWriter) -> Rows:
    """Photo id to its path and folder, of those that are there."""
    query = select(photos.c.id, photos.c.directory, photos.c.name, photos.c.folder_id)
    with catalog.database.connect() as connection:
        found = connection.execute(query.where(photos.c.missing_since.is_(None))).all()
    return {row.id: (row.directory / row.name, row.folder_id) for row in found}


def paths(catalog: CatalogWriter) -> dict[int, Path]:
    return {folder.id: folder.path for folder in catalog.folders()}


def test_a_folder_goes_with_all_below_it_and_with_nothing_beside_it(catalog: CatalogWriter) -> None:
    odd = Path(os.fsdecode(b"caf\xe9/\n"))
    old = add_folder(catalog, "/media/a")
    inside = [add_photo(catalog, old, Path("/media/a") / part / "x.jpg") for part in (Path(), Path("b"), odd, "b/c")]
    beside = add_photo(catalog, None, "/media/a b/x.jpg")
    gone = add_photo(catalog, old, "/media/a/gone.jpg")
    mark_missing(catalog, gone)
    assert catalog.relocate_folders({old: Path("/mnt/é/b")}) == 4
    assert paths(catalog) == {old: Path("/mnt/é/b")}
    found = rows(catalog)
    assert [found[photo][0] for photo in inside] == [
        Path("/mnt/é/b") / part / "x.jpg" for part in (Path(), Path("b"), odd, "b/c")
    ]
    assert found[beside] == (Path("/media/a b/x.jpg"), None)
    with catalog.database.connect() as connection:
        assert connection.execute(select(photos.c.directory).where(photos.c.id == gone)).scalar_one() == Path(
            "/mnt/é/b"
        )


@pytest.mark.parametrize(
    ("old", "new"), [("/", "/mnt"), ("/mnt", "/"), ("/a", "/a/a"), ("/a/a", "/a"), ("/A", "/a"), ("/é", "/e\u0301")]
)
def test_places_may_overlap_and_names_may_differ_in_their_spelling_alone(
    catalog: CatalogWriter, old: str, new: str
) -> None:
    folder = add_folder(catalog, old)
    parts = ("x.jpg", "a/x.jpg", "a/a/x.jpg", "a/a/a/x.jpg")
    ids = [add_photo(catalog, folder, Path(old) / part) for part in parts]
    catalog.relocate_folders({folder: Path(new)})
    assert rows(catalog) == {photo: (Path(new) / part, folder) for photo, part in zip(ids, parts, strict=True)}


def test_folders_exchange_their_places(catalog: CatalogWriter) -> None:
    first, second = add_folder(catalog, "/media/DISK"), add_folder(catalog, "/media/DISK1")
    a, b = add_photo(catalog, first, "/media/DISK/x.jpg"), add_photo(catalog, second, "/media/DISK1/x.jpg", b"b")
    moves = {first: Path("/media/DISK1"), second: Path("/media/DISK")}
    assert catalog.relocate_folders(moves) == 2
    assert paths(catalog) == moves
    assert rows(catalog) == {a: (Path("/media/DISK1/x.jpg"), first), b: (Path("/media/DISK/x.jpg"), second)}


def test_a_folder_that_comes_to_lie_in_another_becomes_a_part_of_it(catalog: CatalogWriter) -> None:
    drive, home = add_folder(catalog, "/media/a"), add_folder(catalog, "/home")
    photo = add_photo(catalog, drive, "/media/a/x.jpg")
    catalog.relocate_folders({drive: Path("/home/a")})
    assert paths(catalog) == {home: Path("/home")}
    assert rows(catalog) == {photo: (Path("/home/a/x.jpg"), home)}


def test_a_folder_that_comes_to_lie_above_another_takes_it_in(catalog: CatalogWriter) -> None:
    drive, inner = add_folder(catalog, "/media/a"), add_folder(catalog, "/mnt/a/b")
    photo, other = add_photo(catalog, drive, "/media/a/x.jpg"), add_photo(catalog, inner, "/mnt/a/b/y.jpg")
    catalog.relocate_folders({drive: Path("/mnt/a")})
    assert paths(catalog) == {drive: Path("/mnt/a")}
    assert rows(catalog) == {photo: (Path("/mnt/a/x.jpg"), drive), other: (Path("/mnt/a/b/y.jpg"), drive)}


@pytest.mark.parametrize("content", [b"a", None], ids=["the same picture", "not read yet"])
def test_what_was_decided_of_both_stays_where_two_rows_are_one_photo(
    catalog: CatalogWriter, content: bytes | None
) -> None:
    old, new = add_folder(catalog, "/old"), add_folder(catalog, "/new")
    moving, there = add_photo(catalog, old, "/old/x.jpg"), add_photo(catalog, new, "/new/x.jpg", content)
    writer = AlbumWriter(catalog)
    first, second = writer.create("First", [moving]), writer.create("Second", [there])
    catalog.relocate_folders({old: Path("/new")})
    assert paths(catalog) == {new: Path("/new")}
    assert rows(catalog) == {moving: (Path("/new/x.jpg"), new)}
    assert [catalog.verdicts(album) for album in (first, second)] == [{moving: "member"}] * 2


def test_a_row_that_was_never_read_gives_way_to_one_that_was(catalog: CatalogWriter) -> None:
    old, new = add_folder(catalog, "/old"), add_folder(catalog, "/new")
    gone, there = add_photo(catalog, old, "/old/x.jpg", None), add_photo(catalog, new, "/new/x.jpg", b"b")
    mark_missing(catalog, gone)
    writer = AlbumWriter(catalog)
    first, second = writer.create("First", [gone]), writer.create("Second", [there])
    catalog.relocate_folders({old: Path("/new")})
    assert rows(catalog) == {there: (Path("/new/x.jpg"), new)}
    assert [catalog.verdicts(album) for album in (first, second)] == [{there: "member"}] * 2


def test_rows_that_gave_up_their_names_go_along_and_are_in_nobodys_way(catalog: CatalogWriter) -> None:
    old, new = add_folder(catalog, "/old"), add_folder(catalog, "/new")
    ids = [add_photo(catalog, old, "/old/x.jpg", b"a"), add_photo(catalog, new, "/new/x.jpg", b"b")]
    for photo in ids:
        mark_missing(catalog, photo)
    with writing(catalog.database) as connection:
        vacate(connection, ids)
    there = add_photo(catalog, old, "/old/x.jpg", b"c")
    album = AlbumWriter(catalog).create("All", [*ids, there])
    catalog.relocate_folders({old: Path("/new")})
    assert rows(catalog) == {there: (Path("/new/x.jpg"), new)}
    assert set(catalog.verdicts(album)) == {*ids, there}
    assert "x.jpg" in catalog.known_files(Path("/new"), retry=False)


@pytest.mark.parametrize("is_there", [True, False])
def test_another_picture_under_the_name_gives_way_with_what_was_decided_of_it(
    catalog: CatalogWriter, is_there: bool
) -> None:
    old, new = add_folder(catalog, "/old"), add_folder(catalog, "/new")
    moving, there = add_photo(catalog, old, "/old/x.jpg"), add_photo(catalog, new, "/new/x.jpg", b"b")
    if not is_there:
        mark_missing(catalog, there)
    album = AlbumWriter(catalog).create("Both", [moving, there])
    catalog.relocate_folders({old: Path("/new")})
    stays = there if is_there else moving
    assert rows(catalog) == {stays: (Path("/new/x.jpg"), new)}
    assert set(catalog.verdicts(album)) == {moving, there}


_PARTS = st.sampled_from(["a", "b", "c"])
_PATH = st.lists(_PARTS, min_size=1, max_size=3).map(lambda parts: Path("/", *parts))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(_PATH, min_size=1, max_size=3, unique=True),
    after=st.lists(_PATH, min_size=3, max_size=3, unique=True),
    below=st.lists(st.tuples(st.integers(0, 2), st.lists(_PARTS, max_size=2)), max_size=8),
)
def test_wherever_folders_go_no_picture_and_no_decision_gets_lost(
    catalog: CatalogWriter, before: list[Path], after: list[Path], below: list[tuple[int, list[str]]]
) -> None:
    before = [path for path in before if not any(other in path.parents for other in before)]
    empty(catalog)
    ids = [add_folder(catalog, path) for path in before]
    known: dict[Path, int] = {}
    for number, (folder, parts) in enumerate(below):
        path = before[folder % len(before)].joinpath(*parts, "x.jpg")
        if path not in known:
            known[path] = add_photo(catalog, ids[folder % len(before)], path, str(number).encode())
    album = AlbumWriter(catalog).create("All", list(known.values()))
    moves = dict(zip(ids, after, strict=False))
    catalog.relocate_folders(moves)
    assert set(catalog.verdicts(album)) == set(known.values())
    lying = list(paths(catalog).values())
    assert not any(other in path.parents for path in lying for other in lying)
    for path, owner in rows(catalog).values():
        assert owner is not None
        assert paths(catalog)[owner] in path.parents


def empty(catalog: CatalogWriter) -> None:
    with writing(catalog.database) as connection:
        for table in (album_photos, albums, photos, folders):
            connection.execute(delete(table))
