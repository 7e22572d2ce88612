"""What of a photo's row the program sees."""

from pathlib import Path

from guie_desktop.disk.same_file import IS_OTHER, objection
from guie_desktop.library.catalog_writer import CatalogWriter
from tests.scanned import read_all, scan


def test_a_photo_that_waits_to_be_read_again_is_not_confirmed(catalog: CatalogWriter, tmp_path: Path) -> None:
    """The catalog has the new size and time already, and still the old content."""
    folder = tmp_path / "photos"
    folder.mkdir()
    path = folder / "cat.jpg"
    path.write_bytes(b"a photo of a cat")
    folder_id = catalog.add_folder(folder).id
    scan(catalog, folder_id, folder)
    read_all(catalog)
    (photo_id,) = catalog.photo_ids()
    assert not catalog.photos([photo_id])[photo_id].unconfirmed
    path.write_bytes(b"a photo of a whale")
    scan(catalog, folder_id, folder)
    waiting = catalog.photos([photo_id])[photo_id]
    assert waiting.unconfirmed
    assert objection(waiting) == IS_OTHER
