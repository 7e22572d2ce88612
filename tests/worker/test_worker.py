"""The worker process, spoken to through its pipe as the window does."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from guie_desktop.domain import Answer, Query
from guie_desktop.embedding.assets import DEFAULT_MODEL, load_card
from guie_desktop.embedding.backbone import family_of
from guie_desktop.jobs.open_library import WritableLibrary
from guie_desktop.library.catalog import Catalog
from guie_desktop.library.choices import MODEL, choose
from guie_desktop.library.thumbnails import PREVIEW, Thumbnails
from guie_desktop.messages import (
    AddFolder,
    AddWeights,
    Cancel,
    Failed,
    Found,
    JobEnded,
    LibraryChanged,
    MakePicture,
    Models,
    Pause,
    PictureReady,
    Progress,
    Ready,
    RemoveFolder,
    Rescan,
    Resume,
    Search,
    UseModel,
)
from guie_desktop.paths import LibraryPaths
from tests.drawing import draw_scene, save_photos
from tests.running import index_folder
from tests.worker.conftest import MANY, PATIENCE, WorkerEnd

pytestmark = pytest.mark.slow

Start = Callable[[], WorkerEnd]


def with_photos(start: Start, folder: Path, count: int = 8) -> tuple[WorkerEnd, list[Path]]:
    photos = save_photos(folder, count)
    worker = start()
    worker.wait_for(Ready)
    worker.wait_for(JobEnded)
    worker.send(AddFolder(1, folder))
    worker.wait_for(JobEnded)
    return worker, photos


def test_a_folder_is_added_indexed_and_searched(start: Start, tmp_path: Path, paths: LibraryPaths) -> None:
    worker, photos = with_photos(start, tmp_path / "photos")
    assert any(isinstance(event, LibraryChanged) and event.request == 1 for event in worker.events)
    assert any(isinstance(event, Progress) and event.stage == "photos" for event in worker.events)
    worker.send(Search(7, Query(images=(photos[2],), top=3)))
    found = worker.wait_for(Found)
    assert found.request == 7
    assert found.answer.hits[0].path == photos[2]
    catalog = Catalog.open_read_only(paths.catalogue)
    photo_id = found.answer.hits[0].photo_id
    catalog.close()
    worker.send(Search(8, Query(photos=(photo_id,), top=3)))
    assert photo_id not in [hit.photo_id for hit in worker.wait_for(Found).answer.hits]


def test_a_photo_from_outside_finds_its_look_alikes(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos")
    draw_scene("rings", 500).save(tmp_path / "outside.png")
    worker.send(Search(2, Query(images=(tmp_path / "outside.png",), top=2)))
    assert [hit.path.name[:5] for hit in worker.wait_for(Found).answer.hits] == ["rings", "rings"]


def test_what_appears_is_found_and_what_is_deleted_is_gone(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos")
    draw_scene("dots", 77).save(tmp_path / "new.jpg")
    shutil.copy(tmp_path / "new.jpg", tmp_path / "photos" / "arrived.jpg")
    find_in_time(worker, tmp_path / "new.jpg", lambda names: names[0] == "arrived.jpg")
    (tmp_path / "photos" / "arrived.jpg").rename(tmp_path / "photos" / "renamed.jpg")
    find_in_time(worker, tmp_path / "new.jpg", lambda names: names[0] == "renamed.jpg")
    (tmp_path / "photos" / "renamed.jpg").unlink()
    find_in_time(worker, tmp_path / "new.jpg", lambda names: "renamed.jpg" not in names)


def find_in_time(worker: WorkerEnd, photo: Path, want: Callable[[list[str]], bool]) -> None:
    """Ask again whenever something was read: on a busy machine one change can be noticed in two parts."""
    names: list[str] = []
    while not (names and want(names)):
        worker.wait_for(JobEnded)
        worker.send(Search(3, Query(images=(photo,), top=9)))
        names = [hit.path.name for hit in worker.wait_for(Found).answer.hits]


def test_questions_without_a_break_do_not_hold_up_what_appears(start: Start, tmp_path: Path) -> None:
    worker, photos = with_photos(start, tmp_path / "photos")
    draw_scene("dots", 77).save(tmp_path / "photos" / "arrived.jpg")
    question = Search(3, Query(images=(photos[0],), top=1))
    worker.send(question)
    until = time.monotonic() + 60
    before = len(worker.events)
    while not any(isinstance(event, JobEnded) for event in worker.events[before:]):
        worker.send(question)  # one is always waiting
        worker.wait_for(Found)
        assert time.monotonic() < until


def test_a_new_directory_full_of_photos_is_found(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 2)
    save_photos(tmp_path / "elsewhere" / "deep" / "deeper", 4, first=10)
    (tmp_path / "elsewhere").rename(tmp_path / "photos" / "moved-in")
    assert worker.wait_for(JobEnded, lambda event: event.report.added > 0).report.added == 4


def test_failures_are_sentences_and_the_worker_goes_on(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 2)
    (tmp_path / "no.jpg").write_text("no picture")
    for command in (
        AddFolder(10, tmp_path / "nowhere"),
        Search(11, Query(images=(tmp_path / "no.jpg",))),
        Search(12, Query(images=(tmp_path / "missing.jpg",))),
        Search(13, Query()),
        Search(14, Query(photos=(12345,))),
        MakePicture(15, tmp_path / "no.jpg", PREVIEW),
    ):
        worker.send(command)
        failed = worker.wait_for(Failed)
        assert failed.request == command.request
        assert failed.title.endswith(".")
    worker.send(Search(20, Query(images=(tmp_path / "photos" / "rings-000.jpg",), top=1)))
    worker.wait_for(Found)


def test_a_preview_is_made_once_and_kept(start: Start, tmp_path: Path, paths: LibraryPaths) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 1)
    draw_scene("blocks", 5, (2400, 1800)).save(tmp_path / "large.jpg")
    worker.send(MakePicture(2, tmp_path / "large.jpg", PREVIEW))
    ready = worker.wait_for(PictureReady)
    thumbnails = Thumbnails(paths.thumbnails, read_only=True)
    assert thumbnails.get(ready.content_hash, PREVIEW) is not None
    thumbnails.close()


def test_paused_indexing_rests_answers_searches_and_goes_on(start: Start, tmp_path: Path) -> None:
    worker, photos = with_photos(start, tmp_path / "photos", 4)
    save_photos(tmp_path / "more", MANY, first=100)
    worker.send(AddFolder(2, tmp_path / "more"))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    worker.send(Pause(3))
    done = worker.wait_for(Progress, lambda event: event.paused).done
    worker.send(Search(4, Query(images=(photos[0],), top=1)))
    worker.wait_for(Found)
    worker.send(Pause(5))
    assert worker.wait_for(Progress, lambda event: event.paused).done == done
    worker.send(Resume(6))
    assert worker.wait_for(JobEnded).report.added == MANY


def test_cancelled_indexing_keeps_what_is_done_and_a_rescan_does_the_rest(start: Start, tmp_path: Path) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 1)
    save_photos(tmp_path / "more", MANY, first=100)
    worker.send(AddFolder(2, tmp_path / "more"))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    worker.send(Cancel(3))
    assert worker.wait_for(JobEnded).report is None
    worker.send(Rescan(4))
    assert 0 < worker.wait_for(JobEnded).report.added < MANY


def test_the_backbone_is_changed_while_search_and_watching_go_on(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    worker, photos = with_photos(start, tmp_path / "photos", 24)
    torch.manual_seed(3)
    card = load_card("pe-core-t-16-384")
    torch.save(family_of(card).build(card).state_dict(), tmp_path / "mine.pt")
    worker.send(AddWeights(2, tmp_path / "mine.pt"))
    assert card.name in {state.name for state in worker.wait_for(Models).models if state.installed}
    worker.send(UseModel(3, card.name))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    draw_scene("dots", 77).save(tmp_path / "photos" / "arrived.jpg")
    worker.send(Search(4, Query(images=(photos[0],), top=1)))
    assert worker.wait_for(Found).answer.model != card.name
    states = worker.wait_for(Models).models
    assert [state.name for state in states if state.in_use] == [card.name]
    # The photo that arrived was read before the switch ended or after it, as the machine was fast; it is there.
    answer = Answer((), "", "", 0, nothing_similar=True)
    while len(answer.hits) < 25:
        worker.send(Search(5, Query(images=(photos[0],), top=99)))
        answer = worker.wait_for(Found).answer
    assert answer.model == card.name


def test_a_worker_that_was_killed_in_a_switch_goes_on_with_it(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    worker, _ = with_photos(start, tmp_path / "photos", 24)
    torch.manual_seed(3)
    card = load_card("pe-core-t-16-384")
    torch.save(family_of(card).build(card).state_dict(), tmp_path / "mine.pt")
    worker.send(AddWeights(2, tmp_path / "mine.pt"))
    worker.wait_for(Models)
    worker.send(UseModel(3, card.name))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    worker.process.kill()
    worker.process.join(PATIENCE)
    again = start()
    states = again.wait_for(Models).models
    assert (states[0].name, states[0].embedded, states[0].in_use) == (card.name, 24, True)


def test_a_model_that_is_gone_is_told_of_and_the_embedded_one_searches(
    start: Start, tmp_path: Path, paths: LibraryPaths
) -> None:
    photos = save_photos(tmp_path / "photos", 2)
    index_folder(paths, tmp_path / "photos")
    with WritableLibrary(paths) as library:
        choose(library.catalog.engine, {MODEL: "pe-core-t-16-384"})
    worker = start()
    assert worker.wait_for(Ready).model == DEFAULT_MODEL
    assert "not on this computer" in worker.wait_for(Failed).title
    assert "not on this computer" in paths.log.read_text()
    worker.send(Search(1, Query(images=(photos[0],), top=1)))
    assert worker.wait_for(Found).answer.model == DEFAULT_MODEL


def test_a_removed_folder_is_searched_no_more(start: Start, tmp_path: Path, paths: LibraryPaths) -> None:
    worker, photos = with_photos(start, tmp_path / "photos", 4)
    catalog = Catalog.open_read_only(paths.catalogue)
    folder_id = catalog.folders()[0].id
    catalog.close()
    worker.send(RemoveFolder(5, folder_id))
    worker.wait_for(LibraryChanged, lambda event: event.request == 5)
    worker.send(Search(6, Query(images=(photos[0],), top=4)))
    assert worker.wait_for(Found).answer.hits == ()


def test_a_second_worker_on_the_library_is_refused_in_a_sentence(start: Start) -> None:
    first = start()
    first.wait_for(Ready)
    second = start()
    assert "in use" in second.wait_for(Failed).title


def test_the_worker_ends_with_its_window(start: Start) -> None:
    worker = start()
    worker.wait_for(Ready)
    worker.connection.close()
    worker.process.join(PATIENCE)
    assert worker.process.exitcode == 0


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_killed_while_indexing_it_goes_on_where_it_was(start: Start, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", MANY)
    worker = start()
    worker.wait_for(Ready)
    worker.send(AddFolder(1, tmp_path / "photos"))
    worker.wait_for(Progress, lambda event: event.stage == "photos" and event.done > 0)
    assert worker.process.pid is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.join(PATIENCE)
    again = start()
    report = again.wait_for(JobEnded).report
    assert 0 < report.added < MANY
    assert report.added + report.unchanged == MANY
