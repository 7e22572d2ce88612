"""Albums, as the window asks the worker for them."""

from pathlib import Path
from typing import Any

import pytest

from guie_desktop.asking import Filter, Query
from guie_desktop.library.catalog import Catalog
from guie_desktop.messages import (
    Cancel,
    Command,
    CreateAlbum,
    Decide,
    Failed,
    ImportAlbums,
    JobEnded,
    LibraryChanged,
    Mark,
    Marked,
    Progress,
    Ready,
    RemoveAlbum,
    RenameAlbum,
    Search,
    Shutdown,
    Suggest,
)
from guie_desktop.paths import LibraryPaths
from tests.drawing import save_photos
from tests.worker_end import MANY, PATIENCE, Start, WorkerEnd

pytestmark = pytest.mark.slow


@pytest.fixture
def worker(start: Start, tmp_path: Path) -> WorkerEnd:
    """A worker that has made albums of rings and of dots; more of both lie beside them."""
    for number, kind in enumerate(("rings", "dots")):
        save_photos(tmp_path / "sorted" / kind, 3, kinds=(kind,), first=10 * number)
    save_photos(tmp_path / "sorted", 4, kinds=("rings", "dots"), first=100)
    started = start()
    started.wait_for(Ready)
    started.wait_for(JobEnded)
    started.send(ImportAlbums(tmp_path / "sorted"))
    assert started.wait_for(JobEnded).report.added == 10
    return started


@pytest.fixture
def catalog(worker: WorkerEnd, paths: LibraryPaths) -> Catalog:
    return Catalog.open_read_only(paths.catalog)


def test_folders_become_albums(worker: WorkerEnd, catalog: Catalog) -> None:
    assert {album.name: album.photos for album in catalog.albums()} == {"rings": 3, "dots": 3, "sorted": 4}
    assert any(isinstance(event, LibraryChanged) for event in worker.news)
    assert any(isinstance(event, Progress) and event.stage == "albums" for event in worker.news)
    catalog.close()


def test_albums_that_were_cancelled_while_photos_were_read_are_told_of_and_made_with_the_next_scan(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    save_photos(tmp_path / "many" / "rings", MANY, kinds=("rings",))
    worker = start()
    worker.wait_for(JobEnded)
    worker.ask(ImportAlbums(tmp_path / "many"))
    worker.wait_for(Progress, lambda progress: progress.stage == "photos")
    worker.ask(Cancel())
    assert f"no albums of the folders in {tmp_path / 'many'} yet" in worker.wait_for(Failed).title
    worker.ask(Shutdown())
    worker.process.join(PATIENCE)
    again = start()
    again.wait_for(JobEnded)
    catalog = Catalog.open_read_only(paths.catalog)
    assert [(album.name, album.photos) for album in catalog.albums()] == [("rings", MANY)]
    catalog.close()


def test_an_album_is_made_decided_upon_renamed_removed_and_brought_back(worker: WorkerEnd, catalog: Catalog) -> None:
    photos = tuple(catalog.photo_ids())

    def change(*commands: Command[Any]) -> None:
        for command in commands:
            assert not isinstance(worker.ask(command), Failed)
            assert worker.news[-1] == LibraryChanged()

    change(CreateAlbum("Mine", photos[:2]))
    mine = next(album for album in catalog.albums() if album.name == "Mine")
    assert mine.photos == 2
    change(Decide(mine.id, photos[1:3], "not"), RenameAlbum(mine.id, "My own"), RemoveAlbum(mine.id))
    assert "My own" not in [album.name for album in catalog.albums()]
    change(RemoveAlbum(mine.id, restore=True), Decide(mine.id, photos[2:3], None))
    assert catalog.album(mine.id).name == "My own"
    assert catalog.verdicts(mine.id) == {photos[0]: "member", photos[1]: "not"}
    found = worker.ask(Search(Query(photos=photos[5:6], which=Filter(albums=(mine.id,)))))
    assert [hit.photo_id for hit in found.answer.hits] == [photos[0]]
    catalog.close()


def test_photos_are_rated_and_flagged_and_what_was_said_before_is_told(worker: WorkerEnd, catalog: Catalog) -> None:
    photos = tuple(catalog.photo_ids())[:3]
    assert worker.ask(Mark(photos[:1], "rating", 2)) == Marked({0: photos[:1]})
    assert worker.news[-1] == LibraryChanged()
    assert worker.ask(Mark(photos, "rating", 4)).before == {2: photos[:1], 0: tuple(sorted(photos[1:]))}
    assert worker.ask(Mark(photos[:1], "flag", 1)) == Marked({0: photos[:1]})
    assert {(photo.rating, photo.flagged) for photo in catalog.photos(photos[:1]).values()} == {(4, True)}
    assert isinstance(worker.ask(Mark(photos, "rating", 6)), Failed)
    catalog.close()


def test_suggestions_follow_what_is_decided(worker: WorkerEnd, catalog: Catalog) -> None:
    rings = next(album.id for album in catalog.albums() if album.name == "rings")
    suggested = worker.ask(Suggest(rings, 2))
    assert suggested.album_id == rings
    assert [hit.path.name[:5] for hit in suggested.hits] == ["rings", "rings"]
    first, second = (hit.photo_id for hit in suggested.hits)
    worker.send(Decide(rings, (first,), "member"))
    worker.send(Decide(rings, (second,), "not"))
    assert {hit.photo_id for hit in worker.ask(Suggest(rings)).hits}.isdisjoint({first, second})
    catalog.close()


def test_failures_are_sentences_and_the_worker_goes_on(worker: WorkerEnd, catalog: Catalog, tmp_path: Path) -> None:
    for command in (
        CreateAlbum("RINGS"),
        CreateAlbum(""),
        CreateAlbum("New", (12345,)),
        RenameAlbum(12345, "X"),
        RemoveAlbum(12345),
        Decide(12345, (1,), "member"),
        Suggest(12345),
        Search(Query(photos=(1,), which=Filter(albums=(12345,)))),
        ImportAlbums(tmp_path / "nowhere"),
    ):
        failed = worker.reply(worker.send(command))
        assert isinstance(failed, Failed)
        assert failed.title.endswith(".")
        assert failed.remedy.endswith(".")
    assert len(catalog.albums()) == 3
    catalog.close()
