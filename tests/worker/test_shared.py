"""Shared libraries, as the window asks the worker for them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guie_desktop.asking import Query, SharedFilter
from guie_desktop.domain import RemotePhoto, SharedLibrary
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.choices import Choices
from guie_desktop.library.shared_libraries import SharedLibraries
from guie_desktop.messages import (
    AlbumMade,
    BrowseShared,
    CreateAlbum,
    Done,
    Failed,
    ForgetShared,
    Found,
    JobEnded,
    OpenShared,
    ReadOriginal,
    Ready,
    RememberShared,
    Search,
    SearchShared,
    SharedOpened,
    SharedPage,
    TakeIn,
    TakenIn,
)
from guie_desktop.paths import LibraryPaths
from guie_desktop.workspace.open_library import WritableLibrary
from tests.drawing import save_photos
from tests.shared_library.made_table import make_table
from tests.worker_end import Start, WorkerEnd

pytestmark = pytest.mark.slow

PHOTOS, UNREADABLE = 60, 7


@pytest.fixture
def address(paths: LibraryPaths, tmp_path: Path) -> str:
    """A shared library by the model of the test's library."""
    with WritableLibrary(paths) as library:
        dimension, key = library.backbone.card.feature_dimension, library.backbone.key
    table = make_table(tmp_path / "shared", PHOTOS, dimension=dimension, backbone=key, unreadable=(UNREADABLE,))
    return table.uri


@pytest.fixture
def worker(start: Start, address: str) -> WorkerEnd:
    """Started when the table is made: both open the library, which is for one at a time."""
    started = start()
    started.wait_for(Ready)
    started.wait_for(JobEnded)
    return started


@pytest.fixture
def catalog(worker: WorkerEnd, paths: LibraryPaths) -> Iterator[Catalog]:
    opened = Catalog.open_read_only(paths.catalog)
    yield opened
    opened.close()


def known(catalog: Catalog) -> tuple[SharedLibrary, ...]:
    return SharedLibraries(Choices(catalog)).all()


def page(worker: WorkerEnd, command: BrowseShared | SearchShared) -> SharedPage:
    answer = worker.ask(command)
    assert isinstance(answer, SharedPage), answer
    return answer


def thing(photo: RemotePhoto) -> str:
    return Path(photo.path).parent.name


def refused(worker: WorkerEnd, command: Any) -> Failed:
    answer = worker.ask(command)
    assert isinstance(answer, Failed), answer
    assert answer.remedy
    return answer


def test_one_that_answers_is_remembered(worker: WorkerEnd, catalog: Catalog, address: str) -> None:
    opened = worker.ask(OpenShared(f" {address}/ "))
    shared = SharedLibrary("shared", address)
    assert opened == SharedOpened(shared, PHOTOS, has_features=True)
    assert known(catalog) == (shared,)
    named = SharedLibrary("Museum", address)
    assert worker.ask(RememberShared(named)) == Done()
    again = worker.ask(OpenShared(address))
    assert isinstance(again, SharedOpened)
    assert again.library == named
    assert worker.ask(ForgetShared(address)) == Done()
    assert known(catalog) == ()


def test_where_there_is_none_it_is_said_and_not_remembered(worker: WorkerEnd, catalog: Catalog, tmp_path: Path) -> None:
    assert "no shared library" in refused(worker, OpenShared(str(tmp_path))).title
    assert known(catalog) == ()


def test_all_that_could_be_read_are_browsed_by_pages(worker: WorkerEnd, address: str) -> None:
    worker.ask(OpenShared(address))
    seen: list[RemotePhoto] = []
    after = None
    while True:
        found = page(worker, BrowseShared(address, after=after, most=25))
        assert found.pictures.keys() == {photo.row for photo in found.photos}
        seen += found.photos
        after = found.after
        if after is None:
            break
    assert len({photo.path for photo in seen}) == len(seen) == PHOTOS - 1
    dates = [photo.taken for photo in seen if photo.taken is not None]
    assert dates == sorted(dates, reverse=True)
    which = SharedFilter(folder="/archive/thing 2", until=dates[20])
    some = page(worker, BrowseShared(address, which)).photos
    assert some
    assert {thing(photo) for photo in some} == {"thing 2"}
    assert all(photo.taken is not None and photo.taken < dates[20] for photo in some)


def test_look_alikes_are_of_the_same_thing(worker: WorkerEnd, address: str) -> None:
    worker.ask(OpenShared(address))
    first = page(worker, BrowseShared(address, most=1)).photos[0]
    found = page(worker, SearchShared(address, row=first.row, most=5)).photos
    assert first.row not in {photo.row for photo in found}
    assert {thing(photo) for photo in found} == {thing(first)}
    scores = [photo.score for photo in found if photo.score is not None]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)


def test_files_and_own_photos_are_looked_for(worker: WorkerEnd, address: str, catalog: Catalog, tmp_path: Path) -> None:
    worker.ask(OpenShared(address))
    [file] = save_photos(tmp_path / "photos", 1)
    assert len(page(worker, SearchShared(address, image=file, most=3)).photos) == 3
    row = page(worker, BrowseShared(address, most=1)).photos[0].row
    taken = worker.ask(TakeIn(address, (row,)))
    assert isinstance(taken, TakenIn)
    assert page(worker, SearchShared(address, photo=taken.photos[0], most=1)).photos[0].row == row
    assert "no longer in the library" in refused(worker, SearchShared(address, photo=10**6)).title


def test_what_is_taken_in_is_in_albums_and_found(worker: WorkerEnd, address: str, catalog: Catalog) -> None:
    worker.ask(OpenShared(address))
    photos = page(worker, BrowseShared(address, most=12)).photos
    taken = worker.ask(TakeIn(address, tuple(photo.row for photo in photos)))
    assert isinstance(taken, TakenIn)
    album = worker.ask(CreateAlbum("Things", taken.photos))
    assert isinstance(album, AlbumMade)
    assert catalog.album(album.album_id).photos == len(photos)
    found = worker.ask(Search(Query(photos=(taken.photos[0],), top=1)))
    assert isinstance(found, Found)
    [hit] = found.answer.hits
    own = dict(zip(taken.photos, photos, strict=True))
    assert thing(own[hit.photo_id]) == thing(photos[0])


def test_what_could_not_be_read_there_cannot_be_taken_in(worker: WorkerEnd, address: str, catalog: Catalog) -> None:
    worker.ask(OpenShared(address))
    rows = range(PHOTOS)
    assert "cannot be read there" in refused(worker, TakeIn(address, tuple(rows))).title
    assert "cannot be read there" in refused(worker, TakeIn(address, (10**6,))).title
    assert catalog.counts().photos == 0


def test_an_original_is_opened_where_it_lies(worker: WorkerEnd, address: str, paths: LibraryPaths) -> None:
    worker.ask(OpenShared(address))
    row = page(worker, BrowseShared(address, most=1)).photos[0].row
    assert "cannot be reached" in refused(worker, ReadOriginal(address, row)).title


def test_a_model_that_the_table_lacks_is_told(worker: WorkerEnd, tmp_path: Path, catalog: Catalog) -> None:
    other = make_table(tmp_path / "other", 5).uri
    opened = worker.ask(OpenShared(other))
    assert isinstance(opened, SharedOpened)
    assert not opened.has_features
    row = page(worker, BrowseShared(other, most=1)).photos[0].row
    for command in (SearchShared(other, row=row), TakeIn(other, (row,))):
        assert "no features by the model in use" in refused(worker, command).title
