"""Albums, as the window asks the worker for them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guie_desktop.domain import Query
from guie_desktop.library.catalog import Catalog
from guie_desktop.messages import (
    CreateAlbum,
    Decide,
    Failed,
    Found,
    ImportAlbums,
    JobEnded,
    LibraryChanged,
    Progress,
    Ready,
    RemoveAlbum,
    RenameAlbum,
    Search,
    Suggest,
    Suggested,
)
from guie_desktop.paths import LibraryPaths
from tests.drawing import save_photos
from tests.worker.conftest import WorkerEnd

pytestmark = pytest.mark.slow

Start = Callable[[], WorkerEnd]


@pytest.fixture
def worker(start: Start, tmp_path: Path) -> WorkerEnd:
    """A worker that has made albums of rings and of dots; more of both lie beside them."""
    for number, kind in enumerate(("rings", "dots")):
        save_photos(tmp_path / "sorted" / kind, 3, kinds=(kind,), first=10 * number)
    save_photos(tmp_path / "sorted", 4, kinds=("rings", "dots"), first=100)
    started = start()
    started.wait_for(Ready)
    started.wait_for(JobEnded)
    started.send(ImportAlbums(1, tmp_path / "sorted"))
    assert started.wait_for(JobEnded).report.added == 10
    return started


@pytest.fixture
def catalog(worker: WorkerEnd, paths: LibraryPaths) -> Catalog:
    return Catalog.open_read_only(paths.catalogue)


def test_folders_become_albums(worker: WorkerEnd, catalog: Catalog) -> None:
    assert {album.name: album.photos for album in catalog.albums()} == {"rings": 3, "dots": 3, "sorted": 4}
    assert any(isinstance(event, LibraryChanged) and event.request == 1 for event in worker.events)
    assert any(isinstance(event, Progress) and event.stage == "albums" for event in worker.events)
    catalog.close()


def test_an_album_is_made_decided_upon_renamed_removed_and_brought_back(worker: WorkerEnd, catalog: Catalog) -> None:
    photos = tuple(catalog.photo_ids())

    def change(*commands: CreateAlbum | Decide | RenameAlbum | RemoveAlbum) -> None:
        for command in commands:
            worker.send(command)
            worker.wait_for(LibraryChanged, lambda event, asked=command.request: event.request == asked)

    change(CreateAlbum(10, "Mine", photos[:2]))
    mine = next(album for album in catalog.albums() if album.name == "Mine")
    assert mine.photos == 2
    change(Decide(11, mine.id, photos[1:3], "not"), RenameAlbum(12, mine.id, "My own"), RemoveAlbum(13, mine.id))
    assert "My own" not in [album.name for album in catalog.albums()]
    change(RemoveAlbum(14, mine.id, restore=True), Decide(15, mine.id, photos[2:3], None))
    assert catalog.album(mine.id).name == "My own"
    assert catalog.verdicts(mine.id) == {photos[0]: "member", photos[1]: "not"}
    worker.send(Search(16, Query(photos=photos[5:6], album=mine.id)))
    assert [hit.photo_id for hit in worker.wait_for(Found).answer.hits] == [photos[0]]
    catalog.close()


def test_suggestions_follow_what_is_decided(worker: WorkerEnd, catalog: Catalog) -> None:
    rings = next(album.id for album in catalog.albums() if album.name == "rings")
    worker.send(Suggest(20, rings, 2))
    suggested = worker.wait_for(Suggested)
    assert (suggested.request, suggested.album_id) == (20, rings)
    assert [hit.path.name[:5] for hit in suggested.hits] == ["rings", "rings"]
    first, second = (hit.photo_id for hit in suggested.hits)
    worker.send(Decide(21, rings, (first,), "member"))
    worker.send(Decide(22, rings, (second,), "not"))
    worker.send(Suggest(23, rings))
    assert {hit.photo_id for hit in worker.wait_for(Suggested).hits}.isdisjoint({first, second})
    catalog.close()


def test_failures_are_sentences_and_the_worker_goes_on(worker: WorkerEnd, catalog: Catalog, tmp_path: Path) -> None:
    for command in (
        CreateAlbum(30, "RINGS"),
        CreateAlbum(31, ""),
        CreateAlbum(32, "New", (12345,)),
        RenameAlbum(33, 12345, "X"),
        RemoveAlbum(34, 12345),
        Decide(35, 12345, (1,), "member"),
        Suggest(36, 12345),
        Search(37, Query(photos=(1,), album=12345)),
        ImportAlbums(38, tmp_path / "nowhere"),
    ):
        worker.send(command)
        failed = worker.wait_for(Failed)
        assert failed.request == command.request
        assert failed.title.endswith(".")
        assert failed.remedy.endswith(".")
    assert len(catalog.albums()) == 3
    catalog.close()
