"""A real worker copies and moves files, and the library follows at once."""

from pathlib import Path

import pytest

from guie_desktop.domain import Photo
from guie_desktop.filing import ExportChoices, FileMove
from guie_desktop.library.catalog import Catalog
from guie_desktop.messages import Export, Exported, Failed, LibraryChanged, Moved, MoveFiles
from guie_desktop.paths import LibraryPaths
from tests.drawing import save_photos
from tests.running import index_folder
from tests.worker_end import Start

pytestmark = pytest.mark.slow


def photos_of(paths: LibraryPaths) -> dict[str, Photo]:
    catalog = Catalog.open_read_only(paths.catalog)
    found = catalog.photos(catalog.photo_ids()).values()
    catalog.close()
    return {photo.path.name: photo for photo in found}


def test_copies_and_new_names(start: Start, paths: LibraryPaths, tmp_path: Path) -> None:
    first, *_ = save_photos(tmp_path / "photos", 3)
    index_folder(paths, tmp_path / "photos")
    photos = photos_of(paths)
    worker = start()
    ids = tuple(photo.id for photo in photos.values())
    done = worker.ask(Export(ids, ExportChoices(tmp_path / "out", size=64)))
    assert isinstance(done, Exported)
    assert (done.copied, done.left) == (3, ())
    assert len(list((tmp_path / "out").iterdir())) == 3
    refused = worker.ask(Export(ids, ExportChoices(tmp_path / "out", names="{what}")))
    assert isinstance(refused, Failed)
    known = photos[first.name]
    moved = worker.ask(MoveFiles((FileMove(known.id, first, first.with_name("new.jpg")),)))
    assert isinstance(moved, Moved)
    assert [move.target.name for move in moved.moves] == ["new.jpg"]
    worker.wait_for(LibraryChanged)
    assert photos_of(paths)["new.jpg"].id == known.id
