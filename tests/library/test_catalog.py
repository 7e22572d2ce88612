"""The catalog: folders, what a scan found, what the indexer read, and that nothing of it is lost."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guie_desktop.disk.file_numbers import identity, size_and_time
from guie_desktop.disk.scan import compare, list_directory
from guie_desktop.errors import UnreadablePhoto, UserError
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.conditions import below
from guie_desktop.library.content_checks import ContentChecks
from guie_desktop.library.migrations import SCHEMA_VERSION
from tests.scanned import BACKBONE, read_all, scan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    return made


def shown(catalog: CatalogWriter) -> set[str]:
    return {photo.path.name for photo in catalog.photos(catalog.photo_ids()).values()}


def test_a_new_photo_waits_is_read_and_is_shown(catalog: CatalogWriter, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    assert catalog.pending_count(BACKBONE) == 1
    assert shown(catalog) == set()
    read_all(catalog)
    assert catalog.pending_count(BACKBONE) == 0
    assert shown(catalog) == {"a.jpg"}
    assert (catalog.embedded_count(BACKBONE), catalog.embedded_count("another")) == (1, 0)
    assert catalog.folders()[0].photos == 1


@given(size=st.integers(0, 2**80), nanoseconds=st.integers(-(2**80), 2**80), inode=st.integers(0, 2**64 - 1))
@example(size=0, nanoseconds=-(2**63) - 1, inode=2**64 - 1)
def test_whatever_a_file_system_says_fits_into_the_catalog(size: int, nanoseconds: int, inode: int) -> None:
    class Status:
        st_size, st_mtime_ns = size, nanoseconds

    kept = (*size_and_time(Status), identity(inode))  # type: ignore[arg-type]
    with closing(sqlite3.connect(":memory:")) as connection:
        assert connection.execute("SELECT ?, ?, ?", kept).fetchone() == kept
    if abs(nanoseconds) < 2**63 and max(size, inode) < 2**63:
        assert kept == (size, nanoseconds, inode)


def test_a_vanished_photo_is_gone_and_the_same_one_when_it_returns(catalog: CatalogWriter, folder: Path) -> None:
    photo = folder / "a.jpg"
    photo.write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    read_all(catalog)
    before = catalog.photo_ids()
    backup, times = folder.parent / "backup.jpg", photo.stat()
    backup.write_bytes(photo.read_bytes())  # while the first is there, so that they have not one inode
    os.utime(backup, ns=(times.st_atime_ns, times.st_mtime_ns))
    photo.unlink()
    scan(catalog, added.id, folder)
    assert shown(catalog) == set()
    backup.rename(photo)
    scan(catalog, added.id, folder)
    assert read_all(catalog) == 1
    assert catalog.photo_ids() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows tells no inode when it lists a folder")
def test_a_photo_that_comes_back_from_the_trash_and_goes_again_is_one_photo_whoever_sees_it(
    catalog: CatalogWriter, folder: Path
) -> None:
    photo, trashed = folder / "a.jpg", folder.parent / "trashed.jpg"
    photo.write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    read_all(catalog)
    (photo_id,) = catalog.photo_ids()
    checks = ContentChecks(catalog)
    for _ in range(2):
        photo.rename(trashed)
        checks.note_trashed([photo_id])
        trashed.rename(photo)
        scan(catalog, added.id, folder)  # before we hear of it, as while undo goes on
        assert catalog.pending_count(BACKBONE) == 0
        assert [check.id for check in checks.unconfirmed(9, after=0)] == [photo_id]
        checks.note_returned([photo_id])
    photo.rename(trashed)
    scan(catalog, added.id, folder)
    found = catalog.photos([photo_id])[photo_id]
    assert (found.path, shown(catalog)) == (photo, set())  # no other row took its name


@pytest.mark.skipif(os.name == "nt", reason="Windows tells no inode when it lists a folder")
def test_what_comes_back_and_holds_another_picture_is_another_photo(catalog: CatalogWriter, folder: Path) -> None:
    photo, away = folder / "a.jpg", folder.parent / "away.jpg"
    photo.write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    read_all(catalog)
    (photo_id,) = catalog.photo_ids()
    times = photo.stat()
    photo.rename(away)
    scan(catalog, added.id, folder)
    away.write_bytes(b"b")
    os.utime(away, ns=(times.st_atime_ns, times.st_mtime_ns))
    away.rename(photo)
    scan(catalog, added.id, folder)
    assert list(catalog.photo_ids()) == [photo_id]
    assert ContentChecks(catalog).note_changed([photo_id]) == 1  # as the check of its content finds
    assert read_all(catalog) == 0
    assert shown(catalog) == {"a.jpg"}
    assert photo_id not in catalog.photo_ids()


def test_a_renamed_photo_is_followed_without_being_read(catalog: CatalogWriter, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    read_all(catalog)
    before = catalog.photo_ids()
    (folder / "a.jpg").rename(folder / "b.jpg")
    scan(catalog, added.id, folder)
    assert catalog.adopt_moved() == 1
    assert catalog.photo_ids() == before
    assert shown(catalog) == {"b.jpg"}
    assert catalog.pending_count(BACKBONE) == 0


def test_a_photo_moved_to_another_drive_is_known_by_its_content(catalog: CatalogWriter, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    read_all(catalog)
    before = catalog.photo_ids()
    (folder / "a.jpg").unlink()
    (folder / "copy.jpg").write_bytes(b"a")
    os.utime(folder / "copy.jpg", (1, 1))
    scan(catalog, added.id, folder)
    assert catalog.adopt_moved() == 0
    assert read_all(catalog) == 1
    assert catalog.photo_ids() == before
    assert shown(catalog) == {"copy.jpg"}


def test_an_edited_photo_is_read_again(catalog: CatalogWriter, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    read_all(catalog)
    (folder / "a.jpg").write_bytes(b"edited")
    scan(catalog, added.id, folder)
    assert [photo.was_read for photo in catalog.pending(BACKBONE)] == [True]
    read_all(catalog)
    assert catalog.photos(catalog.photo_ids())[1].content_hash.startswith(b"edited")


def test_removing_a_folder_hides_its_photos_and_adding_it_again_brings_them_back(
    catalog: CatalogWriter, folder: Path
) -> None:
    (folder / "a.jpg").write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    read_all(catalog)
    before = catalog.photo_ids()
    catalog.remove_folder(added.id)
    assert shown(catalog) == set()
    again = catalog.add_folder(folder)
    scan(catalog, again.id, folder)
    assert catalog.photo_ids() == before
    assert catalog.pending_count(BACKBONE) == 0


def test_a_folder_inside_another_is_not_added_twice(catalog: CatalogWriter, folder: Path) -> None:
    inside = folder / "inside"
    inside.mkdir()
    outer = catalog.add_folder(folder)
    assert catalog.add_folder(inside) == outer
    assert len(catalog.folders()) == 1


def test_a_folder_above_others_takes_their_photos_over(catalog: CatalogWriter, folder: Path) -> None:
    inside = folder / "inside"
    inside.mkdir()
    (inside / "a.jpg").write_bytes(b"a")
    inner = catalog.add_folder(inside)
    scan(catalog, inner.id, inside)
    read_all(catalog)
    outer = catalog.add_folder(folder)
    assert [one.path for one in catalog.folders()] == [folder]
    assert [photo.folder_id for photo in catalog.photos(catalog.photo_ids()).values()] == [outer.id]


def test_a_missing_folder_is_refused_in_a_sentence(catalog: CatalogWriter, folder: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        catalog.add_folder(folder / "nowhere")


def test_a_failure_keeps_its_reason_and_is_not_tried_again_unless_asked(catalog: CatalogWriter, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    catalog.record_failures([(next(catalog.pending(BACKBONE)), UnreadablePhoto("It is broken.", "Mend it."))])
    assert [failure.reason for failure in catalog.failures()] == ["It is broken. Mend it."]
    scan(catalog, added.id, folder)
    assert catalog.pending_count(BACKBONE) == 0
    listing = list_directory(folder)
    catalog.apply(added.id, [compare(listing, catalog.known_files(folder, retry=True))])
    assert catalog.pending_count(BACKBONE) == 1


def test_a_transient_failure_is_tried_at_the_next_scan(catalog: CatalogWriter, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    failure = UnreadablePhoto("Not allowed.", transient=True)
    catalog.record_failures([(next(catalog.pending(BACKBONE)), failure)])
    scan(catalog, added.id, folder)
    assert catalog.pending_count(BACKBONE) == 1


def test_what_is_wrong_with_a_folder_is_a_failure_of_its_own_until_it_is_mended(
    catalog: CatalogWriter, folder: Path
) -> None:
    (folder / "a.jpg").write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    for _ in range(2):
        catalog.record_trouble(added.id, folder, "Not allowed.")
        scan(catalog, added.id, folder)
    assert [(failure.path, failure.reason) for failure in catalog.failures()] == [(folder, "Not allowed.")]
    assert catalog.troubled_directories() == {folder}
    catalog.forget_trouble(folder)
    assert catalog.failures() == ()
    assert catalog.counts().unread == 1


NAMES = st.binary(min_size=1, max_size=20).filter(lambda name: b"/" not in name and b"\0" not in name)


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="names are bytes on Linux only")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES.filter(lambda name: not name.startswith(b".")))
def test_names_of_any_bytes_survive(tmp_path_factory: pytest.TempPathFactory, name: bytes) -> None:
    base = tmp_path_factory.mktemp("names")
    photos = base / "photos"
    photos.mkdir()
    path = Path(os.fsdecode(os.fsencode(photos) + b"/" + name + b".jpg"))
    path.write_bytes(b"x")
    catalog = CatalogWriter.open(base / "c.sqlite")
    try:
        added = catalog.add_folder(photos)
        scan(catalog, added.id, photos)
        read_all(catalog)
        assert [photo.path for photo in catalog.photos(catalog.photo_ids()).values()] == [path]
        scan(catalog, added.id, photos)
        assert catalog.pending_count(BACKBONE) == 0
        found = catalog.photo_at(path)
        assert found is not None
        assert found.path.read_bytes() == b"x"
    finally:
        catalog.close()


def test_below_means_the_folder_and_deeper_but_not_its_neighbours(catalog: CatalogWriter, tmp_path: Path) -> None:
    root = tmp_path / "root"
    for name in ("a", "a/deep", "a-b", "a.b", "ab", "a\x01"):
        (root / name).mkdir(parents=True)
        (root / name / "p.jpg").write_bytes(name.encode())
    added = catalog.add_folder(root)
    for directory in sorted(root.rglob("*")):
        if directory.is_dir():
            scan(catalog, added.id, directory)
    assert catalog.known_directories(root / "a") == {root / "a", root / "a" / "deep"}
    assert below(root / "a") is not None


def test_a_window_reads_while_the_worker_writes(catalog: CatalogWriter, folder: Path) -> None:
    reader = Catalog.open_read_only(catalog.path)
    (folder / "a.jpg").write_bytes(b"a")
    added = catalog.add_folder(folder)
    scan(catalog, added.id, folder)
    read_all(catalog)
    assert len(reader.photo_ids()) == 1
    reader.close()


def test_a_catalog_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    CatalogWriter.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    connection.close()
    for open_it in (CatalogWriter.open, Catalog.open_read_only):
        with pytest.raises(UserError, match="newer version"):
            open_it(path)


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"this is not a database at all, but it is long enough to be looked at" * 20)
    with pytest.raises(UserError, match="not a database") as caught:
        CatalogWriter.open(path)
    assert "no copy" in caught.value.remedy
