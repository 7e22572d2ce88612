"""What is told of photos that are not where they were, and of what an earlier rule read of them."""

from pathlib import Path

from sqlalchemy import select, update

from guie_desktop.library.catalog_writer import CatalogWriter
from guie_desktop.library.content_checks import ContentChecks
from guie_desktop.library.database import writing
from guie_desktop.library.decode_rules import DECODE_RULE
from guie_desktop.library.identity import vacate
from guie_desktop.library.tables import photos
from tests.scanned import read_all, scan


def indexed(catalog: CatalogWriter, folder: Path, *names: str) -> int:
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(name.encode())
    folder_id = catalog.add_folder(folder).id
    scan(catalog, folder_id, folder)
    read_all(catalog)
    return folder_id


def test_what_gave_its_name_up_is_missing_under_its_own_name(catalog: CatalogWriter, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder_id = indexed(catalog, folder, "a.jpg", "b.jpg")
    for name in ("a.jpg", "b.jpg"):
        (folder / name).unlink()
    scan(catalog, folder_id, folder)
    assert ContentChecks(catalog).missing(0) == (folder / "a.jpg", folder / "b.jpg")
    (folder / "a.jpg").write_bytes(b"another")
    scan(catalog, folder_id, folder)
    assert ContentChecks(catalog).missing(0) == (folder / "a.jpg", folder / "b.jpg")


def test_what_the_user_put_into_the_trash_is_not_missed_unless_it_was_back(
    catalog: CatalogWriter, tmp_path: Path
) -> None:
    folder, checks = tmp_path / "photos", ContentChecks(catalog)
    folder_id = indexed(catalog, folder, "a.jpg", "b.jpg", "c.jpg")
    trashed = [photo.id for photo in catalog.photos(catalog.photo_ids()).values() if photo.path.name != "c.jpg"]
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (folder / name).rename(tmp_path / name)
    checks.note_trashed(trashed[:1])  # before a scan has seen it,
    scan(catalog, folder_id, folder)
    checks.note_trashed(trashed[1:])  # or after
    assert checks.missing(0) == (folder / "c.jpg",)
    (tmp_path / "a.jpg").rename(folder / "a.jpg")
    scan(catalog, folder_id, folder)
    read_all(catalog)
    assert (folder / "a.jpg").name in {photo.path.name for photo in catalog.photos(catalog.photo_ids()).values()}
    (folder / "a.jpg").unlink()
    scan(catalog, folder_id, folder)
    assert checks.missing(0) == (folder / "a.jpg", folder / "c.jpg")


def test_a_corrected_rule_concerns_what_gave_its_name_up_too(catalog: CatalogWriter, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    indexed(catalog, folder, "a.PNG", "b.jpg")
    with writing(catalog.database) as connection:
        connection.execute(update(photos).values(rule=1, taken=0.0))
        ids = list(connection.execute(select(photos.c.id)).scalars())
        vacate(connection, ids)
    catalog.settle_rules()
    with catalog.database.connect() as connection:
        rules = {row.name.name: row.rule for row in connection.execute(select(photos.c.name, photos.c.rule))}
    assert rules == {"a.PNG": 1, "b.jpg": DECODE_RULE}
